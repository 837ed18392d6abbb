"""Reads glyphs, rules and pictures off the pages of a PDF with PDFium; it decides nothing about them."""

from __future__ import annotations

import ctypes
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

import pypdfium2
import pypdfium2.raw as pdfium

from digest.errors import PageError
from digest.inbox.documents.sheet import Box, Glyph, Sheet
from digest.inbox.documents.stand_in import install_stand_in

MOST_PAGES: Final = 64
MOST_GLYPHS: Final = 400_000
"""Of a whole file; a printed page has some ten thousand."""

_MOST_SHAPES: Final = 50_000
_THIN: Final = 4.0
_SHORTEST_RULE: Final = 20.0
_SMALLEST_FRAME: Final = 40.0
_SMALLEST_PICTURE: Final = 24.0
_PATH, _IMAGE, _FORM = 2, 3, 5
_FORM_DEPTH: Final = 6
_SAME_PLACE: Final = 0.3
_UNLOCKED: Final = "save it without a password and put that file there"


def read_sheets(content: bytes) -> list[Sheet]:
    """The pages of a PDF file in order.

    Raises:
        PageError: `encrypted`, `broken`, `too_complex` or `empty`.
    """
    install_stand_in()
    document = _opened(content)
    count = len(document)
    if not count:
        raise PageError("empty", "the PDF has no pages")
    if count > MOST_PAGES:
        raise PageError(
            "too_complex",
            f"the PDF has {count} pages; at most {MOST_PAGES} are read, split it into its pages",
        )
    left = MOST_GLYPHS
    sheets: list[Sheet] = []
    for index in range(count):
        sheet = _sheet(_page(document, index), left)
        left -= len(sheet.glyphs)
        sheets.append(sheet)
    return sheets


def _opened(content: bytes) -> pypdfium2.PdfDocument:
    try:
        return pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        if error.err_code in {pdfium.FPDF_ERR_PASSWORD, pdfium.FPDF_ERR_SECURITY}:
            raise PageError("encrypted", f"the PDF asks for a password; {_UNLOCKED}") from error
        raise PageError("broken", "the PDF is damaged; export it again") from error


def _page(document: pypdfium2.PdfDocument, index: int) -> pypdfium2.PdfPage:
    try:
        return document[index]
    except pypdfium2.PdfiumError as error:
        raise PageError("broken", f"page {index + 1} of the PDF is damaged; export it again") from error


def _sheet(page: pypdfium2.PdfPage, most: int) -> Sheet:
    width, height = page.get_size()
    text = page.get_textpage()
    if text.count_chars() > 3 * most:
        raise PageError(
            "too_complex", "the PDF has more characters than a newspaper; split it into its pages"
        )
    left, _, _, top = page.get_bbox()
    marks = list(_marks(text, left, top))
    sheet = Sheet(width, height, turned=_turned(marks))
    sheet.glyphs.extend(_once([mark.glyph for mark in marks if not mark.turned]))
    for kind, box in _shapes(page, left, top):
        _sort_shape(sheet, kind, box)
    return sheet


@dataclass(frozen=True, slots=True)
class _Mark:
    glyph: Glyph
    turned: bool


def _marks(text: pypdfium2.PdfTextPage, left: float, top: float) -> Iterator[_Mark]:
    """Every visible character; blanks only leave a trace on the one that follows."""
    reader = _CharReader(text, left, top)
    spaced = False
    for index in range(text.count_chars()):
        mark = reader.read(index)
        if mark is None:
            spaced = True
            continue
        yield replace(mark, glyph=replace(mark.glyph, spaced=True)) if spaced else mark
        spaced = False


class _CharReader:
    """Asks PDFium about single characters; holds the variables it answers into."""

    def __init__(self, text: pypdfium2.PdfTextPage, left: float, top: float) -> None:
        self._text, self._left, self._top = text, left, top
        self._box, self._matrix = pdfium.FS_RECTF(), pdfium.FS_MATRIX()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        self._name = ctypes.create_string_buffer(128)

    def read(self, index: int) -> _Mark | None:
        """The character at `index`, or None for blanks and what cannot be shown."""
        code = pdfium.FPDFText_GetUnicode(self._text, index)
        char = chr(code) if 0 < code < 0x110000 else ""  # noqa: PLR2004 - end of Unicode
        if not char or char.isspace() or unicodedata.category(char) in {"Cc", "Cs", "Zl", "Zp"}:
            return None
        pdfium.FPDFText_GetCharOrigin(self._text, index, self._x, self._y)
        pdfium.FPDFText_GetLooseCharBox(self._text, index, self._box)
        pdfium.FPDFText_GetMatrix(self._text, index, self._matrix)
        points = pdfium.FPDFText_GetFontSize(self._text, index)
        across = points * _length(self._matrix.a, self._matrix.b)
        size = points * _length(self._matrix.c, self._matrix.d)
        x0 = self._x.value - self._left
        wide = unicodedata.east_asian_width(char) in "WF"
        x1 = x0 + across if wide else max(x0 + 0.1, self._box.right - self._left)
        glyph = Glyph(char, x0, x1, self._top - self._y.value, size or 1.0, self._font(index))
        return _Mark(glyph, turned=abs(self._matrix.b) > abs(self._matrix.a))

    def _font(self, index: int) -> str:
        used = pdfium.FPDFText_GetFontInfo(self._text, index, self._name, len(self._name), None)
        if not 1 < used <= len(self._name):
            return ""
        name = self._name.value.decode("utf-8", "replace")
        return name[7:] if name[6:7] == "+" else name


def _length(one: float, other: float) -> float:
    return float((one * one + other * other) ** 0.5)


def _turned(marks: list[_Mark]) -> list[str]:
    """Runs of characters that stand on their side."""
    runs: list[str] = []
    before = False
    for mark in marks:
        if mark.turned:
            if not before:
                runs.append("")
            runs[-1] += mark.glyph.char
        before = mark.turned
    return runs


def _once(glyphs: list[Glyph]) -> Iterator[Glyph]:
    """Fake bold draws a character two or more times almost in one place; each comes once."""
    drawn: dict[tuple[str, int, int], list[Glyph]] = {}
    for glyph in glyphs:
        cell = max(1.0, glyph.size)
        column, row = int(glyph.x0 // cell), int(glyph.baseline // cell)
        near = (
            other
            for x in (column - 1, column, column + 1)
            for y in (row - 1, row, row + 1)
            for other in drawn.get((glyph.char, x, y), ())
        )
        if any(_in_one_place(glyph, other) for other in near):
            continue
        drawn.setdefault((glyph.char, column, row), []).append(glyph)
        yield glyph


def _in_one_place(one: Glyph, other: Glyph) -> bool:
    reach = _SAME_PLACE * min(one.size, max(1.0, one.x1 - one.x0))
    return abs(one.x0 - other.x0) < reach and abs(one.baseline - other.baseline) < _SAME_PLACE * one.size


def _shapes(page: pypdfium2.PdfPage, left: float, top: float) -> Iterator[tuple[int, Box]]:
    for count, item in enumerate(page.get_objects(filter=(_PATH, _IMAGE), max_depth=_FORM_DEPTH)):
        if count >= _MOST_SHAPES:
            return
        try:
            x0, y0, x1, y1 = item.get_bounds()
        except pypdfium2.PdfiumError:
            continue
        yield item.type, Box(x0 - left, top - y1, x1 - left, top - y0)


def _sort_shape(sheet: Sheet, kind: int, box: Box) -> None:
    page = sheet.width * sheet.height
    if kind == _IMAGE:
        if min(box.width, box.height) >= _SMALLEST_PICTURE and box.width * box.height < 0.9 * page:
            sheet.pictures.append(box)
    elif box.height <= _THIN and box.width >= _SHORTEST_RULE:
        sheet.level.append(box)
    elif box.width <= _THIN and box.height >= _SHORTEST_RULE:
        sheet.upright.append(box)
    elif min(box.width, box.height) >= _SMALLEST_FRAME and box.width * box.height < 0.8 * page:
        sheet.frames.append(box)


__all__ = ["MOST_GLYPHS", "MOST_PAGES", "read_sheets"]
