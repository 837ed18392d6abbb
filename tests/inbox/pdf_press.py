"""Typesets fictional newspaper pages as PDF, with knobs for house styles; the fonts are named, not embedded.

PDFium knows the character maps of Chinese fonts, so files stay small and need no font on the machine.
"""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from random import Random

from tests.inbox.newsprint import Piece

NEVER_FIRST = "，。、；：！？”’》）"
NEVER_LAST = "“‘《（"
FONTS = {"song": "FZSSK--GBK1-0", "hei": "FZHTK--GBK1-0", "kai": "FZKTK--GBK1-0", "title": "FZXBSJW--GB1-0"}


@dataclass(frozen=True, slots=True)
class Style:
    """A house style. Lengths in points.

    Attributes:
        rules: `none`, `level` (under each band) or `upright` (between neighbours).
        bold: `font`, `twice` (drawn twice, a little apart).
        order: `stream` draws lines as read, `shuffled` draws them in any order.
    """

    name: str
    columns: int = 5
    size: float = 9.0
    pitch: float = 13.0
    gutter: float = 12.0
    headline: float = 24.0
    small_headline: float = 16.0
    kicker: float = 13.0
    deck: float = 12.0
    align: str = "left"
    body_font: str = "song"
    head_font: str = "title"
    rules: str = "none"
    bold: str = "font"
    spaced_headline: float = 0.0
    order: str = "stream"
    indent: float = 2.0
    ragged: bool = False
    underline: bool = False
    credit: str = "dateline"


@dataclass(slots=True)
class Canvas:
    """One page: drawing operators are collected, y runs down; it is cut off below its lowest line."""

    width: float
    height: float
    texts: list[str] = field(default_factory=list[str])
    shapes: list[str] = field(default_factory=list[str])
    lowest: float = 0.0

    def text(self, x: float, y: float, chars: Sequence[tuple[str, float]], font: str, size: float) -> None:
        """Characters with their offsets from `x`, standing on the line `y`."""
        self.lowest = max(self.lowest, y)
        runs: list[str] = []
        for char, offset in chars:
            code = char.encode("utf-16-be").hex()
            runs.append(f"1 0 0 1 {x + offset:.2f} {self.height - y:.2f} Tm <{code}> Tj")
        self.texts.append(f"BT /{font} {size:g} Tf {' '.join(runs)} ET")

    def rule(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A thin line."""
        self.shapes.append(f"0.5 w {x0:.1f} {self.height - y0:.1f} m {x1:.1f} {self.height - y1:.1f} l S")

    def frame(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A box drawn around something."""
        self.shapes.append(f"0.5 w {x0:.1f} {self.height - y1:.1f} {x1 - x0:.1f} {y1 - y0:.1f} re S")

    def picture(self, x0: float, y0: float, x1: float, y1: float) -> None:
        """A grey image of one pixel."""
        self.shapes.append(
            f"q {x1 - x0:.1f} 0 0 {y1 - y0:.1f} {x0:.1f} {self.height - y1:.1f} cm "
            "BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q"
        )


def pdf(pages: Sequence[Canvas]) -> bytes:
    """The pages as a PDF file."""
    objects: list[bytes] = []

    def add(body: str | bytes) -> int:
        objects.append(body.encode("latin-1") if isinstance(body, str) else body)
        return len(objects)

    fonts = " ".join(f"/{key} {_font(add, name)} 0 R" for key, name in FONTS.items())
    tree = len(objects) + 2 * len(pages) + 1
    kids: list[int] = []
    for page in pages:
        stream = zlib.compress("\n".join([*page.shapes, *page.texts]).encode("latin-1"))
        content = add(
            f"<</Length {len(stream)}/Filter/FlateDecode>>stream\n".encode() + stream + b"\nendstream"
        )
        kids.append(
            add(
                f"<</Type/Page/Parent {tree} 0 R"
                f"/MediaBox[0 {page.height - page.lowest - 16:g} {page.width:g} {page.height:g}]"
                f"/Contents {content} 0 R/Resources<</Font<<{fonts}>>>>>>"
            )
        )
    add(f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(f'{kid} 0 R' for kid in kids)}]>>")
    catalog = add(f"<</Type/Catalog/Pages {tree} 0 R>>")
    return _file(objects, catalog)


def _font(add: Callable[[str], int], name: str) -> int:
    descriptor = add(
        f"<</Type/FontDescriptor/FontName/{name}/Flags 6/FontBBox[0 -120 1000 880]/ItalicAngle 0"
        "/Ascent 880/Descent -120/CapHeight 880/StemV 80>>"
    )
    cid = add(
        f"<</Type/Font/Subtype/CIDFontType0/BaseFont/{name}/DW 1000/W[1 95 500]"
        f"/FontDescriptor {descriptor} 0 R/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 2>>>>"
    )
    return add(
        f"<</Type/Font/Subtype/Type0/BaseFont/{name}/Encoding/UniGB-UCS2-H/DescendantFonts[{cid} 0 R]>>"
    )


def _file(objects: Sequence[bytes], catalog: int) -> bytes:
    out, offsets = bytearray(b"%PDF-1.5\n"), []
    for number, body in enumerate(objects, 1):
        offsets.append(len(out))
        out += f"{number} 0 obj\n".encode() + body + b"\nendobj\n"
    start = len(out)
    out += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode()
    out += b"".join(f"{offset:010} 00000 n \n".encode() for offset in offsets)
    out += f"trailer<</Size {len(objects) + 1}/Root {catalog} 0 R>>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def advance(char: str, size: float) -> float:
    """How far a character moves on."""
    return size * (0.5 if char.isascii() else 1.0)


def wrap(text: str, width: float, size: float, first: float) -> list[str]:
    """The lines of a paragraph; `first` is the indent of the first."""
    words = _atoms(text)
    lines: list[str] = []
    line, room = "", width - first
    for atom in words:
        word = atom
        need = sum(advance(char, size) for char in word.rstrip(" "))
        if line and need > room + 0.01:
            if word[0] in NEVER_FIRST and need <= room + 2 * size:
                line += word  # hangs over the edge, squeezed by the setting of the line
                room -= need
                continue
            if line[-1] in NEVER_LAST:
                word, line = line[-1] + word, line[:-1]
            lines.append(line.rstrip(" "))
            line, room = "", width
        line += word
        room -= sum(advance(char, size) for char in word)
    return [*lines, line.rstrip(" ")]


def _atoms(text: str) -> Iterator[str]:
    """What a line may not break: Latin words and numbers with their blanks, and single characters."""
    word = ""
    for char in text:
        if char.isascii() and char != " ":
            word += char
            continue
        if char == " ":
            yield word + char
            word = ""
            continue
        if word:
            yield word
        word = ""
        yield char
    if word:
        yield word


def placed(line: str, size: float, width: float | None = None, gap: float = 0.0) -> list[tuple[str, float]]:
    """The line's characters with their offsets, stretched or squeezed to `width`."""
    natural = sum(advance(char, size) for char in line)
    stretch = (width - natural) / max(1, len(line) - 1) if width is not None else gap
    x, found = 0.0, []
    for char in line:
        if char != " ":
            found.append((char, x))
        x += advance(char, size) + stretch
    return found


@dataclass(slots=True)
class Set:
    """A line to be drawn in a column: text, indent, face; `full` lines are justified."""

    text: str
    indent: float
    full: bool
    font: str
    middle: bool = False


def set_body(piece: Piece, style: Style, width: float) -> list[Set]:
    """An article's text as lines of a column of `width`."""
    lines: list[Set] = []
    if piece.byline:
        byline = wrap(piece.byline, width, style.size, 0)
        lines += [Set(line, 0, full=False, font="kai", middle=True) for line in byline]
    last = len(piece.paragraphs) - 1
    for index, paragraph in enumerate(piece.paragraphs):
        if index in piece.crossheads:
            lines.append(Set(paragraph, 0, full=False, font="hei", middle=True))
            continue
        text = (
            (piece.dateline if index == 0 else "")
            + paragraph
            + (piece.tail + piece.jump if index == last else "")
        )
        indent = style.indent * style.size
        wrapped = wrap(text, width, style.size, indent)
        for order, line in enumerate(wrapped):
            full = order < len(wrapped) - 1 and not style.ragged
            lines.append(Set(line, indent if order == 0 else 0, full, style.body_font))
    return lines


class Press:
    """Draws articles into the columns of one page."""

    def __init__(
        self, style: Style, *, width: float = 600, height: float = 3000, random: Random | None = None
    ) -> None:
        self.style, self.canvas = style, Canvas(width, height)
        self.random = random or Random(1)  # noqa: S311 - a page, no secret
        self.margin = 28.0
        across = width - 2 * self.margin
        self.column = (across - (style.columns - 1) * style.gutter) / style.columns

    def left(self, column: int) -> float:
        """x of a column."""
        return self.margin + column * (self.column + self.style.gutter)

    def span(self, count: int) -> float:
        """Width of `count` columns with the gutters between."""
        return count * self.column + (count - 1) * self.style.gutter

    def folio(self, text: str = "河湾日报 2026年5月15日 星期五 第3版", *, ruled: bool = True) -> float:
        """The page's head; y below it."""
        self.canvas.text(self.margin, 34, placed(text, 10), "hei", 10)
        if ruled:
            self.canvas.rule(self.margin, 40, self.canvas.width - self.margin, 40)
        return 56.0

    def foot(self, text: str = "责任编辑：顾青 版式：叶朗") -> None:
        """The page's foot, below a rule."""
        y = self.canvas.lowest + 40
        self.canvas.rule(self.margin, y - 12, self.canvas.width - self.margin, y - 12)
        self.canvas.text(self.margin, y, placed(text, 8), "hei", 8)

    def headline(self, piece: Piece, column: int, count: int, top: float, size: float) -> float:
        """Kicker, headline and deck over `count` columns; y below them."""
        style, width, y = self.style, self.span(count), top
        if piece.kicker:
            y = self._head_lines(piece.kicker, column, width, y, style.kicker, "kai")
        y = self._head_lines(piece.headline, column, width, y, size, style.head_font, main=True)
        if piece.deck:
            y = self._head_lines(piece.deck, column, width, y, style.deck, "hei")
        if style.underline:
            self.canvas.rule(self.left(column), y + 1, self.left(column) + width, y + 1)
            y += 4
        return y + 0.4 * style.size

    def _head_lines(  # noqa: PLR0913, PLR0917 - what a line of a heading is set with
        self, text: str, column: int, width: float, y: float, size: float, font: str, *, main: bool = False
    ) -> float:
        gap = (
            self.style.spaced_headline * size
            if main and len(text) * (1 + self.style.spaced_headline) * size < width
            else 0.0
        )
        for line in wrap(text, width, size, 0):
            y += 1.25 * size
            natural = sum(advance(char, size) + gap for char in line) - gap
            shift = (width - natural) / 2 if self.style.align == "center" else 0.0
            at = self.left(column) + shift
            self.canvas.text(at, y, placed(line, size, gap=gap), font, size)
            if main and self.style.bold == "twice":
                self.canvas.text(at + 0.35, y, placed(line, size, gap=gap), font, size)
        return y + 0.2 * size

    def pour(self, lines: Sequence[Set], slots: Sequence[tuple[int, float, int]]) -> None:
        """Lines into slots of (column, first baseline's top, number of lines)."""
        style, rest = self.style, list(lines)
        for column, top, count in slots:
            for order, line in enumerate(rest[:count]):
                y = top + style.size + order * style.pitch
                natural = sum(advance(char, style.size) for char in line.text)
                shift = (self.column - natural) / 2 if line.middle else line.indent
                width = (
                    self.column - line.indent if line.full or natural > self.column - line.indent else None
                )
                self.canvas.text(
                    self.left(column) + shift, y, placed(line.text, style.size, width), line.font, style.size
                )
            rest = rest[count:]
        assert not rest, f"{len(rest)} lines do not fit"

    def article(  # noqa: PLR0913 - knobs of an article on the page
        self,
        piece: Piece,
        column: int,
        count: int,
        top: float,
        *,
        size: float | None = None,
        head: int | None = None,
        photo: bool = False,
    ) -> float:
        """An article over `count` columns, its heading over `head` of them; y below it."""
        style = self.style
        below = self.headline(piece, column, head or count, top, size or style.headline)
        lines = set_body(piece, style, self.column)
        tops = [below if index < (head or count) else top for index in range(count)]
        bottom_of_photo = below
        if photo and piece.caption:
            bottom_of_photo = self._photo(piece.caption, column + count - 1, below)
            tops[-1] = bottom_of_photo
        rows = 1
        while sum(self._fitting(tops[i], below, rows) for i in range(count)) < len(lines):
            rows += 1
        slots = [(column + i, tops[i], self._fitting(tops[i], below, rows)) for i in range(count)]
        self.pour(lines, slots)
        return max(below + rows * style.pitch, bottom_of_photo) + 0.6 * style.pitch

    def _fitting(self, top: float, below: float, rows: int) -> int:
        return max(0, int((below + rows * self.style.pitch - top) / self.style.pitch + 0.01))

    def _photo(self, caption: str, column: int, top: float) -> float:
        x, bottom = self.left(column), top + 0.6 * self.column
        self.canvas.picture(x, top + 2, x + self.column, bottom)
        size = self.style.size - 1
        y = bottom + 3
        for line in wrap(caption, self.column, size, 0):
            y += size + 2
            self.canvas.text(x, y, placed(line, size), "kai", size)
        return y + 10

    def finish(self) -> Canvas:
        """The page, its lines drawn in the order of the style."""
        if self.style.order == "shuffled":
            self.random.shuffle(self.canvas.texts)
        return self.canvas
