"""What speaks against reading a unit in a role, as named costs; it weighs, the layout decides.

1 is a slight doubt, 5 nearly rules a reading out. The costs were set by hand on pages of many styles;
docs/extraction.md says what each kind of evidence is worth.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final

from digest.extract.captions import is_caption
from digest.extract.glyphs import width
from digest.extract.notices import names_notice
from digest.extract.surroundings import Surroundings, begins_by_form, begins_with_day, ends_by_form
from digest.extract.topics import Topics
from digest.extract.units import Unit

if TYPE_CHECKING:
    from digest.extract.layout import Habit, Role

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
_BEGINNERS: Final = frozenset({"heading", "credit", "body", "label"})
_HABITUAL: Final = frozenset({"heading", "closing", "credit", "tail"})
_MAY_COST: Final = _HABITUAL | {"crosshead", "loose", "caption"}


class Evidence:
    """The costs of roles and boundaries on one page."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = units
        self._around = Surroundings(units)
        self._topics = Topics(units)
        self._costs: dict[tuple[int, Role, Habit | None], float] = {}

    def habit(self, habit: Habit) -> float:
        """What a page's habit costs before anything is read: Markdown pages have headings first."""
        return 2.0 if self._around.marked and habit[0] else 0.0

    # Roles.

    def cost(self, index: int, role: Role, habit: Habit) -> float:
        """What all that speaks against a role comes to."""
        if role not in _MAY_COST:
            return 0.0
        key = (index, role, habit if role in _HABITUAL else None)
        if key not in self._costs:
            self._costs[key] = sum([cost for _, cost in self.role(index, role, habit)])
        return self._costs[key]

    def role(self, index: int, role: Role, habit: Habit) -> Iterator[Cost]:
        """What speaks against a unit playing a role, whatever role its neighbours play."""
        match role:
            case "heading" | "closing":
                yield from self._against_heading(index, habit, closing=role == "closing")
            case "crosshead":
                yield from self._against_crosshead(index)
            case "loose":
                yield from self._against_loose(index)
            case "caption":
                yield from self._against_caption(index)
            case "credit" | "tail":
                yield from self._against_credit(index, habit, tail=role == "tail")
            case _:
                return

    def _against_heading(self, index: int, habit: Habit, *, closing: bool) -> Iterator[Cost]:
        unit = self._units[index]
        pull = self._topics.pull(index)
        if closing != habit[0]:
            yield "headings stand on the other side on this page", 1.2
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
        if self._around.follows_short(index):
            return
        if unit.text.startswith("——"):
            yield "begins with a dash", 4.0
        if self._unsigned(index, habit):
            yield "no credit where this page has them", 1.0

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
        if begins_by_form(unit) or unit.goes_on or width(unit.text) > _CAPTION_WIDTH:
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
            if not tail and unit.photo:
                yield "photographers stand after", 3.0
        elif unit.photo:
            if not tail:
                yield "photographers stand after", 1.5 if habit[1] else 3.0
        elif tail != habit[1]:
            yield "credits stand on the other side on this page", 1.5

    # Articles.

    def end(self, index: int, *, headed: bool, bodied: bool) -> float:
        """What it costs that an article ends before `index` as it is."""
        if not bodied:
            return 8.0
        if headed:
            return 0.0
        return 1.0 if index and self._around.headless[index - 1] else 3.0

    def within(self, index: int, last: Role, role: Role, *, headed: bool, bodied: bool) -> float | None:
        """What it costs that a unit goes on with the article; None when it cannot."""
        if not index:
            return None
        match role:
            case "body":
                return self._body_goes_on(index, last) if bodied else 0.0
            case "crosshead":
                return 0.0 if last in _IN_BODY and bodied else None
            case "closing":
                return 0.0 if last == "closing" or (bodied and not headed) else None
            case "caption" | "tail":
                return self._attached(index, last, role, bodied=bodied)
            case _:
                return None if bodied else _before_body(last, role)

    def _attached(self, index: int, last: Role, role: Role, *, bodied: bool) -> float | None:
        """Captions stand anywhere, a photographer's name after a caption, tails after the body."""
        if role == "tail":
            if last == "tail" and self._units[index - 1].photo and not self._units[index].photo:
                return 2.5 if bodied else None
            return (0.0 if last in {"body", "tail"} else 1.0) if bodied and last != "closing" else None
        if self._units[index].sort == "credit":
            return 0.0 if last == "caption" else None
        return 1.0 if last == "closing" else 0.0

    def _body_goes_on(self, index: int, last: Role) -> float | None:
        """What speaks against a body going on with the bodies before it; a heading may stand between."""
        if last == "closing":
            return None if begins_by_form(self._units[index]) else _AMID
        unit, before = self._units[index], self._units[index - 1]
        cost = 6.0 if unit.dated_at_start else 8.0 if unit.comes_from else 0.0
        if self._around.pictured[index] and not _written_too(unit):
            cost += 2.5
        if last == "tail":
            return cost + (4.0 if before.goes_on or before.sort == "credit" else 2.5)
        return cost + (4.0 if before.goes_on else 3.0 if before.photo or before.signed else 0.0)

    def beginning(self, index: int, last: Role, role: Role) -> list[Cost] | None:
        """What speaks against an article beginning with a unit; None when none can."""
        if role not in _BEGINNERS:
            return None
        if index == 0 or last == "loose":
            return []
        unit = self._units[index]
        if begins_by_form(unit) or (role == "heading" and begins_by_form(self._around.after_run(index))):
            return [("begins by its form", 0.5)]
        if role == "body" and self._around.pictured[index]:
            return [("stands under a picture", 1.0)]
        return list(self._unannounced(index, last, role))

    def _unannounced(self, index: int, last: Role, role: Role) -> Iterator[Cost]:
        """What speaks against an article beginning where no dateline or jump says so."""
        unit, before = self._units[index], self._units[index - 1]
        bare = role == "body" and last in _IN_BODY
        ended = ends_by_form(before)
        yield ("text after text", 5.0) if bare else ("no dateline or jump begins it", 1.5)
        if role != "label" and (ended or not bare):
            yield "speaks of the same as the text before", self._same_topic(index)
        if ended:
            yield "the article before ends by its form", -1.0
        if unit.follows or (role == last == "heading"):
            yield "amid a heading", 4.0

    def _same_topic(self, index: int) -> float:
        """What the cohesion of the text says against an article beginning here."""
        return max(-2.5, min(3.0, 25.0 * (self._topics.cohesion(index) - _SAME_ARTICLE)))


def _before_body(last: Role, role: Role) -> float | None:
    """Headings, labels and credits in the order in which they stand over a body."""
    match role:
        case "heading":
            return 0.0 if last in {"heading", "label"} else None
        case "label":
            return 3.0 if last == "heading" else None
        case "credit":
            return 0.0 if last in {"heading", "credit", "caption"} else None
        case _:
            return None


def _written_too(unit: Unit) -> bool:
    """Whether those who took the picture also wrote: 文/摄 ends a report, not a caption."""
    return any("文" in text for text, _ in unit.credits)
