"""Sets manuscripts as pages in many house styles, the way text layers and OCR show them; deterministic."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Literal

from tests.extract.fictional_articles import Manuscript

Form = Literal["text", "markdown"]


@dataclass(frozen=True)
class Style:
    """A house style: knobs of the compositor and defects of what reads the page.

    Attributes:
        column: Characters a line; first lines are `indent` shorter.
        heading_after: Headings stand under their bodies.
        credit: Where those who wrote stand.
        blanks: What is left between lines: nothing, a blank between paragraphs, a blank after every line.
        column_length: Lines until a column breaks with a blank line, in mid-sentence.
        doubled: Fake bold prints headlines twice.
        hanging: Commas and stops may hang over the column's edge.
    """

    name: str
    form: Form = "text"
    column: int = 16
    indent: int = 2
    heading_after: bool = False
    credit: Literal["dateline", "above", "below", "tail", "none"] = "dateline"
    mark: str = "本报记者 "
    separator: str = " "
    blanks: Literal["paragraphs", "lines", "none"] = "paragraphs"
    column_length: int = 0
    doubled: bool = False
    hanging: bool = False
    dateline: str = "本报{place}3月3日讯"
    folio: str | None = None
    editors: str | None = None
    ascii_commas: bool = False
    level: str = "## "
    broken_paragraphs: bool = False


def width(text: str) -> int:
    """Half-width columns."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def set_page(manuscripts: Sequence[Manuscript], style: Style) -> str:
    """The page as a text layer or OCR gives it."""
    parts = [style.folio] if style.folio else []
    parts += ["\n".join(_article(manuscript, style)) for manuscript in manuscripts]
    if style.editors:
        parts.append(style.editors)
    page = "\n\n".join(part for part in parts)
    if style.ascii_commas:
        page = page.replace("，", ",").replace("（", "(").replace("）", ")")
    return page + "\n"


def _article(manuscript: Manuscript, style: Style) -> list[str]:
    heading, body = list(_heading(manuscript, style)), list(_body(manuscript, style))
    credit = style.mark + style.separator.join(manuscript.authors)
    if style.credit == "above":
        body = [credit, "", *body]
    elif style.credit == "below":
        body = [*body, "", credit]
    return [*body, "", *heading] if style.heading_after else [*heading, "", *body]


def _heading(manuscript: Manuscript, style: Style) -> Iterator[str]:
    headline = manuscript.headline
    if style.form == "markdown":
        headline = style.level + headline
    elif style.doubled:
        headline = _doubled(headline)
    parts = [part for part in (manuscript.kicker, headline, manuscript.deck) if part]
    for before, part in pairwise(["", *parts]):
        if before:
            yield ""
        yield part


def _doubled(text: str) -> str:
    """Each run of three to six characters printed twice, as fake bold does."""
    size = max(3, len(text) // 2)
    runs = [text[start : start + size] for start in range(0, len(text), size)]
    return "".join(run + run for run in runs)


def _body(manuscript: Manuscript, style: Style) -> Iterator[str]:
    paragraphs = list(manuscript.paragraphs)
    if style.credit == "dateline":
        names = f"（记者 {style.separator.join(manuscript.authors)}）" if manuscript.authors else ""
        paragraphs[0] = style.dateline.format(place=manuscript.place or "") + names + paragraphs[0]
    if style.credit == "tail":
        paragraphs[-1] += f"（{style.separator.join(manuscript.authors)}）"
    if style.form == "markdown":
        yield from _flowing(paragraphs, style)
    else:
        yield from _wrapped(paragraphs, style)


def _flowing(paragraphs: list[str], style: Style) -> Iterator[str]:
    for index, paragraph in enumerate(paragraphs):
        if index:
            yield ""
        if style.broken_paragraphs and index == 1:
            middle = len(paragraph) // 2
            yield from (paragraph[:middle], "", paragraph[middle:])
        else:
            yield paragraph


def _wrapped(paragraphs: list[str], style: Style) -> Iterator[str]:
    count = 0
    for index, paragraph in enumerate(paragraphs):
        if index and style.blanks == "paragraphs":
            yield ""
        for line in _lines(paragraph, style):
            if count and style.blanks == "lines":
                yield ""
            if style.column_length and count and count % style.column_length == 0 and style.blanks != "lines":
                yield ""
            yield line
            count += 1


def _lines(paragraph: str, style: Style) -> list[str]:
    lines, line = [], ""
    room = 2 * (style.column - style.indent)
    for char in paragraph:
        over = width(line) + width(char) > room
        if over and char in "，。、；：！？”》）" and line:
            if style.hanging or width(line) + width(char) <= room + 2:
                line += char
                continue
            line, char = line[:-1], line[-1] + char  # noqa: PLW2901 - the last character moves down with it
        if over:
            lines.append(line)
            line, room = "", 2 * style.column
        line += char
    return [*lines, line] if line else lines


PLAIN = Style("plain")

STYLES: tuple[Style, ...] = (
    PLAIN,
    replace(PLAIN, name="after", heading_after=True, column=18, column_length=11),
    replace(PLAIN, name="doubled", heading_after=True, doubled=True, column=15),
    replace(PLAIN, name="blank lines", blanks="lines", heading_after=True, column=20),
    replace(PLAIN, name="no blanks", blanks="none", column=17),
    replace(PLAIN, name="above", credit="above", column=19, heading_after=True),
    replace(PLAIN, name="below", credit="below", mark="□ 本报记者 ", heading_after=True, column=17),
    replace(PLAIN, name="signed", credit="tail", separator="、", column=24),
    replace(PLAIN, name="narrow", column=12, column_length=9),
    replace(
        PLAIN,
        name="wide",
        column=34,
        folio="山川日报 2025年3月4日 星期二 第3版",
        editors="责任编辑：秋水 版式：长天",
    ),
    replace(PLAIN, name="hanging", hanging=True, column=16, blanks="lines"),
    replace(PLAIN, name="unindented", indent=0, column=18),
    replace(PLAIN, name="agency", dateline="新华社{place}3月3日电", column=18, heading_after=True),
    replace(PLAIN, name="ocr", form="markdown", broken_paragraphs=True),
    replace(
        PLAIN, name="ocr ascii", form="markdown", ascii_commas=True, credit="tail", separator="、", level="# "
    ),
    replace(PLAIN, name="ocr above", form="markdown", credit="above"),
    replace(PLAIN, name="ocr signed", form="markdown", credit="below", mark="作者：", broken_paragraphs=True),
)
"""House styles that no rule was written for; a rule that fails one of them is a special case."""
