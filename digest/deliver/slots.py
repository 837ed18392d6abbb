"""Computes the instants at which digests are due; pure, it reads no clock."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from digest.errors import ConfigError

_DAY = timedelta(days=1)
EVERY_DAY = frozenset(range(7))


@dataclass(frozen=True)
class Schedule:
    """Local times on weekdays in a time zone.

    Attributes:
        times: Local, without time zone; at least one.
        timezone: IANA name.
        weekdays: 0 for Monday to 6 for Sunday; at least one.

    Raises:
        ConfigError: A value is missing or impossible.
    """

    times: tuple[time, ...]
    timezone: str
    weekdays: Collection[int] = EVERY_DAY

    def __post_init__(self) -> None:
        if not self.times or any(moment.tzinfo for moment in self.times):
            raise ConfigError("a schedule needs at least one local time, such as 07:30", key="times")
        if not self.weekdays or not EVERY_DAY.issuperset(self.weekdays):
            raise ConfigError("a schedule needs at least one weekday, 0 (Monday) to 6", key="weekdays")
        _ = self.zone

    @cached_property
    def zone(self) -> ZoneInfo:
        """The time zone's rules."""
        try:
            return ZoneInfo(self.timezone)
        except (KeyError, ValueError, OSError) as error:
            message = f"{self.timezone!r} is no IANA time zone; write for example Asia/Shanghai"
            raise ConfigError(message, key="timezone") from error


def slots_between(schedule: Schedule, after: datetime, until: datetime) -> list[datetime]:
    """The instants due later than `after` and not later than `until`, ascending, in UTC.

    A local time that the clock skips is due as much later as the clock was put forward; one that it shows
    twice is due the first time. Two times that fall on one instant are one slot. Both bounds must be aware.

    >>> slots_between(
    ...     Schedule((time(7, 30),), "Asia/Shanghai", weekdays={0}),
    ...     datetime(2025, 3, 1, tzinfo=UTC),
    ...     datetime(2025, 3, 8, tzinfo=UTC),
    ... )
    [datetime.datetime(2025, 3, 2, 23, 30, tzinfo=datetime.timezone.utc)]
    """
    days = _days(schedule, after, until)
    instants = {_instant(day, moment, schedule.zone) for day in days for moment in schedule.times}
    return sorted(instant for instant in instants if after < instant <= until)


def next_slots(schedule: Schedule, after: datetime, count: int) -> list[datetime]:
    """The first `count` instants due later than `after`, ascending, in UTC."""
    span = timedelta(weeks=1)
    while len(slots := slots_between(schedule, after, after + span)) < count:
        span *= 2
    return slots[:count]


def _days(schedule: Schedule, after: datetime, until: datetime) -> Iterator[date]:
    """The local days whose slots can lie in the range; a skipped time is due at most a day later."""
    day = after.astimezone(schedule.zone).date() - _DAY
    last = until.astimezone(schedule.zone).date()
    while day <= last:
        if day.weekday() in schedule.weekdays:
            yield day
        day += _DAY


def _instant(day: date, moment: time, zone: ZoneInfo) -> datetime:
    # PEP 495: fold=0 is a repeated time's first occurrence, and reads a skipped one by the offset before.
    return datetime.combine(day, moment.replace(fold=0), zone).astimezone(UTC)
