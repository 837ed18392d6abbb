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
from digest.web.feed_address import Wanted, WrongQueryError, wanted
from digest.web.feed_document import SECRET, Answer, Asked, FeedDocument
from digest.web.feed_files import FeedFiles
from digest.web.feed_names import FeedNames
from digest.web.made_feeds import OPML, BusyError, MadeFeeds
from digest.web.private_feeds import PrivateFeeds

_PRIVATE = "/feeds/private/"
_LIST = "/feeds.opml"
_SECONDS = 1.0
_LATER = (b"retry-after", b"30")
_NOT_FOUND = Answer.refusal(404, "There is no such feed.\n")
_GONE = Answer.refusal(410, "This feed is no more; the profile was taken away.\n")
_ONLY_READING = Answer.refusal(405, "Feeds can only be read.\n", (b"allow", b"GET, HEAD"))


class FeedServer:
    """An ASGI application that answers for feeds and passes all else on to `pages`."""

    def __init__(self, desk: Desk, pages: ASGIApp, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` counts seconds; for one of them a feed that was served is served again unasked."""
        self._names = FeedNames(desk.store, clock)
        self._files = FeedFiles(desk.feeds, site=desk.config.public_url, hubs=desk.config.feeds.hubs)
        self._made = MadeFeeds(desk, clock)
        self._private = PrivateFeeds(desk, self._made)
        self._pages = pages
        self._clock = clock
        self._served: dict[str, tuple[float, FeedDocument]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answers one request."""
        if scope["type"] != "http" or not scope["path"].startswith(("/feeds/", _LIST)):
            await self._pages(scope, receive, send)
            return
        answer = self._at_once(scope) or await self._answer(scope)
        await send({"type": "http.response.start", "status": answer.status, "headers": answer.headers})
        body = answer.body if scope["method"] == "GET" else b""
        await send({"type": "http.response.body", "body": body})

    def _at_once(self, scope: Scope) -> Answer | None:
        """What was served within the second, and what only reading may ask for."""
        if scope["method"] not in {"GET", "HEAD"}:
            return _ONLY_READING
        until, feed = self._served.get(scope["path"], (0.0, None))
        if feed and self._clock() < until and not scope["query_string"]:
            return feed.answer(Asked(scope["headers"]))
        return None

    async def _answer(self, scope: Scope) -> Answer:
        path, query, asked = scope["path"], scope["query_string"], Asked(scope["headers"])
        secret = SECRET if path.startswith(_PRIVATE) else []
        try:
            if secret:
                return await self._private.answer(path.removeprefix(_PRIVATE), query, asked)
            return await self._public(path, query, asked)
        except BusyError:
            return Answer.refusal(503, "Too much is asked for at once; ask again later.\n", _LATER, *secret)
        except WrongQueryError as error:
            return Answer.refusal(400, f"{error}\n", *secret)
        except StoreError as error:
            return Answer.refusal(503, f"{error}\n", _LATER, *secret)

    async def _public(self, path: str, query: bytes, asked: Asked) -> Answer:
        """Only names that the store knows go on to the file system."""
        feed = OPML if path == _LIST else wanted(path.removeprefix("/feeds/"), query)
        standing = self._names.standing(feed.name) if feed else None
        if feed is OPML:
            document = await self._made.document(OPML)
        elif feed is None or standing not in {"public", "gone"}:
            return _NOT_FOUND
        elif standing == "gone":
            return _GONE
        elif feed.published:
            document = self._published(path, feed)
        else:
            document = await self._made.document(feed)
        return document.answer(asked) if document else _NOT_FOUND

    def _published(self, path: str, feed: Wanted) -> FeedDocument | None:
        document = self._files.get(feed.name, feed.form)
        if document:
            self._served[path] = (self._clock() + _SECONDS, document)
        return document
