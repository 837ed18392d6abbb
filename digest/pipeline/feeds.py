"""Feeds: writes those of the public profiles and of all articles to a folder any static server can serve.

for each public profile, once for all articles and once for the digests:
    newest clips → entries → RSS, Atom, JSON Feed
    replace the file where the bytes differ
remove files of feeds that are no more
the same in another folder for private profiles, with a place for the token of who reads them
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from itertools import chain
from typing import get_args
from uuid import UUID, uuid5

from sqlalchemy import Connection

from digest.errors import StoreError
from digest.model import ArchivedArticle, Clipping, Entry, Feed, Profile
from digest.pipeline.clippings import clippings_of
from digest.pipeline.desk import Desk
from digest.pipeline.digest_feed import DIGESTS, digest_feed, digest_feed_title
from digest.pipeline.feed_folder import write_feeds
from digest.pipeline.feed_tokens import token_place
from digest.pipeline.websub import note_changes
from digest.publish import FeedForm, render_feed
from digest.publish.digest_feed import render_digest_feed
from digest.publish.opml import Outline, write_opml
from digest.store import archive, clips, feed_tokens, profiles
from digest.store.clips import ClipRow
from digest.store.secret_key import secret_key

ALL = "all"
"""Name of the feed of all articles."""

FORMS: tuple[FeedForm, ...] = get_args(FeedForm)

FEED_LENGTH = 100
ARCHIVE_LENGTH = 50
"""Clips of an archive document; fewer than a feed's, so that no clip is in neither while a feed moves on."""
_NAMESPACE = UUID("d2f0a8ba-3b0e-4f0d-9a54-5b9a1d4b9c55")
_EMPTY_SINCE = datetime(2000, 1, 1, tzinfo=UTC)
_TITLES = {"zh-CN": ("全部文章", "收到的每一篇"), "en": ("All articles", "Everything that came in")}


def publish_feeds(desk: Desk) -> int:
    """Brings the folder of feeds up to date; returns how many files changed.

    Raises:
        StoreError: The folder cannot be written; the files there are whole, old or new.
    """
    with desk.store.read() as tx:
        public = [feed_of_all(desk, tx), *_public_feeds(desk, tx)]
        mailed = digest_feed(desk, tx)
        private = list(_private_feeds(desk, tx))
    digests = ((f"{DIGESTS}.{form}", render_digest_feed(mailed, form)) for form in FORMS)
    try:
        changed = write_feeds(desk.feeds, chain(_rendered(desk, public), digests))
        note_changes(desk, changed)
        desk.private_feeds.mkdir(mode=0o700, exist_ok=True)
        return len(changed + write_feeds(desk.private_feeds, _rendered(desk, private)))
    except OSError as error:
        raise StoreError(f"{desk.feeds}: the feeds cannot be written: {error.strerror}") from error


def _public_feeds(desk: Desk, tx: Connection) -> Iterator[Feed]:
    for profile in profiles.list_profiles(tx):
        if profile.public:
            yield feed_of(desk, tx, profile)


def _private_feeds(desk: Desk, tx: Connection) -> Iterator[Feed]:
    """Of private profiles, and of public ones that had a token before; with a place for the token."""
    opened = feed_tokens.profiles_with(tx)
    place = token_place(secret_key(desk.state))
    for profile in profiles.list_profiles(tx):
        if not profile.public or profile.id in opened:
            yield replace(feed_of(desk, tx, profile), token=place, hubs=())


def feed_of(desk: Desk, tx: Connection, profile: Profile) -> Feed:
    """The feed of a profile's newest clips."""
    return _feed(desk, tx, profile, clips.newest(tx, profile.id, FEED_LENGTH))


def narrowed_feed(
    desk: Desk, tx: Connection, profile: Profile, *, limit: int = FEED_LENGTH, least: float | None = None
) -> Feed:
    """The feed of so many newest clips, with `least` of none that is scored lower."""
    feed = _feed(desk, tx, profile, clips.newest(tx, profile.id, limit, least=least))
    asked = [f"limit={limit}"] if limit != FEED_LENGTH else []
    asked += [f"score={least:g}"] if least is not None else []
    return replace(feed, query="&".join(asked), archives=0, hubs=())


def archive_of(desk: Desk, tx: Connection, profile: Profile, number: int) -> Feed | None:
    """An archive document of a profile's feed (RFC 5005 §4), from 1; None when there is none of this number.

    All but the last are full: nothing is added to them. A correction is told by the feed itself.
    """
    archives = archives_of(tx, profile.id)
    if not 1 <= number <= archives:
        return None
    rows = clips.in_turn(tx, profile.id, ARCHIVE_LENGTH, skip=(number - 1) * ARCHIVE_LENGTH)
    rows.sort(key=lambda row: row[1].updated, reverse=True)
    return replace(_feed(desk, tx, profile, rows), archive=number, archives=archives, hubs=())


def _feed(desk: Desk, tx: Connection, profile: Profile, rows: Sequence[ClipRow]) -> Feed:
    entries = tuple(_entry(clipping) for clipping in clippings_of(tx, profile, rows))
    return Feed(
        id=profile.id,
        name=profile.name,
        title=f"{desk.config.digest.title} · {profile.title}",
        subtitle=" ".join(profile.keywords),
        base_url=desk.config.public_url,
        language=profile.language,
        updated=entries[0].updated if entries else profiles.created(tx, profile.id),
        entries=entries,
        archives=archives_of(tx, profile.id),
        hubs=desk.config.feeds.hubs,
    )


def archives_of(tx: Connection, profile_id: UUID) -> int:
    """How many archive documents a profile's feed has; none while it holds every clip itself."""
    clipped = clips.how_many_ever(tx, profile_id)
    return -(-clipped // ARCHIVE_LENGTH) if clipped > FEED_LENGTH else 0


def _entry(clipping: Clipping) -> Entry:
    return Entry(clipping.entry_id, clipping.article, clipping.article.updated, clipping)


def feed_list(desk: Desk, tx: Connection) -> bytes:
    """The feeds everybody may have as OPML: of the public profiles, of all articles and of the digests."""
    site, title = desk.config.public_url, desk.config.digest.title
    rest = ((ALL, _TITLES[desk.config.language][0], "/"), (DIGESTS, digest_feed_title(desk), "/digests"))
    public = (profile for profile in profiles.list_profiles(tx) if profile.public)
    listed = chain(((known.name, known.title, f"/profiles/{known.name}") for known in public), rest)
    outlines = (
        Outline(f"{title} · {of}", f"{site}/feeds/{name}.atom", site + page) for name, of, page in listed
    )
    return write_opml(title, outlines)


def feed_of_all(desk: Desk, tx: Connection, *, limit: int = FEED_LENGTH) -> Feed:
    """The feed of the newest articles of any profile or none."""
    title, subtitle = _TITLES[desk.config.language]
    entries = tuple(map(_plain_entry, archive.latest_updates(tx, limit)))
    return Feed(
        id=uuid5(_NAMESPACE, ALL),
        name=ALL,
        title=f"{desk.config.digest.title} · {title}",
        subtitle=subtitle,
        base_url=desk.config.public_url,
        language=desk.config.language,
        updated=entries[0].updated if entries else _EMPTY_SINCE,
        entries=entries,
        query=f"limit={limit}" if limit != FEED_LENGTH else "",
        hubs=desk.config.feeds.hubs if limit == FEED_LENGTH else (),
    )


def _plain_entry(article: ArchivedArticle) -> Entry:
    return Entry(uuid5(_NAMESPACE, str(article.id)), article, article.updated)


def _rendered(desk: Desk, feeds: Sequence[Feed]) -> Iterator[tuple[str, bytes]]:
    for count, feed in enumerate(feeds):
        desk.progress("publish", count, len(feeds))
        for form in FORMS:
            yield f"{feed.name}.{form}", render_feed(feed, form)
    desk.progress("publish", len(feeds), len(feeds))
