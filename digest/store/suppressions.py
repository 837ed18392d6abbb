"""Addresses that must not be mailed, kept as an HMAC: who was erased is still spared."""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from sqlalchemy import Connection, bindparam, delete, func, insert, select

from digest.store.tables import suppressions

Reason = Literal["bounce", "complaint", "erased", "operator"]
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Suppression:
    """Why an address is not mailed; the address itself is not kept."""

    reason: Reason
    detail: str
    created: datetime


def key_of(address: str, secret: bytes) -> str:
    """What stands for an address; its letters' case makes no difference.

    >>> key_of("Lin@b.example", b"secret") == key_of("lin@B.example ", b"secret")
    True
    """
    return hmac.digest(secret, b"suppression:" + address.strip().lower().encode(), "sha256").hex()


def suppress(tx: Connection, key: str, suppression: Suppression) -> None:
    """Spares an address from now on; the first reason stays."""
    if of_key(tx, key) is None:
        values = {"reason": suppression.reason, "detail": suppression.detail, "created": suppression.created}
        tx.execute(insert(suppressions).values(key=key, **values))


def of_key(tx: Connection, key: str) -> Suppression | None:
    """Why an address is not mailed; None when it may be."""
    row = tx.execute(select(suppressions).where(suppressions.c.key == key)).first()
    return Suppression(row.reason, row.detail, row.created) if row else None


def among(tx: Connection, keys: Iterable[str]) -> frozenset[str]:
    """Those of the keys whose addresses are not mailed."""
    wanted, found = list(keys), set[str]()
    for start in range(0, len(wanted), _AT_ONCE):
        here = suppressions.c.key.in_(bindparam("keys", expanding=True))
        query = select(suppressions.c.key).where(here)
        found.update(tx.execute(query, {"keys": wanted[start : start + _AT_ONCE]}).scalars())
    return frozenset(found)


def lift(tx: Connection, key: str) -> bool:
    """Mails an address again; False when nothing stood against it."""
    return tx.execute(delete(suppressions).where(suppressions.c.key == key)).rowcount > 0


def how_many(tx: Connection) -> dict[str, int]:
    """How many addresses are not mailed, by reason."""
    query = select(suppressions.c.reason, func.count()).group_by(suppressions.c.reason)
    return {row[0]: row[1] for row in tx.execute(query)}
