from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.deliver.slots import Schedule, next_slots, slots_between
from digest.errors import ConfigError

ZONES = (
    "America/New_York",
    "Europe/Berlin",
    "Asia/Shanghai",
    "Australia/Lord_Howe",  # its clock changes by half an hour
    "Africa/Casablanca",  # two changes around Ramadan
    "Africa/Cairo",  # changes at midnight
    "Asia/Kathmandu",
)
minutes = st.integers(0, 24 * 60 - 1).map(lambda minute: time(minute // 60, minute % 60))
days = st.dates(date(2023, 1, 1), date(2027, 12, 31))


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def slots_of_day(zone: str, moment: time, day: date) -> list[datetime]:
    start = datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC) - timedelta(seconds=1)
    end = datetime.combine(day + timedelta(days=1), time(), ZoneInfo(zone)).astimezone(UTC)
    return slots_between(Schedule((moment,), zone), start, end - timedelta(seconds=1))


def test_weekdays_are_local_ones() -> None:
    mondays = Schedule((time(7, 30),), "Asia/Shanghai", weekdays={0})
    assert slots_between(mondays, at("2025-03-01"), at("2025-03-16")) == [
        at("2025-03-02T23:30"),
        at("2025-03-09T23:30"),
    ]


def test_range_is_open_at_its_start_and_closed_at_its_end() -> None:
    daily = Schedule((time(7),), "UTC")
    assert slots_between(daily, at("2025-03-01T07:00"), at("2025-03-02T07:00")) == [at("2025-03-02T07:00")]
    assert slots_between(daily, at("2025-03-02T07:00"), at("2025-03-02T07:00")) == []
    assert slots_between(daily, at("2025-03-03"), at("2025-03-01")) == []


def test_bounds_may_be_in_any_zone_and_slots_are_in_utc() -> None:
    tokyo = ZoneInfo("Asia/Tokyo")
    (slot,) = slots_between(
        Schedule((time(7),), "UTC"), datetime(2025, 3, 1, tzinfo=tokyo), datetime(2025, 3, 2, tzinfo=tokyo)
    )
    assert (slot, slot.tzinfo) == (at("2025-03-01T07:00"), UTC)


@pytest.mark.parametrize(
    ("zone", "moment", "day", "due"),
    [
        ("America/New_York", time(2, 30), date(2025, 3, 9), "2025-03-09T07:30"),  # shown as 3:30
        ("America/New_York", time(1, 30), date(2025, 11, 2), "2025-11-02T05:30"),  # the first 1:30
        ("Europe/Berlin", time(2, 0), date(2025, 3, 30), "2025-03-30T01:00"),
        ("Australia/Lord_Howe", time(2, 15), date(2025, 10, 5), "2025-10-04T15:45"),
        ("Africa/Cairo", time(0, 30), date(2025, 4, 25), "2025-04-24T22:30"),
    ],
)
def test_days_of_clock_changes_have_their_one_slot(zone: str, moment: time, day: date, due: str) -> None:
    assert slots_of_day(zone, moment, day) == [at(due)]


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(ZONES), minutes, days)
def test_every_local_day_has_exactly_one_slot(zone: str, moment: time, day: date) -> None:
    (slot,) = slots_of_day(zone, moment, day)
    assert slot.astimezone(ZoneInfo(zone)).date() == day


@settings(max_examples=15, deadline=None)
@given(st.sampled_from(ZONES), minutes, st.sets(st.integers(0, 6), min_size=1), days)
def test_a_year_has_one_slot_for_every_due_day(
    zone: str, moment: time, weekdays: set[int], first: date
) -> None:
    start = datetime.combine(first, time(), ZoneInfo(zone)).astimezone(UTC) - timedelta(seconds=1)
    end = datetime.combine(first + timedelta(days=365), time(), ZoneInfo(zone)).astimezone(UTC)
    slots = slots_between(Schedule((moment,), zone, weekdays), start, end - timedelta(seconds=1))
    due = [first + timedelta(days=n) for n in range(365)]
    assert [slot.astimezone(ZoneInfo(zone)).date() for slot in slots] == [
        day for day in due if day.weekday() in weekdays
    ]


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(ZONES), st.lists(minutes, min_size=1, max_size=3), days, st.integers(0, 72))
def test_windows_one_after_the_other_cover_every_slot_once(
    zone: str, times: list[time], first: date, hours: int
) -> None:
    schedule = Schedule(tuple(times), zone)
    start = datetime.combine(first, time(5, 13), UTC)
    middle, end = start + timedelta(hours=hours), start + timedelta(hours=72)
    parts = slots_between(schedule, start, middle) + slots_between(schedule, middle, end)
    assert parts == slots_between(schedule, start, end)
    assert sorted(set(parts)) == parts


def test_two_times_on_one_instant_are_one_slot() -> None:
    schedule = Schedule((time(3, 30), time(2, 30), time(2, 30)), "America/New_York")
    assert slots_between(schedule, at("2025-03-09T06:00"), at("2025-03-09T12:00")) == [at("2025-03-09T07:30")]


def test_a_day_that_a_country_skipped_adds_no_slot_of_its_own() -> None:
    # Samoa went from Thursday, 29 December 2011 straight to Saturday.
    slots = slots_between(Schedule((time(9),), "Pacific/Apia"), at("2011-12-28"), at("2012-01-01"))
    assert [slot.astimezone(ZoneInfo("Pacific/Apia")).day for slot in slots] == [28, 29, 31, 1]


def test_next_slots_are_the_first_ones_due() -> None:
    schedule = Schedule((time(18), time(7)), "UTC", weekdays={0, 2})
    assert next_slots(schedule, at("2025-03-03T07:00"), 5) == [
        at("2025-03-03T18:00"),
        at("2025-03-05T07:00"),
        at("2025-03-05T18:00"),
        at("2025-03-10T07:00"),
        at("2025-03-10T18:00"),
    ]
    assert next_slots(schedule, at("2025-03-03T07:00"), 0) == []


@pytest.mark.parametrize(
    ("times", "zone", "weekdays", "key"),
    [
        ((), "UTC", {0}, "times"),
        ((time(7, tzinfo=UTC),), "UTC", {0}, "times"),
        ((time(7),), "UTC", set[int](), "weekdays"),
        ((time(7),), "UTC", {7}, "weekdays"),
        ((time(7),), "Asia/Shangai", {0}, "timezone"),
        ((time(7),), "../etc/passwd", {0}, "timezone"),
        ((time(7),), "", {0}, "timezone"),
    ],
)
def test_impossible_schedules_are_refused(
    times: tuple[time, ...], zone: str, weekdays: set[int], key: str
) -> None:
    with pytest.raises(ConfigError) as caught:
        Schedule(times, zone, weekdays)
    assert caught.value.key == key
