"""Letters: mail to one reader that is no digest, such as the question whether they asked for it."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select

from digest.store.deliveries import delivery_id
from digest.store.tables import deliveries, letters

Kind = Literal["confirm", "welcome", "notice"]


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as it was written; in `html` and `text`, `links` stands where the recipient's links go."""

    id: UUID
    kind: Kind
    subject: str
    html: str
    text: str
    links: str
    sender: dict[str, str]
    language: str
    timezone: str
    created: datetime


def post(tx: Connection, letter: Letter, address: str, subscription_id: UUID | None) -> None:
    """Writes a letter and queues its delivery."""
    tx.execute(insert(letters).values(**asdict(letter)))
    values: dict[str, Any] = {
        "id": delivery_id(letter.id, address),
        "letter_id": letter.id,
        "subscription_id": subscription_id,
        "plain": False,
        "address": address,
        "state": "queued",
        "attempts": 0,
        "queued": letter.created,
        "due": letter.created,
        "detail": "",
    }
    tx.execute(insert(deliveries).values(**values))


def letter(tx: Connection, letter_id: UUID) -> Letter | None:
    """A letter by its id."""
    row = tx.execute(select(letters).where(letters.c.id == letter_id)).mappings().first()
    return Letter(**row) if row else None


def burn(tx: Connection, address: str) -> None:
    """Forgets all letters to an address with their deliveries."""
    here = deliveries.c.address.in_({address, address.lower()}) & deliveries.c.letter_id.is_not(None)
    ids = list(tx.execute(select(deliveries.c.letter_id).where(here)).scalars())
    tx.execute(delete(deliveries).where(here))
    tx.execute(delete(letters).where(letters.c.id.in_(ids)))
