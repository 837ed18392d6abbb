"""Hubs that have to be told that a feed changed; a row goes once its hub knows."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, insert, select, update

from digest.store.tables import hub_pings


@dataclass(frozen=True, slots=True)
class HubPing:
    """A feed's address a hub has to be told of, since when, and how often it was tried."""

    hub: str
    topic: str
    changed: datetime
    attempts: int


def note(tx: Connection, hub: str, topics: Iterable[str], now: datetime) -> None:
    """The feeds changed; a hub that did not answer before is tried anew at once."""
    for topic in topics:
        fresh = {"changed": now, "due": now, "attempts": 0}
        here = (hub_pings.c.hub == hub, hub_pings.c.topic == topic)
        if tx.execute(update(hub_pings).where(*here).values(**fresh)).rowcount == 0:
            tx.execute(insert(hub_pings).values(hub=hub, topic=topic, **fresh))


def due(tx: Connection, now: datetime) -> list[HubPing]:
    """What is to be told now, longest known first."""
    columns = (hub_pings.c.hub, hub_pings.c.topic, hub_pings.c.changed, hub_pings.c.attempts)
    query = select(*columns).where(hub_pings.c.due <= now).order_by(hub_pings.c.changed, hub_pings.c.topic)
    return [HubPing(*row) for row in tx.execute(query)]


def forget(tx: Connection, ping: HubPing) -> None:
    """The hub knows, or never will; unless the feed changed once more meanwhile."""
    tx.execute(delete(hub_pings).where(*_this(ping)))


def defer(tx: Connection, ping: HubPing, due: datetime) -> None:
    """Has it tried again later, unless the feed changed once more meanwhile."""
    values = {"attempts": ping.attempts + 1, "due": due}
    tx.execute(update(hub_pings).where(*_this(ping)).values(**values))


def _this(ping: HubPing) -> tuple[ColumnElement[bool], ...]:
    c = hub_pings.c
    return c.hub == ping.hub, c.topic == ping.topic, c.changed == ping.changed
