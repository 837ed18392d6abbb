"""The tokens that open the feeds of private profiles; of a token only a hash is known."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import Connection, delete, insert, select, update

from digest.store.tables import feed_tokens, profiles


@dataclass(frozen=True, slots=True)
class FeedToken:
    """A token as it is listed: whose it is, and when it was last used, to the hour; None: not yet."""

    id: UUID
    name: str
    created: datetime
    used: datetime | None


@dataclass(frozen=True, slots=True)
class Opened:
    """What a token opens: the feeds of a profile by its name, unless that was retired."""

    token: FeedToken
    profile: str
    retired: bool


_COLUMNS = (feed_tokens.c.id, feed_tokens.c.name, feed_tokens.c.created, feed_tokens.c.used)


def add(tx: Connection, profile_id: UUID, name: str, hashed: str, now: datetime) -> None:
    """Makes a token known; name and hash are not in use."""
    values = {"id": uuid4(), "profile_id": profile_id, "name": name, "hash": hashed, "created": now}
    tx.execute(insert(feed_tokens).values(**values))


def of_profile(tx: Connection, profile_id: UUID) -> list[FeedToken]:
    """The profile's tokens, oldest first."""
    query = select(*_COLUMNS).where(feed_tokens.c.profile_id == profile_id)
    order = (feed_tokens.c.created, feed_tokens.c.name)
    return [FeedToken(*row) for row in tx.execute(query.order_by(*order))]


def profiles_with(tx: Connection) -> frozenset[UUID]:
    """The profiles that have a token."""
    return frozenset(tx.execute(select(feed_tokens.c.profile_id).distinct()).scalars())


def opened_by(tx: Connection, hashed: str) -> Opened | None:
    """What the token of this hash opens; one look-up."""
    query = select(*_COLUMNS, feed_tokens.c.hash, profiles.c.name.label("profile"), profiles.c.retired)
    joined = query.join(profiles, profiles.c.id == feed_tokens.c.profile_id)
    row = tx.execute(joined.where(feed_tokens.c.hash == hashed)).first()
    if row is None or not hmac.compare_digest(row.hash, hashed):
        return None
    return Opened(FeedToken(row.id, row.name, row.created, row.used), row.profile, row.retired is not None)


def mark_used(tx: Connection, token_id: UUID, now: datetime) -> None:
    """Notes that it was used."""
    tx.execute(update(feed_tokens).where(feed_tokens.c.id == token_id).values(used=now))


def revoke(tx: Connection, profile_id: UUID, name: str) -> bool:
    """Forgets a token; False when there is none of this name."""
    here = (feed_tokens.c.profile_id == profile_id, feed_tokens.c.name == name)
    return tx.execute(delete(feed_tokens).where(*here)).rowcount > 0
