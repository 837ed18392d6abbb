"""Sets column title, kicker, headline and deck as a house style prints them; it sets no body."""

from __future__ import annotations

from random import Random

from tests.typesetting.composing import doubled_glyphs, doubled_runs, in_lines, letter_spaced, wrapped
from tests.typesetting.defects import Row
from tests.typesetting.manuscripts import Manuscript
from tests.typesetting.styles import HouseStyle

_DISPLAY = 1.6


def column_of(manuscript: Manuscript, style: HouseStyle) -> str | None:
    """The column title as printed, with its marks."""
    if not style.column_title or not manuscript.column:
        return None
    return style.column_title.format(column=manuscript.column).strip()


def set_heading(
    manuscript: Manuscript, style: HouseStyle, rng: Random, *, headline: str | None, whole: bool
) -> list[list[Row]]:
    """The parts of the heading; one that goes on from another page has a headline alone, if that."""
    parts: list[list[str]] = []
    note = manuscript.kind == "note"
    if note and style.note:
        return [[Row(style.note)]]
    if whole and (column := column_of(manuscript, style)):
        parts.append([column])
    if whole and headline and manuscript.kicker and style.kickers:
        parts.append(_small(manuscript.kicker, style.kicker_mark, style))
    if headline:
        parts.append(_main(headline, style, rng))
    if whole and headline and manuscript.deck and style.decks:
        parts.append(_small(manuscript.deck, style.deck_mark, style))
    return [[Row(line) for line in part] for part in parts]


def _small(text: str, mark: str, style: HouseStyle) -> list[str]:
    lines = [text] if style.form != "text" else _fitted(text, style)
    return [mark + line for line in lines]


def _fitted(text: str, style: HouseStyle) -> list[str]:
    room = round(2 * _DISPLAY * max(16, *style.widths))
    return wrapped(text, [room], hanging=False, whole_words=True)


def _main(headline: str, style: HouseStyle, rng: Random) -> list[str]:
    lines = in_lines(headline, style.headline_lines)
    if style.form == "text" and style.headline_lines == 1:
        lines = _fitted(headline, style)
    if style.doubled == "runs":
        lines = [doubled_runs(line, rng) for line in lines]
    elif style.doubled == "glyphs":
        lines = [doubled_glyphs(line) for line in lines]
    if style.spaced:
        lines = [letter_spaced(line) for line in lines]
    if style.headline_mark == "**":
        return [f"**{line}**" for line in lines]
    return [style.headline_mark + line for line in lines]
