"""Inbox files and pages with their articles: what was read, from where, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import astuple
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, RowMapping, delete, func, insert, select, update

from digest.codec import (
    article_from_json,
    article_to_json,
    leftovers_from_json,
    leftovers_to_json,
    repairs_from_json,
)
from digest.model import ArchivedArticle, Article, InboxFile, LineBox, Page
from digest.store import search
from digest.store.archive import folio_of
from digest.store.tables import articles, files, pages


def files_seen(tx: Connection) -> dict[str, tuple[int, str]]:
    """Size and modification time of every file as it was last read, by path."""
    rows = tx.execute(select(files.c.path, files.c.size, files.c.mtime_ns))
    return {row.path: (row.size, row.mtime_ns) for row in rows}


def file_at(tx: Connection, path: str) -> InboxFile | None:
    """What became of the file at `path`, or None when it was never seen."""
    row = tx.execute(select(files).where(files.c.path == path)).mappings().first()
    return InboxFile(**row) if row else None


def list_files(tx: Connection) -> list[InboxFile]:
    """All files, those in trouble first, then by path."""
    order = (files.c.state.in_(("read", "duplicate")), files.c.path)
    return [InboxFile(**row) for row in tx.execute(select(files).order_by(*order)).mappings()]


def recent_files(tx: Connection, limit: int) -> list[InboxFile]:
    """The files in trouble first, then those checked last."""
    order = (files.c.state.in_(("read", "duplicate")), files.c.checked.desc(), files.c.path)
    query = select(files).order_by(*order).limit(limit)
    return [InboxFile(**row) for row in tx.execute(query).mappings()]


def file_states(tx: Connection) -> dict[str, int]:
    """How many files are in each state."""
    query = select(files.c.state, func.count()).group_by(files.c.state)
    return {row[0]: row[1] for row in tx.execute(query)}


def last_checked(tx: Connection) -> datetime | None:
    """When a file was last read; None before the first."""
    return tx.execute(select(func.max(files.c.checked))).scalar()


def record_file(tx: Connection, file: InboxFile) -> None:
    """Writes what became of a file; its first sight is kept."""
    values = _file_values(file)
    if tx.execute(update(files).where(files.c.path == file.path).values(**values)).rowcount == 0:
        tx.execute(insert(files).values(path=file.path, first_seen=file.first_seen, **values))


def _file_values(file: InboxFile) -> dict[str, Any]:
    names = ("size", "mtime_ns", "sha256", "state", "detail", "page_id", "checked")
    return {name: getattr(file, name) for name in names}


def ask_again(tx: Connection, paths: Sequence[str] = ()) -> int:
    """Marks the files in trouble, or those of `paths` among them, to be read again; returns how many."""
    troubled = files.c.state.not_in(("read", "duplicate"))
    chosen = troubled & files.c.path.in_(paths) if paths else troubled
    return tx.execute(update(files).where(chosen).values(mtime_ns="")).rowcount


def page_with_content(tx: Connection, sha256: str) -> UUID | None:
    """The page whose revision in force has this content."""
    return tx.execute(select(pages.c.id).where(pages.c.sha256 == sha256)).scalar()


def page(tx: Connection, page_id: UUID) -> Page | None:
    """A page with its text and leftovers."""
    row = tx.execute(select(pages).where(pages.c.id == page_id)).mappings().first()
    return _page(row) if row else None


def _page(row: RowMapping) -> Page:
    return Page(
        id=row["id"],
        path=row["path"],
        sha256=row["sha256"],
        revision=row["revision"],
        folio=folio_of(row),
        text=row["text"],
        first_seen=row["first_seen"],
        read_at=row["read_at"],
        leftovers=leftovers_from_json(row["leftovers"]),
        repairs=repairs_from_json(row["repairs"]),
        boxes=tuple(LineBox(*box) for box in row["boxes"]),
    )


def save_page(tx: Connection, page: Page) -> None:
    """Writes a page's revision in force, in place of the one before."""
    values: dict[str, Any] = {
        "path": page.path,
        "sha256": page.sha256,
        "revision": page.revision,
        "paper": page.folio.paper,
        "date": page.folio.date,
        "number": page.folio.number,
        "label": page.folio.label,
        "text": page.text,
        "leftovers": leftovers_to_json(page.leftovers),
        "repairs": [[repair.kind, repair.text, repair.line] for repair in page.repairs],
        "boxes": [astuple(box) for box in page.boxes],
        "read_at": page.read_at,
    }
    if tx.execute(update(pages).where(pages.c.id == page.id).values(**values)).rowcount == 0:
        tx.execute(insert(pages).values(id=page.id, first_seen=page.first_seen, **values))


def articles_of_page(tx: Connection, page_id: UUID) -> dict[UUID, Article]:
    """All articles a page ever had, in the order of first sight; withdrawn ones can come back."""
    query = select(articles.c.id, articles.c.content).where(articles.c.page_id == page_id)
    rows = tx.execute(query.order_by(articles.c.first_seen))
    return {row.id: article_from_json(row.content) for row in rows}


def save_article(tx: Connection, archived: ArchivedArticle, position: int, *, changed: bool) -> None:
    """Writes an article at its place on the page; `changed` asks for matching it again."""
    values: dict[str, Any] = {
        "position": position,
        "kind": archived.article.kind,
        "headline": archived.article.headline,
        "content": article_to_json(archived.article),
        "updated": archived.updated,
        "withdrawn": None,
    }
    if changed:
        values["unmatched"] = True
        _fold_anew(tx, [archived.id])
    if tx.execute(update(articles).where(articles.c.id == archived.id).values(**values)).rowcount == 0:
        new = {"id": archived.id, "page_id": archived.page_id, "first_seen": archived.first_seen}
        tx.execute(insert(articles).values(**values | new | {"unmatched": True}))
        search.index_new(tx, archived)
    else:
        search.index_articles(tx, [archived.id])


def withdraw_articles(tx: Connection, ids: Sequence[UUID], now: datetime) -> None:
    """Takes articles off that the page's new revision does not have; feeds and digests drop them."""
    if not ids:
        return  # as for most pages; without ids, the partners would be looked for among all articles
    still = articles.c.withdrawn.is_(None)
    tx.execute(update(articles).where(articles.c.id.in_(ids), still).values(withdrawn=now))
    search.index_articles(tx, ids)
    wholes = select(articles.c.joined_into).where(articles.c.id.in_(ids))
    partners = articles.c.joined_into.in_(ids) | articles.c.id.in_(wholes)
    tx.execute(update(articles).where(partners).values(unmatched=True))  # they are to stand alone again
    _fold_anew(tx, ids)


def _fold_anew(tx: Connection, ids: Sequence[UUID]) -> None:
    """Asks for matching the reprints of these articles again: what they repeated is no longer there."""
    tx.execute(update(articles).where(articles.c.reprint_of.in_(ids)).values(unmatched=True))


def article_times(tx: Connection, page_id: UUID) -> dict[UUID, tuple[datetime, datetime]]:
    """First sight and last material change of a page's articles."""
    query = select(articles.c.id, articles.c.first_seen, articles.c.updated)
    return {
        row.id: (row.first_seen, row.updated)
        for row in tx.execute(query.where(articles.c.page_id == page_id))
    }


DISTINCT = timedelta(microseconds=1)
"""The least difference between instants of articles."""


def distinct_instant(tx: Connection, now: datetime) -> datetime:
    """`now`, or just after the latest instant given to any article: feeds want them distinct."""
    newest = tx.execute(select(func.max(articles.c.updated))).scalar()
    return max(now, newest + DISTINCT) if newest else now


def troubled_paths(tx: Connection) -> set[str]:
    """The files that could not be read."""
    query = select(files.c.path).where(files.c.state.not_in(("read", "duplicate")))
    return set(tx.execute(query).scalars())


def forget_files(tx: Connection, paths: Iterable[str]) -> None:
    """Drops files in trouble that are gone; one that comes back is new."""
    for path in paths:
        tx.execute(delete(files).where(files.c.path == path))
