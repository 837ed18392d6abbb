"""Piles lines of type up to blocks of one column, size and face; it decides nothing about articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from digest.inbox.documents.sheet import Box, Sheet, hull
from digest.inbox.documents.strips import Strip

_SAME_SIZE: Final = 1.08
_LOOSEST: Final = 2.1
_PITCH_SLACK: Final = 1.3
_INDENT: Final = 2.8
_UPRIGHT_PITCH: Final = 1.9
_LEAST_UPRIGHT: Final = 3
_HEADING: Final = 1.16


@dataclass(slots=True)
class Stack:
    """Lines above each other that are set alike; `box` is around them all."""

    strips: list[Strip]
    box: Box
    size: float
    upright: bool = False

    @property
    def text(self) -> str:
        """All lines, joined without blanks."""
        return "".join(strip.text for strip in self.strips)


def make_stack(strips: Sequence[Strip], *, upright: bool = False) -> Stack:
    """A block of these lines, in their order."""
    return Stack(list(strips), hull(strip.box for strip in strips), strips[0].size, upright)


def form_stacks(strips: Sequence[Strip], sheet: Sheet, body: float) -> list[Stack]:
    """The blocks of a sheet, from top to bottom; rules and changes of size, face or column part them."""
    upright, level = _upright_headings(strips, body)
    stacks: list[Stack] = []
    for strip in sorted(level, key=lambda strip: (strip.baseline, strip.box.x0)):
        home = _home(stacks, strip, level, sheet)
        if home is None:
            stacks.append(make_stack([strip]))
        else:
            home.strips.append(strip)
            home.box = hull([home.box, strip.box])
    stacks += upright
    stacks.sort(key=lambda stack: (stack.box.y0, stack.box.x0))
    return stacks


def _home(stacks: Sequence[Stack], strip: Strip, level: Sequence[Strip], sheet: Sheet) -> Stack | None:
    """The block that a line goes on with: the nearest above that is set alike."""
    best: Stack | None = None
    for stack in reversed(stacks):
        if best is not None and stack.box.y1 <= best.box.y1:
            continue
        if _goes_on(stack, strip) and not _ruled_off(stack, strip, sheet):
            best = stack
    if best is None or _side_by_side(best, strip, level):
        return None
    return best


def _goes_on(stack: Stack, strip: Strip) -> bool:
    last = stack.strips[-1]
    if max(last.size, strip.size) > _SAME_SIZE * min(last.size, strip.size) or last.font != strip.font:
        return False
    pitch = strip.baseline - last.baseline
    if not 0.8 * last.size <= pitch <= _LOOSEST * last.size:
        return False
    if len(stack.strips) > 1 and pitch > _PITCH_SLACK * _pitch(stack):
        return False
    narrower = min(strip.box.width, stack.box.width)
    if strip.box.shared_width(stack.box) < 0.5 * narrower:
        return False
    return _in_column(stack, strip)


def _pitch(stack: Stack) -> float:
    gaps = [b.baseline - a.baseline for a, b in zip(stack.strips, stack.strips[1:], strict=False)]
    return sorted(gaps)[len(gaps) // 2]


def _in_column(stack: Stack, strip: Strip) -> bool:
    """Whether the line begins where the block's lines do or an indent away, or is centred under them."""
    size = strip.size
    shift = strip.box.x0 - stack.box.x0
    if -_INDENT * size <= shift <= _INDENT * size and strip.box.x1 <= stack.box.x1 + 4 * size:
        return True
    middle = (strip.box.x0 + strip.box.x1) / 2 - (stack.box.x0 + stack.box.x1) / 2
    return abs(middle) < 0.6 * size


def _ruled_off(stack: Stack, strip: Strip, sheet: Sheet) -> bool:
    last = stack.strips[-1]
    upper, lower = last.baseline - 0.2 * last.size, strip.baseline - 0.5 * strip.size
    ruled = any(
        upper < rule.y0 < lower and rule.shared_width(strip.box) > 0.5 * strip.box.width
        for rule in sheet.level
    )
    return ruled or any(frame.covers(stack.box) != frame.covers(strip.box) for frame in sheet.frames)


def _side_by_side(stack: Stack, strip: Strip, level: Sequence[Strip]) -> bool:
    """Whether a broad block ends above columns: another line stands beside this one, below the block."""
    if strip.box.x1 > stack.box.x1 - 3 * strip.size:
        return False
    return any(
        other is not strip
        and abs(other.baseline - strip.baseline) <= 0.3 * strip.size
        and strip.box.x1 <= other.box.x0
        and other.box.x1 <= stack.box.x1 + 2 * strip.size
        for other in level
    )


def _upright_headings(strips: Sequence[Strip], body: float) -> tuple[list[Stack], list[Strip]]:
    """Large single characters set one below the other, as blocks; and all other lines."""
    single = [s for s in strips if len(s.glyphs) == 1 and s.size >= _HEADING * body]
    single.sort(key=lambda strip: (strip.box.x0, strip.baseline))
    runs: list[list[Strip]] = []
    for strip in single:
        run = next((run for run in reversed(runs) if _below(run[-1], strip)), None)
        if run is None:
            runs.append([strip])
        else:
            run.append(strip)
    upright = [run for run in runs if len(run) >= _LEAST_UPRIGHT]
    taken = {id(strip) for run in upright for strip in run}
    return [make_stack(run, upright=True) for run in upright], [s for s in strips if id(s) not in taken]


def _below(upper: Strip, lower: Strip) -> bool:
    size = upper.size
    return (
        abs(upper.box.x0 - lower.box.x0) < 0.3 * size
        and 0.8 * size <= lower.baseline - upper.baseline <= _UPRIGHT_PITCH * size
        and max(size, lower.size) <= _SAME_SIZE * min(size, lower.size)
    )
