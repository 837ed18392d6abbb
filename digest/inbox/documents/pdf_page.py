"""Reads a PDF file into the Markdown of its pages and the boxes of each line; it guesses no characters."""

from __future__ import annotations

from typing import Final

from digest.errors import PageError
from digest.inbox.documents.pdf_reader import read_sheets
from digest.inbox.documents.typescript import Line, write_sheet

Boxed = tuple[int, int, float, float, float, float]
"""Line from 1, sheet from 0, and the edges left, top, right, bottom in points."""

_LEAST_TEXT: Final = 20
_PICTURE_ONLY: Final = "the PDF is a picture without text; run OCR over it and put the result there"


def read_pdf(content: bytes) -> tuple[str, list[Boxed]]:
    """The text of all pages, one after the other, and where its lines stood.

    Raises:
        PageError: `no_text`, or as `read_sheets`.
    """
    lines: list[Line] = []
    boxes: list[Boxed] = []
    for number, sheet in enumerate(read_sheets(content)):
        for line in write_sheet(sheet):
            lines.append(line)
            boxes += [
                (len(lines), number, round(box.x0, 1), round(box.y0, 1), round(box.x1, 1), round(box.y1, 1))
                for box in line.boxes
            ]
    text = "\n".join(line.text for line in lines)
    if sum(len(line.text) for line in lines) < _LEAST_TEXT:
        raise PageError("no_text", _PICTURE_ONLY)
    return text + "\n", boxes
