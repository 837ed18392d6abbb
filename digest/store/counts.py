"""Counts over articles by day, of which the background is the sum; it never knows what they mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from digest.store.tables import articles, counted_articles, counted_subjects, day_counts

_T = TypeVar("_T")

Name = tuple[str, str]
"""What is counted: a subject and a detail of it."""
_CHUNK = 300
"""SQLite takes a limited number of parameters in a statement."""


@dataclass(frozen=True, slots=True)
class Counted:
    """What an article adds to its day."""

    day: date
    counts: Mapping[Name, int]


def subjects(tx: Connection) -> set[str]:
    """What is counted on all days there are."""
    return set(tx.execute(select(counted_subjects.c.subject)).scalars())


def add_subjects(tx: Connection, new: Iterable[str]) -> None:
    """Notes that these are counted on all days, too."""
    rows = [{"subject": subject} for subject in new]
    if rows:
        tx.execute(insert(counted_subjects), rows)


def drop_subjects(tx: Connection, gone: Iterable[str]) -> None:
    """Forgets the counts of subjects nobody asks for any more."""
    for chunk in _chunks(list(gone)):
        tx.execute(delete(counted_subjects).where(counted_subjects.c.subject.in_(chunk)))
        tx.execute(delete(day_counts).where(day_counts.c.subject.in_(chunk)))


def totals(tx: Connection, since: date) -> Counter[Name]:
    """The sums over the days from `since` on."""
    summed = func.sum(day_counts.c.count)
    query = select(day_counts.c.subject, day_counts.c.detail, summed).where(day_counts.c.day >= since)
    rows = tx.execute(query.group_by(day_counts.c.subject, day_counts.c.detail))
    return Counter({(subject, detail): count for subject, detail, count in rows if count})


def counted(tx: Connection, ids: Sequence[UUID]) -> dict[UUID, Counted]:
    """What these articles are counted for; those that are not are left out."""
    found: dict[UUID, Counted] = {}
    for chunk in _chunks(ids):
        rows = tx.execute(_NOW.where(counted_articles.c.article_id.in_(chunk)))
        found |= {row.article_id: Counted(row.day, _counts(row.counts)) for row in rows}
    return found


_NOW = select(counted_articles).where(counted_articles.c.left.is_(False))


def left(tx: Connection) -> list[UUID]:
    """Articles that were counted and are withdrawn, or a part of another, by now."""
    gone = articles.c.withdrawn.is_not(None) | articles.c.joined_into.is_not(None)
    return list(tx.execute(_COUNTED.where(counted_articles.c.left.is_(False), gone)).scalars())


def returned(tx: Connection) -> list[UUID]:
    """Articles that left and are in force again."""
    back = articles.c.withdrawn.is_(None) & articles.c.joined_into.is_(None) & (articles.c.kind != "note")
    return list(tx.execute(_COUNTED.where(counted_articles.c.left, back)).scalars())


_COUNTED = select(counted_articles.c.article_id).join(
    articles, articles.c.id == counted_articles.c.article_id
)


def save_counted(tx: Connection, rows: Mapping[UUID, Counted]) -> None:
    """Writes what articles are counted for now, in place of what they were; their days are not changed."""
    for chunk in _chunks(list(rows)):
        tx.execute(delete(counted_articles).where(counted_articles.c.article_id.in_(chunk)))
    values: list[dict[str, Any]] = [
        {
            "article_id": article_id,
            "day": each.day,
            "counts": [[*name, count] for name, count in each.counts.items()],
            "left": False,
        }
        for article_id, each in rows.items()
    ]
    if values:
        tx.execute(insert(counted_articles), values)


def mark_left(tx: Connection, ids: Sequence[UUID]) -> None:
    """Notes that these articles are not in the counts of their days any more."""
    for chunk in _chunks(ids):
        tx.execute(update(counted_articles).where(counted_articles.c.article_id.in_(chunk)).values(left=True))


def change_days(tx: Connection, changes: Mapping[date, Mapping[Name, int]]) -> None:
    """Adds to the counts of days."""
    for day, each in changes.items():
        known = _names_of(tx, day)
        rows = [{"on": day, "of": name[0], "at": name[1], "more": n} for name, n in each.items() if n]
        old = [row for row in rows if (row["of"], row["at"]) in known]
        new = [row for row in rows if (row["of"], row["at"]) not in known]
        if old:
            tx.execute(_ADD, old)
        if new:
            tx.execute(_NEW, new)


_ADD = (
    update(day_counts)
    .where(
        day_counts.c.day == bindparam("on"),
        day_counts.c.subject == bindparam("of"),
        day_counts.c.detail == bindparam("at"),
    )
    .values(count=day_counts.c.count + bindparam("more"))
)
_NEW = insert(day_counts).values(
    day=bindparam("on"), subject=bindparam("of"), detail=bindparam("at"), count=bindparam("more")
)


def _names_of(tx: Connection, day: date) -> set[Name]:
    rows = tx.execute(select(day_counts.c.subject, day_counts.c.detail).where(day_counts.c.day == day))
    return {(subject, detail) for subject, detail in rows}


def forget_before(tx: Connection, day: date) -> None:
    """Drops the counts of the days before."""
    tx.execute(delete(day_counts).where(day_counts.c.day < day))
    tx.execute(delete(counted_articles).where(counted_articles.c.day < day))


def _counts(stored: Iterable[tuple[str, str, int]]) -> dict[Name, int]:
    return {(subject, detail): count for subject, detail, count in stored}


def _chunks(items: Sequence[_T]) -> Iterable[Sequence[_T]]:
    return (items[start : start + _CHUNK] for start in range(0, len(items), _CHUNK))
