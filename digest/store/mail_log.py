"""Reads who was mailed what, when, and what came of it; and asks for a mail to be sent once more."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Select, select, update

from digest.store.tables import bounces, deliveries, digests, letters


@dataclass(frozen=True, slots=True)
class LogLine:
    """A delivery and what is known of it.

    Attributes:
        number: The digest's; None for a letter.
        letter: Its kind; None for a digest.
        due: When it is tried next, while it waits.
        sent: When the server accepted it.
        detail: What the other side said last, or why it was not sent.
        came_back: None, or `hard`, `soft` or `complaint`.
        told: What came back with it.
    """

    id: UUID
    number: int | None
    letter: str | None
    address: str
    state: str
    attempts: int
    queued: datetime
    due: datetime
    sent: datetime | None
    detail: str
    came_back: str | None
    told: str | None


def of_digest(tx: Connection, number: int) -> list[LogLine]:
    """Everybody to whom a digest was to go, by address."""
    return _lines(tx, _query().where(digests.c.number == number).order_by(deliveries.c.address))


def of_address(tx: Connection, address: str, limit: int) -> list[LogLine]:
    """The last mails to an address, newest first."""
    here = _query().where(_to(address)).order_by(deliveries.c.queued.desc(), deliveries.c.id)
    return _lines(tx, here.limit(limit))


def latest(tx: Connection, limit: int) -> list[LogLine]:
    """The last mails to anybody, newest first."""
    return _lines(tx, _query().order_by(deliveries.c.queued.desc(), deliveries.c.id).limit(limit))


def by_id(tx: Connection, delivery_id: UUID) -> LogLine | None:
    """One delivery."""
    return next(iter(_lines(tx, _query().where(deliveries.c.id == delivery_id))), None)


def contents_of(tx: Connection, address: str) -> list[tuple[UUID, UUID]]:
    """Of all deliveries to an address the id and that of the digest or letter they are of."""
    columns = (deliveries.c.id, deliveries.c.digest_id, deliveries.c.letter_id)
    return [(row[0], row[1] or row[2]) for row in tx.execute(select(*columns).where(_to(address)))]


def ask_again(tx: Connection, line: LogLine, now: datetime) -> None:
    """Queues a delivery once more, unless it changed since it was read; it stays the same row."""
    values = {"state": "queued", "attempts": 0, "queued": now, "due": now, "sent": None, "lease": None}
    here = (deliveries.c.id == line.id) & (deliveries.c.state == line.state)
    tx.execute(update(deliveries).where(here).values(**values, detail="sent again"))


def _to(address: str) -> ColumnElement[bool]:
    return deliveries.c.address.in_({address, address.lower()})


def _query() -> Select[*tuple[object, ...]]:
    columns = (
        deliveries.c.id,
        digests.c.number,
        letters.c.kind.label("letter"),
        *(deliveries.c[name] for name in ("address", "state", "attempts", "queued", "due", "sent", "detail")),
        bounces.c.kind.label("came_back"),
        bounces.c.detail.label("told"),
    )
    found = select(*columns).outerjoin(digests, digests.c.id == deliveries.c.digest_id)
    found = found.outerjoin(letters, letters.c.id == deliveries.c.letter_id)
    return found.outerjoin(bounces, bounces.c.delivery_id == deliveries.c.id)


def _lines(tx: Connection, query: Select[*tuple[object, ...]]) -> list[LogLine]:
    """Each delivery once, also when it came back several times."""
    lines = (LogLine(**row) for row in tx.execute(query).mappings())
    return list({line.id: line for line in lines}.values())
