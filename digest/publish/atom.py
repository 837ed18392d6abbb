"""Writes a feed as Atom 1.0 (RFC 4287) by feedgen, around feedgen's defects.

- feedgen prepends entries unless told to append.
- `updated` is the time of now unless set, for the feed and for each entry.
- Links of entries lose `rel` and `type`; an extension writes them instead.
- Content given as CDATA would be labelled type="CDATA"; it is given as escaped HTML.
"""

from __future__ import annotations

import re
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

MEDIA_TYPE = "application/atom+xml"

_LIKE_MARKUP = re.compile(r"<[A-Za-z/!?]|&#?\w")


def write_atom(feed: FeedText) -> bytes:
    """The feed as an Atom 1.0 document in UTF-8; the same bytes for the same feed."""
    atom = FeedGenerator()
    atom.id(feed.id)
    atom.title(feed.title)
    atom.subtitle(feed.subtitle)
    atom.language(feed.language)
    atom.updated(feed.updated)
    atom.generator("Digest")
    # RFC 4287 §4.1.1: without an author of its own an entry needs the feed's.
    atom.author({"name": plain(feed.title)})
    atom.link(href=feed.self_url, rel="self", type=MEDIA_TYPE)
    atom.link(href=feed.page_url, rel="alternate", type="text/html")
    for hub in feed.hubs:
        atom.link(href=hub, rel="hub")
    for relation, address in feed.neighbours.items():
        atom.link(href=address, rel=relation)
    if feed.archived:
        atom.register_extension("history", ArchiveMark)
    for entry in feed.entries:
        _add_entry(atom.add_entry(order="append"), entry)
    return atom.atom_str(pretty=True)


def _add_entry(atom: FeedEntry, entry: EntryText) -> None:
    atom.id(entry.id)
    atom.title(entry.title)
    atom.updated(entry.updated)
    atom.published(entry.published)
    atom.author([{"name": plain(author)} for author in entry.authors])
    atom.summary(entry.summary)
    atom.content(entry.html, type="html")
    atom.category([{"term": category} for category in entry.categories])
    atom.register_extension("digest", lambda: _LinkAndTypes(entry))


class _LinkAndTypes(BaseExtension):
    """Adds the entry's link, and types where text could be mistaken for markup (RFC 4287 §3.1.1)."""

    def __init__(self, entry: EntryText) -> None:
        self._entry = entry

    def extend_atom(self, feed: Element) -> Element:
        xml_elem("link", feed, rel="alternate", type="text/html", href=self._entry.url)
        for name in ("title", "summary"):
            element = feed.find(name)
            if element is not None and _LIKE_MARKUP.search(element.text or ""):
                element.attrib["type"] = "html"
                element.text = escape(element.text or "", quote=False)
        return feed
