"""Facts about where each unit of a page stands among the others; it weighs nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from typing import Final, Literal

from digest.extract.glyphs import ends_sentence
from digest.extract.roles import Signs
from digest.extract.units import Unit

_DAY = re.compile(
    r"\d{1,2}月\d{1,2}日|(?:昨[日天]|\d{1,2}日)(?:清晨|凌晨|上午|中午|下午|傍晚|晚上?|夜里?)?[，,]"
)
_ENDS_NOTICE = re.compile(r"特此\w{2,4}[。.]?$")
NUMBERED: Final = re.compile(
    r"[（(][一二三四五六七八九十\d]{1,3}[）)]|[一二三四五六七八九十]{1,3}、|第[一二三四五六七八九十\d]{1,3}[条章节]|\d{1,2}[、.．](?!\d)|[①-⑳]"
)
_ABOUT = re.compile(r"作者(?:单位|简介|分别|均)?[:：为系是]")
"""Where a writer works, which is told beside the name."""

_LINE: Final = 22
_USUAL: Final = 4
_SURE: Final = 2
_SOME: Final = 0.3
_MOST: Final = 0.5


class Surroundings:
    """What stands around the units of one page.

    Attributes:
        begins, ends: Which units show by their form that an article begins, or ends.
        signs: Whether each unit signs the article it stands in.
        signed: How usual it is on the page that writers sign, 0..1.
        marked: Whether the page has Markdown headings.
        run_lengths: For each short line how many stand together; 0 for other units.
        run_ends: For each short line the index after the last that stands with it; 0 for others.
        pictured: Which bodies begin a text under a picture: the photographer is named at its end or below it.
        headless: Whether an article that ends with a unit needs no headline: photographs, second halves.
    """

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = units
        self.begins = [begins_by_form(unit) for unit in units]
        self.ends = [ends_by_form(unit) for unit in units]
        self.signs: list[Signs] = [_signs(unit) for unit in units]
        self.signed = _signed(self.signs)
        self.marked = any(unit.lines[0].level for unit in units)
        self.run_lengths, self.run_ends = _runs(units)
        self._lower = _lower(units, self.run_ends)
        self._numbered = _numbered_level(units)
        self.pictured = _pictured(units)
        self.headless = _headless(units)

    def at(self, index: int) -> Unit | None:
        """The unit at an index, None beyond the page."""
        return self._units[index] if 0 <= index < len(self._units) else None

    def follows_short(self, index: int) -> bool:
        """Whether a short line stands before a unit."""
        before = self.at(index - 1)
        return before is not None and before.sort == "short"

    def beside_marked(self, index: int) -> bool:
        """Whether a Markdown heading is a short line, or stands within two of it."""
        near = self._units[max(0, index - 2) : index + 3]
        return any(unit.lines[0].level for unit in near if unit.sort == "short")

    def others_in_run(self, index: int) -> int:
        """Short lines that stand with one and are not set as one line with it."""
        first = last = index
        while self._units[first].follows and first:
            first -= 1
        while (after := self.at(last + 1)) and after.follows:
            last += 1
        return max(0, self.run_lengths[index] - (last - first + 1))

    def closer_to(self, index: int) -> Literal["before", "after"] | None:
        """Where no blank parts the short lines around `index` from the text, if one does on the other."""
        end = self.run_ends[index]
        first, after = self._units[end - self.run_lengths[index]], self.at(end)
        if after is None or first is self._units[0]:
            return None
        above, below = bool(first.lines[0].gap), bool(after.lines[0].gap)
        return None if above == below else "before" if below else "after"

    def after_run(self, index: int) -> Unit | None:
        """The unit after the short lines that stand together from `index` on."""
        return self.at(self.run_ends[index])

    def deeper(self, index: int) -> bool:
        """Whether a line alone is marked as a heading of a lower rank than the page's headlines."""
        return self.run_lengths[index] == 1 and self._units[index].lines[0].level in self._lower

    def numbers_articles(self, index: int) -> bool:
        """Whether a line stands at the highest level of headings, all of which are numbered."""
        return self._numbered > 0 and self._units[index].lines[0].level == self._numbered

    def body_near(self, index: int) -> bool:
        """Whether a body follows within five units."""
        return any(unit.sort == "body" for unit in self._units[index + 1 : index + 6])


def begins_with_day(unit: Unit) -> bool:
    """Whether a text begins with a day, 3月2日, as one that stands alone under a picture does."""
    return _DAY.match(unit.text) is not None


def begins_by_form(unit: Unit | None) -> bool:
    """Whether a unit shows by its form that an article begins: a dateline, 上接."""
    return unit is not None and (unit.dated_at_start or unit.comes_from)


def ends_by_form(unit: Unit | None) -> bool:
    """Whether a unit shows by its form that an article ends: a credit after it, 下转, 特此公告."""
    return unit is not None and (unit.signed or unit.goes_on or _ENDS_NOTICE.match(unit.text) is not None)


def _signs(unit: Unit) -> Signs:
    if any(credit.names and not credit.photo for _, credit in unit.credits):
        return "signed"
    if unit.credits and all(_ABOUT.search(text) for text, _ in unit.credits):
        return "no"
    return "excused" if unit.credits or unit.goes_on or unit.comes_from or _by_agency(unit) else "no"


def _by_agency(unit: Unit) -> bool:
    return unit.dateline is not None and "新华社" in unit.dateline.text


def _signed(signs: Sequence[Signs]) -> float:
    signed = sum(sign == "signed" for sign in signs)
    return min(1.0, max(0.0, (signed - 1) / (_USUAL - 1)))


def _runs(units: Sequence[Unit]) -> tuple[list[int], list[int]]:
    lengths, ends = [0] * len(units), [0] * len(units)
    index = 0
    while index < len(units):
        end = index
        while end < len(units) and units[end].sort == "short":
            end += 1
        lengths[index:end] = [end - index] * (end - index)
        ends[index:end] = [end] * (end - index)
        index = max(end, index + 1)
    return lengths, ends


def _announces(unit: Unit | None) -> bool:
    return begins_by_form(unit) or (unit is not None and unit.sort == "credit" and not unit.photo)


def _alone(units: Sequence[Unit], index: int) -> bool:
    """Whether no short line stands beside a unit; in a heading with others it may be a kicker."""
    return all(unit is units[index] or unit.sort != "short" for unit in units[max(0, index - 1) : index + 2])


def _lower(units: Sequence[Unit], run_ends: Sequence[int]) -> frozenset[int]:
    """Markdown levels at which no article surely begins, below one at which most headings begin one."""
    highest = min((unit.lines[0].level for unit in units if unit.lines[0].level), default=0)
    seen: Counter[int] = Counter()
    sure: Counter[int] = Counter()
    for index, unit in enumerate(units):
        if not (level := unit.lines[0].level):
            continue
        seen[level] += 1
        if level > highest and unit.sort == "short" and not _alone(units, index):
            continue
        after = units[run_ends[index]] if run_ends[index] < len(units) else None
        sure[level] += _announces(after) or bool(index and ends_by_form(units[index - 1]))
    upper = [level for level in seen if sure[level] >= _SURE and sure[level] > _SOME * seen[level]]
    return frozenset(level for level in seen if upper and level > min(upper) and not sure[level])


def _numbered_level(units: Sequence[Unit]) -> int:
    """The highest Markdown level where all headings at it are numbered and others stand below; else 0."""
    marked = [unit for unit in units if unit.sort == "short" and unit.lines[0].level]
    levels = {unit.lines[0].level for unit in marked}
    if len(levels) <= 1:
        return 0
    highest = [unit for unit in marked if unit.lines[0].level == min(levels)]
    return min(levels) if len(highest) > 1 and all(NUMBERED.match(unit.text) for unit in highest) else 0


def _pictured(units: Sequence[Unit]) -> list[bool]:
    found = [False] * len(units)
    for index, unit in enumerate(units):
        after = units[index + 1] if index + 1 < len(units) else None
        credited = after is not None and after.sort == "credit" and after.photo
        if unit.sort == "body" and (unit.photo or (credited and _told_of(unit))):
            before = units[index - 1] if index else None
            found[index - 1 if before and _begins_caption(before, unit) else index] = True
    return found


def _told_of(unit: Unit) -> bool:
    """Whether a text over a photographer's name may tell of a picture: a line of verse may not."""
    return len(unit.text) > _LINE or ends_sentence(unit.text)


def _begins_caption(before: Unit, unit: Unit) -> bool:
    """Whether the text under a picture began a paragraph earlier: with a day, as captions do."""
    if before.sort != "body" or before.credits or begins_by_form(before) or before.goes_on:
        return False
    return begins_with_day(before) and not begins_with_day(unit)


def _headless(units: Sequence[Unit]) -> list[bool]:
    found: list[bool] = []
    for unit in units:
        if unit.dated_at_start or unit.sort == "short":
            found.append(False)
        else:
            found.append(unit.comes_from or unit.photo or (bool(found) and found[-1]))
    return found
