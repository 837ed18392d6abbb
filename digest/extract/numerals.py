"""Numbers as papers print them, 4, A04, 四 or 十二, as integers; it reads no amounts."""

from __future__ import annotations

import re

_DIGITS = {
    "〇": 0,
    "零": 0,
    "○": 0,
    "一": 1,
    "二": 2,
    "三": 3,
    "四": 4,
    "五": 5,
    "六": 6,
    "七": 7,
    "八": 8,
    "九": 9,
}
_LONGEST = 5
_ARABIC = re.compile(r"[A-Za-z]?\s*(\d{1,3})")


def number_of(label: str) -> int | None:
    """The number of a page label without its section letter, None when it is none.

    >>> number_of("A04"), number_of("十二"), number_of("二〇"), number_of("头")
    (4, 12, 20, None)
    """
    if found := _ARABIC.fullmatch(label.strip()):
        return int(found.group(1))
    return chinese(label.strip().lstrip("ABCDEFGHabcdefgh"))


def chinese(numeral: str) -> int | None:
    """A number below 10,000 written in characters, by places (二〇二五) or with 十 and 百 (十二)."""
    if (
        not numeral
        or len(numeral) > _LONGEST
        or any(char not in _DIGITS and char not in "十百" for char in numeral)
    ):
        return None
    if not any(char in "十百" for char in numeral):
        return int("".join(str(_DIGITS[char]) for char in numeral))
    value, digit = 0, 0
    for char in numeral:
        if char in _DIGITS:
            digit = _DIGITS[char]
            continue
        value, digit = value + (digit or 1) * (10 if char == "十" else 100), 0
    return value + digit
