"""Suggest: words from a profile's best clips that could become its keywords."""

from __future__ import annotations

from digest.errors import DigestError
from digest.pipeline.desk import Desk
from digest.pipeline.match import ARCHIVE_WINDOW
from digest.rank.suggest import Suggestion, WordCounts, suggest, words_in
from digest.store import archive, clips, profiles

_BEST = 30
"""So many of the best clips stand for what the reader wants."""


def suggest_keywords(desk: Desk, name: str, most: int = 10) -> tuple[Suggestion, ...]:
    """Words for the profile `name`, the most telling first.

    Raises:
        DigestError: There is no such profile, or it has no clips yet.
    """
    with desk.store.read() as tx:
        profile = profiles.profile_named(tx, name)
        if profile is None:
            names = ", ".join(each.name for each in profiles.list_profiles(tx))
            raise DigestError(f"there is no profile {name!r}; there are: {names}")
        kept = [article for _, article, _ in clips.best(tx, profile.id, _BEST)]
        everything = archive.seen_since(tx, desk.clock() - ARCHIVE_WINDOW)
    if not kept:
        raise DigestError(f"the profile {name!r} has no clips yet to learn from")
    return suggest(kept, WordCounts(everything), words_in(profile), most)
