"""The outbox: one delivery a digest (or letter) and address, claimed before it is sent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import ColumnElement, Connection, func, select, update

from digest.store.tables import deliveries, digests, subscriptions


@dataclass(frozen=True, slots=True)
class Delivery:
    """One digest, or one letter, to one address; for which subscription, where it is for one."""

    id: UUID
    digest_id: UUID | None
    letter_id: UUID | None
    subscription_id: UUID | None
    plain: bool
    address: str
    attempts: int
    queued: datetime


def delivery_id(digest_id: UUID, address: str) -> UUID:
    """Made of digest and address, so the same mail always has the same Message-ID."""
    return uuid5(digest_id, address)


def claim(tx: Connection, now: datetime, lease: datetime, limit: int) -> list[Delivery]:
    """Takes up to `limit` deliveries that are due for this sender until `lease`; others then pass them by.

    A delivery whose lease has passed is taken too: its sender died, and nobody knows whether it was accepted.
    """
    columns = [deliveries.c[field.name] for field in fields(Delivery)]
    query = select(*columns).where(_due(now)).order_by(deliveries.c.due, deliveries.c.id)
    claimed = [Delivery(*row) for row in tx.execute(query.limit(limit))]
    here = deliveries.c.id.in_([delivery.id for delivery in claimed])
    tx.execute(update(deliveries).where(here).values(state="sending", lease=lease))
    return claimed


def mark_sent(tx: Connection, delivery: Delivery, now: datetime, detail: str) -> None:
    """The other side has accepted the message."""
    values = {
        "state": "sent",
        "sent": now,
        "lease": None,
        "attempts": delivery.attempts + 1,
        "detail": detail,
    }
    tx.execute(update(deliveries).where(deliveries.c.id == delivery.id).values(**values))


def mark_unsent(tx: Connection, delivery: Delivery, due: datetime | None, detail: str) -> None:
    """It was not accepted: tried again at `due`, or given up when that is None."""
    values = {"state": "deferred" if due else "failed", "lease": None, "detail": detail}
    values |= {"attempts": delivery.attempts + 1} | ({"due": due} if due else {})
    tx.execute(update(deliveries).where(deliveries.c.id == delivery.id).values(**values))


def release_all(tx: Connection) -> None:
    """Queues what a sender that died had claimed; only for whoever knows that no other sender is at work."""
    here = deliveries.c.state == "sending"
    tx.execute(update(deliveries).where(here).values(state="queued", lease=None))


def suppress_ended(tx: Connection) -> None:
    """Takes digests off that wait for addresses without a subscription in force."""
    waiting = deliveries.c.state.in_(("queued", "deferred")) & deliveries.c.letter_id.is_(None)
    active = select(subscriptions.c.address).where(subscriptions.c.state == "active")
    gone = update(deliveries).where(waiting, deliveries.c.address.not_in(active))
    tx.execute(gone.values(state="suppressed", detail="the subscription has ended"))


def suppress(tx: Connection, delivery: Delivery, detail: str) -> None:
    """Takes a delivery off: its address must not be mailed."""
    values = {"state": "suppressed", "lease": None, "detail": detail}
    tx.execute(update(deliveries).where(deliveries.c.id == delivery.id).values(**values))


def any_due(tx: Connection, now: datetime) -> bool:
    """Whether a delivery waits whose time has come, or whose sender died."""
    return tx.execute(select(deliveries.c.id).where(_due(now)).limit(1)).first() is not None


def _due(now: datetime) -> ColumnElement[bool]:
    waiting = deliveries.c.state.in_(("queued", "deferred")) & (deliveries.c.due <= now)
    abandoned = (deliveries.c.state == "sending") & (deliveries.c.lease <= now)
    return waiting | abandoned


def release(tx: Connection, claimed: Iterable[Delivery]) -> None:
    """Gives back deliveries that were claimed and not tried."""
    here = deliveries.c.id.in_([delivery.id for delivery in claimed]) & (deliveries.c.state == "sending")
    tx.execute(update(deliveries).where(here).values(state="queued", lease=None))


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
