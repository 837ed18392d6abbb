"""One feed as it is served: its bytes, plain and in gzip, and what tells readers that they have it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from functools import cached_property

from digest.pipeline.feed_folder import gzipped
from digest.web.answers import SAFE_HEADERS
from digest.web.compression import takes_gzip
from digest.web.conditional import named_tag, unchanged_since

Headers = list[tuple[bytes, bytes]]

PUBLIC: Headers = [(b"cache-control", b"public, max-age=60")]
"""What caches may do with a public feed."""
SECRET: Headers = [
    (b"cache-control", b"private, no-cache"),
    (b"x-robots-tag", b"noindex, nofollow"),
    (b"referrer-policy", b"no-referrer"),
]
"""What every answer below an address that holds a token says, so that it goes no further."""

_SAFE: Headers = [(name.lower().encode(), value.encode()) for name, value in SAFE_HEADERS.items()]
_VARY = (b"vary", b"Accept-Encoding")


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers and body."""

    status: int
    headers: Headers
    body: bytes = b""

    @classmethod
    def refusal(cls, status: int, told: str, *also: tuple[bytes, bytes]) -> Answer:
        """A refusal in a sentence."""
        body = told.encode()
        own = {name for name, _ in also}
        kind = (b"content-type", b"text/plain; charset=utf-8")
        return cls(
            status,
            [
                kind,
                (b"content-length", b"%d" % len(body)),
                *also,
                *(safe for safe in _SAFE if safe[0] not in own),
            ],
            body,
        )


class Asked:
    """What of a request's headers decides about the answer."""

    __slots__ = ("encoding", "since", "tags")

    def __init__(self, headers: Iterable[tuple[bytes, bytes]]) -> None:
        self.tags = self.since = None
        self.encoding = b""
        for name, value in headers:
            if name == b"if-none-match":
                self.tags = value if self.tags is None else self.tags + b", " + value
            elif name == b"if-modified-since":
                self.since = value
            elif name == b"accept-encoding":
                self.encoding = value if not self.encoding else self.encoding + b", " + value


class FeedDocument:
    """A feed's bytes and all that is computed of them once.

    Attributes:
        content: As it is served to who takes no gzip.
        modified: When it became what it is.
    """

    def __init__(
        self, content: bytes, media_type: str, modified: datetime, *, mark: str = "", also: Headers = PUBLIC
    ) -> None:
        """`mark` stands for the content where other bytes are the same feed; `also` are its own headers."""
        self.content = content
        self.modified = modified
        self._mark = mark = mark or hashlib.sha256(content).hexdigest()[:32]
        self._media_type = media_type
        self._also = also
        self._tags = (f'"{mark}"', f'"{mark}-gz"')
        self._kept = [(tag.encode(), self._not_modified(tag)) for tag in self._tags]
        self._known = dict(self._kept)

    def answer(self, asked: Asked) -> Answer:
        """The feed, or 304 where the reader has it; a tag counts alone, whatever the date says."""
        if asked.tags is not None:
            kept = self._known.get(asked.tags) or self._named(asked.tags)
            if kept:
                return kept
        elif asked.since is not None and unchanged_since(asked.since.decode("latin-1"), self.modified):
            return self._kept[_gzip(asked)][1]
        return self._compressed if _gzip(asked) else self._plain

    def filled(self, place: bytes, token: bytes) -> FeedDocument:
        """The same feed, and the same to conditions, with a reader's own token in its addresses."""
        content = self.content.replace(place, token)
        return FeedDocument(content, self._media_type, self.modified, mark=self._mark, also=self._also)

    def _named(self, condition: bytes) -> Answer | None:
        tag = named_tag(condition.decode("latin-1"), self._tags)
        return self._known[tag.encode()] if tag else None

    def _not_modified(self, tag: str) -> Answer:
        """RFC 9110 §15.4.5: what would have been sent of these with 200, and no body."""
        caching = [header for header in self._also if header[0] != b"link"]
        return Answer(304, [(b"etag", tag.encode()), self._last_modified, *caching, _VARY])

    @property
    def _last_modified(self) -> tuple[bytes, bytes]:
        return b"last-modified", format_datetime(self.modified, usegmt=True).encode()

    @cached_property
    def _plain(self) -> Answer:
        return self._whole(self.content, self._tags[0])

    @cached_property
    def _compressed(self) -> Answer:
        return self._whole(gzipped(self.content), self._tags[1], (b"content-encoding", b"gzip"))

    def _whole(self, body: bytes, tag: str, *encoding: tuple[bytes, bytes]) -> Answer:
        headers = [
            (b"content-type", self._media_type.encode()),
            (b"content-length", b"%d" % len(body)),
            (b"etag", tag.encode()),
            self._last_modified,
            _VARY,
            *encoding,
            *self._also,
        ]
        own = {name for name, _ in headers}
        return Answer(200, headers + [safe for safe in _SAFE if safe[0] not in own], body)


def _gzip(asked: Asked) -> bool:
    return takes_gzip(asked.encoding.decode("latin-1"))
