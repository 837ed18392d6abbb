"""Profiles as they are in force, with what the archive was last matched with."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import Connection, RowMapping, insert, select, update

from digest.model import Profile
from digest.store.tables import profiles

Standing = Literal["public", "private", "gone"]
"""Of a profile's name: everybody may see it, or not, or could once."""

_IN_USE = profiles.c.retired.is_(None)


def list_profiles(tx: Connection) -> list[Profile]:
    """The profiles in use, in the order of the configuration."""
    query = select(profiles).where(_IN_USE).order_by(profiles.c.position, profiles.c.name)
    return [_profile(row) for row in tx.execute(query).mappings()]


def profile_named(tx: Connection, name: str) -> Profile | None:
    """The profile in use with this name."""
    row = tx.execute(select(profiles).where(profiles.c.name == name, _IN_USE)).mappings().first()
    return _profile(row) if row else None


def _profile(row: RowMapping) -> Profile:
    names = ("id", "name", "title", "threshold", "public", "language")
    return Profile(**{name: row[name] for name in names}, keywords=tuple(row["keywords"]))


def created(tx: Connection, profile_id: UUID) -> datetime:
    """When the profile came to be."""
    return tx.execute(select(profiles.c.created).where(profiles.c.id == profile_id)).scalar_one()


def standings(tx: Connection) -> dict[str, Standing]:
    """Of each name that is a profile's, or was a public one's."""
    rows = tx.execute(select(profiles.c.name, profiles.c.public, profiles.c.retired))
    known: dict[str, Standing] = {}
    for name, public, retired in rows:
        if public or retired is None:
            known[name] = "gone" if retired else "public" if public else "private"
    return known


def retired_in_public(tx: Connection, name: str) -> bool:
    """Whether a profile of this name was there for everybody once and is no more."""
    return standings(tx).get(name) == "gone"


def replace_profiles(tx: Connection, wanted: Sequence[Profile], now: datetime) -> None:
    """Makes `wanted` the profiles in use; those no longer wanted are retired, never deleted.

    One that comes back is matched with the archive anew: articles came while it was out.
    """
    for position, profile in enumerate(wanted):
        _save(tx, profile, position, now)
    gone = profiles.c.id.not_in([profile.id for profile in wanted])
    tx.execute(update(profiles).where(_IN_USE, gone).values(retired=now, applied=None))


def _save(tx: Connection, profile: Profile, position: int, now: datetime) -> None:
    names = ("name", "title", "threshold", "public", "language")
    values: dict[str, Any] = {name: getattr(profile, name) for name in names}
    values |= {"keywords": list(profile.keywords), "position": position, "retired": None}
    if tx.execute(update(profiles).where(profiles.c.id == profile.id).values(**values)).rowcount == 0:
        tx.execute(insert(profiles).values(id=profile.id, created=now, **values))


def applied(tx: Connection) -> dict[UUID, str | None]:
    """What the archive was last matched with, by profile in use."""
    rows = tx.execute(select(profiles.c.id, profiles.c.applied).where(_IN_USE))
    return {row.id: row.applied for row in rows}


def mark_applied(tx: Connection, keys: Iterable[tuple[UUID, str]]) -> None:
    """Notes for each profile what the archive is now matched with."""
    for profile_id, key in keys:
        tx.execute(update(profiles).where(profiles.c.id == profile_id).values(applied=key))
