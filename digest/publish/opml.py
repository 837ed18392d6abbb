"""Writes a list of feeds as OPML 2.0, which feed readers import; it decides not which feeds are listed."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from xml.sax.saxutils import escape, quoteattr

from digest.publish.inert import one_line

MEDIA_TYPE = "text/x-opml"


@dataclass(frozen=True, slots=True)
class Outline:
    """A feed of the list: what readers call it, where it is, and the page it belongs to."""

    title: str
    feed_url: str
    page_url: str


def write_opml(title: str, outlines: Iterable[Outline]) -> bytes:
    """The list in UTF-8; the same bytes for the same list.

    >>> listed = Outline("桥<梁", "https://x.example/feeds/b.atom", "https://x.example/")
    >>> write_opml("剪报", [listed]).decode().count("桥&lt;梁")
    2
    """
    lines = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        '<opml version="2.0">',
        f"<head><title>{escape(one_line(title))}</title></head>",
        "<body>",
        *map(_line, outlines),
        "</body>",
        "</opml>",
    ]
    return "\n".join(lines).encode() + b"\n"


def _line(outline: Outline) -> str:
    title = quoteattr(one_line(outline.title))
    addresses = f"xmlUrl={quoteattr(outline.feed_url)} htmlUrl={quoteattr(outline.page_url)}"
    return f'<outline type="rss" text={title} title={title} {addresses}/>'
