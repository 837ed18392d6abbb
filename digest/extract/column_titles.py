"""Gives an article the title of the column it opens where a note announces it; it finds no other."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from digest.extract.glyphs import squeezed
from digest.extract.units import Unit
from digest.model import Article, Part

_ANNOUNCED = re.compile(r"[“「『《]([^“”「」『』《》]{2,40})[”」』》]")


def with_columns(articles: Sequence[Article], loose: Sequence[Unit]) -> tuple[list[Article], list[Unit]]:
    """The articles, one with the column's title that stood loose, and the units that stay loose.

    A column's introduction names it in quotation marks; the same words standing alone are its title. It
    belongs to the article before the note, else to the one after it.
    """
    found = list(articles)
    left: list[Unit] = []
    notes = {
        squeezed(name): index
        for index, article in enumerate(articles)
        if article.kind == "note"
        for paragraph in article.paragraphs
        for name in _ANNOUNCED.findall(paragraph)
    }
    for unit in loose:
        index = _opened_by(notes.get(squeezed(unit.text)), found)
        if index is None:
            left.append(unit)
            continue
        parts = sorted(
            [*found[index].parts, Part("column", unit.first, unit.last)], key=lambda part: part.first
        )
        found[index] = replace(found[index], column=unit.text, parts=tuple(parts))
    return found, left


def _opened_by(note: int | None, articles: Sequence[Article]) -> int | None:
    """The article that the column of a note opens with."""
    if note is None:
        return None
    for index in (note - 1, note + 1):
        if 0 <= index < len(articles) and articles[index].kind != "note" and articles[index].column is None:
            return index
    return None
