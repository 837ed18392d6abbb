"""Marks keyword hits in a text as HTML; whatever it is given comes out escaped."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from digest.model import Article, Clip, Hit, Zone
from digest.publish.inert import inert

Span = tuple[int, int]
"""Start and end offsets in a text."""


def marked(text: str, spans: Iterable[Span]) -> str:
    """The text as HTML with each span in `<mark>`; overlapping and touching spans become one.

    >>> marked("新基建<投资>", [(0, 3), (4, 6)])
    '<mark>新基建</mark>&lt;<mark>投资</mark>&gt;'
    """
    pieces: list[str] = []
    at = 0
    for start, end in _merged(spans, len(text)):
        pieces.append(_safe(text[at:start]))
        pieces.append(f"<mark>{_safe(text[start:end])}</mark>")
        at = end
    return "".join((*pieces, _safe(text[at:])))


def spans_in(clip: Clip | None, zone: Zone, index: int = 0) -> tuple[Span, ...]:
    """Where the clip's keywords stand in one text of a zone; nothing without a clip."""
    return tuple((hit.start, hit.end) for hit in _hits(clip) if (hit.zone, hit.index) == (zone, index))


def paragraph_spans(article: Article, clip: Clip | None, index: int) -> tuple[Span, ...]:
    """Where keywords stand in one paragraph; the lead's hits count where the lead was copied from."""
    spans = spans_in(clip, "body", index)
    at = _lead_offset(article, index)
    if at is None:
        return spans
    return spans + tuple((start + at, end + at) for start, end in spans_in(clip, "lead"))


def _lead_offset(article: Article, index: int) -> int | None:
    if not article.lead:
        return None
    place = next((n for n, text in enumerate(article.paragraphs) if article.lead in text), None)
    return article.paragraphs[index].index(article.lead) if place == index else None


def _hits(clip: Clip | None) -> Iterator[Hit]:
    for reason in clip.reasons if clip else ():
        yield from reason.hits


def _merged(spans: Iterable[Span], length: int) -> list[Span]:
    merged: list[Span] = []
    for start, end in sorted((max(start, 0), min(end, length)) for start, end in spans):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        elif start < end:
            merged.append((start, end))
    return merged


def _safe(text: str) -> str:
    return escape(inert(text))
