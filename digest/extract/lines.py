"""The lines of a page as the later steps see them: repaired one by one, measured, never joined."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from digest.extract.glyphs import ends_sentence, widths
from digest.extract.names import listed_names
from digest.extract.repair import (
    TWINS,
    may_echo,
    rest_of_twins,
    undoubled,
    unspaced,
    without_invisible,
    without_markup,
)
from digest.model import Repair

Shape = Literal["wide", "full", "first", "first or last", "last", "short"]
"""How a line fills its column: `wide` is wider than anything but a heading, `first` is short by an indent and
does not end a sentence, `last` is short and does; `short` is neither."""


_ODD = re.compile(r"[#!<*_~`|>\-=&$ ]")
"""Markup begins with one of these; a blank may be one of a line's that has them between all its letters."""

_PICTURE: Final = 3
"""Blank lines that OCR leaves where a picture stood."""


@dataclass(slots=True)
class Line:
    """One line that has text.

    Attributes:
        number: 1-based line of the page.
        text: Without markup, invisible characters and doubled runs; no white space at its ends.
        width: In half-width columns, white space not counted.
        gap: Blank lines before it.
        indent: Columns of white space before it.
        level: Markdown heading level, 0 for none.
        after_image: Whether a picture stood between it and the line before.
        doubled: Whether fake bold had printed it twice.
        ends: Whether it ends as a sentence does.
        column: Width of the column it is set in, once known; 0 where text flows.
        shape: How it fills that column, once known.
    """

    number: int
    text: str
    width: int
    gap: int = 0
    indent: int = 0
    level: int = 0
    after_image: bool = False
    doubled: bool = False
    ends: bool = False
    column: int = 0
    shape: Shape = "full"


def read_lines(text: str, repairs: list[Repair]) -> list[Line]:
    """The lines of a page that have text; what is dropped from them is added to `repairs`.

    What all lines need is done for all of them at a time, which takes a third of what it takes line by line.
    """
    raws = text.split("\n")
    bares = list(map(str.strip, raws))
    tests = zip(map(str.isprintable, bares), map(_ODD.search, bares), map(TWINS.search, bares), strict=True)
    lines: list[Line] = []
    blanks, image, doubled = 0, False, False
    for number, (raw, bare, (printable, odd, twins)) in enumerate(zip(raws, bares, tests, strict=True), 1):
        if not bare:
            blanks += 1
            continue
        after_doubled = doubled and not blanks
        if printable and not odd and not twins and not after_doubled and not may_echo(bare):
            line = Line(number, bare, 0, blanks, 0 if len(raw) == len(bare) else _indent(raw))
        else:
            line, pictured = _repaired(raw, number, repairs, after_doubled=after_doubled)
            image = image or pictured
            if line is None:
                blanks += 1
                continue
            line.gap = blanks
        line.after_image = image or blanks >= _PICTURE
        lines.append(line)
        blanks, image, doubled = 0, False, line.doubled
    _measure(lines)
    return lines


def _indent(raw: str) -> int:
    before = raw[: len(raw) - len(raw.lstrip())]
    return len(before) + before.count("\u3000")


def _repaired(
    raw: str, number: int, repairs: list[Repair], *, after_doubled: bool
) -> tuple[Line | None, bool]:
    """A line without what is no part of its text, None where nothing stays; whether it held a picture."""
    marked = without_invisible(raw, number, repairs)
    clear, level, pictured = without_markup(marked, number, repairs)
    text = clear.strip()
    if not text:
        return None, pictured
    once = undoubled(text, number, repairs) or (
        rest_of_twins(text, number, repairs) if after_doubled else None
    )
    visible = text if once is None else once
    kept = unspaced(visible)
    if kept is not visible and listed_names(visible):
        kept = visible
    return Line(number, kept, 0, 0, _indent(clear), level, doubled=once is not None), pictured


def _measure(lines: list[Line]) -> None:
    texts = [line.text for line in lines]
    for line, wide, ends in zip(lines, widths(texts), map(ends_sentence, texts), strict=True):
        line.width, line.ends = wide, ends
