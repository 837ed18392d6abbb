"""Writes a feed as RSS 2.0 by feedgen, around feedgen's defects.

- feedgen prepends entries unless told to append.
- `lastBuildDate` is the time of now unless set.
- The channel's link is whichever link was added last, so the page's comes last.
- Of Atom's links only `self` is written; hubs are added by an extension.
- Authors without a mail address vanish; they are written as dc:creator.

RSS leaves open whether a title is text or HTML, so titles are written such that both mean the same.
"""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from feedgen.entry import FeedEntry
from feedgen.ext.base import BaseExtension
from feedgen.feed import FeedGenerator
from feedgen.util import xml_elem

from digest.publish.feed_history import ArchiveMark
from digest.publish.feed_text import EntryText, FeedText
from digest.publish.inert import plain

if TYPE_CHECKING:
    from feedgen.util import Element  # in the stub alone

MEDIA_TYPE = "application/rss+xml"

_ATOM = "http://www.w3.org/2005/Atom"
_DUBLIN_CORE = "http://purl.org/dc/elements/1.1/"


def write_rss(feed: FeedText) -> bytes:
    """The feed as an RSS 2.0 document in UTF-8; the same bytes for the same feed."""
    channel = FeedGenerator()
    channel.title(plain(feed.title))
    channel.description(plain(feed.subtitle))
    channel.language(feed.language)
    channel.updated(feed.updated)
    channel.generator("Digest")
    channel.link(href=feed.self_url, rel="self", type=MEDIA_TYPE)
    channel.link(href=feed.page_url, rel="alternate")
    channel.register_extension("digest", lambda: _Channel(feed))
    if feed.archived:
        channel.register_extension("history", ArchiveMark)
    for entry in feed.entries:
        _add_item(channel.add_entry(order="append"), entry)
    return channel.rss_str(pretty=True)


def _add_item(item: FeedEntry, entry: EntryText) -> None:
    item.id(entry.id)
    item.title(plain(entry.title))
    item.link(href=entry.url)
    item.published(entry.published)
    # RSS 2.0 <description> is HTML; feedgen needs it before the content to keep both.
    item.summary(escape(entry.summary or entry.title, quote=False))
    item.content(entry.html)
    item.category([{"term": plain(category)} for category in entry.categories])
    item.register_extension("digest", lambda: _Creators(entry))


class _Channel(BaseExtension):
    def __init__(self, feed: FeedText) -> None:
        self._feed = feed

    def extend_ns(self) -> dict[str, str]:
        return {"dc": _DUBLIN_CORE}

    def extend_rss(self, feed: Element) -> Element:
        channel = feed.find("channel")
        for hub in self._feed.hubs:
            xml_elem(f"{{{_ATOM}}}link", channel, rel="hub", href=hub)
        for relation, address in self._feed.neighbours.items():
            xml_elem(f"{{{_ATOM}}}link", channel, rel=relation, href=address)
        return feed


class _Creators(BaseExtension):
    def __init__(self, entry: EntryText) -> None:
        self._entry = entry

    def extend_rss(self, feed: Element) -> Element:
        for author in self._entry.authors:
            xml_elem(f"{{{_DUBLIN_CORE}}}creator", feed).text = plain(author)
        return feed
