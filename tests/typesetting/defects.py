"""Spoils manuscripts and set pages as scanners and text layers do, and the truth with the manuscript."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from random import Random
from typing import Final

from tests.typesetting.manuscripts import Manuscript

_CONFUSED: Final = dict(zip("己未人干土大候微管睛析", "已末入于士太侯徽菅晴折", strict=True))
_PERCENT: Final = re.compile(r"(\d+(?:\.\d+)?)%")
_TAGS: Final = (
    "<!-- image -->",
    '<img src="images/7.jpg" />',
    '<div align="center">',
    "</div>",
    "---",
    "<br>",
)
_SELDOM: Final = 0.08
_CONFUSION: Final = 0.35
_LOOSE: Final = 0.3
_ASCII: Final = str.maketrans("，（）：；？！", ",():;?!")
_STRAY: Final = ("·", "~", "、", "|", "_", "■", "*", "。")
_BLANK_TABLE: Final = ("|  |  |  |", "| --- | --- | --- |", "|  |  |  |")


@dataclass(frozen=True)
class Row:
    """A line of a page; `owner` is the number of the article of whose paragraphs it holds a piece, if any."""

    text: str
    owner: int | None = None
    inside: bool = False


def spoiled(manuscript: Manuscript, defects: frozenset[str], rng: Random) -> Manuscript:
    """The manuscript with characters read for others."""
    if "confused" not in defects:
        return manuscript

    def confused(text: str) -> str:
        return "".join(_CONFUSED.get(char, char) if rng.random() < _CONFUSION else char for char in text)

    paragraphs = tuple(map(confused, manuscript.paragraphs))
    return replace(
        manuscript, paragraphs=paragraphs, headline=manuscript.headline and confused(manuscript.headline)
    )


def credit_misread(text: str, defects: frozenset[str], rng: Random) -> str:
    """A credit in brackets with one of them missing or of the other width."""
    if "brackets" not in defects or not text.endswith("）") or rng.random() < 0.5:
        return text
    return rng.choice(
        [
            text[:-1] + ")",
            "(" + text[1:] if text[0] == "（" else text,
            text.replace("（", "(").replace("）", "】"),
        ]
    )


def misread(rows: list[Row], defects: frozenset[str], rng: Random) -> list[Row]:
    """The page's lines with what a reader of images or of a text layer adds and changes."""
    rows = list(_interrupted(rows, defects, rng))
    if "justified" in defects:
        rows = [_justified(row, rng) for row in rows]
    if "formulas" in defects:
        rows = [replace(row, text=_PERCENT.sub(r"$\1\\%$", row.text)) for row in rows]
    if "entities" in defects:
        rows = [
            replace(row, text="&nbsp;&nbsp;" + row.text) if row.owner is not None else row for row in rows
        ]
    if "invisible" in defects:
        rows = [
            replace(row, text=row.text[:2] + "\u200b" + row.text[2:]) if rng.random() < 0.05 else row
            for row in rows
        ]
    if "ascii" in defects:
        rows = [replace(row, text=row.text.translate(_ASCII)) for row in rows]
    return rows


def _interrupted(rows: list[Row], defects: frozenset[str], rng: Random) -> Iterator[Row]:
    for number, row in enumerate(rows):
        at_break = not row.text and 0 < number < len(rows) - 1
        yield row
        if "images" in defects and at_break and rng.random() < _SELDOM:
            yield from (Row(f"![](images/{number}.jpg)"), Row(""))
        if "stray marks" in defects and at_break and rng.random() < _SELDOM:
            yield from (Row(rng.choice(_STRAY)), Row(""))
        if "page numbers" in defects and at_break and rng.random() < 0.04:
            yield from (Row(rng.choice(["3", "- 3 -", "第 3 页"])), Row(""))
        if "tags" in defects and at_break and rng.random() < _SELDOM:
            yield from (Row(rng.choice(_TAGS)), Row(""))
        if "tables" in defects and at_break and not row.inside and rng.random() < 0.05:
            yield from (*map(Row, _BLANK_TABLE), Row(""))


def _justified(row: Row, rng: Random) -> Row:
    """Justified type leaves blanks beside figures, now and then between all characters of a line."""
    if row.owner is None or not row.text:
        return row
    if rng.random() < 0.04:
        return replace(row, text=" ".join(row.text))
    pairs = zip(" " + row.text, row.text, strict=False)
    text = "".join(_loosened(char, before, rng) for before, char in pairs)
    return replace(row, text=text.strip())


def _loosened(char: str, before: str, rng: Random) -> str:
    """The character, a blank before it now and then where a figure begins."""
    begins = char.isdigit() and before not in "0123456789."
    return f" {char}" if begins and rng.random() < _LOOSE else char
