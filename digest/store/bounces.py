"""Mail that came back or was reported, one row for each mail that told it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import Connection, func, insert, select

from digest.store.tables import bounces

Kind = Literal["hard", "soft", "complaint"]


@dataclass(frozen=True, slots=True)
class Bounce:
    """That a delivery came back or was reported.

    Attributes:
        message: Hash of the mail that told it.
        key: HMAC of the delivery's address, as suppressions have it.
        detail: What the other side said, without addresses.
        at: When it was read.
    """

    message: str
    delivery_id: UUID
    key: str
    kind: Kind
    detail: str
    at: datetime


def record(tx: Connection, bounce: Bounce) -> bool:
    """Writes it down; False when the same mail was read before."""
    if tx.execute(select(bounces.c.at).where(bounces.c.message == bounce.message)).first():
        return False
    tx.execute(insert(bounces).values(**asdict(bounce)))
    return True


def soft_since(tx: Connection, key: str, since: datetime) -> int:
    """How many deliveries to an address came back softly after that instant."""
    here = (bounces.c.key == key) & (bounces.c.kind == "soft") & (bounces.c.at > since)
    return tx.execute(select(func.count(bounces.c.delivery_id.distinct())).where(here)).scalar() or 0


def tally(tx: Connection) -> dict[str, int]:
    """How many mails of each kind have come back."""
    query = select(bounces.c.kind, func.count()).group_by(bounces.c.kind)
    return {row[0]: row[1] for row in tx.execute(query)}
