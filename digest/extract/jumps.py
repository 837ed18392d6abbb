"""The grammar of jumps, 下转第4版 and 上接A1版: where a piece goes on; it never looks for that page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from digest.extract.numerals import number_of

_PAGE = r"第?\s*(?P<label>[A-Za-z]?\s*\d{1,3}|[A-Za-z]?[〇零一二三四五六七八九十百]{1,4})\s*版?"
_WORDS = r"(?P<word>下转|上接|紧接|转接|续接|接转|转至?|接|见)"
_BRACKETED = re.compile(
    rf"[（(【\[〔［]\s*[▶▷►>→↘]*\s*{_WORDS}\s*{_PAGE}[^（）()【】\[\]]{{0,20}}[）)】\]〕］]"
)
_ENGLISH = re.compile(
    r"(?P<word>See|Turn to|Continued on|Continued from|From)(?: [A-Z][A-Z’'\-]{1,20}){0,3},? "
    r"(?:on )?[Pp]age (?P<label>[A-Z]?\d{1,2})\.?$"
)
OPENING: Final = frozenset("（(【[〔［▶▷►>→↘◀◁<←★▲△▼●下上紧STCF")
"""What a jump may begin with."""

_CLOSING: Final = frozenset("）)】]〕］版》▶▷►>→↘◀◁<")
_SURE_WORDS = frozenset({"下转", "上接", "紧接"})
_BARE = re.compile(
    rf"[▶▷►>→↘◀◁<←★▲△▼●\s]*(?P<word>下转|上接|紧接)\s*{_PAGE}(?:[^\s。，]{{0,16}}》|[\s▶▷►>→↘◀◁<]*)"
)


@dataclass(frozen=True, slots=True)
class Jump:
    """A jump as printed, which way it leads, and the page as number and as printed."""

    text: str
    way: Literal["on", "from"]
    number: int
    label: str


def head_jump(text: str) -> tuple[Jump, str] | None:
    """The jump that a text begins with and the text after it.

    >>> head_jump("（上接第1版）记者了解到")[0].number
    1
    """
    text = text.lstrip()
    if text[:1] not in OPENING:
        return None
    start = text[:60]
    found = _BRACKETED.match(start) or _whole_bare(start) or _ENGLISH.match(text)
    if not found or not (jump := _jump(found)):
        return None
    return jump, text[found.end() :]


def _whole_bare(text: str) -> re.Match[str] | None:
    found = _BARE.match(text)
    if not found or ("版" not in found.group() and found.end() != len(text)):
        return None
    return found


def tail_jump(text: str) -> tuple[str, Jump] | None:
    """What stands before the jump that `text` ends with, and that jump.

    >>> tail_jump("二要抓好落实。 （下转A4版）")[1].label
    'A4'
    """
    end = text[-60:].rstrip()
    if end[-1:] not in _CLOSING:
        return None
    offset = max(0, len(text) - 60)
    for pattern in (_BRACKETED, _BARE):
        for found in pattern.finditer(end):
            bare = pattern is _BARE and "版" not in found.group()
            if found.end() == len(end) and not bare and (jump := _jump(found)):
                return text[: offset + found.start()].rstrip(), jump
    return None


def _jump(found: re.Match[str]) -> Jump | None:
    label = "".join(found.group("label").split())
    number = number_of(label)
    if number is not None and found.re is _ENGLISH:
        return Jump(found.group(), "from" if "rom" in found.group("word") else "on", number, label)
    if number is None or ("版" not in found.group() and found.group("word") not in _SURE_WORDS):
        return None
    way: Literal["on", "from"] = (
        "from" if "接" in found.group("word") and found.group("word") != "转接" else "on"
    )
    return Jump(found.group().strip(), way, number, label)
