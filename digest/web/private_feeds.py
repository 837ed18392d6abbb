"""The feeds of private profiles, for who has a token; each reader's copy names no token but their own."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from digest.pipeline.desk import Desk, system_clock
from digest.pipeline.feed_tokens import opened_by, token_place
from digest.store.secret_key import secret_key
from digest.web.feed_document import SECRET, Answer, Asked
from digest.web.feed_files import MEDIA_TYPES, FeedFiles

_NOT_FOUND = Answer.refusal(404, "There is no such feed.\n", *SECRET)
_GONE = Answer.refusal(410, "This feed is no more; the profile was taken away.\n", *SECRET)


class PrivateFeeds:
    """Answers for `TOKEN/NAME.FORM`; a wrong token, a wrong name and a revoked token look the same."""

    def __init__(self, desk: Desk, clock: Callable[[], datetime] = system_clock) -> None:
        """`clock` tells when a token was used."""
        self._store = desk.store
        self._files = FeedFiles(desk.private_feeds, SECRET)
        self._place = token_place(secret_key(desk.state)).encode()
        self._clock = clock

    def answer(self, path: str, asked: Asked) -> Answer:
        """The feed a token opens, asked for below its own folder.

        Raises:
            StoreError: Database or feed cannot be read.
        """
        token, _, file = path.partition("/")
        name, _, form = file.rpartition(".")
        opened = opened_by(self._store, token, self._clock())
        if opened is None or opened.profile != name or form not in MEDIA_TYPES:
            return _NOT_FOUND
        if opened.retired:
            return _GONE
        feed = self._files.get(name, form)
        if feed is None:
            return _NOT_FOUND
        answer = feed.answer(asked)
        return answer if answer.status != 200 else feed.filled(self._place, token.encode()).answer(asked)  # noqa: PLR2004
