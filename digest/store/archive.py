"""The archive: articles with their pages, for matching, feeds and reading."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Select, bindparam, func, select, text, true, update

from digest.codec import article_from_json
from digest.model import ArchivedArticle, Folio
from digest.store.tables import articles, files, pages

# An expression no index serves: else SQLite goes through all articles in force to find a few by id.
IN_FORCE = (articles.c.withdrawn.is_(None) & articles.c.joined_into.is_(None)).is_(true())
"""That an article stands, for itself or for all its parts."""


def archived_query() -> Select[Any]:
    """Articles in force joined with what `archived_of` needs of their pages."""
    return _with_folio().where(IN_FORCE)


def _with_folio() -> Select[Any]:
    columns = (pages.c.paper, pages.c.date, pages.c.number, pages.c.label)
    return select(articles, *columns).join(pages, pages.c.id == articles.c.page_id)


def archived_of(row: Mapping[Any, Any]) -> ArchivedArticle:
    """The article of a row of `archived_query`."""
    return ArchivedArticle(
        id=row["id"],
        page_id=row["page_id"],
        article=article_from_json(row["joined"] or row["content"]),
        folio=folio_of(row),
        first_seen=row["first_seen"],
        updated=row["updated"],
    )


def folio_of(row: Mapping[Any, Any]) -> Folio:
    """The folio columns of a row."""
    return Folio(paper=row["paper"], date=row["date"], number=row["number"], label=row["label"])


def unmatched(tx: Connection) -> list[ArchivedArticle]:
    """Articles that are new or changed since they were last matched, oldest first."""
    return _read(tx, archived_query().where(articles.c.unmatched).order_by(articles.c.first_seen))


def seen_since(tx: Connection, since: datetime) -> list[ArchivedArticle]:
    """Articles first seen at `since` or later, oldest first."""
    return _read(tx, archived_query().where(articles.c.first_seen >= since).order_by(articles.c.first_seen))


def by_chunks(tx: Connection, since: datetime, size: int = 500) -> Iterator[list[ArchivedArticle]]:
    """Articles as `seen_since` gives them, of which never more than a chunk need be in memory."""
    found = _read(tx, _in_turn().where(articles.c.first_seen >= since).limit(size))
    while found:
        yield found
        found = _read(tx, _in_turn().where(articles.c.first_seen > found[-1].first_seen).limit(size))


def _in_turn() -> Select[Any]:
    return archived_query().order_by(articles.c.first_seen)


def of_ids(tx: Connection, ids: Sequence[UUID]) -> list[ArchivedArticle]:
    """Those of these articles that are in force."""
    return [
        found
        for chunk in _chunks(list(ids))
        for found in _read(tx, archived_query().where(articles.c.id.in_(chunk)))
    ]


def newest(tx: Connection, limit: int, *, skip: int = 0) -> list[ArchivedArticle]:
    """The articles of the newest pages, front pages first, in the order of the page."""
    order = (
        pages.c.date.desc().nulls_last(),
        pages.c.number.nulls_last(),
        pages.c.paper,
        articles.c.page_id,
        articles.c.position,
    )
    shown = archived_query().where(articles.c.kind != "note")
    return _read(tx, shown.order_by(*order).limit(limit).offset(skip))


def latest_updates(tx: Connection, limit: int) -> list[ArchivedArticle]:
    """The articles that came or changed last, newest first; what the feed of all articles shows."""
    shown = archived_query().where(articles.c.kind != "note")
    return _read(tx, shown.order_by(articles.c.updated.desc()).limit(limit))


def article(tx: Connection, article_id: UUID) -> ArchivedArticle | None:
    """One article in force; for the id of a part that was joined into another, the whole."""
    into = tx.execute(select(articles.c.joined_into).where(articles.c.id == article_id)).scalar()
    found = _read(tx, archived_query().where(articles.c.id == (into or article_id)))
    return found[0] if found else None


def on_page(tx: Connection, page_id: UUID) -> list[ArchivedArticle]:
    """A page's articles as printed there, in the order of the page; parts are not joined."""
    here = (articles.c.page_id == page_id, articles.c.withdrawn.is_(None))
    query = _with_folio().where(*here).order_by(articles.c.position)
    rows = [dict(row) | {"joined": None} for row in tx.execute(query).mappings()]
    return [archived_of(row) for row in rows]


def papers(tx: Connection) -> list[str]:
    """The names of the papers there are, each looked up behind the one before."""
    return list(tx.execute(_PAPERS).scalars())


_PAPERS = text(
    "WITH RECURSIVE names (name) AS (SELECT min(paper) FROM pages UNION ALL "
    "SELECT (SELECT min(paper) FROM pages WHERE paper > name) FROM names WHERE name IS NOT NULL) "
    "SELECT name FROM names WHERE name IS NOT NULL LIMIT 500"
)


def page_numbered(tx: Connection, folio: Folio, number: int) -> UUID | None:
    """Page `number` of the folio's paper and date, when it was read and there is only one."""
    if folio.paper is None or folio.date is None:
        return None
    here = (pages.c.paper == folio.paper, pages.c.date == folio.date, pages.c.number == number)
    found = tx.execute(select(pages.c.id).where(*here).limit(2)).scalars().all()
    return found[0] if len(found) == 1 else None


def reprints(tx: Connection, ids: Sequence[UUID]) -> dict[UUID, tuple[ArchivedArticle, ...]]:
    """The articles folded into each of `ids`, oldest first; articles without any are left out."""
    query = archived_query().where(articles.c.reprint_of.in_(ids)).order_by(articles.c.first_seen)
    folded: dict[UUID, tuple[ArchivedArticle, ...]] = {}
    for row in tx.execute(query).mappings():
        folded[row["reprint_of"]] = (*folded.get(row["reprint_of"], ()), archived_of(row))
    return folded


def reprint_of(tx: Connection, article_id: UUID) -> UUID | None:
    """The article that stands for this one, if it is a reprint."""
    return tx.execute(select(articles.c.reprint_of).where(articles.c.id == article_id)).scalar()


def set_reprints(tx: Connection, links: dict[UUID, UUID | None]) -> None:
    """Records for each article the one that stands for it, or None when it stands for itself."""
    rows = [{"article": article_id, "stands_for": other} for article_id, other in links.items()]
    change = update(articles).where(articles.c.id == bindparam("article"))
    if rows:
        tx.execute(change.values(reprint_of=bindparam("stands_for")), rows)


def mark_matched(tx: Connection, ids: Iterable[UUID]) -> None:
    """Notes that these articles, as they are now, were matched with all profiles."""
    for chunk in _chunks(list(ids)):
        tx.execute(update(articles).where(articles.c.id.in_(chunk)).values(unmatched=False))


def _chunks(ids: list[UUID], size: int = 500) -> Iterator[list[UUID]]:
    """SQLite takes a limited number of parameters in a statement."""
    return (ids[start : start + size] for start in range(0, len(ids), size))


def counts(tx: Connection, since: datetime | None = None, until: datetime | None = None) -> dict[str, int]:
    """How many pages, articles and files in trouble there are, seen within (since, until]."""
    in_pages = [pages.c.first_seen > since] if since else []
    in_articles = [articles.c.first_seen > since] if since else []
    if until:
        in_pages.append(pages.c.first_seen <= until)
        in_articles.append(articles.c.first_seen <= until)
    troubled = files.c.state.not_in(("read", "duplicate"))
    return {
        "pages": _count(tx, select(func.count()).select_from(pages).where(*in_pages)),
        "articles": _count(
            tx,
            select(func.count())
            .select_from(articles)
            .where(IN_FORCE, articles.c.kind != "note", *in_articles),
        ),
        "troubled": _count(tx, select(func.count()).select_from(files).where(troubled)),
    }


_MOST_PAGES = 400
"""Of one paper on one day; a higher number is a misread one."""


def missing_pages(tx: Connection, since: datetime | None, until: datetime) -> int:
    """How many pages lack between the first and last read of each paper and date seen in (since, until]."""
    here = [pages.c.first_seen > since] if since else []
    arrived = (
        select(pages.c.paper, pages.c.date).distinct().where(pages.c.first_seen <= until, *here).subquery()
    )
    numbers = pages.c.number
    span = func.max(numbers) - func.min(numbers) + 1 - func.count(numbers.distinct())
    same = (pages.c.paper == arrived.c.paper) & (pages.c.date == arrived.c.date)
    query = select(span).join(arrived, same).where(numbers.between(1, _MOST_PAGES))
    return sum(tx.execute(query.group_by(pages.c.paper, pages.c.date)).scalars())


def _count(tx: Connection, query: Select[Any]) -> int:
    return tx.execute(query).scalar() or 0


def _read(tx: Connection, query: Select[Any]) -> list[ArchivedArticle]:
    return [archived_of(row) for row in tx.execute(query).mappings()]
