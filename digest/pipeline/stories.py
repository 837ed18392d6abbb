"""Stories: which new articles repeat or go on with what was printed before; it writes nothing.

articles of the last days → each new one that repeats another is folded into the one that stands for it
clips of the last days    → each other that goes on with a story of an earlier day refers to its first
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from digest.model import ArchivedArticle
from digest.pipeline.desk import Desk
from digest.rank.reprints import fold_reprints
from digest.rank.stories import follow_stories
from digest.store import archive, stories


@dataclass(frozen=True, slots=True)
class Links:
    """For each new article the one that stands for it, and the first of its story; None: there is none."""

    reprints: dict[UUID, UUID | None]
    follow_ups: dict[UUID, UUID | None]


def links_of(desk: Desk, new: Sequence[ArchivedArticle]) -> Links:
    """The links of new or changed articles; those of other articles stay what they are.

    Raises:
        StoreError: The database cannot be read.
    """
    told = [article for article in new if article.article.kind != "note"]
    if not told:
        return Links(dict.fromkeys(article.id for article in new), {})
    reprints = {article.id: None for article in new} | _reprints(desk, told)
    return Links(reprints, _follow_ups(desk, [article for article in told if not reprints[article.id]]))


def _reprints(desk: Desk, new: Sequence[ArchivedArticle]) -> dict[UUID, UUID | None]:
    """For each new article the one that stands for it; an article that stood for itself before goes on to."""
    ids = {article.id for article in new}
    since = min(article.first_seen for article in new) - timedelta(days=desk.config.stories.reprint_days)
    with desk.store.read() as tx:
        known = archive.reprint_links(tx, since)
        recent = [article for article in archive.seen_since(tx, since) if article.article.kind != "note"]
    links: dict[UUID, UUID | None] = dict.fromkeys(ids)
    for reprint, first in fold_reprints(recent).items():
        if reprint in ids:
            links[reprint] = known.get(first, first) if first not in ids else first
        elif first in ids and links[first] is None:
            links[first] = known.get(reprint, reprint)
    return links


def _follow_ups(desk: Desk, new: Sequence[ArchivedArticle]) -> dict[UUID, UUID | None]:
    """For each new article the first of its story, among earlier clips; a link there was stays."""
    days = desk.config.stories.follow_days
    if not new or not days:
        return {}
    ids = {article.id for article in new}
    since = min(article.first_seen for article in new) - timedelta(days=days)
    with desk.store.read() as tx:
        known = stories.links(tx, since)
        older = [clip for clip in stories.clipped_since(tx, since) if clip.id not in ids]
    decided = {clip.id: known.get(clip.id) for clip in older}
    found = follow_stories([*older, *new], days, {**decided, **known})
    return {article_id: found.get(article_id) for article_id in ids}
