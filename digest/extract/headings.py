"""Tells kicker, headline and deck apart within the heading of one article; it never looks for the heading."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final

from digest.extract.glyphs import HAN
from digest.extract.heading_weights import WEIGHTS
from digest.extract.joints import break_signs, word_broken
from digest.extract.latin import is_latin
from digest.extract.lines import Line
from digest.extract.units import Unit
from digest.extract.wording import (
    begins_with_dash,
    has_figures,
    is_couplet,
    leads_on,
    names_column,
    names_guest,
    names_speaker,
    opens,
    sets_the_time,
    supplements,
    tells_event,
    tells_visit,
    tells_who_came,
)

_CHARACTER = re.compile(rf"[{HAN}]")
_WORD = re.compile(r"[A-Za-z]{4,}")
_TITLE_SIGNS = re.compile(r"[\s■□●○◆◇★☆▲△▍▌▎◎|｜│【】\[\]·•—-]")
_MARKED = re.compile(r"^[■□●○◆◇★☆▲△▍▌▎◎【\[]|[｜|·│]$")
_SHORTEST_COLUMN: Final = 2
_WITH_COLUMN: Final = 2
_LONGEST_COLUMN: Final = 6
_LONGEST_MARKED: Final = 10
_MOST_LINES: Final = 12
_MOST_HEADLINE: Final = 5
_LABEL_WIDTH: Final = 15
_LEAD: Final = 160
_CLEARLY: Final = 0.15
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


@dataclass(slots=True)
class Reading:
    """One choice of the headline in a heading, and the signs that speak for and against it."""

    kicker: list[Part]
    headline: Part
    deck: list[Part]
    signs: dict[str, float]

    def fits(self, weights: Mapping[str, float]) -> float:
        """How well it fits; higher is better."""
        return sum(weights[name] * value for name, value in self.signs.items())


def read_heading(units: Sequence[Unit], body: str) -> Heading:
    """The parts of a heading; words of `body`, the article's own, tell where a line breaks a word."""
    lines = [unit for unit in units if unit.text]
    column = None
    if _begins_with_column(lines, body):
        column = Part([lines[0].lines[0]], lines[0].text)
        lines = lines[1:]
    if not lines:
        return Heading()
    choices = readings(lines[:_MOST_LINES], body, WEIGHTS)
    best = max(choices, key=lambda reading: reading.fits(WEIGHTS))
    rest = [_part([line], body) for line in lines[_MOST_LINES:]]
    return Heading(column, best.kicker, best.headline, [*best.deck, *rest])


def readings(lines: Sequence[Unit], body: str, weights: Mapping[str, float]) -> list[Reading]:
    """Every choice of lines as the headline; those above and below it are put together as they fit best."""
    if len(lines) == 1:
        return [Reading([], _part(lines, body), [], {})]
    spaced = any(unit.lines[0].gap for unit in lines[1:])
    breaks = [None, *(break_signs(over, under, body, spaced=spaced) for over, under in pairwise(lines))]
    joined = [bool(signs) and _sum(signs, weights) > 0 for signs in breaks]
    return [
        _reading(lines, breaks, joined, (first, end), body)
        for first in range(len(lines))
        for end in range(first + 1, min(len(lines), first + _MOST_HEADLINE) + 1)
        if None not in breaks[first + 1 : end]
    ]


def _reading(
    lines: Sequence[Unit],
    breaks: Sequence[Mapping[str, float] | None],
    joined: Sequence[bool],
    chosen: tuple[int, int],
    body: str,
) -> Reading:
    """The reading with the lines from one place up to another as the headline."""
    first, end = chosen
    kicker = _parts(lines[:first], joined[:first], body)
    headline = _part(lines[first:end], body)
    deck = _parts(lines[end:], joined[end:], body)
    inside = [
        signs
        for index, signs in enumerate(breaks)
        if signs and (first < index < end or (joined[index] and index not in chosen))
    ]
    return Reading(
        kicker, headline, deck, _added([*inside, headline_signs(kicker, headline, deck, body[:_LEAD])])
    )


def _sum(signs: Mapping[str, float], weights: Mapping[str, float]) -> float:
    return sum(weights[name] * value for name, value in signs.items())


def _added(many: Sequence[Mapping[str, float]]) -> dict[str, float]:
    total: dict[str, float] = {}
    for signs in many:
        for name, value in signs.items():
            total[name] = total.get(name, 0.0) + value
    return total


def _parts(lines: Sequence[Unit], joined: Sequence[bool], body: str) -> list[Part]:
    """The lines above or below a headline, those put together that go on."""
    groups: list[list[Unit]] = []
    for line, joint in zip(lines, joined, strict=True):
        if groups and joint:
            groups[-1].append(line)
        else:
            groups.append([line])
    return [_part(group, body) for group in groups]


def _part(lines: Sequence[Unit], body: str) -> Part:
    text = lines[0].text
    for over, under in pairwise(lines):
        text += ("" if word_broken(over.text, under.text, body) else " ") + under.text
    return Part([line.lines[0] for line in lines], text)


def _begins_with_column(lines: Sequence[Unit], body: str) -> bool:
    """Whether a heading begins with a column's title: marked, or short and of what the article never says."""
    if len(lines) < _WITH_COLUMN:
        return False
    text = lines[0].text
    title = "".join(_CHARACTER.findall(text))
    if title != _TITLE_SIGNS.sub("", text) or not _SHORTEST_COLUMN <= len(title) <= _LONGEST_MARKED:
        return False
    if begins_with_dash(lines[1].text):
        return False
    if _MARKED.search(text) and not _MARKED.search(lines[1].text):
        return True
    if len(title) > _LONGEST_COLUMN or any(first + second in body for first, second in pairwise(title)):
        return False
    signs = break_signs(lines[0], lines[1], body, spaced=False)
    return signs is None or _sum(signs, WEIGHTS) <= 0


def headline_signs(kicker: Sequence[Part], part: Part, deck: Sequence[Part], lead: str) -> dict[str, float]:
    """What speaks for and against a part being the main line between the others."""
    text = part.text
    widest = max(line.width for line in part.lines)
    seen = {
        "doubled": any(line.doubled for line in part.lines),
        "too wide": widest > _WIDEST_HEADLINE,
        "dash": begins_with_dash(text),
        "column named": names_column(text),
        "only a time": sets_the_time(text),
        "guests": tells_who_came(text),
        "second": len(kicker) == 1 and not is_latin(text),
        "first, Latin": not kicker and is_latin(text),
    }
    if level := part.lines[0].level:
        highest = min(other.lines[0].level or level for other in (part, *kicker, *deck))
        seen["highest level" if level == highest else "lower level"] = True
    if kicker:
        seen |= _signs_after(part, kicker[-1], lead)
    if deck:
        seen |= {
            "visit before": tells_visit(text),
            "opening before": opens(text),
            "leads on before": leads_on(text),
            "event before": tells_event(text),
            "question before": text.endswith(("？", "?")),
            "couplet before": is_couplet(text) and len(part.lines) == 1,
            "label before": widest <= _LABEL_WIDTH,
        }
    return {name: 1.0 for name, there in seen.items() if there}


def _signs_after(part: Part, before: Part, lead: str) -> dict[str, bool]:
    """What a part says after another: figures and supplements make a deck, unless a kicker leads on to it."""
    led = (leads_on(before.text) and not names_speaker(before.text)) or sets_the_time(before.text)
    return {
        "led to": led,
        "led to, two lines": led and len(part.lines) == 2,  # noqa: PLR2004
        "supplement after": supplements(part.text),
        "guest first after": names_guest(part.text),
        "couplet after": is_couplet(part.text) and len(part.lines) == 1 and not has_figures(part.text),
        "told in the lead": _told(part.text, lead) > _told(before.text, lead) + _CLEARLY,
        "figures after": has_figures(part.text) and not led,
    }


def _told(text: str, lead: str) -> float:
    """The share of a line's pairs of characters, or its Latin words, that its article's lead has too."""
    pieces = ["".join(pair) for pair in pairwise(_CHARACTER.findall(text))] or _WORD.findall(text)
    return sum(piece in lead for piece in pieces) / len(pieces) if pieces else 0.0
