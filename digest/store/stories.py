"""Stories that go on for days: which article refers back to the first; it never finds them itself."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, delete, insert, select

from digest.model import ArchivedArticle
from digest.store.archive import IN_FORCE, archived_of, archived_query
from digest.store.tables import articles, clips, follow_ups

_CHUNK = 500
"""SQLite takes a limited number of parameters in a statement."""


def earlier(tx: Connection, ids: Sequence[UUID]) -> dict[UUID, ArchivedArticle]:
    """The first article of the story each of `ids` goes on with; articles that begin one are left out."""
    found: dict[UUID, ArchivedArticle] = {}
    for start in range(0, len(ids), _CHUNK):
        query = archived_query().add_columns(follow_ups.c.article_id.label("follower"))
        query = query.join(follow_ups, follow_ups.c.first_id == articles.c.id)
        rows = tx.execute(query.where(follow_ups.c.article_id.in_(ids[start : start + _CHUNK]))).mappings()
        found |= {row["follower"]: archived_of(row) for row in rows}
    return found


def later(tx: Connection, first_id: UUID) -> tuple[ArchivedArticle, ...]:
    """The articles that go on with the story this one began, oldest first."""
    query = archived_query().join(follow_ups, follow_ups.c.article_id == articles.c.id)
    query = query.where(follow_ups.c.first_id == first_id).order_by(articles.c.first_seen)
    return tuple(archived_of(row) for row in tx.execute(query).mappings())


def clipped_since(tx: Connection, since: datetime) -> list[UUID]:
    """Of the articles `standing_since` gives those that are a clip of any profile."""
    clipped = select(clips.c.article_id).where(clips.c.article_id == articles.c.id).exists()
    return list(tx.execute(_standing(since).where(clipped)).scalars())


def standing_since(tx: Connection, since: datetime) -> list[UUID]:
    """Articles first seen at `since` or later that were matched and are no reprint, oldest first."""
    return list(tx.execute(_standing(since)).scalars())


def _standing(since: datetime) -> Select[Any]:
    stands = articles.c.reprint_of.is_(None) & articles.c.unmatched.is_(False)
    query = select(articles.c.id).where(articles.c.first_seen >= since, stands, IN_FORCE)
    return query.order_by(articles.c.first_seen)


def represented(tx: Connection, ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """Which article stands for those of these articles that are reprints."""
    found: dict[UUID, UUID] = {}
    for start in range(0, len(ids), _CHUNK):
        query = select(articles.c.id, articles.c.reprint_of).where(articles.c.reprint_of.is_not(None))
        rows = tx.execute(query.where(articles.c.id.in_(ids[start : start + _CHUNK])))
        found |= {row.id: row.reprint_of for row in rows}
    return found


def links_of(tx: Connection, ids: Sequence[UUID]) -> dict[UUID, UUID]:
    """The first article of the story, by those of these articles that go on with one."""
    found: dict[UUID, UUID] = {}
    for start in range(0, len(ids), _CHUNK):
        query = select(follow_ups).where(follow_ups.c.article_id.in_(ids[start : start + _CHUNK]))
        found |= {row.article_id: row.first_id for row in tx.execute(query)}
    return found


def set_links(tx: Connection, links: Mapping[UUID, UUID | None]) -> None:
    """Records for each article the first of its story, or None when it begins one or stands alone."""
    ids = list(links)
    for start in range(0, len(ids), _CHUNK):
        chunk = ids[start : start + _CHUNK]
        tx.execute(delete(follow_ups).where(follow_ups.c.article_id.in_(chunk)))
    rows = [{"article_id": article, "first_id": first} for article, first in links.items() if first]
    if rows:
        tx.execute(insert(follow_ups), rows)
