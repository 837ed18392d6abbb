"""Who may edit: accounts with their roles, and the invitations by which they are made."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID, uuid4

from sqlalchemy import Connection, delete, func, insert, or_, select, update

from digest.store.tables import accounts, invitations, sessions

Role = Literal["owner", "editor"]


@dataclass(frozen=True, slots=True)
class Account:
    """Somebody who may sign in; `name` is in small letters, `password` a hash."""

    id: UUID
    name: str
    password: str
    role: Role
    created: datetime


@dataclass(frozen=True, slots=True)
class Invitation:
    """What a link is good for: a new account, or for `account_id` a new password."""

    role: Role
    account_id: UUID | None
    expires: datetime


def key_of(token: str) -> str:
    """Under what a token is kept; the token cannot be read from it. Long and random, it needs no salt."""
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()


def listed(tx: Connection) -> list[Account]:
    """All accounts, by name."""
    rows = tx.execute(select(accounts).order_by(accounts.c.name)).mappings()
    return [Account(**row) for row in rows]


def any_account(tx: Connection) -> bool:
    """Whether anybody has an account."""
    return tx.execute(select(accounts.c.id).limit(1)).first() is not None


def named(tx: Connection, name: str) -> Account | None:
    """The account of that name, written in small letters."""
    row = tx.execute(select(accounts).where(accounts.c.name == name)).mappings().first()
    return Account(**row) if row else None


def known(tx: Connection, account_id: UUID) -> Account | None:
    """An account."""
    row = tx.execute(select(accounts).where(accounts.c.id == account_id)).mappings().first()
    return Account(**row) if row else None


def add(tx: Connection, name: str, password: str, role: Role, now: datetime) -> Account:
    """A new account; the name must be free."""
    account = Account(uuid4(), name, password, role, now)
    tx.execute(insert(accounts).values(id=account.id, name=name, password=password, role=role, created=now))
    return account


def set_password(tx: Connection, account_id: UUID, password: str) -> None:
    """Gives an account another password and ends all its sessions."""
    tx.execute(update(accounts).where(accounts.c.id == account_id).values(password=password))
    tx.execute(delete(sessions).where(sessions.c.account_id == account_id))


def set_role(tx: Connection, account_id: UUID, role: Role) -> None:
    """Makes an account an owner or editor."""
    tx.execute(update(accounts).where(accounts.c.id == account_id).values(role=role))


def remove(tx: Connection, account_id: UUID) -> None:
    """Takes an account away with its sessions and links."""
    tx.execute(delete(sessions).where(sessions.c.account_id == account_id))
    tx.execute(delete(invitations).where(invitations.c.account_id == account_id))
    tx.execute(delete(accounts).where(accounts.c.id == account_id))


def owners(tx: Connection) -> int:
    """How many owners there are."""
    return tx.execute(select(func.count()).where(accounts.c.role == "owner")).scalar_one()


def invite(tx: Connection, token: str, invitation: Invitation) -> None:
    """Keeps an invitation under its token."""
    values = {"role": invitation.role, "account_id": invitation.account_id, "expires": invitation.expires}
    tx.execute(insert(invitations).values(key=key_of(token), **values))


def invitation(tx: Connection, token: str, now: datetime) -> Invitation | None:
    """What a token is good for; None when it was used, replaced or is too old."""
    here = (invitations.c.key == key_of(token)) & (invitations.c.expires > now)
    row = tx.execute(select(invitations).where(here)).mappings().first()
    return Invitation(row["role"], row["account_id"], row["expires"]) if row else None


def use_invitation(tx: Connection, token: str) -> bool:
    """Takes an invitation; False when somebody else did."""
    return tx.execute(delete(invitations).where(invitations.c.key == key_of(token))).rowcount > 0


def drop_invitations(tx: Connection, now: datetime, role: Role | None = None) -> None:
    """Forgets those that expired, and all new accounts of a role."""
    old = invitations.c.expires <= now
    of_role = (invitations.c.role == role) & invitations.c.account_id.is_(None)
    tx.execute(delete(invitations).where(or_(old, of_role) if role else old))
