"""Alerts: which readers are mailed at once, for what scores high enough, outside their quiet hours.

for those of an edition who want alerts, by threshold
    in the quiet hours: nothing; what came is mailed when they end
    as many as a day allows were sent: nothing; the next digest brings the rest
    clips of the last day with such a score that the reader was not sent → one mail
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from digest.pipeline.editions import Edition
from digest.pipeline.windows import Window
from digest.store import digests
from digest.store.subscriptions import Alerts, Subscription

_REACH = timedelta(days=1)
"""No quiet hours are longer, and what is older is in a digest."""


def alerts_due(
    tx: Connection, edition: Edition, now: datetime, *, most: int
) -> Iterator[tuple[Edition, Window]]:
    """The readers who may be mailed now, with the window to look in; `most` alerts a local day."""
    zone = edition.schedule.zone
    awake = [each for each in edition.subscribers if _may_ring(each, now.astimezone(zone).time())]
    wanted: defaultdict[tuple[float, datetime], list[Subscription]] = defaultdict(list)
    for each, alerts in _one_an_address(_rested(tx, awake, _midnight(now, zone), most)):
        wanted[alerts.threshold, max(each.created, now - _REACH)].append(each)
    for (threshold, start), people in wanted.items():
        alone = replace(edition, subscribers=tuple(people), apart=f"alert {threshold} {start}")
        yield alone, Window(start, now, now, at_once=True, kind="alert", threshold=threshold)


def is_quiet(hours: tuple[time, time] | None, moment: time) -> bool:
    """Whether a local time is in the quiet hours, which may go over midnight.

    >>> is_quiet((time(22), time(7)), time(6, 59)), is_quiet((time(22), time(7)), time(7))
    (True, False)
    """
    if hours is None:
        return False
    begin, end = hours
    return begin <= moment < end if begin <= end else not end <= moment < begin


def _one_an_address(people: Sequence[Subscription]) -> Iterable[tuple[Subscription, Alerts]]:
    """Of several subscriptions of an address the one with the lowest threshold."""
    lowest: dict[str, tuple[Subscription, Alerts]] = {}
    for each in people:
        alerts, known = each.alerts, lowest.get(each.address)
        if alerts and (known is None or alerts.threshold < known[1].threshold):
            lowest[each.address] = each, alerts
    return lowest.values()


def _may_ring(subscription: Subscription, moment: time) -> bool:
    return subscription.alerts is not None and not is_quiet(subscription.alerts.quiet, moment)


def _rested(tx: Connection, people: Sequence[Subscription], since: datetime, most: int) -> list[Subscription]:
    if not people:
        return []
    had = digests.alerts_since(tx, [each.id for each in people], since)
    return [each for each in people if had[each.id] < most]


def _midnight(now: datetime, zone: ZoneInfo) -> datetime:
    return datetime.combine(now.astimezone(zone).date(), time(), zone).astimezone(UTC)
