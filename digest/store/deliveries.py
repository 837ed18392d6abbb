"""The outbox: one delivery a digest (or letter) and address, claimed before it is sent."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID, uuid5

from sqlalchemy import ColumnElement, Connection, Row, bindparam, func, select, update

from digest.store.tables import deliveries, digests

_NEWEST = 20
"""Of these, what is due last goes along with every claim, see `claim`."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """One digest, or one letter, to one address; for which subscription, where it is for one.

    Attributes:
        lease: Until when it is this claim's; no two claims of a delivery have the same.
    """

    id: UUID
    digest_id: UUID | None
    letter_id: UUID | None
    subscription_id: UUID | None
    plain: bool
    address: str
    attempts: int
    queued: datetime
    lease: datetime


def delivery_id(digest_id: UUID, address: str) -> UUID:
    """Made of digest and address, so the same mail always has the same Message-ID."""
    return uuid5(digest_id, address)


def claim(tx: Connection, now: datetime, lease: datetime, limit: int) -> list[Delivery]:
    """Takes about `limit` deliveries that are due for this sender until `lease`; others then pass them by.

    A delivery whose lease has passed is taken too: its sender died, and nobody knows whether it was accepted.
    Of those never tried the oldest are taken, and a few of the newest, so that no letter waits behind a
    million digests. At most `limit` are taken of each kind in turn until there are so many.
    """
    table = deliveries.c
    kinds = (
        ("sending", table.lease, table.lease, limit),
        ("queued", table.due, table.due.desc(), min(limit, _NEWEST)),
        ("deferred", table.due, table.due, limit),
        ("queued", table.due, table.due, limit),
    )
    claimed: list[Delivery] = []
    for state, since, order, most in kinds:
        if wanted := min(most, limit - len(claimed)):
            found = select(*_COLUMNS).where(table.state == state, since <= now)
            rows = tx.execute(found.order_by(order).limit(wanted)).all()
            # Not by the index on states, in which a million may wait.
            unchanged = (func.coalesce(table.state, "") == state) & (since <= now)
            claimed += _taken(tx, rows, unchanged, lease)
    return claimed


_COLUMNS = [deliveries.c[field.name] for field in fields(Delivery) if field.name != "lease"]


def _taken(
    tx: Connection, found: Sequence[Row[Any]], unchanged: ColumnElement[bool], lease: datetime
) -> list[Delivery]:
    """Compares and swaps: those of the rows that no other sender has changed meanwhile."""
    if not found:
        return []
    here = deliveries.c.id.in_(bindparam("ids", expanding=True))
    taking = update(deliveries).where(here, unchanged).values(state="sending", lease=lease)
    taken = set(tx.execute(taking.returning(deliveries.c.id), {"ids": [row.id for row in found]}).scalars())
    return [Delivery(*row, lease=lease) for row in found if row.id in taken]


def mark_sent(tx: Connection, accepted: Sequence[Delivery], now: datetime, detail: str) -> None:
    """The other side has accepted the messages, whoever holds them by now."""
    if accepted:
        here = deliveries.c.id == bindparam("which")
        # Being due means nothing any more; like this an index knows what was accepted lately.
        values = {"state": "sent", "sent": now, "due": now, "lease": None, "detail": detail}
        counted = update(deliveries).where(here).values(attempts=deliveries.c.attempts + 1, **values)
        tx.execute(counted, [{"which": delivery.id} for delivery in accepted])


def mark_unsent(tx: Connection, delivery: Delivery, due: datetime | None, detail: str) -> None:
    """It was not accepted: tried again at `due`, or given up when that is None; unless others hold it."""
    values = {"state": "deferred" if due else "failed", "lease": None, "detail": detail}
    values |= {"attempts": delivery.attempts + 1} | ({"due": due} if due else {})
    tx.execute(update(deliveries).where(_held(delivery)).values(**values))


def release_all(tx: Connection) -> None:
    """Queues what a sender that died had claimed; only for whoever knows that no other sender is at work."""
    here = deliveries.c.state == "sending"
    tx.execute(update(deliveries).where(here).values(state="queued", lease=None))


def suppress(tx: Connection, delivery: Delivery, detail: str) -> None:
    """Takes a delivery off: its address must not be mailed."""
    values = {"state": "suppressed", "lease": None, "detail": detail}
    tx.execute(update(deliveries).where(_held(delivery)).values(**values))


def any_due(tx: Connection, now: datetime) -> bool:
    """Whether a delivery waits whose time has come, or whose sender died."""
    waiting = deliveries.c.state.in_(("queued", "deferred")) & (deliveries.c.due <= now)
    abandoned = (deliveries.c.state == "sending") & (deliveries.c.lease <= now)
    queries = (select(deliveries.c.id).where(here).limit(1) for here in (waiting, abandoned))
    return any(tx.execute(query).first() for query in queries)


def release(tx: Connection, claimed: Iterable[Delivery]) -> None:
    """Gives back deliveries that were claimed and not tried."""
    for delivery in claimed:
        tx.execute(update(deliveries).where(_held(delivery)).values(state="queued", lease=None))


def postpone(tx: Connection, delivery: Delivery, due: datetime) -> None:
    """Gives back a delivery that was not tried and shall not be before `due`."""
    values = {"state": "queued", "lease": None, "due": due}
    tx.execute(update(deliveries).where(_held(delivery)).values(**values))


def _held(delivery: Delivery) -> ColumnElement[bool]:
    """Still this claim's: its lease may have passed and another sender have taken it."""
    same = (deliveries.c.id == delivery.id) & (deliveries.c.lease == delivery.lease)
    return same & (deliveries.c.state == "sending")


def accepted_since(tx: Connection, since: datetime) -> int:
    """How many were accepted after that instant, or are being sent."""
    accepted = (deliveries.c.state == "sent") & (deliveries.c.due > since)
    sending = deliveries.c.state == "sending"
    counts = (select(func.count()).select_from(deliveries).where(here) for here in (accepted, sending))
    return sum(tx.execute(count).scalar() or 0 for count in counts)


def accepted_addresses(tx: Connection, since: datetime) -> list[tuple[datetime, str]]:
    """When and by which address mail was accepted after that instant, in order."""
    here = (deliveries.c.state == "sent") & (deliveries.c.due > since)
    query = select(deliveries.c.due, deliveries.c.address).where(here).order_by(deliveries.c.due)
    return [(row[0], row[1]) for row in tx.execute(query)]


@dataclass(frozen=True, slots=True)
class Unsent:
    """A delivery that was not accepted; `due` None when it was given up."""

    address: str
    detail: str
    due: datetime | None


def unsent(tx: Connection) -> list[Unsent]:
    """Deliveries that were deferred or failed, those tried again soonest first."""
    here = deliveries.c.state.in_(("deferred", "failed"))
    rows = tx.execute(select(deliveries).where(here).order_by(deliveries.c.state, deliveries.c.due))
    return [Unsent(row.address, row.detail, row.due if row.state == "deferred" else None) for row in rows]


def tally(tx: Connection) -> dict[str, int]:
    """How many deliveries are in each state."""
    query = select(deliveries.c.state, func.count()).group_by(deliveries.c.state)
    return {row[0]: row[1] for row in tx.execute(query)}


def anonymise(tx: Connection, address: str, name: str) -> None:
    """Puts `name` in the place of an address; what still waits for it is taken off."""
    here = deliveries.c.address.in_({address, address.lower()})
    waiting = deliveries.c.state.in_(("queued", "deferred"))
    tx.execute(update(deliveries).where(here, waiting).values(state="suppressed", detail="erased"))
    tx.execute(update(deliveries).where(here).values(address=name, detail=""))


def history(tx: Connection, address: str) -> list[tuple[int | None, str, datetime, datetime | None]]:
    """What was mailed to an address, oldest first: digest's number, state, when queued and when accepted."""
    columns = (digests.c.number, deliveries.c.state, deliveries.c.queued, deliveries.c.sent)
    query = select(*columns).outerjoin(digests, digests.c.id == deliveries.c.digest_id)
    here = deliveries.c.address.in_({address, address.lower()})
    return [tuple(row) for row in tx.execute(query.where(here).order_by(deliveries.c.queued))]
