"""Signing in: accounts are made by one-time links, sessions by name and password.

invite → a link, good once and for a while        join → an account, or another password, and a session
sign in → a session                               sign out → the session is worth nothing any more
"""

from __future__ import annotations

import secrets
from datetime import timedelta
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Final
from uuid import UUID

from sqlalchemy import Connection

from digest.errors import RequestError
from digest.pipeline.desk import Desk
from digest.pipeline.passwords import hashed, is_right
from digest.store import accounts, attempts, sessions
from digest.store.accounts import Account, Invitation, Role
from digest.store.secret_key import secret_key

SESSION: Final = timedelta(days=14)
INVITATION: Final = timedelta(days=3)
LONGEST_NAME: Final = 64
_PER_ACCOUNT: Final = (10, timedelta(minutes=15))
_PER_NETWORK: Final = (30, timedelta(minutes=15))
_TOKEN_BYTES: Final = 32


def spelt(name: str) -> str:
    """A name as it is kept: capitals and blanks around it do not count."""
    return name.strip().casefold()


def first_owner(desk: Desk) -> str | None:
    """The token of a link that makes the owner's account; None when there are accounts.

    Earlier links for owners are worth nothing any more.
    """
    with desk.store.read() as tx:
        if accounts.any_account(tx):
            return None
    return invite_owner(desk)


def invite_owner(desk: Desk) -> str:
    """The token of a link that makes an owner's account; earlier ones are worth nothing any more."""
    with desk.store.write() as tx:
        accounts.drop_invitations(tx, desk.clock(), "owner")
        return _invite(desk, tx, "owner", None)


def invite(desk: Desk, role: Role) -> str:
    """The token of a link that makes an account."""
    with desk.store.write() as tx:
        accounts.drop_invitations(tx, desk.clock())
        return _invite(desk, tx, role, None)


def invite_anew(desk: Desk, account_id: UUID) -> str:
    """The token of a link by which the account gets another password.

    Raises:
        RequestError: `unknown`: there is no such account.
    """
    with desk.store.write() as tx:
        account = _known(tx, account_id)
        return _invite(desk, tx, account.role, account.id)


def _invite(desk: Desk, tx: Connection, role: Role, account_id: UUID | None) -> str:
    token = secrets.token_urlsafe(_TOKEN_BYTES)
    accounts.invite(tx, token, Invitation(role, account_id, desk.clock() + INVITATION))
    return token


def invited(desk: Desk, token: str) -> tuple[Invitation, str]:
    """What a link is good for, and the name of the account when there is one already; changes nothing.

    Raises:
        RequestError: `invitation`: it was used, replaced or is too old.
    """
    with desk.store.read() as tx:
        return _invited(desk, tx, token)


def _invited(desk: Desk, tx: Connection, token: str) -> tuple[Invitation, str]:
    found = accounts.invitation(tx, token, desk.clock())
    account = accounts.known(tx, found.account_id) if found and found.account_id else None
    if found is None or (found.account_id and account is None):
        raise RequestError("invitation", "this link was used or is too old; ask for another one")
    return found, account.name if account else ""


def join(desk: Desk, token: str, name: str, password: str, *, again: str) -> str:
    """Uses a link: makes the account, or changes its password, and signs in; the new session's token.

    Raises:
        RequestError: `invitation` as `invited`; `name` or `taken`; `password`; typed `again`, it was another.
            The link stays good.
    """
    found, fixed = invited(desk, token)
    name = fixed or spelt(name)
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise RequestError("name", f"a name has 1 to {LONGEST_NAME} characters")
    if password != again:
        raise RequestError("again", "the passwords differ")
    kept = hashed(password)
    with desk.store.write() as tx:
        found, _ = _invited(desk, tx, token)
        if found.account_id is None and accounts.named(tx, name):
            raise RequestError("taken", "there is an account of this name")
        accounts.use_invitation(tx, token)
        if found.account_id:
            accounts.set_password(tx, found.account_id, kept)
            return _begin(desk, tx, found.account_id)
        return _begin(desk, tx, accounts.add(tx, name, kept, found.role, desk.clock()).id)


def sign_in(desk: Desk, name: str, password: str, network: str) -> str:
    """The token of a new session.

    Whether there is an account of the name shows neither in the answer nor in how long it takes.

    Raises:
        RequestError: `often`: too many tries for this name or from this network; `wrong` name or password.
    """
    name = spelt(name)[:LONGEST_NAME]
    _limit(desk, name, network)
    with desk.store.read() as tx:
        account = accounts.named(tx, name)
    if not is_right(password, account.password if account else None) or account is None:
        raise RequestError("wrong", "the name or the password is wrong")
    with desk.store.write() as tx:
        attempts.forgive(tx, _bucket(desk, "account", name))
        return _begin(desk, tx, account.id)


def _begin(desk: Desk, tx: Connection, account_id: UUID) -> str:
    token, now = secrets.token_urlsafe(_TOKEN_BYTES), desk.clock()
    sessions.begin(tx, token, account_id, now, now + SESSION)
    return token


def _limit(desk: Desk, name: str, network: str) -> None:
    """Counted before the password is checked, so that tries at the same time count as well."""
    now, limits = desk.clock(), (("account", name, _PER_ACCOUNT), ("network", _near(network), _PER_NETWORK))
    with desk.store.write() as tx:
        good = [
            attempts.allow(tx, _bucket(desk, what, who), now, most=most, within=within)
            for what, who, (most, within) in limits
        ]
    if not all(good):
        raise RequestError("often", "too many tries; wait a quarter of an hour")


def _near(network: str) -> str:
    """A network address; of IPv6 the 64 bits that one household has to itself."""
    try:
        address = ip_address(network)
    except ValueError:
        return network
    return str(ip_network((address, 64), strict=False)) if isinstance(address, IPv6Address) else network


def _bucket(desk: Desk, what: str, who: str) -> str:
    return attempts.bucket_of(f"sign-in {what}", who, secret_key(desk.state))


def signed_in(desk: Desk, token: str) -> Account | None:
    """Whose session it is."""
    with desk.store.read() as tx:
        return sessions.account_of(tx, token, desk.clock())


def sign_out(desk: Desk, token: str, *, everywhere: bool = False) -> None:
    """Ends a session, or all of its account."""
    with desk.store.write() as tx:
        account = sessions.account_of(tx, token, desk.clock())
        if everywhere and account:
            sessions.end_all(tx, account.id)
        sessions.end(tx, token)


def change_role(desk: Desk, account_id: UUID, role: Role) -> None:
    """Makes an account an owner or editor.

    Raises:
        RequestError: `unknown`; `last_owner`: nobody would be left to invite others.
    """
    with desk.store.write() as tx:
        account = _known(tx, account_id)
        if role != "owner":
            _spare_last_owner(tx, account)
        accounts.set_role(tx, account_id, role)


def remove(desk: Desk, account_id: UUID) -> None:
    """Takes an account away and ends its sessions.

    Raises:
        RequestError: As `change_role`.
    """
    with desk.store.write() as tx:
        _spare_last_owner(tx, _known(tx, account_id))
        accounts.remove(tx, account_id)


def _known(tx: Connection, account_id: UUID) -> Account:
    account = accounts.known(tx, account_id)
    if account is None:
        raise RequestError("unknown", "there is no such account")
    return account


def _spare_last_owner(tx: Connection, account: Account) -> None:
    if account.role == "owner" and accounts.owners(tx) == 1:
        raise RequestError("last_owner", "there must be an owner; make somebody else one first")
