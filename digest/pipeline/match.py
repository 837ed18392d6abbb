"""Match: new or changed articles with all profiles, new or changed profiles with the archive.

the register of profiles, as changed since the last pass
counts of the window: what is new, gone or asked for anew makes the background
clips of   new articles × all profiles   and   archive × changed profiles
what new articles repeat or go on with
one transaction: counts, clips, links, what was matched
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from sqlalchemy import Connection

from digest.config import Config
from digest.model import ArchivedArticle, Clip, Profile
from digest.pipeline import stories
from digest.pipeline.census import Census, window_start
from digest.pipeline.desk import Desk
from digest.rank.background import Background, background_from
from digest.rank.counting import Counting
from digest.rank.matcher import Matcher
from digest.rank.reading import Reading, read_article
from digest.rank.register import Register
from digest.rank.score import SCORING_VERSION
from digest.store import archive, clips, counts, digests, profiles
from digest.store.clips import Matching


@dataclass(frozen=True, slots=True)
class Matched:
    """How much was matched, and how many clips there are of it."""

    articles: int = 0
    clips: int = 0
    folded: int = 0


_Read = list[tuple[ArchivedArticle, Reading]]


@dataclass(frozen=True, slots=True)
class _Work:
    """What there is to do; `keys` are those of all profiles, see `_key`."""

    new: list[ArchivedArticle]
    profiles: list[Profile]
    changed: list[Profile]
    keys: dict[UUID, str]


@dataclass(frozen=True, slots=True)
class _Archive:
    """Articles that were there before: their ids, and those a changed profile may select, as read."""

    ids: list[UUID]
    read: _Read


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
    desk.register.replace(work.profiles)
    counting = Counting(desk.register.all_terms())
    with desk.store.read() as tx:
        census = Census(tx, counting, window_start(now).date())
        read = _enter_new(tx, census, desk.register.matcher, work)
        older = _look_back(desk, tx, census, work, now)
    background = background_from(counting, census.totals())
    found = list(_clips(desk.register, read, background, now))
    revised = list(_clips(Register(work.changed), older.read, background, now))
    links = stories.links_of(desk, work.new)
    clipped = {clip.article_id for clip in (*found, *revised)}
    stories.keep_clips(desk, work.new, links, clipped)
    new_ids = tuple(article.id for article in work.new)
    everyone, changed = (tuple(each.id for each in some) for some in (work.profiles, work.changed))
    with desk.store.write() as tx:
        census.save(tx)
        key = clips.save_background(tx, background.to_json(), now)
        clips.replace_clips(tx, found, Matching(everyone, new_ids, key, now))
        clips.replace_clips(tx, revised, Matching(changed, tuple(older.ids), key, now))
        stories.save(tx, desk, links, clipped)
        archive.mark_matched(tx, new_ids)
        profiles.mark_applied(tx, [(profile.id, work.keys[profile.id]) for profile in work.changed])
    desk.register.matcher.tidy()
    desk.progress("match", len(work.new), len(work.new))
    return Matched(len(work.new), len(found) + len(revised), sum(1 for to in links.reprints.values() if to))


def _enter_new(tx: Connection, census: Census, matcher: Matcher, work: _Work) -> _Read:
    """Counts new articles, and those that left or returned; the new ones as they were read."""
    read = _read(work.new, matcher)
    changed = [article.id for article in work.new]
    returned = counts.returned(tx)
    census.leave(counts.counted(tx, [*changed, *counts.left(tx)]))
    again = [each for each in archive.of_ids(tx, returned) if each.id not in set(changed)]
    for pair in (*read, *_read(again, matcher)):
        census.enter(*pair)
    return read


def _applied_since(config: Config, now: datetime) -> datetime:
    """From when on articles are matched with a new or changed profile; whole days, in UTC."""
    first = (now - timedelta(days=config.apply_days)).astimezone(UTC).date()
    return datetime.combine(first, time.min, UTC)


def _look_back(desk: Desk, tx: Connection, census: Census, work: _Work, now: datetime) -> _Archive:
    """The other articles, as far back as set, that changed profiles may select, as they were read.

    Those of the window are counted for what was not asked for before. With nothing changed, nothing is read.
    """
    if not work.changed and not census.unknown:
        return _Archive([], [])
    changed, matcher = Register(work.changed), desk.register.matcher
    if census.unknown <= Counting(changed.all_terms()).subjects:
        matcher = changed.matcher
    new, older = {article.id for article in work.new}, _Archive([], [])
    since = _applied_since(desk.config, now)
    for chunk in archive.by_chunks(tx, min(since, window_start(now)) if census.unknown else since):
        others = [article for article in chunk if article.id not in new]
        read = _read(others, matcher)
        if census.unknown:
            census.complete(counts.counted(tx, [article.id for article in others]), read)
        older.ids.extend(article.id for article in others if article.first_seen >= since)
        older.read.extend(p for p in read if p[0].first_seen >= since and changed.candidates(p[1]))
    return older


def _read(articles: list[ArchivedArticle], matcher: Matcher) -> _Read:
    return [(each, read_article(each.article, matcher)) for each in articles if each.article.kind != "note"]


def _clips(register: Register, read: _Read, background: Background, now: datetime) -> Iterator[Clip]:
    for archived, reading in read:
        yield from register.clips(archived, reading, background, now)


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
    return _Work(new, used, changed, keys)


def _key(profile: Profile) -> str:
    """What a profile's clips depend on, beside article and background."""
    inputs = (SCORING_VERSION, profile.keywords, profile.threshold)
    return hashlib.sha256(json.dumps(inputs, ensure_ascii=False).encode()).hexdigest()
