"""What an address below /feeds/ asks for; it looks nothing up."""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import parse_qs

from digest.pipeline.feeds import FEED_LENGTH
from digest.web.feed_files import MEDIA_TYPES

MOST = 200
"""Entries of a feed, whatever is asked for."""
_ARCHIVE = re.compile(r"archive/([^/]+)/([1-9][0-9]{0,8})\.([a-z]+)")
_FEED = re.compile(r"([^/]+)\.([a-z]+)")
_SCORE = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,6})?")


class WrongQueryError(ValueError):
    """A parameter that cannot be meant; says what is possible."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A feed of a name in a form: whole, narrowed to the newest or best entries, or a part of its archive."""

    name: str
    form: str
    archive: int | None = None
    limit: int = FEED_LENGTH
    least: float | None = None

    @property
    def published(self) -> bool:
        """Whether it is written with every pass."""
        return self.archive is None and self.limit == FEED_LENGTH and self.least is None


def wanted(file: str, query: bytes) -> Wanted | None:
    """What is asked for, or None when no feed can be; parameters that mean nothing here are passed over.

    Raises:
        WrongQueryError: `limit` or `score` is out of bounds.

    >>> wanted("bridges.atom", b"score=60&limit=20")
    Wanted(name='bridges', form='atom', archive=None, limit=20, least=60.0)
    >>> wanted("archive/bridges/3.rss", b"").archive
    3
    """
    if found := _ARCHIVE.fullmatch(file):
        name, number, form = found.groups()
        return Wanted(name, form, int(number)) if form in MEDIA_TYPES else None
    if not (found := _FEED.fullmatch(file)) or found[2] not in MEDIA_TYPES:
        return None
    asked = {name: values[-1] for name, values in parse_qs(query.decode("latin-1")).items()} if query else {}
    return Wanted(found[1], found[2], None, _limit(asked.get("limit")), _least(asked.get("score")))


def _limit(text: str | None) -> int:
    if text is None:
        return FEED_LENGTH
    if not re.fullmatch("[0-9]{1,3}", text) or not 1 <= int(text) <= MOST:
        raise WrongQueryError(f"limit is a number from 1 to {MOST}")
    return int(text)


def _least(text: str | None) -> float | None:
    if text is None:
        return None
    if not _SCORE.fullmatch(text) or float(text) > 100:  # noqa: PLR2004  # scores go up to it
        raise WrongQueryError("score is a number from 0 to 100")
    return float(text)
