"""What the operator is told of, each fact once; and the times from which it is seen."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, func, insert, select

from digest.store.tables import Instant, alarms, clips, digests, profiles


def tell(tx: Connection, fact: str, now: datetime) -> bool:
    """Writes a fact down; False when the operator was told before."""
    if tx.execute(select(alarms.c.at).where(alarms.c.fact == fact)).first():
        return False
    tx.execute(insert(alarms).values(fact=fact, at=now))
    return True


def slots_composed(
    tx: Connection, since: datetime, before: datetime
) -> list[tuple[str, datetime, datetime, datetime | None]]:
    """Of what was composed or skipped after `since` the edition, the slot, when it was done, the former slot.

    Slots of before `before` are not looked at.
    """
    done = func.min(digests.c.created).label("done")
    slots = select(digests.c.edition, digests.c.slot, done).where(
        digests.c.slot > before, digests.c.kind.is_(None)
    )
    one = slots.group_by(digests.c.edition, digests.c.slot).subquery()
    former = (
        func.lag(one.c.slot, type_=Instant)
        .over(partition_by=one.c.edition, order_by=one.c.slot)
        .label("former")
    )
    rows = select(one.c.edition, one.c.slot, one.c.done, former).subquery()
    query = select(rows).where(rows.c.done > since).order_by(rows.c.slot)
    return [(row[0], row[1], row[2], row[3]) for row in tx.execute(query)]


def newest_clips(tx: Connection) -> list[tuple[UUID, str, datetime]]:
    """Of each profile in use the title and when its newest clip was matched, or it came to be without any."""
    newest = select(clips.c.profile_id, func.max(clips.c.matched).label("newest")).group_by(
        clips.c.profile_id
    )
    found = newest.subquery()
    query = select(profiles.c.id, profiles.c.title, func.coalesce(found.c.newest, profiles.c.created))
    query = query.outerjoin(found, found.c.profile_id == profiles.c.id).where(profiles.c.retired.is_(None))
    return [(row[0], row[1], row[2]) for row in tx.execute(query.order_by(profiles.c.position))]
