"""Sets paragraphs: hard-wrapped in columns, or flowing as OCR gives them; it sets no heading."""

from __future__ import annotations

from random import Random
from typing import Final

from tests.typesetting.composing import wrapped
from tests.typesetting.defects import Row
from tests.typesetting.manuscripts import seeded
from tests.typesetting.styles import HouseStyle

_ORDINALS: Final = "一二三四五六七八九"
_BROKEN: Final = 0.2
_SHORTEST_BROKEN: Final = 60


def with_crossheads(paragraphs: list[str], crossheads: frozenset[int], style: HouseStyle) -> list[str]:
    """The paragraphs, those that are crossheads marked as the style does."""
    texts = list(paragraphs)
    for count, index in enumerate(sorted(crossheads)):
        texts[index] = style.crosshead.format(text=texts[index], number=_ORDINALS[count])
    return texts


def printed(paragraph: str) -> str:
    """A paragraph without the signs of Markdown."""
    return paragraph.strip("*#").strip()


def set_body(
    texts: list[str], crossheads: frozenset[int], style: HouseStyle, owner: int, rng: Random
) -> list[list[Row]]:
    """The paragraphs as pieces of lines."""
    if style.form != "text":
        return [_flowing(text, style, owner, rng) for text in texts]
    return _columns(texts, crossheads, style, owner, rng)


def _flowing(text: str, style: HouseStyle, owner: int, rng: Random) -> list[Row]:
    if "columns broken" not in style.defects or len(text) < _SHORTEST_BROKEN or rng.random() > _BROKEN:
        return [Row(text, owner)]
    middle = rng.randint(len(text) // 3, 2 * len(text) // 3)
    repeated = "characters repeated" in style.defects and rng.random() < 0.4 and text[middle - 1] > "一"
    if repeated and text[middle - 1] == text[middle]:
        repeated = False
    rest = text[middle - 1 if repeated else middle :]
    return [Row(text[:middle], owner), Row("", inside=True), Row(rest, owner)]


def _columns(
    texts: list[str], crossheads: frozenset[int], style: HouseStyle, owner: int, rng: Random
) -> list[list[Row]]:
    """Lines of the article's column, parted by a blank where it breaks; there the width may change."""
    column = rng.choice(style.widths)
    left = style.column_length
    pieces: list[list[Row]] = []
    for index, text in enumerate(texts):
        piece: list[Row] = []
        rest, first = text, True
        while rest:
            lines, rest = _some(rest, column, style, left, first=first and index not in crossheads)
            piece += [row for line in lines for row in _spaced(line, owner, style, first=not piece)]
            first = False
            left -= len(lines)
            if style.column_length and left <= 0:
                left = style.column_length
                column = rng.choice(style.widths) if style.changing else column
                if rest and style.blanks not in {"none", "lines"}:
                    piece.append(Row("", inside=True))
        pieces.append(piece)
    return pieces


def _some(text: str, column: int, style: HouseStyle, left: int, *, first: bool) -> tuple[list[str], str]:
    """The lines that fit before the column breaks, and the text after it."""
    indent = 2 if first and style.indent != "none" else 0
    rooms = [2 * (column - indent), 2 * column]
    if style.ragged:
        rooms = [rooms[0], *(2 * column + shift for shift in _ragged(text))]
    lines = wrapped(text, rooms, hanging=style.hanging, whole_words=style.whole_words)
    if style.column_length:
        lines = lines[: max(1, left)]
    rest = text[sum(map(len, lines)) :]
    if first and style.indent == "printed":
        lines[0] = "　　" + lines[0]
    return lines, rest


def _spaced(line: str, owner: int, style: HouseStyle, *, first: bool) -> list[Row]:
    if style.blanks == "lines" and not first:
        return [Row("", inside=True), Row(line.strip(" "), owner)]
    return [Row(line.strip(" "), owner)]


def _ragged(text: str) -> list[int]:
    """How much wider or narrower than the column each line is read; the same for the same text."""
    rng = seeded(text)
    return [rng.choice((-3, -2, -1, 0, 0, 0, 1)) for _ in range(40)]
