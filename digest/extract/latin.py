"""Joins the wrapped lines of pages in Latin script, which are ragged at the right; it knows no language."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from digest.extract.glyphs import HAN

_HAN: Final = re.compile(rf"[{HAN}]")
_LETTER: Final = re.compile(r"[A-Za-zÀ-ɏ]")
_END: Final = re.compile(r"[.!?…][\"'”’)\]]*$")
_FEWEST: Final = 5
_LONGEST_HEADING: Final = 130
_LOOSE: Final = 1
_PARTED: Final = 2


def is_latin(text: str) -> bool:
    """Whether a text is in Latin script throughout.

    >>> is_latin("in Songcheng for 53 years."), is_latin("MES 系统")
    (True, False)
    """
    return not _HAN.search(text) and _LETTER.search(text) is not None


def latin_column(texts: Sequence[str]) -> int:
    """How many characters, blanks counted, fit into the column of Latin lines; 0 where they are few.

    The widest lines may be headings over more than one column, so the tenth part that is widest is left out.
    """
    lengths = sorted(_length(text) for text in texts if is_latin(text))
    if len(lengths) < max(_FEWEST, len(texts) // _PARTED):
        return 0
    return lengths[-1 - len(lengths) // 10]


def latin_joins(last: str, line: str, column: int, gap: int) -> bool:
    """Whether a line goes on where the one before it stopped: its first word had found no room there.

    >>> latin_joins("A new park opened in Songcheng on", "Tuesday, after years.", 38, 0)
    True
    """
    if gap:
        return line[0].islower() and not _END.search(last)
    full = _length(last) + 1 + len(line.split(maxsplit=1)[0]) > column - _LOOSE
    return full or (line[0].islower() and not _END.search(last)) or line[0] in ",.;:"


def latin_heading(text: str) -> bool:
    """Whether a text in Latin script has the form of a heading: short, and no full stop at its end."""
    return len(text) <= _LONGEST_HEADING and not re.search(r"[.,;][\"'”’)\]]*$", text)


def _length(text: str) -> int:
    return len(" ".join(text.split()))
