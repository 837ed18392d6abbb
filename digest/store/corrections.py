"""What editors corrected in articles by hand; it outlasts another reading of the page."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from digest.codec import article_from_json, article_to_json
from digest.model import ArchivedArticle, Article, Kind
from digest.store import search
from digest.store.archive import archived_of, archived_query
from digest.store.tables import articles, corrections


@dataclass(frozen=True, slots=True)
class Correction:
    """A headline or kind in place of the one read; None for what was right, both for an article that is.

    Attributes:
        original: The article as it was read last.
        editor: Who it was; empty when editing was open to anyone.
    """

    headline: str | None
    kind: Kind | None
    original: Article
    editor: str
    written: datetime

    def applied_to(self, read: Article) -> Article:
        """The article with what was corrected; somebody has looked at it, so nothing is doubtful any more."""
        kind, sure = self.kind or read.kind, replace(read, confidence=1.0)
        if self.headline is None:
            return replace(sure, kind=kind)
        return replace(sure, kind=kind, headline=self.headline, headline_source="printed")


def of_articles(tx: Connection, ids: Sequence[UUID]) -> dict[UUID, Correction]:
    """The corrections of these articles."""
    rows = tx.execute(select(corrections).where(corrections.c.article_id.in_(ids))).mappings()
    return {row["article_id"]: _correction(row) for row in rows}


def _correction(row: RowMapping) -> Correction:
    original = article_from_json(row["original"])
    return Correction(row["headline"], row["kind"], original, row["editor"], row["written"])


def own_content(tx: Connection, article_id: UUID) -> Article | None:
    """What stands on the article's own page, corrected as it is; None when it is not there any more."""
    here = (articles.c.id == article_id) & articles.c.withdrawn.is_(None)
    content = tx.execute(select(articles.c.content).where(here)).scalar()
    return article_from_json(content) if content else None


def save(tx: Connection, article_id: UUID, correction: Correction) -> None:
    """Keeps a correction in place of an earlier one."""
    values = {
        "headline": correction.headline,
        "kind": correction.kind,
        "original": article_to_json(correction.original),
        "editor": correction.editor,
        "written": correction.written,
    }
    tx.execute(delete(corrections).where(corrections.c.article_id == article_id))
    tx.execute(insert(corrections).values(article_id=article_id, **values))


def drop(tx: Connection, article_id: UUID) -> None:
    """Takes a correction back."""
    tx.execute(delete(corrections).where(corrections.c.article_id == article_id))


def note_reading(tx: Connection, article_id: UUID, read: Article) -> None:
    """The page was read again; this is what taking the correction back would lead to."""
    here = corrections.c.article_id == article_id
    tx.execute(update(corrections).where(here).values(original=article_to_json(read)))


def rewrite(tx: Connection, article_id: UUID, article: Article, updated: datetime | None) -> None:
    """Puts an article's content in place and asks for matching it again; `updated` None: nothing material."""
    values = {"kind": article.kind, "headline": article.headline, "content": article_to_json(article)}
    times = {"updated": updated} if updated else {}
    here = articles.c.id == article_id
    tx.execute(update(articles).where(here).values(**values, **times, unmatched=True))
    search.index_articles(tx, [article_id])


def doubtful(tx: Connection, since: datetime, below: float, limit: int) -> list[ArchivedArticle]:
    """Articles first seen since then whose extraction is not sure of itself, the least sure first."""
    confidence = articles.c.content["confidence"].as_float()
    query = archived_query().where(articles.c.first_seen >= since, confidence < below)
    return [archived_of(row) for row in tx.execute(query.order_by(confidence).limit(limit)).mappings()]
