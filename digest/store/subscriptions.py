"""Who receives digests of which profiles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid5

from sqlalchemy import Connection, insert, select, update

from digest.store.tables import subscriptions

_NAMESPACE = UUID("0b6e2c8e-9c1f-4d8a-8e07-0d5f1f6f3a51")


@dataclass(frozen=True, slots=True)
class Subscription:
    """An address and what it receives; no profile names means all of them."""

    address: str
    profiles: tuple[str, ...]
    language: str
    created: datetime


def active(tx: Connection) -> list[Subscription]:
    """The subscriptions in force, by address."""
    query = select(subscriptions).where(subscriptions.c.state == "active").order_by(subscriptions.c.address)
    return [
        Subscription(row.address, tuple(row.profiles), row.language, row.created) for row in tx.execute(query)
    ]


def replace_configured(tx: Connection, wanted: Sequence[Subscription]) -> None:
    """Makes `wanted` the subscriptions of the configuration; who ended theirs stays unsubscribed."""
    for subscription in wanted:
        _save(tx, subscription)
    gone = subscriptions.c.address.not_in([subscription.address for subscription in wanted])
    end = update(subscriptions).where(gone, subscriptions.c.state == "active")
    tx.execute(end.values(state="ended", ended_by="configuration"))


def _save(tx: Connection, wanted: Subscription) -> None:
    here = subscriptions.c.address == wanted.address
    values = {"profiles": list(wanted.profiles), "language": wanted.language}
    if tx.execute(update(subscriptions).where(here).values(**values)).rowcount == 0:
        key = {"id": uuid5(_NAMESPACE, wanted.address), "address": wanted.address}
        tx.execute(insert(subscriptions).values(**key, **values, state="active", created=wanted.created))
    back = update(subscriptions).where(here, subscriptions.c.ended_by == "configuration")
    tx.execute(back.values(state="active", ended_by=None, created=wanted.created))


def end(tx: Connection, address: str) -> bool:
    """Ends a reader's subscription for good; False when there was none in force."""
    here = (subscriptions.c.address == address) & (subscriptions.c.state == "active")
    return tx.execute(update(subscriptions).where(here).values(state="ended", ended_by="reader")).rowcount > 0
