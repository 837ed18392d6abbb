"""Serves the feeds, before the framework that serves the pages: they are asked for far more often.

an address below /feeds/   → a feed, 304, or a refusal in a sentence
any other                  → the pages
"""

from __future__ import annotations

import time
from collections.abc import Callable

from starlette.types import ASGIApp, Receive, Scope, Send

from digest.errors import StoreError
from digest.pipeline.desk import Desk
from digest.web.feed_document import SECRET, Answer, Asked, FeedDocument
from digest.web.feed_files import MEDIA_TYPES, FeedFiles
from digest.web.feed_names import FeedNames
from digest.web.private_feeds import PrivateFeeds

_PRIVATE = "/feeds/private/"
_SECONDS = 1.0
_NOT_FOUND = Answer.refusal(404, "There is no such feed.\n")
_GONE = Answer.refusal(410, "This feed is no more; the profile was taken away.\n")
_ONLY_READING = Answer.refusal(405, "Feeds can only be read.\n", (b"allow", b"GET, HEAD"))


class FeedServer:
    """An ASGI application that answers for feeds and passes all else on to `pages`."""

    def __init__(self, desk: Desk, pages: ASGIApp, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` counts seconds; for one of them a feed that was served is served again unasked."""
        self._names = FeedNames(desk.store, clock)
        self._files = FeedFiles(desk.feeds)
        self._private = PrivateFeeds(desk)
        self._pages = pages
        self._clock = clock
        self._served: dict[str, tuple[float, FeedDocument]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http" or not scope["path"].startswith("/feeds/"):
            await self._pages(scope, receive, send)
            return
        answer = self._answer(scope)
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        body = answer.body if scope["method"] == "GET" else b""
        await send({"type": "http.response.body", "body": body})

    def _answer(self, scope: Scope) -> Answer:
        if scope["method"] not in {"GET", "HEAD"}:
            return _ONLY_READING
        asked = Asked(scope["headers"])
        until, feed = self._served.get(scope["path"], (0.0, None))
        if feed and self._clock() < until:
            return feed.answer(asked)
        try:
            return self._published(scope["path"], asked)
        except StoreError as error:
            secret = SECRET if scope["path"].startswith(_PRIVATE) else []
            return Answer.refusal(503, f"{error}\n", (b"retry-after", b"30"), *secret)

    def _published(self, path: str, asked: Asked) -> Answer:
        """Only names that the store knows go on to the file system."""
        name, _, form = path.removeprefix("/feeds/").rpartition(".")
        if path.startswith(_PRIVATE):
            return self._private.answer(path.removeprefix(_PRIVATE), asked)
        if form not in MEDIA_TYPES:
            return _NOT_FOUND
        match self._names.standing(name):
            case "public":
                feed = self._files.get(name, form)
                if feed is None:
                    return _NOT_FOUND
                self._served[path] = (self._clock() + _SECONDS, feed)
                return feed.answer(asked)
            case "gone":
                return _GONE
            case _:
                return _NOT_FOUND
