"""Renders a feed in the form asked for; it writes no file and knows no time of now."""

from __future__ import annotations

from digest.model import Feed
from digest.publish.feed_text import FeedForm, FeedText, feed_text
from digest.publish.json_feed import write_json_feed


def render_feed(feed: Feed, form: FeedForm) -> bytes:
    """The feed as bytes ready to be served or written; the same bytes for the same feed.

    >>> from datetime import UTC, datetime
    >>> from uuid import UUID
    >>> feed = Feed(UUID(int=7), "economy", "数字经济", "山川剪报", "https://clips.example.org", "zh-CN",
    ...             updated=datetime(2025, 3, 4, tzinfo=UTC))
    >>> render_feed(feed, "atom").decode().splitlines()[1]
    '<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">'
    """
    return write_feed(feed_text(feed, form), form)


def write_feed(words: FeedText, form: FeedForm) -> bytes:
    """Words of any feed as bytes."""
    # feedgen and lxml take longer to load than the command line takes to answer --help.
    match form:
        case "rss":
            from digest.publish.rss import write_rss  # noqa: PLC0415  see above

            return write_rss(words)
        case "atom":
            from digest.publish.atom import write_atom  # noqa: PLC0415  see above

            return write_atom(words)
        case "json":
            return write_json_feed(words)
