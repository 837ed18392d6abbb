"""Preview: what a profile would select from the archive, and what would change; stores nothing.

articles of the last days, background of the last weeks
clips of   articles × profile   and   articles × the profile as stored, both without threshold
over the threshold, around it, and where the two differ
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from digest.model import ArchivedArticle, Profile
from digest.pipeline.census import window_start
from digest.pipeline.desk import Desk
from digest.rank import rank
from digest.rank.background import Background, measure_background
from digest.store import archive, profiles

BEST: Final = 10
BORDERLINE: Final = 5
"""Clips on either side of the threshold."""
MOVED: Final = 1.0
"""Points under which a change of score is none."""


@dataclass(frozen=True, slots=True)
class Scored:
    """An article with its score, and with the one it has now where the profile as stored selects it."""

    archived: ArchivedArticle
    score: float
    before: float | None = None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a profile would select.

    Attributes:
        articles: How many were looked at.
        by_day: For each day of the papers with articles, how many are selected; oldest first.
        best: The selected with the highest scores.
        above: The selected with the lowest, lowest first. `below`: those that nearly were, highest first.
        stored: Whether there is a stored profile of the name to compare with.
        gained, lost, moved: What would be selected, not any more, and with another score, best first.
    """

    profile: Profile
    articles: int
    selected: int
    by_day: tuple[tuple[date, int], ...]
    best: tuple[Scored, ...]
    above: tuple[Scored, ...]
    below: tuple[Scored, ...]
    stored: bool = False
    gained: tuple[Scored, ...] = ()
    lost: tuple[Scored, ...] = ()
    moved: tuple[Scored, ...] = ()


def preview(desk: Desk, profile: Profile, days: int) -> Preview:
    """What the profile, its includes put in, would select of the articles first seen in the last days.

    Scores are those that matching would give now; reprints are not folded.

    Raises:
        ProfileSyntaxError: The profile cannot be used.
        StoreError: The database failed.
    """
    now = desk.clock()
    with desk.store.read() as tx:
        stored = profiles.profile_named(tx, profile.name)
        window = archive.seen_since(tx, min(window_start(now), now - timedelta(days=days)))
    shown = [each for each in window if each.first_seen >= now - timedelta(days=days)]
    asked = [replace(each, threshold=0.0) for each in (profile, stored) if each is not None]
    background = measure_background((a for a in window if a.first_seen >= window_start(now)), asked)
    new, old = (
        {clip.article_id: clip.score for clip in rank(shown, [each], now, background)} if each else {}
        for each in (asked[0], asked[1] if stored else None)
    )
    return _previewed(profile, stored, {each.id: each for each in shown}, new, old)


def _previewed(
    profile: Profile,
    stored: Profile | None,
    shown: Mapping[UUID, ArchivedArticle],
    new: Mapping[UUID, float],
    old: Mapping[UUID, float],
) -> Preview:
    kept = {key: score for key, score in old.items() if stored and score >= stored.threshold}
    scored = [Scored(shown[key], score, kept.get(key)) for key, score in new.items()]
    selected = [each for each in scored if each.score >= profile.threshold]
    ids = {each.archived.id for each in selected}
    lost = [Scored(shown[key], new.get(key, 0.0), score) for key, score in kept.items() if key not in ids]
    moved = [each for each in selected if each.before is not None and abs(each.score - each.before) >= MOVED]
    return Preview(
        profile=profile,
        articles=sum(1 for each in shown.values() if each.article.kind != "note"),
        selected=len(selected),
        by_day=_by_day(shown.values(), ids),
        best=tuple(selected[:BEST]),
        above=tuple(selected[::-1][:BORDERLINE]),
        below=tuple([each for each in scored if each.score < profile.threshold][:BORDERLINE]),
        stored=stored is not None,
        gained=tuple(each for each in selected if each.before is None) if stored else (),
        lost=tuple(lost),
        moved=tuple(moved),
    )


def _by_day(shown: Iterable[ArchivedArticle], selected: set[UUID]) -> tuple[tuple[date, int], ...]:
    counts: Counter[date] = Counter()
    for archived in shown:
        counts[archived.folio.date or archived.first_seen.date()] += archived.id in selected
    return tuple(sorted(counts.items()))


def hits_a_day(desk: Desk, wanted: Sequence[Profile], days: int) -> tuple[dict[str, float], Background]:
    """How many articles each profile selects a day, by name, and the background that was measured for it.

    Raises:
        ProfileSyntaxError: A profile cannot be used.
        StoreError: The database failed.
    """
    now = desk.clock()
    with desk.store.read() as tx:
        window = archive.seen_since(tx, now - timedelta(days=days))
    background = measure_background(window, wanted)
    with_days = {archived.folio.date or archived.first_seen.date() for archived in window}
    clips = Counter(clip.profile_id for clip in rank(window, wanted, now, background))
    return {each.name: clips[each.id] / max(1, len(with_days)) for each in wanted}, background
