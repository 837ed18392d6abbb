"""Tells kicker, headline and deck apart within the heading of one article; it never looks for the heading."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Final

from digest.extract.glyphs import squeezed
from digest.extract.lines import Line
from digest.extract.units import Unit

_LEADS_ON = re.compile(r"(?:强调|指出|要求|表示|提出|——|—|：|:)$")
_DASH = re.compile(r"^(?:——|—|--)")
_SUFFIX = re.compile(r"[（(][^（）()]{1,24}[）)]$")
_ATTENDED = re.compile(r"(?:出席|参加|主持|讲话|致辞|带队|发言|陪同|作报告|批示|出席会议|见证签约)$")
_WHEN = re.compile(
    r"^(?:前?\d{0,2}个?月份?|前[一二三四五六七八九十两]+个?[月季]度?|[一二三四]季度|上半年|下半年|截至.{2,8}|从.{3,14}起.{0,10}|今[日天年起]+|.{2,8}(?:期间|假期))$"
)
_OPEN: Final = (("“", "”"), ("《", "》"), ("（", "）"), ("(", ")"))
_MERGE: Final = 0.5


@dataclass(slots=True)
class Part:
    """One part of a heading: kicker, headline or a deck, set on one line or several."""

    lines: list[Line]
    text: str


@dataclass(slots=True)
class Heading:
    """The parts of a heading by what they are."""

    kicker: list[Part] = field(default_factory=list[Part])
    headline: Part | None = None
    deck: list[Part] = field(default_factory=list[Part])


def read_heading(units: Sequence[Unit], in_bodies: Callable[[str], bool]) -> Heading:
    """The parts of a heading; `in_bodies` says whether two characters stand side by side in the page's bodies."""
    parts = _parts([unit for unit in units if unit.text], in_bodies)
    if not parts:
        return Heading()
    scores = [_headline_score(index, parts) for index in range(len(parts))]
    chosen = max(range(len(parts)), key=lambda index: scores[index])
    return Heading(parts[:chosen], parts[chosen], parts[chosen + 1 :])


def _parts(units: Sequence[Unit], in_bodies: Callable[[str], bool]) -> list[Part]:
    parts: list[Part] = []
    for unit in units:
        line = unit.lines[0]
        if parts and _seam(parts[-1], unit, in_bodies) > _MERGE:
            previous = parts[-1]
            joint = "" if in_bodies(previous.text[-1] + unit.text[0]) else " "
            previous.lines.append(line)
            previous.text += joint + unit.text
        else:
            parts.append(Part([line], unit.text))
    return parts


def _seam(part: Part, unit: Unit, in_bodies: Callable[[str], bool]) -> float:
    """Evidence that a line goes on with the part above it."""
    last, line = part.lines[-1], unit.lines[0]
    if last.level or line.level:
        return -9.0
    if _LEADS_ON.search(part.text) or _DASH.match(unit.text):
        return -9.0
    score = -1.5 if line.gap else 0.8
    if any(part.text.count(start) > part.text.count(end) for start, end in _OPEN):
        score += 4.0
    if part.text.endswith(("，", "、", ",")):
        score += 3.0
    score += 2.5 if in_bodies(part.text[-1] + unit.text[0]) else -1.2
    score += 0.5 if last.width >= line.width - 2 else -1.5
    if last.doubled != line.doubled:
        score -= 4.0
    elif last.doubled:
        score += 2.5
    return score


def _headline_score(index: int, parts: list[Part]) -> float:
    """How much a part looks like the main line."""
    part = parts[index]
    score = 0.0
    if any(line.doubled for line in part.lines):
        score += 6.0
    score += _mark_score(part, parts)
    if _LEADS_ON.search(part.text) and index + 1 < len(parts):
        score -= 5.0
    if _DASH.match(part.text):
        score -= 5.0
    if _SUFFIX.search(part.text):
        score += 1.5
    if _WHEN.match(squeezed(part.text)):
        score -= 3.0
    if _ATTENDED.search(part.text):
        score -= 2.0
    if index and _leads_on_to(parts[index - 1]):
        score += 2.0
    if max(line.width for line in part.lines) > 60:
        score -= 1.0
    return score + _place_score(index, parts)


def _leads_on_to(part: Part) -> bool:
    return bool(_LEADS_ON.search(part.text) or _WHEN.match(squeezed(part.text)))


def _mark_score(part: Part, parts: list[Part]) -> float:
    levels = [other.lines[0].level for other in parts if other.lines[0].level]
    if not levels:
        return 0.0
    level = part.lines[0].level
    return 0.0 if not level else 5.0 if level == min(levels) else 1.0


def _place_score(index: int, parts: list[Part]) -> float:
    """Where nothing else tells: of two lines the longer is not the headline, of three the middle one is."""
    if len(parts) == 2:
        return 0.3 if index else 0.0
    return 0.3 if index == 1 else 0.0
