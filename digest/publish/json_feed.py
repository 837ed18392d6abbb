"""Writes a feed as JSON Feed 1.1; scores and reasons stand in the extension `_digest`."""

from __future__ import annotations

import json
from collections import Counter
from datetime import datetime

from digest.model import Clipping, Reason
from digest.publish.feed_text import EntryText, FeedText
from digest.publish.inert import one_line
from digest.publish.reasons import keyword, why

MEDIA_TYPE = "application/feed+json"


def write_json_feed(feed: FeedText) -> bytes:
    """The feed as JSON Feed 1.1 in UTF-8; the same bytes for the same feed."""
    document = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.page_url,
        "feed_url": feed.self_url,
        "next_url": feed.neighbours.get("prev-archive"),
        "description": feed.subtitle,
        "language": feed.language,
        "hubs": [{"type": "WebSub", "url": hub} for hub in feed.hubs],
        "items": [_item(entry, feed.language) for entry in feed.entries],
    }
    written = {name: value for name, value in document.items() if value or name not in {"hubs", "next_url"}}
    return json.dumps(written, ensure_ascii=False, indent=1).encode() + b"\n"


def _item(entry: EntryText, language: str) -> dict[str, object]:
    item: dict[str, object] = {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "content_html": entry.html,
        "date_published": _instant(entry.published),
        "date_modified": _instant(entry.updated),
        "authors": [{"name": author} for author in entry.authors],
        "tags": list(entry.categories),
        "language": language,
        "_digest": _extension(entry, language),
    }
    return {name: value for name, value in item.items() if value not in ("", [])}


def _extension(entry: EntryText, language: str) -> dict[str, object]:
    folio = entry.folio
    extension: dict[str, object] = {
        "paper": one_line(folio.paper) if folio.paper else None,
        "date": folio.date.isoformat() if folio.date else None,
        "page": folio.number,
        "page_label": one_line(folio.label) if folio.label else None,
    }
    return extension | (_explained(entry.clipping, language) if entry.clipping else {})


def _explained(clipping: Clipping, language: str) -> dict[str, object]:
    sentences = why(clipping.clip, language)
    return {
        "score": round(clipping.clip.score, 2),
        "reasons": [_reason(*pair) for pair in zip(clipping.clip.reasons, sentences, strict=True)],
    }


def _reason(reason: Reason, sentence: str) -> dict[str, object]:
    return {
        "label": keyword(reason),
        "points": round(reason.points, 2),
        "text": sentence,
        "hits": dict(Counter(hit.zone for hit in reason.hits)),
    }


def _instant(instant: datetime) -> str:
    return instant.isoformat().replace("+00:00", "Z")
