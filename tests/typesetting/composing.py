"""Sets single texts in lines, and headlines as type and text layers spoil them; it knows no pages."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from random import Random
from typing import Final

_NEVER_FIRST: Final = "，。、；：！？”’》）%…"
_NEVER_LAST: Final = "“‘《（"
_WORD = re.compile(r"[A-Za-z0-9.%]+|.", re.DOTALL)


def width(text: str) -> int:
    """Half-width columns."""
    return sum(2 if unicodedata.east_asian_width(char) in "WFA" else 1 for char in text)


def wrapped(text: str, rooms: Sequence[int], *, hanging: bool, whole_words: bool) -> list[str]:
    """The text in lines; `rooms` are the half-width columns of each line, the last for all that follow."""
    lines, line = [], ""
    pieces = _WORD.findall(text) if whole_words else list(text)
    for piece in pieces:
        room = rooms[min(len(lines), len(rooms) - 1)]
        over = width(line) + width(piece) > room
        if not over or not line or (piece in _NEVER_FIRST and (hanging or width(line) < room)):
            line += piece
            continue
        line, moved = _parted(line, piece)
        lines.append(line)
        line = moved + piece
    return [*lines, line]


def _parted(line: str, piece: str) -> tuple[str, str]:
    """What stays on the line, and what moves down so that no sign stands where it may not."""
    kept = line
    if piece in _NEVER_FIRST:
        kept = kept[:-1]
        while len(kept) > 2 and line[len(kept)] in _NEVER_FIRST:
            kept = kept[:-1]
    while len(kept) > 1 and kept[-1] in _NEVER_LAST:
        kept = kept[:-1]
    return kept, line[len(kept) :]


def in_lines(headline: str, count: int) -> list[str]:
    """A headline over at most `count` lines, broken at its blanks or commas, else in the middle."""
    if count < 2 or len(headline) < 12:
        return [headline]
    middle = len(headline) / 2
    breaks = [found.end() for found in re.finditer(r"[ ，：]", headline)] or [round(middle)]
    at = min(breaks, key=lambda place: abs(place - middle))
    if not 3 < at < len(headline) - 3:
        return [headline]
    return [headline[:at].strip(), *in_lines(headline[at:].strip(), count - 1)]


def doubled_runs(text: str, rng: Random) -> str:
    """Each run of three to seven characters printed twice, as fake bold does."""
    return " ".join("".join(run + run for run in _runs(segment, rng)) for segment in text.split(" "))


def _runs(text: str, rng: Random) -> Iterator[str]:
    while text:
        size = rng.randint(3, 7)
        if len(text) - size < 3:
            size = len(text)
        yield text[:size]
        text = text[size:]


def doubled_glyphs(text: str) -> str:
    """Every glyph printed twice."""
    return "".join(char if char == " " else char * 2 for char in text)


def letter_spaced(text: str) -> str:
    """A blank between all characters."""
    return " ".join(text.replace(" ", ""))


def padded(name: str, *, wide: bool) -> str:
    """A two-character name as wide as three, where the style wants that."""
    return f"{name[0]}{'　' if wide else ' '}{name[1]}" if len(name) == 2 else name
