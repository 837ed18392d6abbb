"""Learns from a page's sure cases how it marks paragraphs: by blanks, by indents, by both or neither."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from math import log
from typing import Final, TypeVar

from digest.extract.lines import Line, Shape

Key = TypeVar("Key")
_Gap = int  # 0, 1, or 2 for more

_GAP_PRIOR: Final = {  # (at a break, within a paragraph), as if seen so often
    0: (2.0, 6.0),
    1: (3.0, 1.5),
    2: (1.0, 0.3),
}
_SHAPE_PRIOR: Final[dict[Shape, tuple[float, float]]] = {
    "wide": (0.8, 0.3),
    "full": (0.5, 6.0),
    "first": (4.0, 0.6),
    "first or last": (1.0, 0.5),
    "last": (1.0, 0.8),
    "short": (1.0, 0.2),
}
_TWO_CHARACTERS: Final = 3
_INDENTED: Final = {True: 2.0, False: 3.0}
_MOST: Final = 3.5
_EARLY: Final = 6
_PARTING: Final = -0.5
_UNFINISHED: Final = 4.0
"""What a full line without the end of a sentence says at least for going on."""


class Habits:
    """How a page parts its paragraphs, as evidence: above 0 for going on, below 0 for a break."""

    def __init__(self, gaps: dict[_Gap, float], shapes: dict[Shape, float]) -> None:
        self._gaps = gaps
        self._shapes = shapes

    def gap_says(self, line: Line) -> float:
        """What the blank lines before `line` say."""
        says = self._gaps[min(line.gap, 2)]
        if line.indent:
            says -= _INDENTED[line.indent < _TWO_CHARACTERS]
        return says

    def full_lines_run_on(self) -> bool:
        """Whether a full line right under a full one surely goes on with it when no sentence ends there."""
        return self._gaps[0] > _PARTING and self._gaps[0] + self._shapes["full"] > -_UNFINISHED

    def shape_says(self, line: Line, after: Line | None) -> float:
        """What the way `line` fills its column says; a full line after it makes a first line sure."""
        says = self._shapes[line.shape]
        if line.shape == "first" and not (after and after.shape in {"full", "last", "first or last"}):
            return says / 2
        return says


def learn_habits(lines: list[Line]) -> Habits:
    """The habits of a page: what stands at sure breaks against what stands where a sentence goes on."""
    gaps: tuple[Counter[_Gap], Counter[_Gap]] = (Counter(), Counter())
    shapes: tuple[Counter[Shape], Counter[Shape]] = (Counter(), Counter())
    for before, line in pairwise(lines):
        sure = _sure(before, line)
        if sure is not None:
            gaps[sure][min(line.gap, 2)] += 1
            shapes[sure][line.shape] += 1
    return Habits(_says(gaps, _GAP_PRIOR), _says(shapes, _SHAPE_PRIOR))


def _sure(before: Line, line: Line) -> int | None:
    """0 at a sure break, 1 where a paragraph surely goes on, None where neither is sure."""
    if not before.column or before.column != line.column or before.shape == "wide" or line.shape == "wide":
        return None
    if before.ends:
        return 0 if before.width < before.column - _EARLY else None
    return 1 if before.width >= before.column - 2 else None


def _says(seen: tuple[Counter[Key], Counter[Key]], prior: dict[Key, tuple[float, float]]) -> dict[Key, float]:
    totals = [sum(seen[side].values()) + sum(pair[side] for pair in prior.values()) for side in (0, 1)]
    evidence: dict[Key, float] = {}
    for key, pair in prior.items():
        at_break, within = ((seen[side][key] + pair[side]) / totals[side] for side in (0, 1))
        evidence[key] = max(-_MOST, min(_MOST, log(within / at_break)))
    return evidence
