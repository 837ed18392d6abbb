"""Joins the glyphs of a sheet to lines of type, by where they stand; it knows no words."""

from __future__ import annotations

import unicodedata
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

from digest.inbox.documents.sheet import Box, Glyph, Sheet

_SAME_BASE: Final = 0.22
_SAME_SIZE: Final = 1.22
_TOUCHING: Final = 0.6
_OVERLAP: Final = -0.5
_PADDING: Final = 2.3
_LETTER_SPACE: Final = 2.4
_HEADLINE: Final = 1.25
_WORD_BLANK: Final = 1.7
_SHOWN_BLANK: Final = 0.75
_WIDEST_SPACE: Final = 0.95
_THIN_SPACE: Final = 0.08
_SPACE: Final = 0.22
_FILED_BLANK: Final = 0.18
_LEAST_SPACED: Final = 3
_LINE: Final = 4.0
_COMMON_EDGE: Final = 3
INDENT: Final = (0.8, 3.3)
"""How far the first line of a paragraph is moved in, in characters: at least and at most."""

_ASCENT: Final = 0.86
_DESCENT: Final = 0.14


@dataclass(slots=True)
class Strip:
    """Glyphs in one line that belong together.

    `size` and `font` are those of most of its glyphs.
    """

    glyphs: list[Glyph]
    box: Box
    size: float
    font: str

    @property
    def baseline(self) -> float:
        """Of its first glyph."""
        return self.glyphs[0].baseline

    @property
    def text(self) -> str:
        """As printed, with blanks where a reader sees any."""
        return _spelled(self.glyphs)


def make_strip(glyphs: Sequence[Glyph]) -> Strip:
    """A line of these glyphs, which are put in order from left to right."""
    ordered = sorted(glyphs, key=lambda glyph: glyph.x0)
    sizes = Counter(round(glyph.size, 1) for glyph in ordered)
    fonts = Counter(glyph.font for glyph in ordered)
    size = sizes.most_common(1)[0][0]
    baseline = ordered[0].baseline
    box = Box(
        ordered[0].x0,
        baseline - _ASCENT * size,
        max(glyph.x1 for glyph in ordered),
        baseline + _DESCENT * size,
    )
    return Strip(ordered, box, max(size, 0.1), fonts.most_common(1)[0][0])


def body_size(glyphs: Iterable[Glyph]) -> float:
    """The size most of a page's text is set in; 0 without text."""
    sizes = Counter(round(glyph.size * 4) / 4 for glyph in glyphs)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def form_strips(sheet: Sheet) -> list[Strip]:
    """The lines of a sheet; neighbours in two columns are two lines, letter-spaced headlines are one."""
    body = body_size(sheet.glyphs)
    strips = [make_strip(run) for run in _runs(sheet.glyphs)]
    strips = _merged(strips, sheet, _touches)
    edges, ends = left_edges(strips, body), right_edges(strips, body)
    strips = _merged(
        strips,
        sheet,
        lambda one, other, _: _spaced_out(one, other, body) and not _columns(one, other, edges, ends),
    )
    return _merged(strips, sheet, lambda one, other, bridge: _padded(one, other, bridge, edges))


def left_edges(strips: Iterable[Strip], body: float) -> list[float]:
    """Where columns of body text begin, ascending: x at which three lines or more do, indents left out."""
    counts = _edge_counts(strip.box.x0 for strip in strips if _is_body(strip, body))
    low, high = INDENT
    return [
        x
        for x, count in counts
        if not any(low * body <= x - other <= high * body and seen >= count for other, seen in counts)
    ]


def right_edges(strips: Iterable[Strip], body: float) -> list[float]:
    """Where columns of body text end, ascending."""
    return [x for x, _ in _edge_counts(strip.box.x1 for strip in strips if _is_body(strip, body))]


def _is_body(strip: Strip, body: float) -> bool:
    """Whether it is a line of text, not a word that a wide blank has cut off."""
    return 0.85 * body <= strip.size <= 1.15 * body and strip.box.width >= _LINE * strip.size


def _edge_counts(edges: Iterable[float]) -> list[tuple[float, int]]:
    counts = Counter(round(x) for x in edges)
    around = {x: sum(counts[x + shift] for shift in (-1, 0, 1)) for x in counts}
    return sorted((x, count) for x, count in around.items() if count >= _COMMON_EDGE)


def on_edge(x: float, edges: Sequence[float], slack: float) -> bool:
    """Whether a column begins at `x`."""
    place = bisect_left(edges, x - slack)
    return place < len(edges) and edges[place] <= x + slack


def _runs(glyphs: Sequence[Glyph]) -> list[list[Glyph]]:
    """Neighbours in the file that touch on the page."""
    runs: list[list[Glyph]] = []
    for glyph in glyphs:
        if runs and _follows(runs[-1][-1], glyph):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
    return runs


def _follows(last: Glyph, glyph: Glyph) -> bool:
    size = max(last.size, glyph.size)
    return (
        _OVERLAP * size <= glyph.x0 - last.x1 <= _TOUCHING * size
        and abs(glyph.baseline - last.baseline) <= _SAME_BASE * size
        and size <= _SAME_SIZE * min(last.size, glyph.size)
    )


_Rows = dict[int, list[Strip]]
_Join = Callable[[list[Strip], Strip, bool], bool]


def _merged(strips: list[Strip], sheet: Sheet, join: _Join) -> list[Strip]:
    """Left and right neighbours on one line put together where `join` says so and no rule parts them."""
    rows: _Rows = defaultdict(list)
    for strip in strips:
        rows[int(strip.baseline // 4)].append(strip)
    merged: list[Strip] = []
    waiting = sorted(strips, key=lambda strip: strip.box.x0)
    done: set[int] = set()
    for strip in waiting:
        if id(strip) in done:
            continue
        chain = [strip]
        while (after := _neighbour(chain[-1], rows, done)) is not None:
            bridge = _bridged(chain[-1], after, rows)
            if _ruled_off(chain[-1], after, sheet.upright) or not join(chain, after, bridge):
                break
            chain.append(after)
            done.add(id(after))
        done.add(id(strip))
        merged.append(strip if len(chain) == 1 else make_strip([g for part in chain for g in part.glyphs]))
    return merged


def _neighbour(strip: Strip, rows: _Rows, done: set[int]) -> Strip | None:
    """What stands next to the right on the same line."""
    row = int(strip.baseline // 4)
    reach = max(1, int(_SAME_BASE * strip.size // 4) + 1)
    best: Strip | None = None
    for near in range(row - reach, row + reach + 1):
        for other in rows.get(near, ()):
            if id(other) in done or other is strip or other.box.x0 <= strip.box.x0:
                continue
            if abs(other.baseline - strip.baseline) <= _SAME_BASE * min(strip.size, other.size) and (
                best is None or other.box.x0 < best.box.x0
            ):
                best = other
    return best


def _bridged(one: Strip, other: Strip, rows: _Rows) -> bool:
    """Whether a line above or below runs across the gap, so that no gutter can be there."""
    middle, size = (one.box.x1 + other.box.x0) / 2, one.size
    row = int(one.baseline // 4)
    for near in range(row - int(2 * size // 4) - 1, row + int(2 * size // 4) + 2):
        for strip in rows.get(near, ()):
            distance = abs(strip.baseline - one.baseline)
            near_by = _SAME_BASE * size < distance <= 2 * size and strip.size < _SAME_SIZE * size
            if near_by and strip.box.x0 + size < middle < strip.box.x1 - size and _covered(strip, middle):
                return True
    return False


def _covered(strip: Strip, x: float) -> bool:
    return any(glyph.x0 - 0.5 <= x <= glyph.x1 + 0.5 for glyph in strip.glyphs)


def _ruled_off(one: Strip, other: Strip, rules: Iterable[Box]) -> bool:
    return any(
        one.box.x1 - 1 <= rule.x0 <= other.box.x0 + 1 and rule.y0 < one.box.y1 and rule.y1 > one.box.y0
        for rule in rules
    )


def _touches(chain: list[Strip], other: Strip, bridge: bool) -> bool:  # noqa: FBT001 - one of three such rules
    del bridge
    return _follows(chain[-1].glyphs[-1], other.glyphs[0])


def _alike(one: Strip, other: Strip) -> bool:
    return max(one.size, other.size) <= 1.06 * min(one.size, other.size)


def _spaced_out(chain: list[Strip], other: Strip, body: float) -> bool:
    """Whether a headline goes on after a blank, or is spaced out letter by letter with even gaps."""
    last = chain[-1]
    size = last.size
    if size < _HEADLINE * body or not _alike(last, other):
        return False
    gap = other.box.x0 - last.box.x1
    if gap <= _WORD_BLANK * size:
        return True
    single = all(len(part.glyphs) == 1 for part in (*chain[-2:], other))
    if not single or gap > _LETTER_SPACE * size:
        return False
    return len(chain) == 1 or abs(gap - (last.box.x0 - chain[-2].box.x1)) < 0.5 * size


def _columns(chain: list[Strip], other: Strip, lefts: Sequence[float], rights: Sequence[float]) -> bool:
    """Whether a column begins in the gap and both parts sit squarely over columns: two headlines."""
    start, end = chain[0].box.x0, chain[-1].box.x1
    slack = 0.1 * other.size + 1
    for gutter in (x for x in lefts if end - slack <= x <= other.box.x0 + slack):
        mine = [x for x in lefts if x < gutter and x <= start + slack]
        right = [x for x in rights if start < x <= gutter]
        beyond = [x for x in rights if x >= other.box.x1 - slack]
        if _squarely(other.box.x0, other.box.x1, [gutter], beyond, slack) and _squarely(
            start, end, mine, right, slack
        ):
            return True
    return False


def _squarely(
    start: float, end: float, lefts: Iterable[float], rights: Sequence[float], slack: float
) -> bool:
    """Whether something begins where a column does or stands in the middle between the edges of columns."""
    middle = (start + end) / 2
    return any(
        abs(start - left) <= slack or any(abs((left + right) / 2 - middle) <= slack for right in rights)
        for left in lefts
    )


def _padded(chain: list[Strip], other: Strip, bridge: bool, edges: Sequence[float]) -> bool:  # noqa: FBT001
    """Whether only a blank within a column parts them, such as between the two characters of a name."""
    last = chain[-1]
    gap = other.box.x0 - last.box.x1
    if not _alike(last, other) or gap > _PADDING * last.size:
        return False
    words = last.glyphs[-1].char.isascii() and other.glyphs[0].char.isascii()
    if bridge or (words and gap <= _WIDEST_SPACE * last.size):
        return True
    return gap <= 1.2 * last.size and not on_edge(other.box.x0, edges, 1.5)


def _spelled(glyphs: Sequence[Glyph]) -> str:
    gaps = [(after.x0 - glyph.x1) / max(after.size, 0.1) for glyph, after in pairwise(glyphs)]
    usual = sorted(gaps)[len(gaps) // 2] if gaps else 0.0
    pieces = [glyphs[0].char]
    for last, glyph, gap in zip(glyphs, glyphs[1:], gaps, strict=False):
        if _is_shown(last, glyph, gap, max(0.0, usual)) or _parts_words(last, glyph, gap - max(0.0, usual)):
            pieces.append(" ")
        pieces.append(glyph.char)
    return _unspaced("".join(pieces))


def _is_shown(last: Glyph, glyph: Glyph, gap: float, usual: float) -> bool:
    """Whether the gap is a blank set on purpose, not one that justifies the line or stands beside digits."""
    if glyph.spaced and _is_wide(last.char) and _is_wide(glyph.char):
        return gap >= usual + _FILED_BLANK
    return gap >= max(_SHOWN_BLANK, usual + 2 * _FILED_BLANK)


def _parts_words(last: Glyph, glyph: Glyph, gap: float) -> bool:
    both = not any(unicodedata.east_asian_width(char) in "WF" for char in last.char + glyph.char)
    return both and ((glyph.spaced and gap > _THIN_SPACE) or gap > _SPACE)


def _unspaced(text: str) -> str:
    """A line spaced out letter by letter has no blanks to keep."""
    pieces = text.split(" ")
    if len(pieces) >= _LEAST_SPACED and all(len(piece) == 1 and _is_wide(piece) for piece in pieces):
        return "".join(pieces)
    return text


def _is_wide(char: str) -> bool:
    return unicodedata.east_asian_width(char) in "WFA" and not char.isascii()
