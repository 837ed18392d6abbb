"""Sign-ins that are in force; a browser's cookie is worth nothing without its row here."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, delete, insert, select

from digest.store.accounts import Account, key_of
from digest.store.tables import accounts, sessions


def begin(tx: Connection, token: str, account_id: UUID, now: datetime, expires: datetime) -> None:
    """A new session; those that expired are forgotten."""
    tx.execute(delete(sessions).where(sessions.c.expires <= now))
    tx.execute(
        insert(sessions).values(key=key_of(token), account_id=account_id, created=now, expires=expires)
    )


def account_of(tx: Connection, token: str, now: datetime) -> Account | None:
    """Whose session it is; None when it ended, expired or never was."""
    here = (sessions.c.key == key_of(token)) & (sessions.c.expires > now)
    query = select(accounts).join(sessions, sessions.c.account_id == accounts.c.id).where(here)
    row = tx.execute(query).mappings().first()
    return Account(**row) if row else None


def end(tx: Connection, token: str) -> None:
    """Ends one session."""
    tx.execute(delete(sessions).where(sessions.c.key == key_of(token)))


def end_all(tx: Connection, account_id: UUID) -> None:
    """Ends every session of an account."""
    tx.execute(delete(sessions).where(sessions.c.account_id == account_id))
