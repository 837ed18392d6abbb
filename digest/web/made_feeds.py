"""Feeds that no pass writes: narrowed ones, archives, the list; made when asked for, then kept a minute."""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from sqlalchemy import Connection

from digest.model import Feed, Profile
from digest.pipeline.desk import Desk
from digest.pipeline.digest_feed import DIGESTS
from digest.pipeline.feeds import ALL, FORMS, archive_of, feed_list, feed_of_all, narrowed_feed
from digest.publish import FeedForm, render_feed
from digest.store import profiles
from digest.web.feed_address import Wanted
from digest.web.feed_document import PUBLIC, SECRET, FeedDocument, Headers
from digest.web.feed_files import MEDIA_TYPES

OPML = Wanted("feeds", "opml")
"""The list of feeds."""

_MEDIA_TYPES = {**MEDIA_TYPES, "opml": "text/x-opml; charset=utf-8"}
_FULL: Headers = [(b"cache-control", b"public, max-age=86400, immutable")]
_KEPT = 256
_SECONDS = 60.0
_AT_ONCE = 8


class BusyError(Exception):
    """As many feeds are being made as may be at once."""


@dataclass(slots=True)
class _Made:
    document: FeedDocument | None
    until: float


class MadeFeeds:
    """Makes feeds in threads, a few at once; one that comes out the same keeps tag and date."""

    def __init__(self, desk: Desk, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` counts seconds."""
        self._desk = desk
        self._clock = clock
        self._made: OrderedDict[tuple[Wanted, str | None], _Made] = OrderedDict()
        self._making = 0

    async def document(self, wanted: Wanted, token: str | None = None) -> FeedDocument | None:
        """The feed, or None where there is none; with `token` of a private profile, that in its addresses.

        Raises:
            BusyError: Too many are asked for at once.
            StoreError: The database cannot be read.
        """
        key = (wanted, token)
        known = self._made.get(key)
        if known and self._clock() < known.until:
            return known.document
        if self._making >= _AT_ONCE:
            raise BusyError
        self._making += 1
        try:
            found = await asyncio.to_thread(self._make, wanted, token)
        finally:
            self._making -= 1
        return self._keep(key, found, known.document if known else None)

    def _keep(
        self, key: tuple[Wanted, str | None], found: FeedDocument | None, before: FeedDocument | None
    ) -> FeedDocument | None:
        if found and before and found.content == before.content:
            found = before
        # A profile that was made private leaves the list as soon as it loses its feed.
        self._made[key] = _Made(found, self._clock() + (1.0 if key[0] == OPML else _SECONDS))
        self._made.move_to_end(key)
        while len(self._made) > _KEPT:
            self._made.popitem(last=False)
        return found

    def _make(self, wanted: Wanted, token: str | None) -> FeedDocument | None:
        with self._desk.store.read() as tx:
            if wanted == OPML:
                content, also = feed_list(self._desk, tx), PUBLIC
            elif feed := self._feed(tx, wanted, token):
                content, also = render_feed(feed, _form(wanted)), _caching(feed)
            else:
                return None
        return FeedDocument(content, _MEDIA_TYPES[wanted.form], datetime.now(UTC), also=also)

    def _feed(self, tx: Connection, wanted: Wanted, token: str | None) -> Feed | None:
        if wanted.name == ALL and wanted.archive is None:
            return feed_of_all(self._desk, tx, limit=wanted.limit)
        profile = None if wanted.name in {ALL, DIGESTS} else profiles.profile_named(tx, wanted.name)
        if profile is None or not (profile.public or token):
            return None
        feed = self._of_profile(tx, profile, wanted)
        return feed and replace(feed, token=token)

    def _of_profile(self, tx: Connection, profile: Profile, wanted: Wanted) -> Feed | None:
        if wanted.archive is not None:
            return archive_of(self._desk, tx, profile, wanted.archive)
        return narrowed_feed(self._desk, tx, profile, limit=wanted.limit, least=wanted.least)


def _form(wanted: Wanted) -> FeedForm:
    return next(form for form in FORMS if form == wanted.form)


def _caching(feed: Feed) -> Headers:
    """A full archive document never gets another clip."""
    if feed.token:
        return SECRET
    return _FULL if feed.archive is not None and feed.archive < feed.archives else PUBLIC
