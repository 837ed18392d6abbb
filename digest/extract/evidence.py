"""What speaks for and against reading a unit in a role, as costs; it weighs, the layout decides."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from math import log
from typing import TYPE_CHECKING, Final

from digest.extract.glyphs import HAN, ends_sentence, width
from digest.extract.units import Unit

if TYPE_CHECKING:
    from digest.extract.layout import Habit, Role

IMPOSSIBLE: Final = 60.0
_REACH: Final = 4
_BEHIND: Final = 14
_AHEAD: Final = 6
_TOPIC_BEHIND: Final = 8
_TOPIC_AHEAD: Final = 3
_CAPTION_WIDTH: Final = 100
_ALIKE: Final = 3
_SERIES: Final = 25
_UNSIGNED: Final = 1.0
_CAPTION_LINE: Final = 60
_TOPIC: Final = re.compile(rf"[{HAN}A-Za-z0-9]")
_COLUMN_SUFFIX = re.compile(r"[）)]$")


class Evidence:
    """The costs of roles and boundaries on one page."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self.units = units
        self.marked = any(unit.lines[0].level for unit in units)
        self._bigrams = [_bigrams(unit.text) for unit in units]
        self._seen: Counter[str] = Counter(
            gram
            for unit, grams in zip(units, self._bigrams, strict=True)
            if unit.sort == "body"
            for gram in grams
        )
        bodies = max(1, sum(unit.sort == "body" for unit in units))
        self._weights = {
            gram: log(1 + bodies / (1 + self._seen.get(gram, 0))) for grams in self._bigrams for gram in grams
        }
        self._totals = [sum([self._weights[gram] for gram in grams]) for grams in self._bigrams]
        self._pull = [
            self._pull_of(index) if unit.sort == "short" else 0.0 for index, unit in enumerate(units)
        ]
        self._touch = [
            self._touches(index) if unit.sort == "short" else 0.0 for index, unit in enumerate(units)
        ]
        self._runs = self._heading_runs()
        self._headless = self._headless_by_nature()
        self._has_fellow = self._fellows()
        self._credited = sum(unit.sort == "credit" and not unit.photo for unit in units) > 1
        self._cohesions: dict[int, float] = {}
        self._pictured = [self._under_picture(index) for index in range(len(units))]

    # What a unit says about itself.

    def overlap(self, index: int, others: Sequence[int]) -> float:
        """Share of a unit's bigrams, rare ones counting more, that stand in the other units; 0..1."""
        grams = self._bigrams[index]
        if not grams or not others:
            return 0.0
        weights = self._weights
        there = grams.intersection(set[str]().union(*[self._bigrams[other] for other in others]))
        if not there:
            return 0.0
        return sum([weights[gram] for gram in there]) / self._totals[index]

    def _around(self, index: int, step: int, limit: int) -> list[int]:
        """Bodies next to a unit on one side, up to the end of their article as far as its form tells."""
        found: list[int] = []
        here = index + step
        reach = index + step * _REACH * limit
        while 0 <= here < len(self.units) and len(found) < limit and here != reach:
            unit = self.units[here]
            if unit.sort == "body":
                if step > 0 and found and unit.dated_at_start:
                    break
                found.append(here)
                if step < 0 and (unit.dated_at_start or unit.comes_from):
                    break
                if step > 0 and (unit.signed or unit.goes_on):
                    break
            elif found and (self._ends_run(here) or unit.sort == "credit"):
                break
            here += step
        return found

    def cohesion(self, index: int) -> float:
        """How much the bodies from `index` on speak of what the bodies before it spoke of; 0..1."""
        if index not in self._cohesions:
            after = self._bodies_from(index, 1, _TOPIC_AHEAD)
            before = self._bodies_from(index - 1, -1, _TOPIC_BEHIND)
            self._cohesions[index] = max((self.overlap(body, before) for body in after), default=0.0)
        return self._cohesions[index]

    def _bodies_from(self, index: int, step: int, limit: int) -> list[int]:
        found: list[int] = []
        reach = 2 * limit + 4
        while 0 <= index < len(self.units) and len(found) < limit and reach:
            if self.units[index].sort == "body":
                found.append(index)
            index, reach = index + step, reach - 1
        return found

    def _same_topic(self, index: int) -> float:
        """What the cohesion of the text says against an article beginning here."""
        return max(-2.5, min(3.0, 25.0 * (self.cohesion(index) - 0.11)))

    def _ends_run(self, index: int) -> bool:
        return self.units[index].lines[0].level > 0

    def _pull_of(self, index: int) -> float:
        """Above 0 a heading shares more words with the bodies before it than with those after it; -1..1."""
        before = self.overlap(index, self._around(index, -1, _BEHIND))
        after = self.overlap(index, self._around(index, 1, _AHEAD))
        return before - after

    def _touches(self, index: int) -> float:
        return self.overlap(index, self._around(index, -1, _BEHIND) + self._around(index, 1, _AHEAD))

    def _heading_runs(self) -> list[int]:
        """For every short unit how many stand together; 0 for others."""
        runs = [0] * len(self.units)
        self._run_ends = [0] * len(self.units)
        index = 0
        while index < len(self.units):
            end = index
            while end < len(self.units) and self.units[end].sort == "short":
                end += 1
            runs[index:end] = [end - index] * (end - index)
            self._run_ends[index:end] = [end] * (end - index)
            index = max(end, index + 1)
        return runs

    def _under_picture(self, index: int) -> bool:
        """Whether a body names its photographer, at its end or in the line after it."""
        unit = self.units[index]
        if unit.sort != "body":
            return False
        after = self.units[index + 1] if index + 1 < len(self.units) else None
        return unit.photo or (after is not None and after.sort == "credit" and after.photo)

    def _fellows(self) -> list[bool]:
        """Which lone short lines have another of nearly their width near: crossheads come in series."""
        lone = [index for index, run in enumerate(self._runs) if run == 1]
        found = [False] * len(self.units)
        for first, second in zip(lone, lone[1:], strict=False):
            alike = abs(self.units[first].lines[0].width - self.units[second].lines[0].width) <= _ALIKE
            if (
                alike
                and second - first <= _SERIES
                and self.units[first].lines[0].level == self.units[second].lines[0].level
            ):
                found[first] = found[second] = True
        return found

    def _unsigned_before(self, index: int) -> float:
        """What it costs to end an article without a credit on a page where credits end articles."""
        if not self._credited or not index:
            return 0.0
        before = self.units[index - 1]
        return 0.0 if before.sort != "body" or before.signed or before.goes_on else _UNSIGNED

    def _unsigned_after(self, index: int) -> float:
        """What it costs to begin an article without a credit on a page where credits stand under headings."""
        end = self._run_ends[index]
        if not self._credited or end >= len(self.units):
            return 0.0
        unit = self.units[end]
        return 0.0 if unit.sort != "body" or unit.dated_at_start or unit.comes_from else _UNSIGNED

    # Costs.

    def habit(self, habit: Habit) -> float:
        """What a page's habit costs before anything is read: Markdown pages have headings first."""
        return 2.0 if self.marked and habit[0] else 0.0

    def role(self, index: int, role: Role, habit: Habit) -> float:
        """What it costs that a unit plays a role, whatever stands around it."""
        unit = self.units[index]
        match role:
            case "heading":
                return (
                    (1.2 if habit[0] else 0.0)
                    + self._unsigned(index, habit)
                    + 6.0 * max(0.0, self._pull[index])
                    + self._not_heading(index)
                )
            case "closing":
                return (
                    (0.0 if habit[0] else 1.2)
                    + self._unsigned(index, habit)
                    + (2.5 if unit.lines[0].level else 0.0)
                    + 6.0 * max(0.0, -self._pull[index])
                    + self._not_heading(index)
                )
            case "crosshead":
                return self._not_crosshead(index)
            case "loose":
                return self._not_loose(index)
            case "caption":
                return self._not_caption(index)
            case "credit":
                return 1.5 if habit[1] and unit.sort == "credit" else 3.0 if self._of_photo(unit) else 0.0
            case "tail":
                return 1.5 if not habit[1] and unit.sort == "credit" and not self._of_photo(unit) else 0.0
            case _:
                return 0.0

    def _unsigned(self, index: int, habit: Habit) -> float:
        if index and self.units[index - 1].sort == "short":
            return 0.0
        return self._unsigned_before(index) if habit[1] else self._unsigned_after(index)

    def _not_loose(self, index: int) -> float:
        """How much a short line that belongs nowhere looks as if it belonged somewhere."""
        level = self.units[index].lines[0].level
        followed = any(unit.sort == "body" for unit in self.units[index + 1 : index + 6])
        return 3.5 + 3.0 * self._touch[index] + (2.0 if level and followed else 0.0)

    def _of_photo(self, unit: Unit) -> bool:
        return unit.photo

    def _run_marked(self, index: int) -> bool:
        """Whether a Markdown heading stands beside a short line."""
        return any(
            unit.lines[0].level for unit in self.units[max(0, index - 2) : index + 3] if unit.sort == "short"
        )

    def _not_heading(self, index: int) -> float:
        unit = self.units[index]
        cost = 0.0
        if self.marked and not unit.lines[0].level:
            cost += 0.7 if self._run_marked(index) else 2.5
        if width(unit.text) < 5:
            cost += 3.0
        if unit.text.startswith("——") and not (index and self.units[index - 1].sort == "short"):
            cost += 4.0
        return cost

    def _not_crosshead(self, index: int) -> float:
        """How little a short line looks like a heading inside a body."""
        unit = self.units[index]
        line = unit.lines[0]
        cost = 1.0
        if line.level:
            cost += 4.0
        if line.doubled:
            cost += 5.0
        if line.column and line.width > line.column + 1:
            cost += 3.0
        if self._runs[index] > 1 and (unit.text.endswith(("——", "：", ":")) or unit.text.startswith("——")):
            cost += 2.0
        if _COLUMN_SUFFIX.search(unit.text):
            cost += 1.5
        alone = self.marked and not self._run_marked(index)
        cost += (0.5 if alone else 1.5) * self._others_in_run(index)
        if self._has_fellow[index]:
            cost -= 0.8
        before = self.units[index - 1] if index else None
        after = self.units[index + 1] if index + 1 < len(self.units) else None
        if before is None or after is None:
            return IMPOSSIBLE
        cost += sum(2.5 for unit in (before, after) if unit.sort == "credit")
        if after.dated_at_start or after.comes_from or before.signed or before.goes_on:
            cost += 5.0
        return cost

    def _others_in_run(self, index: int) -> int:
        """Short lines that stand with this one and are not set as one line with it."""
        first, last = index, index
        while self.units[first].follows and first:
            first -= 1
        while last + 1 < len(self.units) and self.units[last + 1].follows:
            last += 1
        return max(0, self._runs[index] - (last - first + 1))

    def _not_caption(self, index: int) -> float:
        """How little a unit looks like the text under a picture that illustrates an article."""
        unit = self.units[index]
        if unit.sort == "credit":
            return 1.0 if unit.photo else IMPOSSIBLE
        if unit.dated_at_start or unit.comes_from or unit.goes_on or width(unit.text) > _CAPTION_WIDTH:
            return IMPOSSIBLE
        cost = 3.0 if unit.photo else 6.0
        if unit.lines[0].after_image:
            cost -= 2.0
        before = self.units[index - 1] if index else None
        if (
            before is not None
            and before.photo
            and not before.lines[0].level
            and width(unit.text) <= _CAPTION_LINE
        ):
            cost -= 3.0
        return (
            cost
            + width(unit.text) / 40
            - 3.0 * self.overlap(index, self._around(index, -1, _BEHIND) + self._around(index, 1, _AHEAD))
        )

    def end(self, index: int, headed: bool, bodied: bool) -> float:
        """What it costs that an article ends before `index` as it is."""
        if not bodied:
            return 8.0
        if headed:
            return 0.0
        return 1.0 if index and self._headless[index - 1] else 3.0

    def _headless_by_nature(self) -> list[bool]:
        """Whether an article that ends with each unit needs no headline: photographs, second halves."""
        found: list[bool] = []
        for unit in self.units:
            if unit.dated_at_start or unit.sort == "short":
                found.append(False)
            else:
                found.append(unit.comes_from or unit.photo or (bool(found) and found[-1]))
        return found

    def within(self, index: int, last: Role, role: Role, *, headed: bool, bodied: bool) -> float | None:
        """What it costs that a unit goes on with the article; None when it cannot."""
        unit, before = self.units[index], self.units[index - 1] if index else None
        if before is None:
            return None
        match role:
            case "heading":
                return 0.0 if last in {"heading", "label"} and not bodied else None
            case "label":
                return 3.0 if last == "heading" else None
            case "credit":
                return 0.0 if not bodied and last in {"heading", "credit", "caption"} else None
            case "body":
                return self._body_within(index, last, bodied)
            case "crosshead":
                return 0.0 if last in {"body", "crosshead"} and bodied else None
            case "tail":
                return (0.0 if last in {"body", "tail"} else 1.0) if bodied and last != "closing" else None
            case "closing":
                if last == "closing":
                    return 0.0
                return 0.0 if bodied and not headed else None
            case "caption":
                if unit.sort == "credit":
                    return 0.0 if last == "caption" else None
                return 0.0 if last != "closing" else 1.0
            case _:
                return None

    def _body_within(self, index: int, last: Role, bodied: bool) -> float | None:
        unit, before = self.units[index], self.units[index - 1]
        if last == "closing":
            return None
        cost = 0.0
        if bodied:
            if self._pictured[index] and not self._written_and_pictured(index):
                cost += 2.5
            if unit.dated_at_start:
                cost += 6.0
            if unit.comes_from:
                cost += 8.0
            if last == "tail":
                cost += 4.0 if before.goes_on or before.sort == "credit" else 2.5
            elif before.photo:
                cost += 3.0
            elif before.goes_on:
                cost += 4.0
            elif before.signed:
                cost += 3.0
        return cost

    def _written_and_pictured(self, index: int) -> bool:
        """Whether those who took the picture also wrote: 文/摄 ends a report, not a caption."""
        return any("文" in text for text, _ in self.units[index].credits)

    def _heads_a_start(self, index: int) -> bool:
        """Whether the short lines from here on stand over a body that begins an article by its form."""
        index = self._run_ends[index]
        if index >= len(self.units):
            return False
        unit = self.units[index]
        return unit.dated_at_start or unit.comes_from

    def fresh(self, index: int, last: Role, role: Role) -> float | None:
        """What it costs that an article begins with a unit; None when none can."""
        unit = self.units[index]
        if role not in {"heading", "credit", "body", "label"}:
            return None
        if index == 0 or last == "loose":
            return 0.0
        if unit.dated_at_start or unit.comes_from or (role == "heading" and self._heads_a_start(index)):
            return 0.5
        if role == "body" and self._pictured[index]:
            return 1.0
        before = self.units[index - 1]
        cost = 1.5
        if role == "body" and last in {"body", "crosshead"}:
            cost += 3.5
        if role != "label" and (role != "body" or last not in {"body", "crosshead"} or before.signed or before.goes_on):
            cost += self._same_topic(index)
        if before.signed or before.goes_on:
            cost -= 1.0
        if last == "heading" and role == "heading":
            cost += 4.0
        if unit.follows:
            cost += 4.0
        return cost


def _bigrams(text: str) -> set[str]:
    kept = _TOPIC.findall(text)
    return {first + second for first, second in zip(kept, kept[1:], strict=False)}


__all__ = ["IMPOSSIBLE", "Evidence", "ends_sentence"]
