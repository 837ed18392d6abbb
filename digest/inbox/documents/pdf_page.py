"""Reads a PDF file into the Markdown of its sheets and the boxes of each line; it guesses no characters."""

from __future__ import annotations

from typing import Final, NamedTuple

from digest.errors import PageError
from digest.inbox.documents.pdf_reader import read_sheets
from digest.inbox.documents.typescript import Line, write_sheet

Boxed = tuple[int, int, float, float, float, float]
"""Line from 1, sheet from 0, and the edges left, top, right, bottom in points."""

_LEAST_TEXT: Final = 20
_PICTURE_ONLY: Final = "the PDF is a picture without text; run OCR over it and put the result there"


class Typescript(NamedTuple):
    """The text of one sheet in Markdown, empty when it has none, and where its lines stood."""

    text: str
    boxes: list[Boxed]


def read_pdf(content: bytes) -> list[Typescript]:
    """The sheets of a file in order.

    Raises:
        PageError: `no_text`, or as `read_sheets`.
    """
    written = [_typescript(write_sheet(sheet), number) for number, sheet in enumerate(read_sheets(content))]
    if sum(len(sheet.text.replace("\n", "")) for sheet in written) < _LEAST_TEXT:
        raise PageError("no_text", _PICTURE_ONLY)
    return written


def _typescript(lines: list[Line], sheet: int) -> Typescript:
    boxes = [
        (number, sheet, round(box.x0, 1), round(box.y0, 1), round(box.x1, 1), round(box.y1, 1))
        for number, line in enumerate(lines, 1)
        for box in line.boxes
    ]
    return Typescript("".join(f"{line.text}\n" for line in lines), boxes)
