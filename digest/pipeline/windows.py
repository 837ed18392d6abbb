"""Windows: what a digest of an edition covers, from what was composed before and the time now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from digest.deliver.slots import slots_between
from digest.pipeline.editions import Edition
from digest.store import digests
from digest.store.digests import CLOCK_ERROR, DigestKind
from digest.store.subscriptions import Subscription


@dataclass(frozen=True, slots=True)
class Window:
    """What a digest covers: clips first matched after `start`, up to `end`; it was due at `slot`.

    A digest that is late covers what came until it is composed: a reader who opens the office at eight finds
    this morning's pages in the digest of half past seven. One asked for at once is never recorded empty.

    Attributes:
        start: None covers all that is not too old.
        own: Whether it begins elsewhere than that of the edition's other readers.
        least: With fewer clips a digest waits for the next slot.
        threshold: Clips with a lower score are left for another digest.
    """

    start: datetime | None
    slot: datetime
    end: datetime
    at_once: bool
    kind: DigestKind | None = None
    own: bool = False
    least: int = 1
    threshold: float = 0.0


def due_window(
    tx: Connection, edition: Edition, now: datetime, *, at_once: bool, least: int
) -> Window | None:
    """The window of the edition's last slot that has come; after a downtime it covers those missed."""
    slot, end = digests.last_window(tx, edition.key, now)
    if slot is None:  # an edition whose settings changed goes on where its readers were
        slot, end = digests.last_window_sent_to(tx, edition.addresses, now)
    if at_once:
        return Window(end, now, now, at_once=True)
    begun = min(subscription.created for subscription in edition.subscribers)
    if end is None and edition.asked_for:
        end = begun
    due = slots_between(edition.schedule, max(slot or begun, begun), now)
    return Window(end, due[-1], now, at_once=False, least=least) if due else None


def by_reader(edition: Edition, window: Window) -> Iterator[tuple[Edition, Window]]:
    """The edition's readers by where their windows begin: whoever paused or changed settings missed some.

    All subscriptions of an address stand together, so that none is mailed twice.
    """
    starts: defaultdict[datetime | None, list[Subscription]] = defaultdict(list)
    begins: dict[str, datetime | None] = {}
    for each in edition.subscribers:
        start = begins.setdefault(each.address, _start_of(each, window))
        starts[start].append(each)
    for start, people in starts.items():
        end = max(window.end, start) if start else window.end  # the clock may have been put back since
        served = replace(window, start=start, end=end, own=start != window.start)
        yield replace(edition, subscribers=tuple(people)), served


def _start_of(subscription: Subscription, window: Window) -> datetime | None:
    """A time far ahead was noted while the clock was wrong."""
    covered = subscription.covered
    return covered if covered and covered <= window.end + CLOCK_ERROR else window.start


def oldest_mailed(window: Window, max_age_days: int) -> datetime:
    """What came before this is not mailed any more."""
    return window.end - timedelta(days=max_age_days)
