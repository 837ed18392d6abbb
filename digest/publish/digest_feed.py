"""A feed of digests, one entry a digest with what stood in it; it knows nothing of who received them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from html import escape
from uuid import UUID

from digest.model import Folio
from digest.publish.citation import cite
from digest.publish.feed_text import EntryText, FeedForm, FeedText
from digest.publish.feeds import write_feed
from digest.publish.inert import one_line


@dataclass(frozen=True, slots=True)
class DigestItem:
    """An article of a digest, under the headline it was mailed with."""

    article_id: UUID
    headline: str
    folio: Folio


@dataclass(frozen=True, slots=True)
class DigestEntry:
    """A digest as an entry; sections are profiles' titles with their articles, in the order of the mail."""

    id: UUID
    number: int
    title: str
    composed: datetime
    language: str
    sections: tuple[tuple[str, tuple[DigestItem, ...]], ...]


@dataclass(frozen=True, slots=True)
class DigestFeed:
    """What the writers need; entries newest first, and `updated` of a feed without any."""

    id: UUID
    name: str
    title: str
    base_url: str
    language: str
    updated: datetime
    entries: tuple[DigestEntry, ...]
    hubs: tuple[str, ...] = ()


def render_digest_feed(feed: DigestFeed, form: FeedForm) -> bytes:
    """The feed as bytes; the same bytes for the same digests."""
    entries = tuple(_distinct(_entry_text(entry, feed.base_url) for entry in feed.entries))
    words = FeedText(
        id=feed.id.urn,
        title=one_line(feed.title),
        subtitle=one_line(feed.title),
        language=feed.language,
        page_url=f"{feed.base_url}/digests",
        self_url=f"{feed.base_url}/feeds/{feed.name}.{form}",
        hubs=feed.hubs,
        updated=entries[0].updated if entries else feed.updated.astimezone(UTC),
        entries=entries,
    )
    return write_feed(words, form)


def _entry_text(entry: DigestEntry, base_url: str) -> EntryText:
    title = one_line(entry.title) or f"No. {entry.number}"
    headlines = (one_line(item.headline) for _, items in entry.sections for item in items)
    composed = entry.composed.astimezone(UTC)
    return EntryText(
        id=entry.id.urn,
        url=f"{base_url}/digests/{entry.number}",
        title=title,
        summary=next(headlines, title),
        html="".join(_section(title, items, entry.language, base_url) for title, items in entry.sections),
        authors=(),
        categories=tuple(dict.fromkeys(one_line(title) for title, _ in entry.sections)),
        published=composed,
        updated=composed,
        folio=Folio(),
        clipping=None,
    )


def _section(title: str, items: Iterable[DigestItem], language: str, base_url: str) -> str:
    lines = "".join(_item(item, language, base_url) for item in items)
    return f"<h2>{escape(one_line(title))}</h2><ol>{lines}</ol>"


def _item(item: DigestItem, language: str, base_url: str) -> str:
    headline = escape(one_line(item.headline))
    source = escape(cite(item.folio, language))
    link = f'<a href="{escape(base_url)}/articles/{item.article_id}">{headline}</a>'
    return f"<li>{link} {source}</li>" if source else f"<li>{link}</li>"


def _distinct(entries: Iterable[EntryText]) -> Iterable[EntryText]:
    """Digests of one pass were composed in one instant; the validator wants `updated` distinct."""
    last: datetime | None = None
    for entry in entries:
        updated = entry.updated
        if last is not None and updated >= last:
            updated = last - timedelta(microseconds=1)
        last = updated
        yield replace(entry, updated=updated)
