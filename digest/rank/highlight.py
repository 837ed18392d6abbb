"""Parts a text into marked and unmarked pieces for templates to escape; never writes markup itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence


def highlight(text: str, spans: Sequence[tuple[int, int]]) -> list[tuple[str, bool]]:
    """The text in pieces, those inside any span with True; joined they are the text again.

    Spans are offsets, end exclusive, in any order; overlapping and touching ones are merged, and what
    reaches beyond the text is cut off.

    >>> highlight("云溪大数据中心", [(2, 5), (3, 5)])
    [('云溪', False), ('大数据', True), ('中心', False)]
    """
    pieces: list[tuple[str, bool]] = []
    place = 0
    for start, end in _merged(spans, len(text)):
        if place < start:
            pieces.append((text[place:start], False))
        pieces.append((text[start:end], True))
        place = end
    if place < len(text):
        pieces.append((text[place:], False))
    return pieces


def _merged(spans: Iterable[tuple[int, int]], length: int) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted((max(0, start), min(end, length)) for start, end in spans):
        if start >= end:
            continue
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
