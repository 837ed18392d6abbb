"""The published feed files, as they are served; read again only when a file was replaced."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from types import MappingProxyType

from digest.errors import StoreError

FORMS = (
    ("rss", "RSS", "application/rss+xml"),
    ("atom", "Atom", "application/atom+xml"),
    ("json", "JSON Feed", "application/feed+json"),
)
"""Ending, name and media type of each form (the RSS Board, RFC 4287, JSON Feed 1.1)."""

MEDIA_TYPES = MappingProxyType({form: f"{media_type}; charset=utf-8" for form, _, media_type in FORMS})
"""What the files are served as, by their ending."""

_Signature = tuple[int, int, int]


@dataclass(frozen=True, slots=True)
class FeedFile:
    """A feed's bytes with what tells readers whether they have them already."""

    content: bytes
    etag: str
    modified: datetime

    @property
    def last_modified(self) -> str:
        """As an HTTP date."""
        return format_datetime(self.modified, usegmt=True)


class FeedFiles:
    """The folder of feeds; callers make sure that a name is a profile's or `all`."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._read: dict[str, tuple[_Signature, FeedFile]] = {}

    def get(self, name: str, form: str) -> FeedFile | None:
        """The feed, or None when it was not published yet.

        Raises:
            StoreError: The file is there and cannot be read.
        """
        file_name = f"{name}.{form}"
        try:
            with (self._folder / file_name).open("rb") as file:
                status = os.fstat(file.fileno())
                signature = (status.st_ino, status.st_mtime_ns, status.st_size)
                known = self._read.get(file_name)
                if known and known[0] == signature:
                    return known[1]
                feed = _feed_file(file.read(), status.st_mtime)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(f"the feed {file_name} cannot be read: {error.strerror}") from error
        self._read[file_name] = (signature, feed)
        return feed


def _feed_file(content: bytes, mtime: float) -> FeedFile:
    etag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    return FeedFile(content, etag, datetime.fromtimestamp(mtime, UTC))
