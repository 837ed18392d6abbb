"""Finds the width of the column that each line is set in; it knows widths only, never the words."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import Final

from digest.extract.glyphs import ends_sentence
from digest.extract.lines import Line, Shape

_NARROWEST: Final = 12
_WIDEST: Final = 84
_CANDIDATES: Final = 10
_ALIKE: Final = 2
_LEAST: Final = 3
_LEAST_PAIRS: Final = 5
_PAIR_SHARE: Final = 0.06
_SWITCH_AT_GAP: Final = 3.5
_SWITCH: Final = 6.0
_OVER: Final = 4
_ONE: Final = 2
"""One character, in half-width columns."""

_ALIKE_WIDE: Final = 4
_HANGING: Final = "，。、；：！？”’》）"
_MOST_INDENTED: Final = -7

FIRST_LINE: Final = range(-5, -2)
"""How much shorter than its column the first line of a paragraph is: two characters, give or take."""


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
        costs = [
            min(cost, change) + _misfit(line.width - column)
            for cost, column in zip(costs, widths, strict=True)
        ]
        back.append(came)
    state = min(range(len(widths)), key=costs.__getitem__)
    for line, came in zip(reversed(lines), reversed(back), strict=True):
        line.column = widths[state]
        state = came[state]
    _set_wide_stretches(lines)
    hangs = _hanging_used(lines)
    for line in lines:
        line.shape = _shape(line, hangs=hangs)


def _hanging_used(lines: list[Line]) -> bool:
    """Whether punctuation hangs over the columns' edge: lines one character too wide end with it."""
    over = [line.text[-1] in _HANGING for line in lines if line.width - line.column == _ONE]
    return len(over) >= _LEAST and sum(over) >= 0.65 * len(over)


def _set_wide_stretches(lines: list[Line]) -> None:
    """A few lines wider than their column, such as a caption under a broad picture, have their own."""
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and _overflows(lines, end):
            end += 1
        widths = sorted(line.width for line in lines[start:end])
        if len(widths) >= _LEAST and widths[-1] - widths[-3] <= _ALIKE_WIDE:
            for line in lines[start:end]:
                line.column = widths[-2]
        start = max(end, start + 1)


def _overflows(lines: list[Line], index: int) -> bool:
    """Whether a line, or the one before it and the one after it, is wider than its column."""
    line = lines[index]
    if line.width > line.column + _OVER:
        return True
    around = lines[max(0, index - 1) : index] + lines[index + 1 : index + 2]
    return len(around) > 1 and all(other.width > other.column + _OVER for other in around)


def _shape(line: Line, *, hangs: bool) -> Shape:
    excess = line.width - line.column
    closed = line.text[-1] in _HANGING
    hanging = 2 if hangs and closed else 0
    if excess > (4 if closed else 1 if hangs else 2):
        return "wide"
    ends = ends_sentence(line.text)
    if ends and (excess in FIRST_LINE or (hanging and excess - hanging in FIRST_LINE and excess < 0)):
        return "first or last"
    if hanging and excess - hanging == -2 * _ONE:
        return "first"
    if excess >= -_ONE:
        return "full"
    if ends:
        return "last"
    return "first" if excess >= _MOST_INDENTED else "short"


def _candidates(lines: list[Line]) -> list[int]:
    """The widths that text is set in, the most frequent first: modes of what lines that go on are wide."""
    runs, pairs = _shared_widths(lines)
    total = sum(pairs.values())
    least = max(min(_LEAST_PAIRS, total // 3), _PAIR_SHARE * total, 2)
    chosen: list[int] = []
    for shared, enough in ((pairs, least), (runs, _LEAST)):
        around = {width: sum(shared[width + shift] for shift in (-1, 0, 1)) for width in shared}
        for width, count in sorted(around.items(), key=lambda item: (-item[1], -shared[item[0]], item[0])):
            if count < enough or len(chosen) == _CANDIDATES:
                break
            mode = max((width - 1, width, width + 1), key=lambda near: (shared[near], near))
            if all(abs(mode - other) > 1 for other in chosen):
                chosen.append(mode)
    return chosen


def _shared_widths(lines: list[Line]) -> tuple[Counter[int], Counter[int]]:
    """Widths of three lines alike in a row; the wider of two lines where the first ends no sentence."""
    runs: Counter[int] = Counter()
    pairs: Counter[int] = Counter()
    before = 0
    for line, after in pairwise(lines):
        widths = (before or line.width, line.width, after.width)
        before = line.width
        if not _NARROWEST <= line.width <= _WIDEST or line.level or after.level:
            continue
        if max(widths) - min(widths) <= _ALIKE:
            runs.update(widths)
        if after.width <= _WIDEST and not ends_sentence(line.text):
            pairs[max(line.width, after.width)] += 1
    return runs, pairs


def _misfit(excess: int) -> float:
    """How badly a line fits a column it is `excess` wider than; squeezed signs make widths vary."""
    if excess > _OVER:
        return 3.0
    return _MISFITS.get(excess, 1.6)


_MISFITS: Final = {4: 1.5, 3: 1.2, 2: 0.5, 1: 0.1, 0: 0.0, -1: 0.1, -2: 0.5, -3: 0.9, -4: 0.8, -5: 1.0}
