"""Whose feeds everybody may have; looked up in the database at most once a second, never once a request."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping

from digest.pipeline.digest_feed import DIGESTS
from digest.pipeline.feeds import ALL
from digest.store import Store, profiles
from digest.store.profiles import Standing

_SECONDS = 1.0


class FeedNames:
    """The names of feeds; what changed is known a second later."""

    def __init__(self, store: Store, clock: Callable[[], float] = time.monotonic) -> None:
        """`clock` counts seconds."""
        self._store = store
        self._clock = clock
        self._known: Mapping[str, Standing] = {}
        self._until = -1.0

    def standing(self, name: str) -> Standing | None:
        """Whether a feed of this name is public, private or gone; None: there never was one.

        Raises:
            StoreError: The database cannot be read.
        """
        now = self._clock()
        if now >= self._until:
            with self._store.read() as tx:
                self._known = {ALL: "public", DIGESTS: "public", **profiles.standings(tx)}
            self._until = now + _SECONDS
        return self._known.get(name)
