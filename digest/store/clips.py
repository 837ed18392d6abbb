"""Clips: which article was selected for which profile, with score and reasons as they were computed."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, RowMapping, Select, delete, func, insert, select, update
from sqlalchemy.orm import aliased

from digest.codec import reasons_from_json, reasons_to_json
from digest.model import ArchivedArticle, Clip
from digest.store.archive import archived_of, archived_query
from digest.store.tables import articles, backgrounds, clips, pages


def save_background(tx: Connection, content: object, now: datetime) -> str:
    """Keeps the background clips are scored with; returns the key they name it by."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True)
    key = hashlib.sha256(text.encode()).hexdigest()
    if not tx.execute(select(backgrounds.c.key).where(backgrounds.c.key == key)).first():
        tx.execute(insert(backgrounds).values(key=key, content=content, measured=now))
    return key


_AT_ONCE = 500
"""SQLite takes a limited number of parameters in a statement."""


@dataclass(frozen=True, slots=True)
class Matching:
    """What was matched, with which background (its key) and when."""

    profile_ids: tuple[UUID, ...]
    article_ids: tuple[UUID, ...]
    background: str
    now: datetime


def replace_clips(tx: Connection, found: Iterable[Clip], matching: Matching) -> None:
    """Makes `found` the clips of these profiles among these articles; `matched` of those kept stays."""
    kept: set[tuple[UUID, UUID]] = set()
    for clip in found:
        _save(tx, clip, matching)
        kept.add((clip.profile_id, clip.article_id))
    for profile_id, gone in _others(tx, matching, kept).items():
        _drop(tx, profile_id, gone)


def _others(tx: Connection, matching: Matching, kept: set[tuple[UUID, UUID]]) -> dict[UUID, list[UUID]]:
    """By profile the articles of its clips that were matched and are not kept.

    They are looked up by article, which has few clips, unless that takes very many statements.
    """
    profile_ids, article_ids = set(matching.profile_ids), set(matching.article_ids)
    by_article = len(article_ids) <= _AT_ONCE * len(profile_ids)
    column = clips.c.article_id if by_article else clips.c.profile_id
    wanted = list(article_ids if by_article else profile_ids)
    others: defaultdict[UUID, list[UUID]] = defaultdict(list)
    for start in range(0, len(wanted), _AT_ONCE):
        query = select(clips.c.profile_id, clips.c.article_id).where(
            column.in_(wanted[start : start + _AT_ONCE])
        )
        for profile_id, article_id in tx.execute(query):
            if (
                (profile_id, article_id) not in kept
                and profile_id in profile_ids
                and article_id in article_ids
            ):
                others[profile_id].append(article_id)
    return others


def _save(tx: Connection, clip: Clip, matching: Matching) -> None:
    values: dict[str, Any] = {
        "score": clip.score,
        "reasons": reasons_to_json(clip.reasons),
        "background": matching.background,
    }
    here = (clips.c.profile_id == clip.profile_id) & (clips.c.article_id == clip.article_id)
    if tx.execute(update(clips).where(here).values(**values)).rowcount == 0:
        key = {"profile_id": clip.profile_id, "article_id": clip.article_id}
        tx.execute(insert(clips).values(**key, **values, matched=matching.now))


def _drop(tx: Connection, profile_id: UUID, article_ids: Sequence[UUID]) -> None:
    for start in range(0, len(article_ids), 500):
        chunk = article_ids[start : start + 500]
        tx.execute(delete(clips).where(clips.c.profile_id == profile_id, clips.c.article_id.in_(chunk)))


ClipRow = tuple[Clip, ArchivedArticle, datetime]
"""A clip, its article, and when it was first matched."""


def _shown(profile_id: UUID) -> Select[Any]:
    """Clips of a profile whose articles stand: not withdrawn, and not folded into a clip that is shown."""
    query = archived_query().add_columns(clips.c.score, clips.c.reasons, clips.c.matched)
    query = query.join(clips, clips.c.article_id == articles.c.id)
    return query.where(clips.c.profile_id == profile_id, _stands_for_itself())


def newest(
    tx: Connection, profile_id: UUID, limit: int, *, skip: int = 0, least: float | None = None
) -> list[ClipRow]:
    """The clips that came or changed last, newest first; with `least` none of a lower score."""
    query = _shown(profile_id).order_by(articles.c.updated.desc()).limit(limit).offset(skip)
    return _read(tx, profile_id, query if least is None else query.where(clips.c.score >= least))


def how_many_ever(tx: Connection, profile_id: UUID) -> int:
    """How many clips a profile has, those counted that are not shown."""
    return tx.execute(select(func.count()).where(clips.c.profile_id == profile_id)).scalar() or 0


def in_turn(tx: Connection, profile_id: UUID, limit: int, *, skip: int) -> list[ClipRow]:
    """The shown ones of `limit` clips after the first `skip`, in the order they were first matched.

    Clips that are not shown keep their place, so that others keep theirs.
    """
    turn = select(clips.c.article_id).where(clips.c.profile_id == profile_id)
    some = turn.order_by(clips.c.matched, clips.c.article_id).limit(limit).offset(skip)
    ids = list(tx.execute(some).scalars())
    query = _shown(profile_id).where(articles.c.id.in_(ids)).order_by(clips.c.matched, articles.c.id)
    return _read(tx, profile_id, query)


def by_day(tx: Connection, profile_id: UUID, limit: int, *, skip: int = 0) -> list[ClipRow]:
    """Clips for readers: newest page date first, best first within a day."""
    order = (pages.c.date.desc().nulls_last(), clips.c.score.desc(), articles.c.id)
    return _read(tx, profile_id, _shown(profile_id).order_by(*order).limit(limit).offset(skip))


def best(tx: Connection, profile_id: UUID, limit: int) -> list[ClipRow]:
    """The clips with the highest scores, best first."""
    order = (clips.c.score.desc(), articles.c.id)
    return _read(tx, profile_id, _shown(profile_id).order_by(*order).limit(limit))


def newest_across(tx: Connection, profile_ids: Sequence[UUID], limit: int) -> list[ClipRow]:
    """These profiles' clips of the `limit` newest articles: front pages first, then the best."""
    clipped = clips.c.profile_id.in_(profile_ids) & _stands_for_itself()
    order = (pages.c.date.desc().nulls_last(), pages.c.number.nulls_last(), func.max(clips.c.score).desc())
    query = (
        select(articles.c.id)
        .join(pages, pages.c.id == articles.c.page_id)
        .join(clips, clips.c.article_id == articles.c.id)
        .where(articles.c.withdrawn.is_(None), clipped)
        .group_by(articles.c.id, pages.c.date, pages.c.number)
    )
    ids = list(tx.execute(query.order_by(*order, articles.c.id).limit(limit)).scalars())
    clip = (clips.c.profile_id, clips.c.score, clips.c.reasons, clips.c.matched)
    chosen = archived_query().add_columns(*clip).join(clips, clips.c.article_id == articles.c.id)
    rows = tx.execute(chosen.where(articles.c.id.in_(ids), clipped)).mappings()
    found = [(_clip(row["profile_id"], row, row["id"]), archived_of(row), row["matched"]) for row in rows]
    return sorted(found, key=lambda row: (ids.index(row[1].id), -row[0].score))


def _stands_for_itself() -> ColumnElement[bool]:
    """That the article of a clip is not folded into another clip of the same profile, or no more.

    One that was withdrawn since, or folded itself, stands for no other: rather is a story shown twice.
    """
    other, story = aliased(clips), aliased(articles)
    in_force = story.c.withdrawn.is_(None) & story.c.joined_into.is_(None) & story.c.reprint_of.is_(None)
    folded = (
        select(other.c.article_id)
        .join(story, story.c.id == other.c.article_id)
        .where(other.c.profile_id == clips.c.profile_id, other.c.article_id == articles.c.reprint_of)
        .where(in_force)
    )
    return ~folded.exists()


def matched_within(
    tx: Connection, profile_id: UUID, since: datetime | None, until: datetime
) -> list[ClipRow]:
    """Clips first matched in (since, until], best first; what a digest's window holds."""
    query = _shown(profile_id).where(clips.c.matched <= until)
    if since:
        query = query.where(clips.c.matched > since)
    return _read(tx, profile_id, query.order_by(clips.c.score.desc(), articles.c.id))


def corrected(tx: Connection, profile_id: UUID, before: datetime, since: datetime) -> list[ClipRow]:
    """Clips first matched until `before` whose articles changed after `since`, oldest change first."""
    changed = (articles.c.updated > since, articles.c.updated > articles.c.first_seen)
    query = _shown(profile_id).where(clips.c.matched <= before, *changed)
    return _read(tx, profile_id, query.order_by(articles.c.updated))


def of_article(tx: Connection, article_id: UUID) -> dict[UUID, Clip]:
    """An article's clips by profile."""
    rows = tx.execute(select(clips).where(clips.c.article_id == article_id)).mappings()
    return {row["profile_id"]: _clip(row["profile_id"], row, article_id) for row in rows}


def how_many(tx: Connection, profile_id: UUID) -> int:
    """How many clips of a profile are shown."""
    return tx.execute(select(func.count()).select_from(_shown(profile_id).subquery())).scalar() or 0


def _read(tx: Connection, profile_id: UUID, query: Select[Any]) -> list[ClipRow]:
    rows = tx.execute(query).mappings()
    return [(_clip(profile_id, row, row["id"]), archived_of(row), row["matched"]) for row in rows]


def _clip(profile_id: UUID, row: RowMapping, article_id: UUID) -> Clip:
    return Clip(profile_id, article_id, row["score"], reasons_from_json(row["reasons"]))
