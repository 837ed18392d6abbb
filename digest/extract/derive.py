"""Makes a headline from a lead where none is printed: a clause of it, never words of its own."""

from __future__ import annotations

import re
from typing import Final

_CLAUSE = re.compile(r"[^，。！？；：,!?;:]+[，。！？；：,!?;:]*[”’』」）)]*")
_TIME = re.compile(
    r"(?:近日|日前|近期|目前|当前|当日|连日来|近年来|今天|昨天|昨日|今日|今年|去年|本周|上周|据悉|据了解|"
    r"(?:今年|去年)?(?:\d{4}年)?\d{1,2}月(?:\d{1,2}日)?(?:上午|下午|晚|起|至\d{1,2}日)?|\d{1,2}日|\d{4}年|记者)"
)
_SOURCE = re.compile(r"(?:获悉|了解到|消息|介绍|表示|报道|得知)[，：,:]?$")
_LONGEST_TIME: Final = 12
_REST: Final = 3
_SHORTEST: Final = 8
_LONGEST: Final = 34


def derived_headline(lead: str) -> str:
    """The first clause of a lead that tells something: a piece of it, of eight characters if it has them.

    >>> derived_headline("近日，记者从县水务局获悉，河湾新桥全线贯通，年底通车。")
    '河湾新桥全线贯通'
    """
    clauses = [found.group() for found in _CLAUSE.finditer(lead[:400])]
    while len(clauses) > 1 and _tells_nothing(clauses[0]) and len("".join(clauses[1:])) > _SHORTEST:
        clauses.pop(0)
    chosen = ""
    for clause in clauses:
        if len(_stem(chosen)) >= _SHORTEST and _balanced(chosen):
            break
        chosen += clause
    return _cut(_stem(chosen)) or lead[:_LONGEST].strip()


def _tells_nothing(clause: str) -> bool:
    bare = clause.rstrip("，。！？；：,!?;:")
    if _SOURCE.search(clause):
        return True
    return len(bare) <= _LONGEST_TIME and bool(_TIME.match(bare)) and len(_TIME.sub("", bare)) <= _REST


def _stem(text: str) -> str:
    return text.strip().rstrip("，。；：,;:、 ")


def _balanced(text: str) -> bool:
    return all(text.count(start) <= text.count(end) for start, end in ("“”", "《》", "（）", "()"))


def _cut(text: str) -> str:
    return text if len(text) <= 2 * _LONGEST else text[:_LONGEST]
