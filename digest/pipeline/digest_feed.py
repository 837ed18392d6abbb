"""The feed of digests: those that everybody may see, as they were mailed."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import groupby
from uuid import UUID, uuid5

from sqlalchemy import Connection

from digest.pipeline.desk import Desk
from digest.publish.digest_feed import DigestEntry, DigestFeed, DigestItem
from digest.store import digests
from digest.store.digests import DigestRow, HeldArticle

DIGESTS = "digests"
"""Name of the feed of digests."""

_LENGTH = 30
_NAMESPACE = UUID("d2f0a8ba-3b0e-4f0d-9a54-5b9a1d4b9c55")
_EMPTY_SINCE = datetime(2000, 1, 1, tzinfo=UTC)
_TITLES = {"zh-CN": "往期", "en": "Digests"}


def digest_feed(desk: Desk, tx: Connection) -> DigestFeed:
    """The last digests without a clip of a private profile."""
    rows = digests.public_ones(tx, _LENGTH)
    shown = digests.held(tx, [row.id for row in rows])
    held = {key: list(group) for key, group in groupby(shown, key=lambda item: item.digest_id)}
    return DigestFeed(
        id=uuid5(_NAMESPACE, DIGESTS),
        name=DIGESTS,
        title=f"{desk.config.digest.title} · {digest_feed_title(desk)}",
        base_url=desk.config.public_url,
        language=desk.config.language,
        updated=_EMPTY_SINCE,
        hubs=desk.config.feeds.hubs,
        entries=tuple(_entry(row, held.get(row.id, [])) for row in rows),
    )


def digest_feed_title(desk: Desk) -> str:
    """What the feed is called beside the installation's title."""
    return _TITLES[desk.config.language]


def _entry(row: DigestRow, held: list[HeldArticle]) -> DigestEntry:
    sections = groupby(held, key=lambda item: item.profile)
    return DigestEntry(
        id=row.id,
        number=row.number or 0,
        title=row.subject or "",
        composed=row.created,
        language=row.language,
        sections=tuple((title, tuple(map(_item, items))) for title, items in sections),
    )


def _item(held: HeldArticle) -> DigestItem:
    return DigestItem(held.article_id, held.headline, held.folio)
