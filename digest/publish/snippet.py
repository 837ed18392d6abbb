"""The part of an article that shows why a search found it; it never cuts a hit in two."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Final

from digest.model import Article, Clip, Hit, Zone
from digest.publish.feed_text import opening

Span = tuple[int, int]

_BEFORE: Final = 24
"""Characters before the first hit, where the text does not begin with it."""
_STOPS: Final = "。！？；\n!?;"


@dataclass(frozen=True, slots=True)
class Snippet:
    """A stretch of text as printed, with the spans of the hits in it, and whether text was left out."""

    text: str
    spans: tuple[Span, ...] = ()
    cut_before: bool = False
    cut_after: bool = False


def snippet(article: Article, clip: Clip, length: int = 120) -> Snippet:
    """About `length` characters of the paragraph with the most hits, else the article's beginning.

    >>> from uuid import UUID
    >>> from digest.model import Reason
    >>> hits = (Hit("body", 1, 2, 4),)
    >>> article = Article("news", "题", lead="一", paragraphs=("一", "今年新桥通车。"))
    >>> snippet(article, Clip(UUID(int=1), UUID(int=2), 9.0, (Reason("新桥", 9.0, hits),))).spans
    ((2, 4),)
    """
    hits = [hit for reason in clip.reasons for hit in reason.hits if hit.zone in _PROSE]
    if not hits:
        return _cut(opening(article), [], length)
    most = Counter((hit.zone, hit.index) for hit in hits)
    best = min(hits, key=lambda hit: (-most[hit.zone, hit.index], _PROSE.index(hit.zone), hit.index))
    zone, index = best.zone, best.index
    return _cut(_text(article, zone, index), sorted(_spans(hits, zone, index)), length)


_PROSE: Final[tuple[Zone, ...]] = ("lead", "body")


def _text(article: Article, zone: Zone, index: int) -> str:
    return article.lead if zone == "lead" else article.paragraphs[index]


def _spans(hits: list[Hit], zone: Zone, index: int) -> set[Span]:
    return {(hit.start, hit.end) for hit in hits if (hit.zone, hit.index) == (zone, index)}


def _cut(text: str, spans: list[Span], length: int) -> Snippet:
    start = _start(text, spans[0][0]) if spans else 0
    end = min(len(text), start + length)
    for first, last in spans:
        end = last if first < end < last else end
    inside = tuple((first - start, last - start) for first, last in spans if last <= end)
    return Snippet(text[start:end], inside, start > 0, end < len(text))


def _start(text: str, first: int) -> int:
    """The sentence's beginning when it is near, else a little before the first hit."""
    near = max(0, first - _BEFORE)
    if near == 0:
        return 0
    stops = [place + 1 for place in range(near, first) if text[place] in _STOPS]
    return stops[0] if stops else near
