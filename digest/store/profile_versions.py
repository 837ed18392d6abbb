"""Profiles written on the web: every version is kept, the newest is in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, func, insert, select

from digest.model import Profile
from digest.store.tables import profile_versions

_FIELDS = ("name", "title", "threshold", "public", "language")


@dataclass(frozen=True, slots=True)
class Version:
    """A profile as somebody wrote it, its includes not put in.

    Attributes:
        number: From 1.
        retired: It takes the profile out of use.
        editor: Who wrote it; empty when editing was open to anyone.
    """

    profile: Profile
    number: int
    retired: bool
    editor: str
    written: datetime


def in_force(tx: Connection) -> list[Version]:
    """The newest version of each profile, retired ones too, by name."""
    newest = (
        select(profile_versions.c.profile_id, func.max(profile_versions.c.number).label("number"))
        .group_by(profile_versions.c.profile_id)
        .subquery()
    )
    same = (profile_versions.c.profile_id == newest.c.profile_id) & (
        profile_versions.c.number == newest.c.number
    )
    query = select(profile_versions).join(newest, same).order_by(profile_versions.c.name)
    return [_version(row) for row in tx.execute(query).mappings()]


def history(tx: Connection, name: str) -> list[Version]:
    """All versions of a profile, newest first."""
    query = select(profile_versions).where(profile_versions.c.name == name)
    rows = tx.execute(query.order_by(profile_versions.c.number.desc())).mappings()
    return [_version(row) for row in rows]


def save(tx: Connection, profile: Profile, editor: str, now: datetime, *, retired: bool = False) -> None:
    """Puts a version in force; nothing is kept when it is the one in force already."""
    before = next(iter(history(tx, profile.name)), None)
    if before and (before.profile, before.retired) == (profile, retired):
        return
    values: dict[str, Any] = {name: getattr(profile, name) for name in _FIELDS}
    values |= {"keywords": list(profile.keywords), "retired": retired, "editor": editor, "written": now}
    number = before.number + 1 if before else 1
    tx.execute(insert(profile_versions).values(profile_id=profile.id, number=number, **values))


def _version(row: RowMapping) -> Version:
    values = {name: row[name] for name in _FIELDS}
    profile = Profile(id=row["profile_id"], keywords=tuple(row["keywords"]), **values)
    return Version(profile, row["number"], row["retired"], row["editor"], row["written"])
