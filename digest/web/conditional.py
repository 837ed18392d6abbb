"""Decides whether a reader's copy is still good (RFC 9110 §13); it serves nothing."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime


def is_current(headers: Mapping[str, str], etag: str, modified: datetime) -> bool:
    """Whether the copy the request's headers (lower case) tell of is the present one, so that 304 will do.

    `etag` is the strong tag with its quotes. A tag in the request counts alone, whatever its date says.

    >>> is_current({"if-none-match": 'W/"a", "b"'}, '"b"', datetime(2025, 3, 4, tzinfo=UTC))
    True
    """
    tags = headers.get("if-none-match")
    if tags is not None:
        return tags.strip() == "*" or etag in [_strong(tag) for tag in tags.split(",")]
    since = _instant(headers.get("if-modified-since", ""))
    return since is not None and modified.replace(microsecond=0) <= since


def _strong(tag: str) -> str:
    return tag.strip().removeprefix("W/")


def _instant(text: str) -> datetime | None:
    try:
        parsed = parsedate_to_datetime(text)
    except (TypeError, ValueError):
        return None
    return parsed if parsed.tzinfo else parsed.replace(tzinfo=UTC)
