"""Suggest: words and weights for a profile from what readers kept; nothing of the profile is changed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from sqlalchemy import Connection

from digest.errors import DigestError
from digest.model import ArchivedArticle, Profile
from digest.pipeline.census import window_start
from digest.pipeline.desk import Desk
from digest.pipeline.explain import find_article
from digest.pipeline.usage import JiebaUsage
from digest.rank.reweigh import Reweighed, reweigh
from digest.rank.suggest import LEAST_KEPT, Suggestion, WordCounts, suggest, words_in
from digest.store import archive, clips, profiles, verdicts

_BEST = 30
"""So many of the best clips stand for what the reader wants, where too few were kept."""


@dataclass(frozen=True, slots=True)
class Advice:
    """What a profile could be, learned from the articles that readers kept or from its best clips.

    Attributes:
        source: Where the words come from.
        articles: How many articles that was.
        words: Words that could become keywords, the most telling first.
        weights: Keywords that could weigh more or less; none unless readers kept some and refused some.
    """

    source: Literal["kept", "clips"]
    articles: int
    words: tuple[Suggestion, ...]
    weights: tuple[Reweighed, ...]


def advise(desk: Desk, name: str, most: int = 10) -> Advice:
    """Words and weights for the profile `name`.

    Raises:
        DigestError: There is no such profile, or it has nothing to learn from.
    """
    with desk.store.read() as tx:
        profile = _profile(tx, name)
        said = verdicts.given(tx, profile.id)
        source, right = _right(tx, profile, said[True])
        everything = archive.seen_since(tx, window_start(desk.clock()))
    if not right:
        raise DigestError(f"the profile {name!r} has no clips yet to learn from")
    words = suggest(right, WordCounts(everything), words_in(profile), most, JiebaUsage())
    return Advice(source, len(right), words, reweigh(profile, said[True], said[False]))


def _right(
    tx: Connection, profile: Profile, kept: Sequence[ArchivedArticle]
) -> tuple[Literal["kept", "clips"], Sequence[ArchivedArticle]]:
    """What the reader wants: the articles kept, or as long as they are too few the best clips."""
    if len(kept) >= LEAST_KEPT:
        return "kept", kept
    return "clips", [article for _, article, _ in clips.best(tx, profile.id, _BEST)]


Said = Literal["kept", "refused", "nothing"]
"""What a reader says of an article; `nothing` takes back what was said."""


def keep(desk: Desk, name: str, article: str, said: Said) -> ArchivedArticle:
    """Records what a reader says of an article, given by id, address or headline, for a profile.

    Raises:
        DigestError: There is no such profile, or not exactly one such article.
        StoreError: The database failed.
    """
    now = desk.clock()
    with desk.store.write() as tx:
        profile = _profile(tx, name)
        found = find_article(tx, article, archive.seen_since(tx, window_start(desk.clock())))
        if said == "nothing":
            verdicts.take_back(tx, profile.id, found.id)
        else:
            verdicts.give(tx, profile.id, found.id, kept=said == "kept", now=now)
    return found


def _profile(tx: Connection, name: str) -> Profile:
    profile = profiles.profile_named(tx, name)
    if profile is None:
        names = ", ".join(each.name for each in profiles.list_profiles(tx))
        raise DigestError(f"there is no profile {name!r}; there are: {names}")
    return profile
