"""Spares an address from now on: it is suppressed and its subscriptions end, in one transaction."""

from __future__ import annotations

from typing import Literal

from sqlalchemy import Connection

from digest.pipeline.desk import Desk
from digest.store import subscriptions, suppressions
from digest.store.secret_key import secret_key

Why = Literal["bounce", "complaint", "operator"]


def spare(desk: Desk, tx: Connection, address: str, why: Why, detail: str) -> None:
    """Mails an address no more; `detail` is for the operator and names nobody."""
    key = suppressions.key_of(address, secret_key(desk.state))
    suppressions.suppress(tx, key, suppressions.Suppression(why, detail, desk.clock()))
    for subscription in subscriptions.of_address(tx, address):
        subscriptions.end(tx, subscription.id, why)
