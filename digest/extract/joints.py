"""Collects what speaks for and against lines set one above the other being one; it joins nothing."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import groupby, pairwise
from math import exp
from typing import Final

from digest.extract.glyphs import HAN, width
from digest.extract.lines import Line
from digest.extract.units import Unit
from digest.extract.word_pairs import WORD_PAIRS
from digest.extract.wording import (
    begins_with_dash,
    leads_on,
    names_column,
    names_guest,
    names_speaker,
    supplements,
    tells_event,
    tells_who_came,
    without_column,
)

_DOUBT: Final = -0.5
_PARTED: Final = 0.7
_UNPARTED: Final = 1.5
_BOTH: Final = 1.0
_EVEN: Final = 0.7
_SOME: Final = 3
_ONE_PART: Final = 2.0
_OTHER_PART: Final = -1.0

_COUPLET: Final = 10
_SCRAP: Final = 8
_LINE: Final = 30
_NEARLY: Final = 2
_CHARACTER = re.compile(rf"[{HAN}]")
_OPEN: Final = (("“", "”"), ("《", "》"), ("（", "）"), ("(", ")"))
_NEVER_FIRST: Final = "”’》〉」』】）),，、。；;：:？?！!·…%％"
_ENDS_OPEN = re.compile(r"[“‘《（(的和与及在将为把被对向从以于让使并或之]$")
_BEGINS_LATE = re.compile(r"^[的们之呢吗吧]")
_BRACKETS = re.compile(r"^[（(][^（）()]{1,24}[）)]?$")


def set_joints(units: Sequence[Unit]) -> None:
    """Sets `joint` of every short line under another one: above 0 for one line, below for two."""
    runs = [list(run) for short, run in groupby(units, lambda unit: unit.sort == "short") if short]
    parted = _parted(runs)
    blind = _EVEN * (not parted and _every_line_parted(runs, units))
    for under in (unit for run in runs for unit in run[1:]):
        under.joint = blind + parted * (_OTHER_PART if under.lines[0].gap else _ONE_PART)


def _parted(runs: Sequence[Sequence[Unit]]) -> float:
    """How surely blanks part kicker, headline and deck on this page, 0..1.

    What wording or type part tells for it where a blank stands between, against it where none does; so does
    a heading that has both.
    """
    odds = _DOUBT
    for run in runs:
        gaps = [bool(unit.lines[0].gap) for unit in run[1:]]
        odds += _BOTH if any(gaps) and not all(gaps) else 0.0
        for (over, under), gap in zip(pairwise(run), gaps, strict=True):
            if surely_two(over.lines[0], under.lines[0]):
                odds += _PARTED if gap else -_UNPARTED
    return max(0.0, 2 / (1 + exp(-odds)) - 1)


def _every_line_parted(runs: Sequence[Sequence[Unit]], units: Sequence[Unit]) -> bool:
    """Whether blanks say nothing, since they stand after every line, of headings and of bodies alike."""
    gaps = [bool(unit.lines[0].gap) for run in runs for unit in run[1:]]
    inside = [bool(line.gap) for unit in units if unit.sort == "body" for line in unit.lines[1:]]
    return len(gaps) >= _SOME and all(gaps) and sum(inside) >= len(inside) / 2


def surely_two(over: Line, under: Line) -> bool:
    """Whether type or wording parts a line from the one under it, whatever the blanks say."""
    if over.doubled != under.doubled or over.text.endswith(("？", "！")):
        return True
    return (
        leads_on(over.text)
        or begins_with_dash(under.text)
        or tells_who_came(under.text)
        or names_guest(under.text)
        or supplements(under.text)
    )


def break_signs(over: Unit, under: Unit, body: str, *, spaced: bool) -> dict[str, float] | None:
    """What speaks for and against two lines of a heading being one part; None where they cannot be."""
    last, line = over.lines[0], under.lines[0]
    if last.level != line.level:
        return None
    signs = {"one part": 1.0, "page": under.joint}
    if line.level and not line.gap:
        return signs | {"marked alike": 1.0}
    if line.level:
        return _marked_apart(signs, over.text, under.text, body)
    dash = begins_with_dash(under.text) and not over.text.endswith("—")
    if dash or (leads_on(over.text) and not _names(last, line)):
        return None
    signs["gap" if line.gap else "no gap"] = 1.0
    signs["word cut" if word_broken(over.text, under.text, body) else "no word cut"] = 1.0
    if spaced and not line.gap:
        signs["no gap beside gaps"] = 1.0
    if tells_who_came(under.text) or names_guest(under.text):
        signs["guests below"] = 1.0
    if tells_event(over.text):
        signs["event above"] = 1.0
    return signs | _type_signs(last, line) | _sense_signs(over.text, under.text)


def _marked_apart(signs: dict[str, float], over: str, under: str, body: str) -> dict[str, float] | None:
    """Signs at two headings marked alike with a blank between, as scanners mark the lines of one."""
    if leads_on(over) or begins_with_dash(under) or supplements(under) or names_guest(under):
        return None
    signs["page"] = 0.0
    signs["word cut" if word_broken(over, under, body) else "no word cut"] = 1.0
    if width(under) <= _SCRAP and not under.isascii():
        signs["scrap"] = 1.0
    return signs | _sense_signs(over, under)


def _type_signs(over: Line, under: Line) -> dict[str, float]:
    """What type and place say: width, fake bold, the rhythm of a couplet."""
    signs = {"fills" if over.width >= under.width - 2 else "does not fill": 1.0}
    if not under.gap and under.width >= _COUPLET:
        if _rhythm(over) == _rhythm(under):
            signs["same rhythm"] = 1.0
        elif abs(over.width - under.width) <= _NEARLY and over.width <= _LINE:
            signs["same width"] = 1.0
    if under.width <= _SCRAP and not under.text.isascii():
        signs["scrap"] = 1.0
    if over.doubled or under.doubled:
        signs["both doubled" if over.doubled and under.doubled else "one doubled"] = 1.0
    return signs


def _sense_signs(over: str, under: str) -> dict[str, float]:
    """What words and signs at the break say: what is open goes on, a column's name in brackets closes."""
    signs: dict[str, float] = {}
    if under.startswith(tuple(_NEVER_FIRST)) or any(
        over.count(start) > over.count(end) for start, end in _OPEN
    ):
        signs["open bracket"] = 1.0
    if over.endswith(("，", "、", ",")):
        signs["open comma"] = 1.0
    elif over.endswith(("：", ":")):
        signs["names before a colon"] = 1.0
    if _ENDS_OPEN.search(over) or _BEGINS_LATE.match(under):
        signs["particle"] = 1.0
    if _BRACKETS.match(under) and (names_column(under) or not under.endswith(("）", ")"))):
        signs["column in brackets"] = 1.0
    return signs


def word_broken(first: str, second: str, body: str) -> bool:
    """Whether a break cuts a word: one of the language, or characters that the body sets side by side."""
    if first[-1:].isascii() and second[:1].isascii():
        return False
    if first[-1:] + second[:1] in WORD_PAIRS:
        return True
    return first[-2:] + second[:1] in body or first[-1:] + second[:2] in body


def _names(over: Line, under: Line) -> bool:
    """Whether a line only names, before a colon, of whom the line right under it speaks."""
    return names_speaker(over.text) and not under.gap


def _rhythm(line: Line) -> str:
    """Where characters, figures and signs stand, a column's name left out: lines of a couplet agree."""
    return _CHARACTER.sub("x", without_column(line.text))
