"""Finds the width of the column that each line is set in; it knows widths only, never the words."""

from __future__ import annotations

from collections import Counter
from itertools import groupby, pairwise
from operator import itemgetter
from typing import Final

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
    _set_along_cheapest_path(lines, widths)
    _set_wide_stretches(lines)
    _set_shapes(lines)


def _set_along_cheapest_path(lines: list[Line], widths: list[int]) -> None:
    """Sets `column`; the way back is kept as tuples of numbers, which the collector need not look through."""
    misfits = {wide: [_misfit(wide - column) for column in widths] for wide in {line.width for line in lines}}
    costs = (0.0,) * len(widths)
    trail: list[tuple[float, ...]] = []
    changes: list[float] = []
    for line in lines:
        change = min(costs) + (_SWITCH_AT_GAP if line.gap else _SWITCH)
        trail.append(costs)
        changes.append(change)
        costs = tuple(
            [
                cost + misfit if cost < change else change + misfit
                for cost, misfit in zip(costs, misfits[line.width], strict=True)
            ]
        )
    state = costs.index(min(costs))
    for line, costs, change in zip(reversed(lines), reversed(trail), reversed(changes), strict=True):
        line.column = widths[state]
        if costs[state] > change:
            state = costs.index(min(costs))


def _set_shapes(lines: list[Line]) -> None:
    hangs = _hanging_used(lines)
    known: dict[tuple[int, bool, bool], Shape] = {}
    for line in lines:
        form = (line.width - line.column, line.text[-1] in _HANGING, line.ends)
        if form not in known:
            known[form] = _shape(*form, hangs=hangs)
        line.shape = known[form]


def _hanging_used(lines: list[Line]) -> bool:
    """Whether punctuation hangs over the columns' edge: lines one character too wide end with it."""
    over = [line.text[-1] in _HANGING for line in lines if line.width - line.column == _ONE]
    return len(over) >= _LEAST and sum(over) >= 0.65 * len(over)


def _set_wide_stretches(lines: list[Line]) -> None:
    """A few lines wider than their column, such as a caption under a broad picture, have their own."""
    over = [line.width > line.column + _OVER for line in lines]
    # What stands between two lines that are too wide belongs to them.
    over[1:-1] = [
        wide or (before and after) for before, wide, after in zip(over, over[1:], over[2:], strict=False)
    ]
    for wide, stretch in groupby(zip(over, lines, strict=True), key=itemgetter(0)):
        if not wide:
            continue
        among = [line for _, line in stretch]
        widths = sorted(line.width for line in among)
        if len(widths) >= _LEAST and widths[-1] - widths[-3] <= _ALIKE_WIDE:
            for line in among:
                line.column = widths[-2]


def _shape(excess: int, closed: bool, ends: bool, *, hangs: bool) -> Shape:  # noqa: FBT001 - a line's form
    """The shape of a line `excess` wider than its column; whether it ends with a sign that may hang."""
    hanging = 2 if hangs and closed else 0
    if excess > (4 if closed else 1 if hangs else 2):
        return "wide"
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
    above = lines[0].width if lines else 0
    for line, after in pairwise(lines):
        before, above, below = above, line.width, after.width
        if not _NARROWEST <= above <= _WIDEST or line.level or after.level:
            continue
        if (
            -_ALIKE <= before - above <= _ALIKE
            and max(before, above, below) - min(before, above, below) <= _ALIKE
        ):
            runs[before] += 1
            runs[above] += 1
            runs[below] += 1
        if below <= _WIDEST and not line.ends:
            pairs[max(above, below)] += 1
    return runs, pairs


def _misfit(excess: int) -> float:
    """How badly a line fits a column it is `excess` wider than; squeezed signs make widths vary."""
    if excess > _OVER:
        return 3.0
    return _MISFITS.get(excess, 1.6)


_MISFITS: Final = {4: 1.5, 3: 1.2, 2: 0.5, 1: 0.1, 0: 0.0, -1: 0.1, -2: 0.5, -3: 0.9, -4: 0.8, -5: 1.0}
