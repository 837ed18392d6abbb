"""What speaks against reading a unit in a role, as named costs; it weighs, the layout decides."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from digest.extract.captions import is_caption
from digest.extract.glyphs import ends_sentence, width
from digest.extract.notices import names_notice
from digest.extract.roles import BEGINNINGS, HABITS, ROLES, End, Habit, Role, Signs, Way, Where
from digest.extract.surroundings import NUMBERED, Surroundings, begins_by_form, begins_with_day, ends_by_form
from digest.extract.topics import Topics
from digest.extract.units import Unit
from digest.extract.weights import WEIGHTS

Cost = tuple[str, float]
"""Why, and how much."""

_IMPOSSIBLE: Final = 60.0
_CAPTION_WIDTH: Final = 100
_CAPTION_LINE: Final = 60
_CAPTION_UNIT: Final = 40
_SHORTEST_HEADING: Final = 5
_SLOGAN: Final = 7
_MOST_OTHERS: Final = 4
_SAME_ARTICLE: Final = 0.11
"""Cohesion at which one article going on is as likely as another beginning."""

_NOTE = re.compile(r"(?:注释?|尾注|参考文献|参考资料)[:：]|[\[［【〔]\d{1,2}[\]］】〕]|[①-⑳]《")
"""Notes follow the text that they explain, even after its credit."""

_IN_BODY: Final = frozenset({"body", "crosshead"})
_HABITUAL: Final = frozenset({"short", "credit"})
_ONLY_BODY: Final[dict[Role, float]] = {"body": 0.0}
_WHERE: Final[dict[Role, Where]] = {"body": "text", "heading": "heading", "closing": "closing"}
_TELLING: Final[dict[Role, tuple[Role, ...]]] = {"body": ("body",), "heading": ("heading", "closing")}
"""For a role: after which roles its beginning an article costs another sum than after all others."""


class Evidence:
    """The costs of roles and boundaries on one page."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = units
        self._around = Surroundings(units)
        self._topics = Topics(units)
        self._only_body = [unit.sort == "body" and _no_caption(unit) for unit in units]
        self._photo = [bool(unit.credits) and unit.photo for unit in units]
        self._credited = any(unit.sort == "credit" for unit in units)
        self._plain = [self._is_plain(index) for index in range(len(units))]
        self._ways: dict[Way, float] = {
            "on": 0.0,
            "tail after tail": 0.0,
            "tail after others": WEIGHTS["a credit amid others"],
        }

    def habit(self, habit: Habit) -> float:
        """What a page's habit costs before anything is read: Markdown pages have headings first."""
        return WEIGHTS["headings stand after Markdown"] if self._around.marked and habit[0] else 0.0

    def settled(self, index: int) -> bool:
        """Whether a body surely goes on with the body before it, in whichever article that is."""
        return self._plain[index] and self._plain[index - 1]

    def _is_plain(self, index: int) -> bool:
        """Whether nothing speaks against a body going on with the body before it, nor for a caption."""
        if not index or self._around.begins[index] or self._around.pictured[index]:
            return False
        return (
            self._only_body[index]
            and self._only_body[index - 1]
            and not (self._around.ends[index - 1] or self._photo[index - 1])
            and self._around.signs[index] == "no"
        )

    def only_text(self, index: int) -> bool:
        """Whether a body surely is no caption."""
        return self._only_body[index]

    # Roles.

    def habits(self) -> list[Habit]:
        """The habits that a page may have; where nobody signs on a line alone, credits have none."""
        return list(HABITS) if self._credited else [habit for habit in HABITS if not habit[1]]

    def roles(self, index: int, habits: Sequence[Habit]) -> tuple[dict[Role, float], ...]:
        """What all that speaks against each role comes to, for each habit."""
        if self._only_body[index]:
            return (_ONLY_BODY,) * len(habits)
        sort = self._units[index].sort
        fixed: dict[Role, float] = {role: _sum(self._fixed(index, role)) for role in ROLES[sort]}
        if sort not in _HABITUAL:
            return (fixed,) * len(habits)
        return tuple([self._in_habit(index, fixed, habit) for habit in habits])

    def _in_habit(self, index: int, fixed: Mapping[Role, float], habit: Habit) -> dict[Role, float]:
        costs: dict[Role, float] = {**fixed}
        for role in ("credit", "tail") if "tail" in costs else ("heading", "closing"):
            costs[role] += _sum(self._by_habit(index, role, habit))
        return costs

    def role(self, index: int, role: Role, habit: Habit) -> Iterator[Cost]:
        """What speaks against a unit playing a role, whatever role its neighbours play."""
        yield from self._fixed(index, role)
        yield from self._by_habit(index, role, habit)

    def _fixed(self, index: int, role: Role) -> Iterator[Cost]:
        """What speaks against a role whatever the page's habit."""
        unit = self._units[index]
        match role:
            case "heading" | "closing":
                yield from self._against_heading(index, closing=role == "closing")
            case "crosshead":
                yield from self._against_crosshead(index)
            case "loose":
                yield from self._against_loose(index)
            case "caption":
                yield from self._against_caption(index)
            case "body" if unit.sort == "short":
                yield from _against_short_text(unit)
            case "credit" if unit.sort != "credit" and unit.photo:
                yield _worth("photographers stand after")
            case _:
                return

    def _by_habit(self, index: int, role: Role, habit: Habit) -> Sequence[Cost]:
        """What speaks against a role where the page has this habit."""
        match role:
            case "heading":
                return (_worth("headings stand on the other side on this page"),) if habit[0] else ()
            case "closing":
                return () if habit[0] else (_worth("headings stand on the other side on this page"),)
            case "credit" | "tail":
                return tuple(self._against_credit(index, habit, tail=role == "tail"))
            case _:
                return ()

    def _against_heading(self, index: int, *, closing: bool) -> Iterator[Cost]:
        unit = self._units[index]
        pull = self._topics.pull(index)
        if (away := -pull if closing else pull) > 0:
            yield _worth("speaks of the bodies on the other side", away)
        if self._around.closer_to(index) == ("after" if closing else "before"):
            yield _worth("set close to the text on the other side")
        if self._around.marked and not unit.lines[0].level:
            beside = self._around.beside_marked(index)
            yield _worth("not marked, beside one that is" if beside else "not marked as a heading")
        if width(unit.text) < _SHORTEST_HEADING:
            yield _worth("too short")
        if unit.text.startswith("——") and not self._around.follows_short(index):
            yield _worth("begins with a dash")
        if NUMBERED.match(unit.text) and not self._around.numbers_articles(index):
            yield _worth("numbered")
        if self._alien(index):
            yield _worth("says nothing of the texts beside it")

    def _alien(self, index: int) -> bool:
        """Whether a line of some length has no word of the texts beside it, as slogans have none."""
        return len(self._units[index].text) >= _SLOGAN and not self._topics.touch(index)

    def _against_crosshead(self, index: int) -> Iterator[Cost]:
        unit, line = self._units[index], self._units[index].lines[0]
        before, after = self._around.at(index - 1), self._around.at(index + 1)
        if before is None or after is None:
            yield "at the edge of the page", _IMPOSSIBLE
            return
        yield _worth("crossheads are rarer")
        if line.level:
            yield _worth(
                "marked below the headlines" if self._around.deeper(index) else "marked as a heading"
            )
        if line.doubled:
            yield _worth("set in bold")
        if line.column and line.width > line.column + 1:
            yield _worth("wider than the column")
        if names_notice(unit.text):
            yield _worth("names a notice")
        yield from self._against_crosshead_here(index, before, after)

    def _against_crosshead_here(self, index: int, before: Unit, after: Unit) -> Iterator[Cost]:
        text = self._units[index].text
        if NUMBERED.match(text) and not self._around.numbers_articles(index):
            yield _worth("one of a list")
        elif others := self._around.others_in_run(index):
            alone = self._around.marked and not self._around.beside_marked(index)
            name = "not alone, beside none that is marked" if alone else "not alone"
            yield _worth(name, min(_MOST_OTHERS, others))
        if beside := sum(unit.sort == "credit" for unit in (before, after)):
            yield _worth("beside a credit", beside)
        if begins_by_form(after) or ends_by_form(before):
            yield _worth("an article begins or ends here")

    def _against_loose(self, index: int) -> Iterator[Cost]:
        yield _worth("most lines belong to an article")
        if self._alien(index):
            yield _worth("loose, says nothing of the texts beside it")
        elif touch := self._topics.touch(index):
            yield _worth("loose, yet speaks of the bodies beside it", touch)
        if self._units[index].lines[0].level and self._around.body_near(index):
            yield _worth("loose, yet marked as a heading")

    def _against_caption(self, index: int) -> Iterator[Cost]:
        unit = self._units[index]
        if unit.sort == "credit":
            yield _worth("a credit alone") if unit.photo else ("a credit of writers", _IMPOSSIBLE)
            return
        if _no_caption(unit):
            yield "a text of its own", _IMPOSSIBLE
            return
        if unit.listed:
            yield _worth("captions are rare")
        plain = width(unit.text) <= _CAPTION_LINE and not begins_with_day(unit)
        if unit.photo:
            yield _worth("short and signed by a photographer" if plain else "signed by a photographer")
        else:
            yield _worth("captions are rare")
        yield _worth("long for a caption", width(unit.text) / _CAPTION_UNIT)
        yield _worth("a caption speaks of the bodies beside it", self._topics.touch(index))
        if unit.lines[0].after_image:
            yield _worth("stands under a picture")
            if self._around.marked and plain and ends_sentence(unit.text) and "“" not in unit.text[:1]:
                yield _worth("short, right under a picture")
        if is_caption(unit.text) and not unit.listed:
            yield _worth("worded as a caption")
        before = self._around.at(index - 1)
        if before is not None and before.photo and width(unit.text) <= _CAPTION_LINE:
            yield _worth("the credit before it names a photographer")

    def _against_credit(self, index: int, habit: Habit, *, tail: bool) -> Iterator[Cost]:
        unit = self._units[index]
        if unit.sort != "credit":
            return
        if unit.photo:
            if not tail:
                yield _worth(
                    "photographers stand after, as others do" if habit[1] else "photographers stand after"
                )
        elif not unit.credits or not any(credit.names for _, credit in unit.credits):
            if not tail:
                yield _worth("photographers stand after")
        elif not tail and index + 1 < len(self._units) and self._around.pictured[index + 1]:
            yield _worth("photographers stand after")
        elif tail != habit[1]:
            yield _worth("credits stand on the other side on this page")

    # Articles.

    def signs(self, index: int) -> Signs:
        """Whether a unit signs its article."""
        return self._around.signs[index]

    def ends(self, index: int) -> dict[End, float]:
        """What it costs that an article ends before `index`."""
        bare = index and self._around.headless[index - 1]
        headless = WEIGHTS["a picture without a headline" if bare else "an article without a headline"]
        unsigned = WEIGHTS["an article without a credit"] * self._around.signed
        return {
            "whole": 0.0,
            "headless": headless,
            "empty": WEIGHTS["an article without text"],
            "unsigned": unsigned,
            "unsigned, headless": unsigned + headless,
        }

    def ways(self, index: int) -> dict[Way, float]:
        """What each way costs in which a unit may go on with an article."""
        if not index:
            return self._ways
        unit, before = self._units[index], self._units[index - 1]
        if "body" in ROLES[unit.sort]:
            return {**self._ways, **self._text_ways(index, before)}
        if self._photo[index - 1] and not self._photo[index]:
            return {**self._ways, "tail after tail": WEIGHTS["a writer after a photographer"]}
        return self._ways

    def _text_ways(self, index: int, before: Unit) -> dict[Way, float]:
        """What speaks against a text going on with the texts before it; a heading may stand between."""
        unit = self._units[index]
        cost = 0.0
        if unit.dated_at_start:
            cost = WEIGHTS["a dateline amid the text"]
        elif unit.comes_from:
            cost = WEIGHTS["上接 amid the text"]
        if self._around.pictured[index] and not _written_too(unit):
            dated = begins_with_day(unit)
            cost += WEIGHTS[
                "a picture's dated text amid the text" if dated else "a picture's text amid the text"
            ]
        noted = _NOTE.match(unit.text) is not None
        return {
            "text after text": cost + (0.0 if noted else _after_end(before)),
            "text after tail": cost + (0.0 if noted else _after_tail(before)),
            "text after closing": _IMPOSSIBLE
            if self._around.begins[index]
            else WEIGHTS["a heading amid the text"],
        }

    def begins(self, index: int) -> dict[Role, dict[Where, float]]:
        """What it costs that an article begins with a unit in a role, going by what it begins after."""
        roles = BEGINNINGS[self._units[index].sort, "no"]
        return {role: self._begins_as(index, role) for role, _ in roles}

    def _begins_as(self, index: int, role: Role) -> dict[Where, float]:
        if index and self._only_body[index - 1]:
            return {"page": 0.0, "text": _sum(self.beginning(index, "body", role))}
        usual = _sum(self.beginning(index, "tail", role))
        costs: dict[Where, float] = {
            "page": 0.0,
            "text": usual,
            "heading": usual,
            "closing": usual,
            "rest": usual,
        }
        for last in _TELLING.get(role, ()):
            costs[_WHERE[last]] = _sum(self.beginning(index, last, role))
        return costs

    def beginning(self, index: int, last: Role, role: Role) -> Sequence[Cost]:
        """What speaks against an article beginning with a unit in a role after a unit in another."""
        if index == 0 or last == "loose":
            return ()
        by_form = role == "heading" and begins_by_form(self._around.after_run(index))
        if self._around.begins[index] or by_form:
            return (_worth("begins by its form"), *self._parted_heading(index, last, role))
        if role == "body" and self._around.pictured[index]:
            dated = begins_with_day(self._units[index])
            return (
                _worth("a dated text begins under a picture" if dated else "a text begins under a picture"),
            )
        return tuple(self._unannounced(index, last, role))

    def _unannounced(self, index: int, last: Role, role: Role) -> Iterator[Cost]:
        """What speaks against an article beginning where no dateline or jump says so."""
        bare = role == "body" and last in _IN_BODY
        ended = self._around.ends[index - 1]
        yield _worth("text after text" if bare else "no dateline or jump begins it")
        if role != "label" and (ended or not bare):
            yield _worth("speaks of the same as the text before", self._same_topic(index))
        if ended:
            yield _worth("the article before ends by its form")
        if role == "heading" and names_notice(self._units[index].text):
            yield _worth("a notice begins")
        yield from self._parted_heading(index, last, role)

    def _parted_heading(self, index: int, last: Role, role: Role) -> Iterator[Cost]:
        """What speaks against an article beginning between two lines of a heading."""
        unit = self._units[index]
        before = self._units[index - 1]
        parted = unit.lines[0].gap and before.follows and not before.lines[0].gap
        if (unit.follows and not parted) or (role == last == "heading"):
            yield _worth("amid a heading")
        elif role == "heading" and last == "closing" and not unit.lines[0].gap:
            yield _worth("right under a heading")

    def _same_topic(self, index: int) -> float:
        """What the cohesion of the text says against an article beginning here."""
        return max(-2.5, min(3.0, 25.0 * (self._topics.cohesion(index) - _SAME_ARTICLE)))


def _worth(name: str, amount: float = 1.0) -> Cost:
    return name, WEIGHTS[name] * amount


def _against_short_text(unit: Unit) -> Iterator[Cost]:
    if unit.lines[0].level or unit.lines[0].doubled:
        yield "set as a heading", _IMPOSSIBLE
        return
    yield _worth("texts are longer")


def _after_end(before: Unit) -> float:
    if before.goes_on:
        return WEIGHTS["goes on after 下转"]
    return WEIGHTS["goes on after its photographer"] if before.photo or before.signed else 0.0


def _after_tail(before: Unit) -> float:
    return WEIGHTS[
        "goes on after its credit" if before.goes_on or before.sort == "credit" else "goes on after a tail"
    ]


def _no_caption(unit: Unit) -> bool:
    """Whether a text surely is none under a picture."""
    return (
        len(unit.text) > _CAPTION_WIDTH
        or unit.dated_at_start
        or bool(unit.jumps)
        or width(unit.text) > _CAPTION_WIDTH
    )


def _sum(costs: Iterable[Cost]) -> float:
    return sum([cost for _, cost in costs])


def _written_too(unit: Unit) -> bool:
    """Whether those who took the picture also wrote: 文/摄 ends a report, not a caption."""
    return any("文" in text for text, _ in unit.credits)
