"""Evaluates an expression on the words already seen in an article; never reads the text for words again."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from typing import Final

from digest.model import ArchivedArticle
from digest.rank.expression import (
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    Dated,
    Expression,
    InPaper,
    InPlace,
    Near,
    OfKind,
    OnPage,
    Place,
    Without,
    Words,
)
from digest.rank.fold import key_of, units
from digest.rank.reading import Reading, Sighting
from digest.rank.zones import ZONES, Ground, text_at

_GROUNDS: dict[Ground, int] = {
    ground: order for order, ground in enumerate((*ZONES, "column", "caption", "byline"))
}

Found = tuple[Sighting, ...]


MOST_SPANS: Final = 2_000
"""That a NEAR measures from, in one article: pairs of pairs would grow without end."""


@dataclass(frozen=True, slots=True)
class View:
    """An article as an expression looks at it.

    Attributes:
        everywhere: Texts beside the zones are looked at too, as exclusions do.
        place: Where only to look.
    """

    archived: ArchivedArticle
    reading: Reading
    everywhere: bool = False
    place: Place | None = None

    def seen(self, words: Words) -> Found:
        """Where the words stand."""
        if self.place == "byline":
            return self.reading.bylines.get(words.key, ())
        found = self.reading.sightings.get(words.key, ())
        if self.place is not None:
            grounds = ("lead", "body") if self.place == "body" else (self.place,)
            return tuple(sighting for sighting in found if sighting.ground in grounds)
        return found + self.reading.beside.get(words.key, ()) if self.everywhere else found


def evidence(expression: Expression, view: View) -> Found | None:  # noqa: PLR0911 - one return a sort
    """Where the words stand that make the expression hold; None when it does not.

    Empty when it holds by conditions alone. Of hits of an alternative inside one another only the longest
    counts.
    """
    match expression:
        case Words():
            return view.seen(expression) or None
        case AnyOf(parts):
            return _any(parts, view)
        case AllOf(parts):
            return _all(parts, view)
        case Without(part):
            return None if evidence(part, view) is not None else ()
        case Near():
            return _merged(_spans(expression, view)) or None
        case AtLeast(part, count):
            found = evidence(part, view)
            return found if found is not None and len(found) >= count else None
        case InPlace(place, part):
            return evidence(part, replace(view, place=place))
        case _:
            return () if holds(expression, view.archived) else None


def _any(parts: Sequence[Expression], view: View) -> Found | None:
    found = [each for part in parts if (each := evidence(part, view)) is not None]
    return _merged(found) if found else None


def _all(parts: Sequence[Expression], view: View) -> Found | None:
    found: list[Found] = []
    for part in parts:
        each = evidence(part, view)
        if each is None:
            return None
        found.append(each)
    return _merged(found)


def _merged(found: Iterable[Found]) -> Found:
    """All sightings in the order of the article, without those that lie inside others."""
    together = {sighting for each in found for sighting in each}
    kept: list[Sighting] = []
    for sighting in sorted(together, key=_reading_order):
        last = kept[-1] if kept else None
        if last is None or _text_of(last) != _text_of(sighting) or sighting.end > last.end:
            kept.append(sighting)
    return tuple(kept)


def _reading_order(sighting: Sighting) -> tuple[int, int, int, int]:
    return (_GROUNDS[sighting.ground], sighting.index, sighting.start, -sighting.end)


def _text_of(sighting: Sighting) -> tuple[Ground, int]:
    return sighting.ground, sighting.index


def _spans(expression: Expression, view: View) -> list[Found]:
    """What NEAR measures from: single hits, or the hits that an inner NEAR put together."""
    match expression:
        case AnyOf(parts):
            return [span for part in parts for span in _spans(part, view)]
        case Near(left, right, distance):
            pairs = _pairs(_spans(left, view), _spans(right, view), distance, view)
            return list(
                {(_text_of(span[0]), _extent(span)): span for span in islice(pairs, MOST_SPANS)}.values()
            )
        case _:
            return [(sighting,) for sighting in evidence(expression, view) or ()]


def _pairs(left: list[Found], right: list[Found], distance: int, view: View) -> Iterator[Found]:
    """Each span of `left` with the nearest of `right` on either side, where near enough."""
    ends: defaultdict[tuple[Ground, int], list[tuple[int, int, Found]]] = defaultdict(list)
    for span in right:
        ends[_text_of(span[0])].append((*_extent(span), span))
    starts = {text: sorted(spans, key=lambda span: span[0]) for text, spans in ends.items()}
    stops = {text: sorted(spans, key=lambda span: span[1]) for text, spans in ends.items()}
    for span in left:
        text = _text_of(span[0])
        start, end = _extent(span)
        after = bisect_left(starts.get(text, ()), end, key=lambda other: other[0])
        before = bisect_left(stops.get(text, ()), start + 1, key=lambda other: other[1]) - 1
        if text in starts and after < len(starts[text]):
            follower = starts[text][after]
            if _is_near(view, text, end, follower[0], distance):
                yield (*span, *follower[2])
        if before >= 0:
            leader = stops[text][before]
            if _is_near(view, text, leader[1], start, distance):
                yield (*span, *leader[2])


def _extent(span: Found) -> tuple[int, int]:
    return min(sighting.start for sighting in span), max(sighting.end for sighting in span)


def _is_near(view: View, text: tuple[Ground, int], start: int, end: int, distance: int) -> bool:
    between = text_at(view.archived.article, *text)[start:end]
    return units(between, distance) <= distance


def holds(condition: Condition, archived: ArchivedArticle) -> bool:
    """Whether the article's page, date, paper or kind is the one asked for; what is unknown is not."""
    folio = archived.folio
    match condition:
        case OnPage(first, last):
            return folio.number is not None and (first or 0) <= folio.number <= (last or folio.number)
        case Dated(first, last):
            day = folio.date
            return day is not None and (first or day) <= day <= (last or day)
        case OfKind(kind):
            return archived.article.kind == kind
        case InPaper(name, prefix):
            key, paper = key_of(name), key_of(folio.paper or "")
            return paper.startswith(key) if prefix else paper == key
