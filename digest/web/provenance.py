"""Marks each line of a page with what it became: whose, in which role, or left over and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from uuid import UUID

from digest.model import ArchivedArticle, LeftoverReason, Page, Role

MOST_LINES = 5_000
MOST_CHARACTERS = 400_000
"""More of a page is not shown: a browser would choke on it."""

_PROMINENT: tuple[Role, ...] = (
    "headline",
    "kicker",
    "deck",
    "column",
    "caption",
    "paragraph",
    "jump",
    "byline",
    "dateline",
)
"""Which of several roles colours a line that holds more than one."""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the page; `roles` the most prominent first, none outside articles."""

    number: int
    text: str
    roles: tuple[Role, ...] = ()


@dataclass(frozen=True, slots=True)
class Block:
    """Lines in a row that became the same: an article's, a leftover, or neither (both None)."""

    lines: tuple[Line, ...]
    article: ArchivedArticle | None = None
    reason: LeftoverReason | None = None

    @property
    def roles(self) -> frozenset[Role]:
        """The roles its lines have."""
        return frozenset(role for line in self.lines for role in line.roles)


@dataclass(frozen=True, slots=True)
class _Mark:
    article_id: UUID | None = None
    reason: LeftoverReason | None = None


_NOTHING = _Mark()


def blocks_of(page: Page, articles: Sequence[ArchivedArticle]) -> tuple[Block, ...]:
    """The page's lines in order, parted where what they became changes.

    Blank lines go with the line before, those at the beginning with the first that is not.

    Only the first `MOST_LINES` lines and `MOST_CHARACTERS` characters are given, see `is_shortened`.
    """
    by_id = {article.id: article for article in articles}
    roles = _roles(articles)
    blocks: list[Block] = []
    for mark, group in groupby(_marked_lines(page, articles), key=lambda pair: pair[0]):
        lines = tuple(Line(n, text, _sorted(roles.get(n, ()))) for _, (n, text) in group)
        article = by_id[mark.article_id] if mark.article_id else None
        blocks.append(Block(lines, article, mark.reason))
    return tuple(blocks)


def is_shortened(page: Page, blocks: Sequence[Block]) -> bool:
    """Whether the blocks hold less than the page."""
    last = blocks[-1].lines[-1].number if blocks else 0
    return last < page.text.count("\n") + 1


def _marked_lines(page: Page, articles: Sequence[ArchivedArticle]) -> Iterator[tuple[_Mark, tuple[int, str]]]:
    marks = _marks(page, articles)
    lines = list(_shown_lines(page.text))
    first = next((number for number, text in lines if text.strip()), 1)
    mark = marks.get(first, _NOTHING)
    for number, text in lines:
        if text.strip():
            mark = marks.get(number, _NOTHING)
        yield mark, (number, text)


def _shown_lines(text: str) -> Iterator[tuple[int, str]]:
    shown = 0
    for number, line in enumerate(islice(text.split("\n"), MOST_LINES), start=1):
        yield number, line[:MOST_CHARACTERS]
        shown += len(line)
        if shown > MOST_CHARACTERS:
            return


def _marks(page: Page, articles: Sequence[ArchivedArticle]) -> dict[int, _Mark]:
    """By line number; an article's claim goes before a leftover's, an earlier article's before a later's."""
    marks: dict[int, _Mark] = {}
    for left in page.leftovers:
        marks |= dict.fromkeys(range(left.first, left.last + 1), _Mark(reason=left.reason))
    for article in reversed(articles):
        for part in article.article.parts:
            marks |= dict.fromkeys(range(part.first, part.last + 1), _Mark(article_id=article.id))
    return marks


def _roles(articles: Sequence[ArchivedArticle]) -> dict[int, list[Role]]:
    roles: dict[int, list[Role]] = {}
    for article in articles:
        for part in article.article.parts:
            for number in range(part.first, part.last + 1):
                roles.setdefault(number, []).append(part.role)
    return roles


def _sorted(roles: Sequence[Role]) -> tuple[Role, ...]:
    return tuple(role for role in _PROMINENT if role in roles)
