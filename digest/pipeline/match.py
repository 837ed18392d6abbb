"""Match: new or changed articles with all profiles, new or changed profiles with the archive.

background of the last weeks
clips of   new articles × all profiles   and   archive × changed profiles
what new articles repeat or go on with
one transaction: clips, links, what was matched
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from digest.model import ArchivedArticle, Profile
from digest.pipeline.desk import Desk
from digest.pipeline.stories import links_of
from digest.rank import rank
from digest.rank.background import measure_background
from digest.rank.score import SCORING_VERSION
from digest.store import archive, clips, digests, profiles, stories
from digest.store.clips import Matching

ARCHIVE_WINDOW = timedelta(days=60)
"""How far back the background is measured and a changed profile is applied."""


@dataclass(frozen=True, slots=True)
class Matched:
    """How much was matched, and how many clips there are of it."""

    articles: int = 0
    clips: int = 0
    folded: int = 0


@dataclass(frozen=True, slots=True)
class _Work:
    new: list[ArchivedArticle]
    window: list[ArchivedArticle]
    profiles: list[Profile]
    changed: list[Profile]
    keys: dict[UUID, str]


def match(desk: Desk) -> Matched:
    """Matches what is unmatched; with nothing to do, nothing is written.

    Raises:
        ProfileSyntaxError: A profile cannot be used.
        StoreError: The database failed; what was to be matched still is.
    """
    work = _work(desk)
    if not work.new and not work.changed:
        return Matched()
    now = _after_windows(desk)
    desk.progress("match", 0, len(work.new))
    background = measure_background(work.window, work.profiles)
    found = rank(work.new, work.profiles, now, background)
    new_ids = tuple(article.id for article in work.new)
    new = set(new_ids)
    older = [article for article in work.window if article.id not in new]
    revised = rank(older, work.changed, now, background)
    links = links_of(desk, work.new)
    with desk.store.write() as tx:
        key = clips.save_background(tx, background.to_json(), now)
        everyone = tuple(profile.id for profile in work.profiles)
        clips.replace_clips(tx, found, Matching(everyone, new_ids, key, now))
        changed = tuple(profile.id for profile in work.changed)
        older_ids = tuple(article.id for article in older)
        clips.replace_clips(tx, revised, Matching(changed, older_ids, key, now))
        archive.set_reprints(tx, links.reprints)
        stories.set_links(tx, links.follow_ups)
        archive.mark_matched(tx, new_ids)
        profiles.mark_applied(tx, [(profile.id, work.keys[profile.id]) for profile in work.changed])
    desk.progress("match", len(work.new), len(work.new))
    return Matched(len(work.new), len(found) + len(revised), sum(1 for to in links.reprints.values() if to))


def _after_windows(desk: Desk) -> datetime:
    """Now, or just after the last window when the clock was put back: no clip falls between two windows."""
    now = desk.clock()
    with desk.store.read() as tx:
        end = digests.latest_window_end(tx, now)
    return max(now, end + timedelta(microseconds=1)) if end else now


def _work(desk: Desk) -> _Work:
    with desk.store.read() as tx:
        used = profiles.list_profiles(tx)
        keys = {profile.id: _key(profile) for profile in used}
        applied = profiles.applied(tx)
        changed = [profile for profile in used if applied[profile.id] != keys[profile.id]]
        new = archive.unmatched(tx)
        window = archive.seen_since(tx, desk.clock() - ARCHIVE_WINDOW) if new or changed else []
    return _Work(new, window, used, changed, keys)


def _key(profile: Profile) -> str:
    """What a profile's clips depend on, beside article and background."""
    inputs = (SCORING_VERSION, profile.keywords, profile.threshold)
    return hashlib.sha256(json.dumps(inputs, ensure_ascii=False).encode()).hexdigest()
