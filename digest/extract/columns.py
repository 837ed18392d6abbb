"""Finds the width of the column that each line is set in; it knows widths only, never the words."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Final

from digest.extract.lines import Line

_NARROWEST: Final = 12
_WIDEST: Final = 120
_CANDIDATES: Final = 8
_ALIKE: Final = 2
_LEAST: Final = 5
_SWITCH_AT_GAP: Final = 3.5
_SWITCH: Final = 6.0

FIRST_LINE: Final = range(-5, -2)
"""How much shorter the first line of a paragraph is than its column: two characters, give or take a squeeze."""


def set_columns(lines: list[Line]) -> None:
    """Sets `column` of every line to the width it is set in, by the cheapest path through the page.

    Columns change seldom, so the path weighs how badly a line fits against the cost of changing.
    Where no width repeats on neighbouring lines, text flows and every column stays 0.
    """
    widths = _candidates(lines)
    if not widths:
        return
    costs = [0.0] * len(widths)
    back: list[list[int]] = []
    for line in lines:
        switch = _SWITCH_AT_GAP if line.gap else _SWITCH
        cheapest = min(range(len(widths)), key=costs.__getitem__)
        change = costs[cheapest] + switch
        came = [state if costs[state] <= change else cheapest for state in range(len(widths))]
        costs = [min(cost, change) + _misfit(line.width - column) for cost, column in zip(costs, widths, strict=True)]
        back.append(came)
    state = min(range(len(widths)), key=costs.__getitem__)
    for line, came in zip(reversed(lines), reversed(back), strict=True):
        line.column = widths[state]
        state = came[state]


def _candidates(lines: list[Line]) -> list[int]:
    """The modes of the widths that neighbouring lines share, the most frequent first."""
    shared: Counter[int] = Counter()
    for first, second in pairwise(lines):
        if abs(first.width - second.width) <= _ALIKE and _NARROWEST <= first.width <= _WIDEST:
            shared[first.width] += 1
            shared[second.width] += 1
    around = {width: sum(shared[width + shift] for shift in (-1, 0, 1)) for width in shared}
    chosen: list[int] = []
    for width, count in sorted(around.items(), key=lambda item: (-item[1], -shared[item[0]], item[0])):
        if count < _LEAST or len(chosen) == _CANDIDATES:
            break
        mode = max((width - 1, width, width + 1), key=lambda near: (shared[near], near))
        if all(abs(mode - other) > 1 for other in chosen):
            chosen.append(mode)
    return chosen


def _misfit(excess: int) -> float:
    """How badly a line fits a column it is `excess` wider than; squeezed punctuation makes it vary a little."""
    if excess > 4:
        return 3.0
    return _MISFITS.get(excess, 1.6)


_MISFITS: Final = {4: 1.5, 3: 1.2, 2: 0.5, 1: 0.1, 0: 0.0, -1: 0.1, -2: 0.5, -3: 0.9, -4: 0.8, -5: 1.0}
