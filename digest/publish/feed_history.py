"""Marks a document as part of a feed's archive (RFC 5005 §4); it knows no entries."""

from __future__ import annotations

from typing import TYPE_CHECKING

from feedgen.ext.base import BaseExtension
from feedgen.util import xml_elem

if TYPE_CHECKING:
    from feedgen.util import Element  # in the stub alone

_HISTORY = "http://purl.org/syndication/history/1.0"


class ArchiveMark(BaseExtension):
    """Adds `fh:archive` to an Atom feed or RSS channel."""

    def extend_ns(self) -> dict[str, str]:
        """The namespace's prefix."""
        return {"fh": _HISTORY}

    def extend_atom(self, feed: Element) -> Element:
        """Of an Atom feed."""
        xml_elem(f"{{{_HISTORY}}}archive", feed)
        return feed

    def extend_rss(self, feed: Element) -> Element:
        """Of an RSS channel."""
        xml_elem(f"{{{_HISTORY}}}archive", feed.find("channel"))
        return feed
