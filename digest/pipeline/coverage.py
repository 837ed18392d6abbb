"""Coverage: which pages of the papers that are read usually are missing; a guess from the weeks before."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from digest.pipeline.desk import Desk
from digest.store.coverage import pages_read

_WEEKS: Final = timedelta(days=28)
"""From which is learnt how many pages a paper has, and on which weekdays it comes."""


@dataclass(frozen=True, slots=True)
class DayCoverage:
    """A paper's pages of one day.

    Attributes:
        read: How many were read.
        missing: Numbers that lie before the last one that is expected, ascending.
        expected: Whether the paper is expected on that day; when it is and none was read, all is missing.
    """

    day: date
    read: int
    missing: tuple[int, ...]
    expected: bool


@dataclass(frozen=True, slots=True)
class PaperCoverage:
    """A paper's last days, newest first."""

    paper: str
    days: tuple[DayCoverage, ...]


def coverage(desk: Desk, days: int) -> list[PaperCoverage]:
    """What is missing of each paper of the last weeks, for so many days up to today."""
    today = desk.clock().astimezone(ZoneInfo(desk.config.timezone)).date()
    with desk.store.read() as tx:
        read = pages_read(tx, today - timedelta(days=days) - _WEEKS, today)
    shown = [today - timedelta(days=back) for back in range(days)]
    return [PaperCoverage(paper, _covered(read[paper], shown)) for paper in sorted(read)]


def _covered(issues: Mapping[date, frozenset[int]], shown: Sequence[date]) -> tuple[DayCoverage, ...]:
    return tuple(_day(issues, day) for day in shown)


def _day(issues: Mapping[date, frozenset[int]], day: date) -> DayCoverage:
    """Compared with the issues of the same weekday in the weeks before, or where there was none with all."""
    read = issues.get(day, frozenset[int]())
    before = {each: numbers for each, numbers in issues.items() if day - _WEEKS <= each < day}
    same = [numbers for each, numbers in before.items() if each.weekday() == day.weekday()]
    usual = _usually_last(same or (before.values() if read else ()))
    last = max(usual, *read, 0)
    missing = tuple(number for number in range(1, last + 1) if number not in read)
    return DayCoverage(day, len(read), missing, expected=bool(same))


def _usually_last(issues: Iterable[frozenset[int]]) -> int:
    """The highest number that at least half of the issues reached; 0 without any."""
    highest = sorted((max(numbers) for numbers in issues), reverse=True)
    return highest[(len(highest) - 1) // 2] if highest else 0


def shown_numbers(numbers: Sequence[int]) -> str:
    """Page numbers, neighbours as ranges.

    >>> shown_numbers((1, 2, 3, 5, 7, 8))
    '1–3, 5, 7–8'
    """
    ranges: list[list[int]] = []
    for number in numbers:
        if ranges and number == ranges[-1][1] + 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    return ", ".join(f"{first}" if first == last else f"{first}–{last}" for first, last in ranges)
