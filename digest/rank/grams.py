"""What an index finds an article by, and what an expression needs there; never decides whether it holds.

Grams are single characters and pairs of neighbours in Chinese, and whole words in letters, all of the text
as it is matched. An article for which an expression holds has all that the expression needs; one that has
it need not satisfy the expression. A change here, or of `fold`, asks for a migration that empties the index.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Final, TypeAlias

from digest.model import ArchivedArticle
from digest.rank.expression import (
    AllOf,
    AnyOf,
    AtLeast,
    Dated,
    Expression,
    InPaper,
    InPlace,
    Near,
    OfKind,
    OnPage,
    Place,
    Words,
)
from digest.rank.fold import is_unspaced, key_of, match_form, runs
from digest.rank.zones import byline_text, zone_texts

# Private characters stand in no word, so a marked gram is never taken for one of the text.
_HEADLINE, _HEADING, _BYLINE, _PAPER, _PAGE, _KIND, _SIGN = "\ue000\ue001\ue002\ue003\ue004\ue005\ue006"
_ZONE_MARKS: Final = {"headline": _HEADLINE, "kicker": _HEADING, "deck": _HEADING}
_PLACE_MARKS: Final[dict[Place | None, str]] = {
    "headline": _HEADLINE,
    "kicker": _HEADING,
    "deck": _HEADING,
    "byline": _BYLINE,
}
_NO_LETTER = re.compile(r"[\W_]")

LONGEST_GRAM: Final = 40
"""Characters; of longer words the beginning stands for the whole."""
SHORTEST_PREFIX: Final = 2
"""A single letter and `*` would gather half of all words; it is left to the matcher."""
MOST_PAGES: Final = 40
"""Of a range of page numbers that is looked up."""


@dataclass(frozen=True, slots=True)
class Gram:
    """Something an article is found by; with `prefix`, anything that begins so."""

    text: str
    prefix: bool = False


@dataclass(frozen=True, slots=True)
class Every:
    """All of these are needed."""

    parts: tuple[Need, ...]


@dataclass(frozen=True, slots=True)
class Either:
    """One of these is needed."""

    parts: tuple[Need, ...]


Need: TypeAlias = Gram | Every | Either


def grams_of(archived: ArchivedArticle) -> frozenset[str]:
    """All that an article is found by.

    >>> from datetime import UTC, datetime
    >>> from uuid import UUID
    >>> from digest.model import Article, Folio
    >>> article, seen = Article(kind="photo", headline="", lead="5G网络"), datetime(2031, 5, 6, tzinfo=UTC)
    >>> archived = ArchivedArticle(UUID(int=1), UUID(int=2), article, Folio(), seen, seen)
    >>> sorted(gram for gram in grams_of(archived) if gram < "\\ue000")
    ['5g', '络', '网', '网络']
    """
    found: set[str] = set()
    for piece in zone_texts(archived.article):
        grams = _grams(match_form(piece.text).text)
        found.update(grams)
        if piece.zone in _ZONE_MARKS:
            found.update(map(_ZONE_MARKS[piece.zone].__add__, grams))
    found.update(map(_BYLINE.__add__, _grams(match_form(byline_text(archived.article)).text)))
    found.update(_folio_grams(archived))
    return frozenset(found)


def _grams(text: str) -> set[str]:
    grams: set[str] = set()
    for run in runs(text):
        if is_unspaced(run[0]):
            grams.update(run)
            grams.update(map(operator.add, run, run[1:]))
        else:
            grams.add(run[:LONGEST_GRAM])
    return grams


def _folio_grams(archived: ArchivedArticle) -> Iterator[str]:
    folio = archived.folio
    yield _KIND + archived.article.kind
    if folio.number is not None:
        yield f"{_PAGE}{folio.number}"
    if folio.paper is not None:
        yield _paper_gram(folio.paper)


def _paper_gram(name: str) -> str:
    return _PAPER + _NO_LETTER.sub(_SIGN, key_of(name))[:LONGEST_GRAM]


def need_of(expression: Expression) -> Need | None:
    """What an article must be found by for the expression to hold in it; None when that cannot be told.

    >>> need_of(AllOf((Words("数字"), OfKind("photo")))) == Every((Gram("数字"), Gram("\\ue005photo")))
    True
    """
    return _need(expression, None)


def headed_need(expressions: Iterable[Expression]) -> Need | None:
    """What an article is found by that has one of the words in its headline."""
    words = (words for each in expressions for words in _wanted_words(each))
    return either(_words_need(each, "headline") for each in words)


def every(needs: Iterable[Need | None]) -> Need | None:
    """All of the needs that are known; None when none is."""
    known = tuple(dict.fromkeys(need for need in needs if need is not None))
    return Every(known) if len(known) > 1 else next(iter(known), None)


def either(needs: Iterable[Need | None]) -> Need | None:
    """One of the needs; None when one of them is not known, or there are none."""
    found = tuple(dict.fromkeys(needs))
    known = tuple(need for need in found if need is not None)
    if len(known) < len(found):
        return None
    return Either(known) if len(known) > 1 else next(iter(known), None)


def _need(expression: Expression, place: Place | None) -> Need | None:  # noqa: PLR0911 - one return a sort
    match expression:
        case Words():
            return _words_need(expression, place)
        case AnyOf(parts):
            return either(_need(part, place) for part in parts)
        case AllOf(parts):
            return every(_need(part, place) for part in parts)
        case Near(left, right):
            return every((_need(left, place), _need(right, place)))
        case AtLeast(part):
            return _need(part, place)
        case InPlace(inner, part):
            return _need(part, inner)
        case InPaper(name, prefix):
            return Gram(_paper_gram(name), prefix)
        case OfKind(kind):
            return Gram(_KIND + kind)
        case OnPage(first, last):
            return _page_need(first or 0, last)
        case _:
            return None


def _words_need(words: Words, place: Place | None) -> Need | None:
    mark, found = _PLACE_MARKS.get(place, ""), runs(words.folded)
    return every(
        Gram(mark + gram.text, gram.prefix)
        for number, run in enumerate(found, 1)
        for gram in _run_needs(run, prefix=words.prefix and number == len(found))
    )


def _run_needs(run: str, *, prefix: bool) -> list[Gram]:
    if is_unspaced(run[0]):
        return [Gram(run)] if len(run) == 1 else [Gram(a + b) for a, b in pairwise(run)]
    if prefix and len(run) < SHORTEST_PREFIX:
        return []
    return [Gram(run[:LONGEST_GRAM], prefix)]


def _page_need(first: int, last: int | None) -> Need | None:
    if last is None or last - first >= MOST_PAGES:
        return None
    return either(Gram(f"{_PAGE}{number}") for number in range(first, last + 1))


def _wanted_words(expression: Expression) -> Iterator[Words]:
    """The words that may stand in an article for which the expression holds."""
    match expression:
        case Words():
            yield expression
        case AnyOf(parts) | AllOf(parts):
            for part in parts:
                yield from _wanted_words(part)
        case Near(left, right):
            yield from _wanted_words(left)
            yield from _wanted_words(right)
        case AtLeast(part) | InPlace(_, part):
            yield from _wanted_words(part)
        case _:
            return


@dataclass(frozen=True, slots=True)
class Days:
    """From the first to the last day of papers; None leaves an end open."""

    first: date | None = None
    last: date | None = None

    @property
    def open(self) -> bool:
        """Whether any date, and none, is within."""
        return self.first is None and self.last is None


def days_of(expression: Expression) -> Days:
    """The days outside which the expression holds in no article.

    >>> days_of(AllOf((Words("数字"), Dated(date(2031, 5, 1), None), Dated(None, date(2031, 5, 3)))))
    Days(first=datetime.date(2031, 5, 1), last=datetime.date(2031, 5, 3))
    """
    match expression:
        case Dated(first, last):
            return Days(first, last)
        case AllOf(parts):
            return days_within(map(days_of, parts))
        case AnyOf(parts):
            return _hull([days_of(part) for part in parts])
        case _:
            return Days()


def days_within(days: Iterable[Days]) -> Days:
    """The days that are within all of them."""
    known = list(days)
    firsts = [each.first for each in known if each.first is not None]
    lasts = [each.last for each in known if each.last is not None]
    return Days(max(firsts, default=None), min(lasts, default=None))


def _hull(days: list[Days]) -> Days:
    firsts = [each.first for each in days]
    lasts = [each.last for each in days]
    if any(each.open for each in days):
        return Days()
    first = None if None in firsts else min(each for each in firsts if each is not None)
    last = None if None in lasts else max(each for each in lasts if each is not None)
    return Days(first, last)
