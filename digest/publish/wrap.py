"""Wraps plain text for reading in a terminal or mail client; full-width characters count two columns."""

from __future__ import annotations

import re
from unicodedata import combining, east_asian_width

WIDTH = 72
"""Columns of a line: 36 Chinese characters, within the 78 that RFC 5322 §2.1.1 recommends."""

_PIECE = re.compile(r"[!-~\u00a1-\u052f]+|.", re.DOTALL)
"""A word in Latin, Greek or Cyrillic letters with its signs, or any other sign alone."""
_NEVER_FIRST = frozenset("，。、；：？！）》」』”’…—％·〉】～")
_NEVER_LAST = frozenset("（《「『“‘〈【")


def wrapped(text: str, indent: str = "", width: int = WIDTH) -> str:
    """The text in lines of at most `width` columns, each indented.

    Words of letters and addresses stay whole. Closing punctuation never begins a line, so it may hang over
    the edge; opening brackets never end one.

    >>> print(wrapped("今年墒情好，社员们抢抓农时。", "  ", width=16))
      今年墒情好，社
      员们抢抓农时。
    """
    lines: list[str] = []
    line = ""
    for piece in _PIECE.findall(" ".join(text.split(" "))):
        if _breaks_before(line, piece, width - columns(indent)):
            kept, carried = _split_openers(line)
            lines.append(kept)
            line = carried
        line += piece if line or piece != " " else ""
    return "\n".join((indent + line).rstrip() for line in (*lines, line) if line)


def columns(text: str) -> int:
    """How many columns the text takes in a monospaced font.

    >>> columns("第3版")
    5
    """
    return sum(_columns(sign) for sign in text)


def _columns(sign: str) -> int:
    if combining(sign):
        return 0
    return 2 if east_asian_width(sign) in "WFA" else 1


def _breaks_before(line: str, piece: str, width: int) -> bool:
    return bool(line) and piece not in _NEVER_FIRST and columns(line) + columns(piece) > width


def _split_openers(line: str) -> tuple[str, str]:
    kept = line.rstrip("".join(_NEVER_LAST))
    return (kept, line[len(kept) :]) if kept else (line, "")
