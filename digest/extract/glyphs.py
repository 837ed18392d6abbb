"""What kind of character stands where, and how wide it is set; it never changes a text."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

HAN: Final = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\u3007"
"""Chinese characters, for use inside a character class."""

TERMINAL: Final = "。！？!?…"
"""What ends a sentence."""

CLOSERS: Final = "”’」』）)】〕》〉]\"'"
"""What may stand after the end of a sentence, or end a bracket."""

NEVER_FIRST: Final = frozenset("，。、；：！？）》」』】〕”’%％,.;:!?)]·…")
"""What a line of a paragraph may begin with only by mistake: it belongs to the line before."""

INVISIBLE: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
    "\ufff9-\ufffb\ue000-\uf8ff\ud800-\udfff\U000e0000-\U000e007f\U000f0000-\U0010fffd]+"
)
"""Zero-width, control, private-use and surrogate characters: set by mistake, shown by nothing."""

_NARROW = re.compile(r"[\x00-\xb6\xb8-\xff\uff61-\uff9f]+")
_SPACE = re.compile(r"\s+")
_TEXT_END = re.compile(
    rf"[{TERMINAL}][{re.escape(CLOSERS)}]*$|[{TERMINAL}”’][ \u3000]?[（(][^（）()]{{2,44}}[）)]$"
)
_ENDERS = frozenset(TERMINAL + CLOSERS)
_SOFT_END = re.compile(r"[，、；：,;:—–-]$")


def squeezed(text: str) -> str:
    """`text` without any white space."""
    return "".join(text.split())


def width(text: str) -> int:
    """How many half-width columns `text` takes in type, white space not counted.

    >>> width("山川 3日")
    7
    """
    return widths([text])[0]


def widths(texts: Sequence[str]) -> list[int]:
    """The width of each text."""
    solid = list(map("".join, map(str.split, texts)))
    narrow = map("".join, map(_NARROW.findall, solid))
    return [2 * len(text) - len(part) for text, part in zip(solid, narrow, strict=True)]


def ends_sentence(text: str) -> bool:
    """Whether `text` ends as a sentence does, closing quotes and a credit in brackets included."""
    last = text[-1:]
    if last not in _ENDERS:
        return False
    return last in TERMINAL or _TEXT_END.search(text[-48:]) is not None


def ends_clause(text: str) -> bool:
    """Whether `text` ends with a comma or the like, so that something must follow."""
    return _SOFT_END.search(text[-2:]) is not None
