"""A feed as the words to be written, the same for every format; it knows no format's rules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Literal
from uuid import UUID, uuid5

from digest.model import ArchivedArticle, Article, Clipping, Entry, Feed, Folio
from digest.publish.body import body_html
from digest.publish.citation import headline_of
from digest.publish.inert import inert, one_line
from digest.publish.reasons import keywords

FeedForm = Literal["rss", "atom", "json"]
Neighbour = Literal["prev-archive", "next-archive", "current"]

EARLIEST = date(1990, 1, 1)
"""Readers and the W3C validator take older dates for mistakes."""

_NOON = time(12, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class EntryText:
    """One entry, inert and ready to be escaped; `html` is escaped already."""

    id: str
    url: str
    title: str
    summary: str
    html: str
    authors: tuple[str, ...]
    categories: tuple[str, ...]
    published: datetime
    updated: datetime
    folio: Folio
    clipping: Clipping | None


@dataclass(frozen=True, slots=True)
class FeedText:
    """A feed; `page_url` is the HTML page it belongs to, `self_url` where this form of it is found.

    `neighbours` are addresses of the feed's other documents by relation (RFC 5005 §4).
    """

    id: str
    title: str
    subtitle: str
    language: str
    page_url: str
    self_url: str
    hubs: tuple[str, ...]
    updated: datetime
    entries: tuple[EntryText, ...]
    neighbours: Mapping[Neighbour, str] = field(default_factory=dict[Neighbour, str])
    archived: bool = False


def entry_id(profile_id: UUID, article_id: UUID) -> UUID:
    """The id of an article's entry in a profile's feed; it never depends on where the feed is served.

    >>> entry_id(UUID(int=1), UUID(int=2))
    UUID('fc2a5a19-267c-526c-8abb-b488c2fda4a7')
    """
    return uuid5(profile_id, str(article_id))


def feed_text(feed: Feed, form: FeedForm) -> FeedText:
    """The feed's words; `updated` values come out distinct even where the feed's are not."""
    page = "/" if feed.name == "all" or feed.token else f"/profiles/{feed.name}"
    title = one_line(feed.title) or feed.name
    return FeedText(
        id=feed.id.urn,
        title=title,
        subtitle=one_line(feed.subtitle) or title,
        language=feed.language,
        page_url=feed.base_url + page,
        self_url=_address(feed, form, feed.archive) + (f"?{feed.query}" if feed.query else ""),
        hubs=feed.hubs,
        updated=feed.updated.astimezone(UTC),
        entries=tuple(
            _entry_text(entry, feed, updated)
            for entry, updated in zip(feed.entries, _distinct(feed.entries), strict=True)
        ),
        neighbours=_neighbours(feed, form),
        archived=feed.archive is not None,
    )


def _address(feed: Feed, form: FeedForm, archive: int | None) -> str:
    folder = f"{feed.base_url}/feeds" + (f"/private/{feed.token}" if feed.token else "")
    return f"{folder}/archive/{feed.name}/{archive}.{form}" if archive else f"{folder}/{feed.name}.{form}"


def _neighbours(feed: Feed, form: FeedForm) -> dict[Neighbour, str]:
    """The feed leads to the newest archive, each archive to the one before and after it and to the feed."""
    here = feed.archive if feed.archive is not None else feed.archives + 1
    found: dict[Neighbour, str] = {}
    if here > 1:
        found["prev-archive"] = _address(feed, form, here - 1)
    if here < feed.archives:
        found["next-archive"] = _address(feed, form, here + 1)
    if feed.archive is not None:
        found["current"] = _address(feed, form, None)
    return found


def published(article: ArchivedArticle) -> datetime:
    """Noon UTC of the page's date when that is plausible, else when the article was first seen.

    Noon UTC shows the printed date everywhere from UTC-12 to UTC+11, in Asia/Shanghai at 20:00. A page read
    earlier on its own day gets the instant it was read, so nothing lies in the future. Plausible: not before
    1990, not later than first seen.

    >>> from uuid import UUID
    >>> seen = datetime(2025, 3, 5, 1, 30, tzinfo=UTC)
    >>> old = Folio("山川日报", date(2025, 3, 4))
    >>> published(ArchivedArticle(UUID(int=1), UUID(int=2), Article("news", "春耕"), old, seen, seen))
    datetime.datetime(2025, 3, 4, 12, 0, tzinfo=datetime.timezone.utc)
    """
    first_seen = article.first_seen.astimezone(UTC)
    day = article.folio.date
    if day is None or day < EARLIEST:
        return first_seen
    return min(datetime.combine(day, _NOON), first_seen)


def opening(article: Article) -> str:
    """The text that stands for the article: its lead, else its first paragraph or caption; may be empty."""
    return next((text for text in (article.lead, *article.paragraphs, *article.captions) if text.strip()), "")


def _entry_text(entry: Entry, feed: Feed, updated: datetime) -> EntryText:
    archived, clipping = entry.article, entry.clipping
    article = archived.article
    return EntryText(
        id=entry.id.urn,
        url=f"{feed.base_url}/articles/{archived.id}",
        title=headline_of(article, feed.language),
        summary=inert(opening(article)).strip(),
        html=body_html(archived, clipping, feed.language, feed.base_url),
        authors=tuple(dict.fromkeys(name for name in map(one_line, article.byline) if name)),
        categories=_categories(clipping),
        published=published(archived),
        updated=updated,
        folio=archived.folio,
        clipping=clipping,
    )


def _categories(clipping: Clipping | None) -> tuple[str, ...]:
    if clipping is None:
        return ()
    named = (one_line(clipping.profile.title), *keywords(clipping.clip))
    return tuple(dict.fromkeys(name for name in named if name))


def _distinct(entries: tuple[Entry, ...]) -> list[datetime]:
    """Each entry's `updated`; a later one of equals goes back by microseconds.

    Going from the newest backwards keeps the values of those already published when new entries come
    before them and when old ones drop off the end.
    """
    distinct: dict[datetime, None] = {}  # a dict keeps the order
    for entry in entries:
        updated = entry.updated.astimezone(UTC)
        while updated in distinct:
            updated -= timedelta(microseconds=1)
        distinct[updated] = None
    return list(distinct)
