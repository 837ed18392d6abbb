"""Parts of articles that jump between pages, and what they were joined into."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, RowMapping, delete, select, update

from digest.codec import article_from_json, article_to_json
from digest.extract.joining import Half
from digest.model import Article
from digest.store import search
from digest.store.archive import folio_of
from digest.store.tables import articles, clips, pages


@dataclass(frozen=True, slots=True)
class StoredHalf:
    """A part as extracted, and how it stands now.

    Attributes:
        joined: What both parts make; None when it stands alone or was joined into another.
        joined_into: The article it is a part of now.
        unseen: It came in this pass and was in no feed yet: joining it is no correction.
    """

    half: Half
    first_seen: datetime
    joined: Article | None
    joined_into: UUID | None
    unseen: bool


def issues_to_join(tx: Connection) -> list[tuple[str, date]]:
    """Paper and date of the pages with new or changed articles."""
    query = select(pages.c.paper, pages.c.date).join(articles, articles.c.page_id == pages.c.id)
    known = (pages.c.paper.is_not(None), pages.c.date.is_not(None))
    rows = tx.execute(query.where(articles.c.unmatched, *known).distinct())
    return sorted((row.paper, row.date) for row in rows)


def halves(tx: Connection, paper: str, day: date) -> list[StoredHalf]:
    """The articles of one paper and date that jump, or were joined, oldest first."""
    columns = (pages.c.paper, pages.c.date, pages.c.number, pages.c.label)
    query = (
        select(articles, *columns)
        .join(pages, pages.c.id == articles.c.page_id)
        .where(pages.c.paper == paper, pages.c.date == day, articles.c.withdrawn.is_(None))
        .order_by(articles.c.first_seen)
    )
    found = map(_stored_half, tx.execute(query).mappings())
    return [stored for stored in found if _jumps(stored)]


def _stored_half(row: RowMapping) -> StoredHalf:
    half = Half(row["id"], folio_of(row), article_from_json(row["content"]))
    joined = article_from_json(row["joined"]) if row["joined"] else None
    unseen = row["unmatched"] and row["updated"] == row["first_seen"]
    return StoredHalf(half, row["first_seen"], joined, row["joined_into"], unseen)


def _jumps(stored: StoredHalf) -> bool:
    article = stored.half.article
    numbers = (article.continues_on, article.continued_from, stored.joined, stored.joined_into)
    return any(value is not None for value in numbers)


def set_joined(tx: Connection, article_id: UUID, joined: Article | None, updated: datetime | None) -> None:
    """Makes the article stand for both parts, or for itself again with None.

    `updated` is the instant of a material change, which asks for matching; None leaves both as they are.
    """
    values: dict[str, Any] = {"joined": article_to_json(joined) if joined else None, "joined_into": None}
    if updated:
        values |= {"updated": updated, "unmatched": True}
    tx.execute(update(articles).where(articles.c.id == article_id).values(**values))
    search.index_articles(tx, [article_id])


def absorb(tx: Connection, article_id: UUID, into: UUID) -> None:
    """Makes the article a part of another; on its own it is in no feed or digest any more."""
    tx.execute(delete(clips).where(clips.c.article_id == article_id))
    change = update(articles).where(articles.c.id == article_id)
    tx.execute(change.values(joined=None, joined_into=into, unmatched=False))
    search.index_articles(tx, [article_id])
