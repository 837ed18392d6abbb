"""Joins an article that jumps to another page with its part there; pure, it looks nothing up.

A part is usable alone. Which parts belong together is read from what both print: where it goes on, where it
comes from, and the headline that is often printed again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from digest.model import Article, Folio, Part

_SENTENCE_ENDS = frozenset("。！？!?；;：:…”』」）)》")
_SAME_HEADLINE = 0.6
"""Share of common character pairs from which a headline counts as printed again."""


@dataclass(frozen=True, slots=True)
class Half:
    """An article of one page that says it goes on or comes from elsewhere; all of one paper and date."""

    id: UUID
    folio: Folio
    article: Article


def join(head: Article, tail: Article, parts: tuple[Part, ...]) -> Article:
    """The whole article: the head's heading and both bodies; `parts` are those of the page it is kept with.

    A sentence that the jump divides is one paragraph again.

    >>> head = Article("news", "新桥通车", lead="新桥昨日通", paragraphs=("新桥昨日通",), continues_on=4)
    >>> tail = Article("news", "新桥通车", paragraphs=("车。", "桥长千米。"), continued_from=1)
    >>> join(head, tail, ()).paragraphs
    ('新桥昨日通车。', '桥长千米。')
    """
    first = tail if head.headline_source == "derived" and tail.headline_source == "printed" else head
    paragraphs = _joined(head.paragraphs, tail.paragraphs)
    return replace(
        head,
        headline=first.headline,
        headline_source=first.headline_source,
        kicker=head.kicker or tail.kicker,
        deck=head.deck or tail.deck,
        column=head.column or tail.column,
        byline=tuple(dict.fromkeys((*head.byline, *tail.byline))),
        byline_text=" ".join(filter(None, (head.byline_text, tail.byline_text))) or None,
        lead=paragraphs[0] if paragraphs else head.lead,
        paragraphs=paragraphs,
        captions=(*head.captions, *tail.captions),
        jumps=(*head.jumps, *tail.jumps),
        continued_from=head.continued_from or tail.continued_from,
        continued_from_label=head.continued_from_label or tail.continued_from_label,
        parts=parts,
        confidence=min(head.confidence, tail.confidence),
    )


def _joined(head: tuple[str, ...], tail: tuple[str, ...]) -> tuple[str, ...]:
    if not head or not tail or head[-1].rstrip()[-1:] in _SENTENCE_ENDS:
        return (*head, *tail)
    return (*head[:-1], head[-1] + tail[0], *tail[1:])


def pair_jumps(halves: Sequence[Half]) -> list[tuple[Half, Half]]:
    """Heads with their tails, each half at most once, the most certain pairs first.

    A pair needs one of the two jumps to name the other's page and none to name another page; where only one
    names it, the headline must be printed again.
    """
    rated = sorted(
        ((-certainty, i, j) for i, j, certainty in _candidates(halves)),
        key=lambda pair: (pair[0], pair[1], pair[2]),
    )
    pairs: list[tuple[Half, Half]] = []
    used: set[int] = set()
    for _, i, j in rated:
        if not used & {i, j}:
            used |= {i, j}
            pairs.append((halves[i], halves[j]))
    return pairs


def _candidates(halves: Sequence[Half]) -> list[tuple[int, int, float]]:
    found: list[tuple[int, int, float]] = []
    for i, head in enumerate(halves):
        if head.article.continues_on is None:
            continue
        for j, tail in enumerate(halves):
            certainty = _certainty(head, tail) if i != j else 0.0
            if certainty > 0:
                found.append((i, j, certainty))
    return found


def _certainty(head: Half, tail: Half) -> float:
    """Above 0 when the two can belong together; the more they have in common the higher."""
    onward = _is_page(head.article.continues_on, head.article.continues_on_label, tail.folio)
    back = _is_page(tail.article.continued_from, tail.article.continued_from_label, head.folio)
    headline = _alike(head.article, tail.article)
    if not onward or back is False:
        return 0.0
    if back is None:
        return headline if headline >= _SAME_HEADLINE else 0.0
    broken = bool(head.article.paragraphs) and head.article.paragraphs[-1][-1:] not in _SENTENCE_ENDS
    return 1.0 + headline + (0.1 if broken else 0.0)


def _is_page(number: int | None, label: str | None, folio: Folio) -> bool | None:
    """Whether a jump names this page; None when it names none. A4 is not B4, but 4 is both."""
    if number is None:
        return None
    sections = (_section(label), _section(folio.label))
    return number == folio.number and ("" in sections or sections[0] == sections[1])


def _section(label: str | None) -> str:
    return "".join(c for c in (label or "").upper() if "A" <= c <= "Z")


def _alike(head: Article, tail: Article) -> float:
    """The share of the shorter headline's character pairs that the other heading has too; 0 when derived."""
    if tail.headline_source == "derived" or head.headline_source == "derived":
        return 0.0
    one, other = _pairs(_heading(head)), _pairs(_heading(tail))
    return (one & other).total() / max(1, min(one.total(), other.total()))


def _heading(article: Article) -> str:
    return "".join("".join((*article.kicker, article.headline, *article.deck)).split())


def _pairs(text: str) -> Counter[str]:
    return Counter(text[i : i + 2] for i in range(len(text) - 1))
