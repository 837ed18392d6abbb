"""The published feed files, as they are served; read again only when a file was replaced."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType

from digest.errors import StoreError
from digest.web.feed_document import PUBLIC, FeedDocument, Headers

FORMS = (
    ("rss", "RSS", "application/rss+xml"),
    ("atom", "Atom", "application/atom+xml"),
    ("json", "JSON Feed", "application/feed+json"),
)
"""Ending, name and media type of each form (the RSS Board, RFC 4287, JSON Feed 1.1)."""

MEDIA_TYPES = MappingProxyType({form: f"{media_type}; charset=utf-8" for form, _, media_type in FORMS})
"""What the files are served as, by their ending."""

_Signature = tuple[int, int, int]


class FeedFiles:
    """A folder of feeds; callers make sure that a name is a profile's or `all`."""

    def __init__(self, folder: Path, also: Headers = PUBLIC) -> None:
        """`also` are headers that each of them carries."""
        self._folder = folder
        self._also = also
        self._read: dict[str, tuple[_Signature, FeedDocument]] = {}

    def get(self, name: str, form: str) -> FeedDocument | None:
        """The feed, or None when it was not published yet.

        Raises:
            StoreError: The file is there and cannot be read.
        """
        file_name = f"{name}.{form}"
        try:
            return self._current(file_name, form)
        except FileNotFoundError:
            self._read.pop(file_name, None)
            return None
        except OSError as error:
            raise StoreError(f"the feed {file_name} cannot be read: {error.strerror}") from error

    def _current(self, file_name: str, form: str) -> FeedDocument:
        path = self._folder / file_name
        known = self._read.get(file_name)
        if known and known[0] == _signature(path.stat()):
            return known[1]
        with path.open("rb") as file:
            status = os.fstat(file.fileno())
            modified = datetime.fromtimestamp(status.st_mtime, UTC)
            feed = FeedDocument(file.read(), MEDIA_TYPES[form], modified, also=self._also)
        self._read[file_name] = (_signature(status), feed)
        return feed


def _signature(status: os.stat_result) -> _Signature:
    return status.st_ino, status.st_mtime_ns, status.st_size
