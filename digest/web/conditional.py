"""Decides whether a reader's copy is still good (RFC 9110 §13); it serves nothing."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

_TAG = re.compile(r'(?:W/)?("[\x21\x23-\x7e\x80-\xff]*")')
"""An entity tag; a comma may be part of it (RFC 9110 §8.8.3)."""


def named_tag(condition: str, tags: Collection[str]) -> str | None:
    """The one of `tags` (strong, with quotes) that If-None-Match names, compared weakly; for `*` the first.

    >>> named_tag('W/"a", "b"', ['"b"', '"b-gz"'])
    '"b"'
    >>> named_tag('"a,b"', ['"b"']) is None
    True
    """
    if condition.strip() == "*":
        return next(iter(tags))
    return next((tag for tag in _TAG.findall(condition) if tag in tags), None)


def unchanged_since(condition: str, modified: datetime) -> bool:
    """Whether nothing changed after the instant of If-Modified-Since; what is no HTTP date tells nothing."""
    try:
        since = parsedate_to_datetime(condition)
    except (TypeError, ValueError):
        return False
    since = since if since.tzinfo else since.replace(tzinfo=UTC)
    return modified.replace(microsecond=0) <= since
