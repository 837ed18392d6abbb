"""Serves the feeds, before the framework that serves the pages: they are asked for far more often.

an address below /feeds/   → a feed, 304, or a refusal in a sentence
any other                  → the pages
"""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from digest.errors import StoreError
from digest.web.feed_document import Answer, Asked
from digest.web.feed_files import MEDIA_TYPES, FeedFiles
from digest.web.feed_names import FeedNames

_NOT_FOUND = Answer.refusal(404, "There is no such feed.\n")
_GONE = Answer.refusal(410, "This feed is no more; the profile was taken away.\n")
_ONLY_READING = Answer.refusal(405, "Feeds can only be read.\n", (b"allow", b"GET, HEAD"))


class FeedServer:
    """An ASGI application that answers for feeds and passes all else on to `pages`."""

    def __init__(self, names: FeedNames, files: FeedFiles, pages: ASGIApp) -> None:
        self._names = names
        self._files = files
        self._pages = pages

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
        try:
            return self._published(scope["path"].removeprefix("/feeds/"), Asked(scope["headers"]))
        except StoreError as error:
            return Answer.refusal(503, f"{error}\n", (b"retry-after", b"30"))

    def _published(self, file: str, asked: Asked) -> Answer:
        """Only names that the store knows go on to the file system."""
        name, _, form = file.rpartition(".")
        if form not in MEDIA_TYPES:
            return _NOT_FOUND
        match self._names.standing(name):
            case "public":
                feed = self._files.get(name, form)
                return feed.answer(asked) if feed else _NOT_FOUND
            case "gone":
                return _GONE
            case _:
                return _NOT_FOUND
