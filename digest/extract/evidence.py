"""What speaks against reading a unit in a role, as named costs; it weighs, the layout decides.

1 is a slight doubt, 5 nearly rules a reading out. The costs were set by hand on pages of many styles;
docs/extraction.md says what each kind of evidence is worth.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from digest.extract.captions import is_caption
from digest.extract.glyphs import width
from digest.extract.notices import names_notice
from digest.extract.roles import BEGINNINGS, HABITS, ROLES, End, Habit, Role, Way, Where
from digest.extract.surroundings import Surroundings, begins_by_form, begins_with_day, ends_by_form
from digest.extract.topics import Topics
from digest.extract.units import Unit

Cost = tuple[str, float]
"""Why, and how much."""

_IMPOSSIBLE: Final = 60.0
_CAPTION_WIDTH: Final = 100
_CAPTION_LINE: Final = 60
_CAPTION_UNIT: Final = 40
_AMID: Final = 3.0
"""What it costs that a heading stands amid its article, as where columns are read before the headline."""

_CLOSE: Final = 2.0
_SHORTEST_HEADING: Final = 5
_SAME_ARTICLE: Final = 0.11
"""Cohesion at which one article going on is as likely as another beginning."""

_COLUMN_SUFFIX = re.compile(r"[）)]$")
_DASHES: Final = ("——", "：", ":")
_IN_BODY: Final = frozenset({"body", "crosshead"})
_HABITUAL: Final = frozenset({"heading", "closing", "credit", "tail"})
_PHOTOGRAPHER: Final = (("photographers stand after", 3.0),)
_ANNOUNCED: Final = (("begins by its form", 0.5),)
_PICTURED: Final = (("stands under a picture", 1.0),)
_ONLY_BODY: Final[dict[Role, float]] = {"body": 0.0, "caption": _IMPOSSIBLE}
_ENDS: Final[dict[End, float]] = {"whole": 0.0, "headless": 3.0, "empty": 8.0}
_ENDS_BARE: Final[dict[End, float]] = {**_ENDS, "headless": 1.0}
_WAYS: Final[dict[Way, float]] = {
    "on": 0.0,
    "caption after closing": 1.0,
    "tail after tail": 0.0,
    "tail after others": 1.0,
    "label after heading": 3.0,
}
_AFTER_TEXT: Final[tuple[tuple[Where, Role], ...]] = (("page", "loose"), ("text", "body"))
_AFTER_ANY: Final[tuple[tuple[Where, Role], ...]] = (
    *_AFTER_TEXT,
    ("heading", "heading"),
    ("rest", "tail"),
)


class Evidence:
    """The costs of roles and boundaries on one page."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = units
        self._around = Surroundings(units)
        self._topics = Topics(units)
        self._only_body = [unit.sort == "body" and _no_caption(unit) for unit in units]
        self._plain = [self._is_plain(index) for index in range(len(units))]

    def habit(self, habit: Habit) -> float:
        """What a page's habit costs before anything is read: Markdown pages have headings first."""
        return 2.0 if self._around.marked and habit[0] else 0.0

    def settled(self, index: int) -> bool:
        """Whether a body surely goes on with the body before it, in whichever article that is."""
        return self._plain[index] and self._plain[index - 1]

    def _is_plain(self, index: int) -> bool:
        """Whether nothing speaks against a body going on with the body before it, nor for a caption."""
        if not index or self._around.begins[index] or self._around.pictured[index]:
            return False
        before = self._units[index - 1]
        return (
            self._only_body[index]
            and self._only_body[index - 1]
            and not (self._around.ends[index - 1] or before.photo)
        )

    # Roles.

    def roles(self, index: int) -> tuple[dict[Role, float], ...]:
        """What all that speaks against each role comes to, for each habit."""
        unit = self._units[index]
        if self._only_body[index]:
            return (_ONLY_BODY,) * len(HABITS)
        fixed: dict[Role, float] = {role: _sum(self._fixed(index, role)) for role in ROLES[unit.sort]}
        return tuple([self._in_habit(index, fixed, habit) for habit in HABITS])

    def _in_habit(self, index: int, fixed: Mapping[Role, float], habit: Habit) -> dict[Role, float]:
        return {
            role: cost + _sum(self._by_habit(index, role, habit)) if role in _HABITUAL else cost
            for role, cost in fixed.items()
        }

    def role(self, index: int, role: Role, habit: Habit) -> Iterator[Cost]:
        """What speaks against a unit playing a role, whatever role its neighbours play."""
        yield from self._fixed(index, role)
        if role in _HABITUAL:
            yield from self._by_habit(index, role, habit)

    def _fixed(self, index: int, role: Role) -> Iterator[Cost]:
        """What speaks against a role whatever the page's habit."""
        match role:
            case "heading" | "closing":
                return self._against_heading(index, closing=role == "closing")
            case "crosshead":
                return self._against_crosshead(index)
            case "loose":
                return self._against_loose(index)
            case "caption":
                return self._against_caption(index)
            case "credit" if self._units[index].sort != "credit" and self._units[index].photo:
                return iter(_PHOTOGRAPHER)
            case _:
                return iter(())

    def _by_habit(self, index: int, role: Role, habit: Habit) -> Iterator[Cost]:
        """What speaks against a role where the page has this habit."""
        if role in {"credit", "tail"}:
            yield from self._against_credit(index, habit, tail=role == "tail")
            return
        if (role == "closing") != habit[0]:
            yield "headings stand on the other side on this page", 1.2
        if not self._around.follows_short(index) and self._unsigned(index, habit):
            yield "no credit where this page has them", 1.0

    def _against_heading(self, index: int, *, closing: bool) -> Iterator[Cost]:
        unit = self._units[index]
        pull = self._topics.pull(index)
        if (away := -pull if closing else pull) > 0:
            yield "speaks of the bodies on the other side", 6.0 * away
        if self._around.closer_to(index) == ("after" if closing else "before"):
            yield "set close to the text on the other side", _CLOSE
        if closing and unit.lines[0].level:
            yield "Markdown headings stand before bodies", 2.5
        if self._around.marked and not unit.lines[0].level:
            yield "not marked as a heading", 0.7 if self._around.beside_marked(index) else 2.5
        if width(unit.text) < _SHORTEST_HEADING:
            yield "too short", 3.0
        if unit.text.startswith("——") and not self._around.follows_short(index):
            yield "begins with a dash", 4.0

    def _unsigned(self, index: int, habit: Habit) -> bool:
        """Whether an article would end, or begin, without the credit that is usual on the page."""
        if not self._around.credited:
            return False
        if habit[1]:
            before = self._around.at(index - 1)
            return before is not None and before.sort == "body" and not ends_by_form(before)
        after = self._around.after_run(index)
        return after is not None and after.sort == "body" and not begins_by_form(after)

    def _against_crosshead(self, index: int) -> Iterator[Cost]:
        unit, line = self._units[index], self._units[index].lines[0]
        before, after = self._around.at(index - 1), self._around.at(index + 1)
        if before is None or after is None:
            yield "at the edge of the page", _IMPOSSIBLE
            return
        yield "crossheads are rarer", 1.0
        if line.level:
            yield "marked as a heading", self._marked_crosshead(index)
        if line.doubled:
            yield "set in bold", 5.0
        if line.column and line.width > line.column + 1:
            yield "wider than the column", 3.0
        if _COLUMN_SUFFIX.search(unit.text):
            yield "ends with a column's name", 1.5
        if names_notice(unit.text):
            yield "names a notice", 5.0
        yield from self._against_crosshead_here(index, before, after)

    def _marked_crosshead(self, index: int) -> float:
        """A mark means less below the rank of headlines, and where headlines are announced otherwise too."""
        cost = 1.5 if self._around.deeper(index) else 4.0
        return cost - (1.0 if self._around.announced and not self._around.announces(index) else 0.0)

    def _against_crosshead_here(self, index: int, before: Unit, after: Unit) -> Iterator[Cost]:
        text = self._units[index].text
        if self._around.run_lengths[index] > 1 and (text.endswith(_DASHES) or text.startswith("——")):
            yield "leads to another line", 2.0
        if others := self._around.others_in_run(index):
            alone = self._around.marked and not self._around.beside_marked(index)
            yield "not alone", (0.5 if alone else 1.5) * others
        if self._around.in_series[index]:
            yield "one of a series", -0.8
        if beside := sum(unit.sort == "credit" for unit in (before, after)):
            yield "beside a credit", 2.5 * beside
        if begins_by_form(after) or ends_by_form(before):
            yield "an article begins or ends here", 5.0

    def _against_loose(self, index: int) -> Iterator[Cost]:
        yield "most lines belong to an article", 3.5
        if touch := self._topics.touch(index):
            yield "speaks of the bodies beside it", 3.0 * touch
        if self._units[index].lines[0].level and self._around.body_near(index):
            yield "marked as a heading", 2.0

    def _against_caption(self, index: int) -> Iterator[Cost]:
        unit = self._units[index]
        if unit.sort == "credit":
            yield "a credit alone", 1.0 if unit.photo else _IMPOSSIBLE
            return
        if _no_caption(unit):
            yield "a text of its own", _IMPOSSIBLE
            return
        plain = width(unit.text) <= _CAPTION_LINE and not begins_with_day(unit)
        yield "captions are rare", (1.5 if plain else 3.0) if unit.photo else 6.0
        yield "long for a caption", width(unit.text) / _CAPTION_UNIT
        yield "speaks of the bodies beside it", -3.0 * self._topics.touch(index)
        if unit.lines[0].after_image:
            yield "stands under a picture", -2.0
        if is_caption(unit.text):
            yield "worded as a caption", -7.0
        before = self._around.at(index - 1)
        if before is not None and before.photo and width(unit.text) <= _CAPTION_LINE:
            yield "the credit before it names a photographer", -3.0

    def _against_credit(self, index: int, habit: Habit, *, tail: bool) -> Iterator[Cost]:
        unit = self._units[index]
        if unit.sort != "credit":
            return
        if unit.photo:
            if not tail:
                yield "photographers stand after", 1.5 if habit[1] else 3.0
        elif tail != habit[1]:
            yield "credits stand on the other side on this page", 1.5

    # Articles.

    def ends(self, index: int) -> dict[End, float]:
        """What it costs that an article ends before `index`."""
        return _ENDS_BARE if index and self._around.headless[index - 1] else _ENDS

    def ways(self, index: int) -> dict[Way, float]:
        """What each way costs in which a unit may go on with an article."""
        if not index:
            return _WAYS
        unit, before = self._units[index], self._units[index - 1]
        if unit.sort == "body":
            return {**_WAYS, **self._text_ways(index, before)}
        if before.photo and not unit.photo:
            return {**_WAYS, "tail after tail": 2.5}
        return _WAYS

    def _text_ways(self, index: int, before: Unit) -> dict[Way, float]:
        """What speaks against a body going on with the bodies before it; a heading may stand between."""
        unit = self._units[index]
        cost = 6.0 if unit.dated_at_start else 8.0 if unit.comes_from else 0.0
        if self._around.pictured[index] and not _written_too(unit):
            cost += 2.5
        ended = 4.0 if before.goes_on else 3.0 if before.photo or before.signed else 0.0
        return {
            "text after text": cost + ended,
            "text after tail": cost + (4.0 if before.goes_on or before.sort == "credit" else 2.5),
            "text after closing": _IMPOSSIBLE if self._around.begins[index] else _AMID,
        }

    def begins(self, index: int) -> dict[Role, dict[Where, float]]:
        """What it costs that an article begins with a unit in a role, going by what it begins after."""
        roles = BEGINNINGS[self._units[index].sort]
        return {
            role: {where: _sum(self.beginning(index, last, role)) for where, last in self._lasts(index)}
            for role, _ in roles
        }

    def _lasts(self, index: int) -> tuple[tuple[Where, Role], ...]:
        """What may stand before a unit, each with a role that is such."""
        return _AFTER_TEXT if index and self._only_body[index - 1] else _AFTER_ANY

    def beginning(self, index: int, last: Role, role: Role) -> Sequence[Cost]:
        """What speaks against an article beginning with a unit in a role after a unit in another."""
        if index == 0 or last == "loose":
            return ()
        if self._around.begins[index] or (
            role == "heading" and begins_by_form(self._around.after_run(index))
        ):
            return _ANNOUNCED
        if role == "body" and self._around.pictured[index]:
            return _PICTURED
        return tuple(self._unannounced(index, last, role))

    def _unannounced(self, index: int, last: Role, role: Role) -> Iterator[Cost]:
        """What speaks against an article beginning where no dateline or jump says so."""
        bare = role == "body" and last in _IN_BODY
        ended = self._around.ends[index - 1]
        yield ("text after text", 5.0) if bare else ("no dateline or jump begins it", 1.5)
        if role != "label" and (ended or not bare):
            yield "speaks of the same as the text before", self._same_topic(index)
        if ended:
            yield "the article before ends by its form", -1.0
        if self._units[index].follows or (role == last == "heading"):
            yield "amid a heading", 4.0

    def _same_topic(self, index: int) -> float:
        """What the cohesion of the text says against an article beginning here."""
        return max(-2.5, min(3.0, 25.0 * (self._topics.cohesion(index) - _SAME_ARTICLE)))


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
