"""The feeds of private profiles, for who has a token; each reader's copy names no token but their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus

from digest.pipeline.desk import Desk, system_clock
from digest.pipeline.feed_tokens import opened_by, token_place
from digest.store.secret_key import secret_key
from digest.web.feed_address import Wanted, wanted
from digest.web.feed_document import SECRET, Answer, Asked, FeedDocument
from digest.web.feed_files import FeedFiles
from digest.web.made_feeds import MadeFeeds

_NOT_FOUND = Answer.refusal(404, "There is no such feed.\n", *SECRET)
_GONE = Answer.refusal(410, "This feed is no more; the profile was taken away.\n", *SECRET)


class PrivateFeeds:
    """Answers for `TOKEN/NAME.FORM`; a wrong token, a wrong name and a revoked token look the same."""

    def __init__(self, desk: Desk, made: MadeFeeds, clock: Callable[[], datetime] = system_clock) -> None:
        """`clock` tells when a token was used."""
        self._store = desk.store
        self._files = FeedFiles(desk.private_feeds, SECRET)
        self._place = token_place(secret_key(desk.state))
        self._made = made
        self._clock = clock

    async def answer(self, path: str, query: bytes, asked: Asked) -> Answer:
        """The feed a token opens, asked for below its own folder.

        Raises:
            BusyError, StoreError, WrongQueryError: It cannot be made or read, or the query is wrong.
        """
        token, _, file = path.partition("/")
        feed = wanted(file, query)
        opened = opened_by(self._store, token, self._clock())
        if opened is None or feed is None or opened.profile != feed.name:
            return _NOT_FOUND
        if opened.retired:
            return _GONE
        document = await self._document(feed)
        if document is None:
            return _NOT_FOUND
        answer = document.answer(asked)
        if answer.status == HTTPStatus.NOT_MODIFIED:
            return answer
        return document.filled(self._place.encode(), token.encode()).answer(asked)

    async def _document(self, feed: Wanted) -> FeedDocument | None:
        if feed.published:
            return self._files.get(feed.name, feed.form)
        return await self._made.document(feed, self._place)
