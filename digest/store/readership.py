"""Who receives mail and what became of it, a stretch at a time for editors to look at; changes nothing."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, func, select

from digest.store.tables import deliveries, digests, subscriptions


@dataclass(frozen=True, slots=True)
class Subscriber:
    """A subscription as editors see it, see `digest.store.subscriptions`."""

    address: str
    state: str
    ended_by: str | None
    origin: str
    language: str
    profiles: tuple[str, ...]
    created: datetime
    paused_until: date | None


@dataclass(frozen=True, slots=True)
class Sending:
    """A delivery as editors see it; `number` None for a letter, `due` when it is tried next."""

    address: str
    state: str
    attempts: int
    queued: datetime
    due: datetime
    sent: datetime | None
    detail: str
    number: int | None


def states(tx: Connection) -> dict[str, int]:
    """How many subscriptions are in each state."""
    query = select(subscriptions.c.state, func.count()).group_by(subscriptions.c.state)
    return {row[0]: row[1] for row in tx.execute(query)}


def subscribers(tx: Connection, limit: int, *, skip: int = 0) -> list[Subscriber]:
    """Subscriptions by address."""
    columns = [subscriptions.c[field.name] for field in fields(Subscriber)]
    query = select(*columns).order_by(subscriptions.c.address, subscriptions.c.id)
    rows = tx.execute(query.limit(limit).offset(skip)).mappings()
    return [_subscriber(dict(row)) for row in rows]


def _subscriber(values: dict[str, Any]) -> Subscriber:
    values["profiles"] = tuple(values["profiles"])
    return Subscriber(**values)


def newest_deliveries(tx: Connection, limit: int, state: str | None = None) -> list[Sending]:
    """The deliveries queued last, of one state or of all."""
    own = [deliveries.c[field.name] for field in fields(Sending) if field.name != "number"]
    query = select(*own, digests.c.number).outerjoin(digests, digests.c.id == deliveries.c.digest_id)
    if state:
        query = query.where(deliveries.c.state == state)
    rows = tx.execute(query.order_by(deliveries.c.due.desc()).limit(limit)).mappings()
    return [Sending(**row) for row in rows]
