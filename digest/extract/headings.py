"""Tells kicker, headline and deck apart within the heading of one article; it never looks for the heading."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from digest.extract.glyphs import HAN, squeezed
from digest.extract.latin import is_latin
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
_SUPPLEMENT = re.compile(
    r"^(?:涉及|包括|占|达到?|相当于|其中|主要|同比|环比|累计|已|共|每|不|不含|约|超|近|比上年|较上年|为|将于|提交|提供|支持|覆盖|惠及)"
)
_OPENING = re.compile(
    r"^(?:聚焦|围绕|破解|依托|立足|着眼|瞄准|紧扣|坚持|循着?|从.{2,12}到|以.{2,14}为(?:抓手|支撑|载体|引领|契机|主线|依托|重点|导向|目标|牵引))"
)
"""Phrases that only lead to a sentence: a kicker's, where another line follows."""

_CHARACTER = re.compile(rf"[{HAN}]")
_FIGURE = re.compile(r"\d|[一二三四五六七八九十百千万两]{2,}|[一二三四五六七八九十两][次个人条项亿万成倍家]")
_TITLE_SIGNS = re.compile(r"[\s■□●○◆◇★☆▲△▍▌|｜│【】\[\]·•—-]")
_LONGEST_COLUMN: Final = 6
_PARTS_WITH_COLUMN: Final = 2
_MARKED_ALIKE: Final = 1.0
_NAMED: Final = 12
_MERGE: Final = 0.5
_MOST_LINES: Final = 12
_COUPLET: Final = 10
_LABEL_WIDTH: Final = 15
_WIDEST_HEADLINE: Final = 60


@dataclass(slots=True)
class Part:
    """One part of a heading: kicker, headline or a deck, set on one line or several."""

    lines: list[Line]
    text: str


@dataclass(slots=True)
class Heading:
    """The parts of a heading by what they are."""

    column: Part | None = None
    kicker: list[Part] = field(default_factory=list[Part])
    headline: Part | None = None
    deck: list[Part] = field(default_factory=list[Part])


def read_heading(units: Sequence[Unit], body: str) -> Heading:
    """The parts of a heading; words of `body`, the article's own, tell where a line breaks a word."""
    parts = _parts([unit for unit in units if unit.text], body)
    if not parts:
        return Heading()
    column = parts.pop(0) if _is_column(parts, body) else None
    scores = [_headline_score(index, parts) for index in range(len(parts))]
    chosen = max(range(len(parts)), key=lambda index: scores[index])
    return Heading(column, parts[:chosen], parts[chosen], parts[chosen + 1 :])


def _is_column(parts: Sequence[Part], body: str) -> bool:
    """Whether a heading begins with a column's title: a few characters of which the article says nothing."""
    title = "".join(_CHARACTER.findall(parts[0].text))
    if (
        len(parts) < _PARTS_WITH_COLUMN
        or not 1 < len(title) <= _LONGEST_COLUMN
        or title != _TITLE_SIGNS.sub("", parts[0].text)
    ):
        return False
    return not any(first + second in body for first, second in pairwise(title))


def surely_two(over: Line, under: Line) -> bool:
    """Whether type or wording parts a line from the one under it, whatever the blanks say."""
    if over.doubled != under.doubled or over.text.endswith(("？", "！")):
        return True
    return bool(
        _LEADS_ON.search(over.text)
        or _DASH.match(under.text)
        or _ATTENDED.search(under.text)
        or _SUPPLEMENT.match(under.text)
    )


def _parts(units: Sequence[Unit], body: str) -> list[Part]:
    parts: list[Part] = []
    spaced = any(unit.lines[0].gap for unit in units[1:_MOST_LINES])
    for index, unit in enumerate(units):
        line = unit.lines[0]
        contrast = 1.5 if spaced and not line.gap else 0.0
        if parts and index < _MOST_LINES and _seam(parts, unit, body) + contrast > _MERGE:
            previous = parts[-1]
            joint = "" if _word_broken(previous.text, unit.text, body) else " "
            previous.lines.append(line)
            previous.text += joint + unit.text
        else:
            parts.append(Part([line], unit.text))
    return parts


def _word_broken(first: str, second: str, body: str) -> bool:
    """Whether the body has the characters on both sides of a break side by side."""
    return first[-2:] + second[:1] in body or first[-1:] + second[:2] in body


def _seam(parts: Sequence[Part], unit: Unit, body: str) -> float:
    """Evidence that a line goes on with the part above it."""
    part = parts[-1]
    last, line = part.lines[-1], unit.lines[0]
    if last.level != line.level or (line.level and line.gap):
        return -9.0
    if line.level:
        return unit.joint + _MARKED_ALIKE
    if _DASH.match(unit.text) or (_LEADS_ON.search(part.text) and not _names(last, line)):
        return -9.0
    score = unit.joint + _set_alike(last, line) + _unclosed(part.text)
    score += 3.0 if _word_broken(part.text, unit.text, body) else -1.0
    if not line.gap and len(parts) > 1 and _LEADS_ON.search(parts[-2].text):
        score += 2.0
    return score - (2.0 if _ATTENDED.search(unit.text) else 0.0)


def _names(over: Line, under: Line) -> bool:
    """Whether a line only names, before a colon, of whom the line right under it speaks."""
    return over.text.endswith(("：", ":")) and over.width <= _NAMED and not under.gap


def _unclosed(text: str) -> float:
    """What brackets and commas say of a line going on."""
    score = 4.0 if any(text.count(start) > text.count(end) for start, end in _OPEN) else 0.0
    return score + (3.0 if text.endswith(("，", "、", ",", "：", ":")) else 0.0)


def _set_alike(over: Line, under: Line) -> float:
    """What type and place say of two lines being one: blanks, width, fake bold, the rhythm of a couplet."""
    score = -1.5 if under.gap else 0.8
    score += 0.5 if over.width >= under.width - 2 else -1.5
    if not under.gap and under.width >= _COUPLET and _rhythm(over) == _rhythm(under):
        score += 2.0
    if over.doubled != under.doubled:
        return score - 4.0
    return score + (2.5 if over.doubled else 0.0)


def _headline_score(index: int, parts: list[Part]) -> float:
    """How much a part looks like the main line."""
    part, before = parts[index], parts[index - 1] if index else None
    widest = max(line.width for line in part.lines)
    score = _mark_score(part, parts) + _place_score(index, part.text) + _wording_score(part)
    if any(line.doubled for line in part.lines):
        score += 6.0
    if widest > _WIDEST_HEADLINE:
        score -= 1.0
    if before:
        score += _after_score(part, before)
    if index + 1 < len(parts):
        score -= 2.5 if _OPENING.match(part.text) else 0.0
        score -= 5.0 if _LEADS_ON.search(part.text) else 0.0
        score -= 2.0 if widest <= _LABEL_WIDTH else 0.0
    return score


def _wording_score(part: Part) -> float:
    """What the words of a part say: a dash begins a deck, a column's name ends a headline."""
    score = -5.0 if _DASH.match(part.text) else 0.0
    score += 1.5 if _SUFFIX.search(part.text) else 0.0
    score -= 3.0 if _WHEN.match(squeezed(part.text)) else 0.0
    return score - (2.0 if _ATTENDED.search(part.text) else 0.0)


def _after_score(part: Part, before: Part) -> float:
    """What a part says after another: figures and supplements make a deck, unless a kicker leads on to it."""
    led = _leads_on_to(before)
    score = 2.0 if led else 0.0
    score -= 2.0 if _SUPPLEMENT.match(part.text) else 0.0
    return score - (0.6 if _FIGURE.search(part.text) and not led else 0.0)


def _rhythm(line: Line) -> str:
    """Where characters, figures and signs stand, a column's name left out: lines of a couplet agree."""
    return _CHARACTER.sub("x", _SUFFIX.sub("", line.text))


def _leads_on_to(part: Part) -> bool:
    return bool(_LEADS_ON.search(part.text) or _WHEN.match(squeezed(part.text)))


def _mark_score(part: Part, parts: list[Part]) -> float:
    levels = [other.lines[0].level for other in parts if other.lines[0].level]
    if not levels:
        return 0.0
    level = part.lines[0].level
    return 0.0 if not level else 5.0 if level == min(levels) else 1.0


def _place_score(index: int, text: str) -> float:
    """Where nothing else tells, the second part is the headline, in Latin script the first."""
    if is_latin(text):
        return 0.9 if index == 0 else 0.0
    return 0.3 if index == 1 else 0.0
