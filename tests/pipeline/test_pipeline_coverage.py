"""Which pages are missing is judged by the weeks before; nothing is asked of a paper that was never read."""

from __future__ import annotations

from datetime import date, timedelta

from digest.pipeline.coverage import DayCoverage, coverage
from tests.pipeline.office import Office, page

TUESDAY = date(2031, 5, 6)
WEEK = timedelta(days=7)


def read(office: Office, day: date, *numbers: int, paper: str = "晨报") -> None:
    for number in numbers:
        text = page(f"{paper}第{number}版{day:%m%d}", f"{number}号大桥通车")
        office.drop(f"{paper}_{day}_{number}.txt", text)


def of(office: Office, days: int = 7) -> dict[date, DayCoverage]:
    office.work()
    [paper] = coverage(office.desk, days)
    return {each.day: each for each in paper.days}


def test_gap_and_end_are_missing(office: Office) -> None:
    for back in (1, 2):
        read(office, TUESDAY - back * WEEK, 1, 2, 3, 4)
    read(office, TUESDAY, 1, 3)
    assert of(office)[TUESDAY] == DayCoverage(TUESDAY, 2, (2, 4), expected=True)


def test_issue_that_did_not_come_is_missing_as_a_whole(office: Office) -> None:
    read(office, TUESDAY - WEEK, 1, 2)
    found = of(office)
    assert found[TUESDAY] == DayCoverage(TUESDAY, 0, (1, 2), expected=True)
    monday = TUESDAY - timedelta(days=1)
    assert found[monday] == DayCoverage(monday, 0, (), expected=False)


def test_one_thick_issue_asks_for_no_more_pages_than_usual(office: Office) -> None:
    for back, last in ((1, 2), (2, 6), (3, 2)):
        read(office, TUESDAY - back * WEEK, *range(1, last + 1))
    read(office, TUESDAY, 1, 2)
    assert of(office)[TUESDAY].missing == ()


def test_misread_number_asks_for_nothing(office: Office) -> None:
    read(office, TUESDAY, 1, 2, 900)
    assert of(office)[TUESDAY].missing == ()


def test_paper_that_is_not_read_any_more_is_forgotten(office: Office) -> None:
    read(office, TUESDAY - 9 * WEEK, 1, 2)
    office.work()
    assert coverage(office.desk, 7) == []
