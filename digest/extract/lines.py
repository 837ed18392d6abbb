"""The lines of a page as the later steps see them: repaired one by one, measured, never joined."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final, Literal

from digest.extract.glyphs import ends_sentence, solid_width, width
from digest.extract.names import listed_names
from digest.extract.repair import (
    may_be_doubled,
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
    """The lines of a page that have text; what is dropped from them is added to `repairs`."""
    lines: list[Line] = []
    blanks, image = 0, False
    for number, raw in enumerate(text.split("\n"), 1):
        if not raw or raw.isspace():
            blanks += 1
            continue
        visible = without_invisible(raw, number, repairs)
        bare, level, pictured = without_markup(visible, number, repairs)
        image = image or pictured
        line = _measured(
            bare, number, repairs, after_doubled=not blanks and bool(lines) and lines[-1].doubled
        )
        if line is None:
            blanks += 1
            continue
        line.gap, line.level, line.after_image = blanks, level, image or blanks >= _PICTURE
        lines.append(line)
        blanks, image = 0, False
    return lines


def _measured(raw: str, number: int, repairs: list[Repair], *, after_doubled: bool) -> Line | None:
    text = raw.strip()
    if not text:
        return None
    before = raw[: raw.index(text[0])]
    indent = len(before) + before.count("\u3000")
    if not after_doubled and text.isprintable() and " " not in text and not may_be_doubled(text):
        return Line(number, text, solid_width(text), 0, indent, 0, False, False, ends_sentence(text))
    once = undoubled(text, number, repairs) or (
        rest_of_twins(text, number, repairs) if after_doubled else None
    )
    visible = text if once is None else once
    kept = unspaced(visible)
    if kept is not visible and listed_names(visible):
        kept = visible
    return Line(number, kept, width(kept), 0, indent, 0, False, once is not None, ends_sentence(kept))
