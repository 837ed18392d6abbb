"""The published feed files, as they are served; read again only when a file was replaced."""

from __future__ import annotations

import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

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

    def __init__(
        self, folder: Path, also: Headers = PUBLIC, *, site: str = "", hubs: Sequence[str] = ()
    ) -> None:
        """`also` are headers each of them carries; with hubs, Link headers name those and the feed itself."""
        self._folder = folder
        self._also = also
        self._site = site
        self._hubs = hubs
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
            also = [*self._also, *self._links(file_name)]
            feed = FeedDocument(file.read(), MEDIA_TYPES[form], modified, also=also)
        self._read[file_name] = (_signature(status), feed)
        return feed

    def _links(self, file_name: str) -> Headers:
        """WebSub §4: hubs look for the hub and the feed's own address here before they read the feed."""
        links = [f'<{_uri(hub)}>; rel="hub"' for hub in self._hubs]
        links += [f'<{_uri(self._site)}/feeds/{file_name}>; rel="self"'] if links else []
        return [(b"link", link.encode("ascii")) for link in links]


def _uri(address: str) -> str:
    """The address without what would end it within a header."""
    return quote(address, safe=":/?#[]@!$&'()*+,;=%~")


def _signature(status: os.stat_result) -> _Signature:
    return status.st_ino, status.st_mtime_ns, status.st_size
