"""What readers said of a profile's articles, kept or not; it changes no profile."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, delete, insert

from digest.model import ArchivedArticle
from digest.store.archive import archived_of, archived_query
from digest.store.tables import articles, verdicts


def give(tx: Connection, profile_id: UUID, article_id: UUID, *, kept: bool, now: datetime) -> None:
    """Records that a reader found the article right for the profile or not; the last word counts."""
    take_back(tx, profile_id, article_id)
    row = {"profile_id": profile_id, "article_id": article_id, "kept": kept, "given": now}
    tx.execute(insert(verdicts).values(row))


def take_back(tx: Connection, profile_id: UUID, article_id: UUID) -> None:
    """Forgets what was said of the article; nothing happens when nothing was."""
    said = (verdicts.c.profile_id == profile_id) & (verdicts.c.article_id == article_id)
    tx.execute(delete(verdicts).where(said))


def given(tx: Connection, profile_id: UUID) -> Mapping[bool, tuple[ArchivedArticle, ...]]:
    """The articles that readers kept (True) and those they did not (False), the last said first."""
    query = archived_query().add_columns(verdicts.c.kept)
    query = query.join(verdicts, verdicts.c.article_id == articles.c.id)
    query = query.where(verdicts.c.profile_id == profile_id)
    rows = tx.execute(query.order_by(verdicts.c.given.desc(), articles.c.id)).mappings().all()
    return {
        verdict: tuple(archived_of(row) for row in rows if row["kept"] is verdict)
        for verdict in (True, False)
    }
