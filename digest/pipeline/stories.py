"""Stories: which new articles repeat or go on with what was printed before; it compares no texts itself.

new articles → those that stand already and share landmarks → each that repeats one is folded into it
the others   → earlier clips with rare words of a heading → each that goes on with a story refers to its first
what they will be found by is kept, so that the next pass reads what is new and not the window
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import Connection

from digest.model import ArchivedArticle
from digest.pipeline.desk import Desk
from digest.rank.reprints import COMMONEST, Folded, Printed, fold_new, marks_of
from digest.rank.stories import LED_TO, Heading, Told, follow_new, leads, printed_on
from digest.rank.vocabulary import Rarity, vocabulary_of
from digest.store import archive, landmarks, stories, tellings
from digest.store.tellings import Telling

_AT_ONCE: Final = 500
"""Clips that are cut and kept together."""


@dataclass(frozen=True, slots=True)
class Links:
    """What was found out about new articles.

    Attributes:
        reprints: For each the one that stands for it; None: there is none.
        follow_ups: For each that is no reprint the first of its story; None: there is none.
        standing: For those that stand, and known ones repeated, a day (ordinal) and their landmarks.
    """

    reprints: dict[UUID, UUID | None]
    follow_ups: dict[UUID, UUID | None]
    standing: dict[UUID, tuple[int, tuple[int, ...]]]


def links_of(desk: Desk, new: Sequence[ArchivedArticle]) -> Links:
    """The links of new or changed articles; those of other articles stay what they are.

    Raises:
        StoreError: The database cannot be read.
    """
    _fill(desk, min((article.first_seen for article in new), default=desk.clock()))
    told = [article for article in new if article.article.kind != "note"]
    if not told:
        return Links(dict.fromkeys(article.id for article in new), {}, {})
    with desk.store.read() as tx:
        folded = _fold(desk, tx, told)
        follow_ups = _follow_ups(desk, tx, [article for article in told if article.id not in folded.into])
    reprints = {article.id: folded.into.get(article.id) for article in new}
    return Links(reprints, follow_ups, _standing(told, folded))


def keep_clips(desk: Desk, new: Sequence[ArchivedArticle], links: Links, clipped: Collection[UUID]) -> None:
    """Keeps what clips tell of, for later reports; `clipped` became clips of any profile, new or not.

    In short changes of its own: clips are cut for it, for which nobody should wait. What is kept without
    its clip being stored, should this pass fail, is not looked at.
    """
    if not desk.config.stories.follow_days:
        return
    _, since = _windows(desk, max((article.first_seen for article in new), default=desk.clock()))
    recent = {article.id: _day(article.first_seen) >= since for article in new}
    with desk.store.read() as tx:
        older = tellings.missing(tx, [each for each in clipped if each not in recent], since)
    _keep(desk, [*older, *(each for each in _telling(links, clipped) if recent[each])])


def _telling(links: Links, clipped: Collection[UUID]) -> list[UUID]:
    """The new articles that are clips and no reprints."""
    return [each for each, story in links.reprints.items() if story is None and each in clipped]


def save(tx: Connection, desk: Desk, links: Links, clipped: Collection[UUID]) -> None:
    """Stores the links, and what new articles that stand are found by from now on."""
    archive.set_reprints(tx, links.reprints)
    stories.set_links(tx, links.follow_ups)
    new = list(links.reprints)
    telling = set(_telling(links, clipped))
    landmarks.forget(tx, [each for each in new if each not in links.standing])
    tellings.forget(tx, [each for each in new if each not in telling])
    known = landmarks.days_of(tx, list(links.standing))
    found_by = {
        key: each
        for key, each in links.standing.items()
        if key in links.reprints or each[0] > known.get(key, 0)
    }
    landmarks.keep(tx, found_by)
    since, told_since = _windows(desk, desk.clock())
    landmarks.forget_before(tx, since.toordinal())
    tellings.forget_before(tx, told_since)


def _windows(desk: Desk, seen: datetime) -> tuple[date, date]:
    """From which days on reprints and stories are looked for; whole days, in UTC."""
    day, settings = _day(seen), desk.config.stories
    return day - timedelta(days=settings.reprint_days), day - timedelta(days=settings.follow_days)


def _day(seen: datetime) -> date:
    return seen.astimezone(UTC).date()


def _fold(desk: Desk, tx: Connection, new: Sequence[ArchivedArticle]) -> Folded:
    since, _ = _windows(desk, min(article.first_seen for article in new))
    ids = {article.id for article in new}
    before = {key: story for key, story in stories.represented(tx, list(ids)).items() if story not in ids}
    return fold_new(new, _Standing(tx, since, ids), before)


def _standing(new: Sequence[ArchivedArticle], folded: Folded) -> dict[UUID, tuple[int, tuple[int, ...]]]:
    """Each with the day of its last printing: a story is looked for as long as it is reprinted."""
    days = {article.id: _day(article.first_seen).toordinal() for article in new}
    last = {key: days.get(key, 0) for key in folded.standing}
    for reprint, story in folded.into.items():
        last[story] = max(last[story], days[reprint])
    return {key: (last[key], marks) for key, marks in folded.standing.items()}


def _follow_ups(desk: Desk, tx: Connection, new: Sequence[ArchivedArticle]) -> dict[UUID, UUID | None]:
    """For each new article the first of its story, among earlier clips; a link there was stays."""
    days = desk.config.stories.follow_days
    if not new or not days:
        return {}
    ids = [article.id for article in new]
    _, since = _windows(desk, min(article.first_seen for article in new))
    known: dict[UUID, UUID | None] = dict(stories.links_of(tx, ids))
    found = follow_new(new, days, known, _Tellings(tx, since, set(ids)))
    return {article_id: found.get(article_id) for article_id in ids}


class _Standing:
    """The articles that stand already, as folding asks for them."""

    def __init__(self, tx: Connection, since: date, new: Collection[UUID]) -> None:
        self._tx = tx
        self._since = since.toordinal()
        self._new = new

    def holders(self, marks: Collection[int]) -> Mapping[int, Collection[UUID]]:
        found = landmarks.holders(self._tx, marks, self._since, COMMONEST)
        return {mark: [each for each in ids if each not in self._new] for mark, ids in found.items()}

    def printed(self, ids: Collection[UUID]) -> Mapping[UUID, Printed]:
        return {each.id: Printed.of(each.article) for each in archive.of_ids(self._tx, list(ids))}


class _Tellings:
    """The clips that are kept, as following stories asks for them."""

    def __init__(self, tx: Connection, since: date, new: Collection[UUID] = ()) -> None:
        self._tx = tx
        self._since = since
        self._new = frozenset(new)
        self.articles = tellings.how_many(tx)

    def holders(self, words: Collection[str]) -> Mapping[str, int]:
        return tellings.holders(self._tx, words)

    def saying(self, heading: Heading, since: date, before: date) -> Collection[UUID]:
        printed = range(since.toordinal(), before.toordinal())
        return tellings.saying(self._tx, heading, printed, self._since) - self._new

    def headed(self, words: Collection[str]) -> Mapping[str, Collection[UUID]]:
        found = tellings.headed(self._tx, words, self._since)
        return {word: [each for each in ids if each not in self._new] for word, ids in found.items()}

    def headings(self, ids: Collection[UUID]) -> Mapping[UUID, Collection[str]]:
        return tellings.headings(self._tx, ids)

    def told(self, ids: Collection[UUID]) -> Mapping[UUID, Told]:
        return tellings.told(self._tx, [each for each in ids if each not in self._new])


def _fill(desk: Desk, seen: datetime) -> None:
    """Keeps what the windows have and is not kept: after an upgrade, and where a window grew."""
    since, told_since = (datetime.combine(day, time.min, UTC) for day in _windows(desk, seen))
    settings = desk.config.stories
    with desk.store.read() as tx:
        filled, told = landmarks.filled(tx), tellings.filled(tx)
        standing = stories.standing_since(tx, since) if filled < settings.reprint_days else []
        clipped = stories.clipped_since(tx, told_since) if told < settings.follow_days else []
    _keep_standing(desk, standing)
    _keep(desk, clipped)
    if (filled, told) != (settings.reprint_days, settings.follow_days):
        with desk.store.write() as tx:
            landmarks.set_filled(tx, settings.reprint_days)
            tellings.set_filled(tx, settings.follow_days)


def _keep_standing(desk: Desk, ids: Sequence[UUID]) -> None:
    for found in _by_chunks(desk, ids):
        marked = [(each, marks_of(Printed.of(each.article))) for each in found]
        days = {each.id: (_day(each.first_seen).toordinal(), marks) for each, marks in marked if marks}
        with desk.store.write() as tx:
            landmarks.keep(tx, days)


def _keep(desk: Desk, ids: Sequence[UUID]) -> None:
    for found in _by_chunks(desk, ids):
        told = [Told(each.id, printed_on(each), vocabulary_of(each.article)) for each in found]
        with desk.store.write() as tx:
            rarity = Rarity((each.vocabulary for each in told), _Tellings(tx, date.min))
            rarity.learn(word for each in told for word in each.vocabulary.heading)
            led_to = [leads(each.vocabulary.heading, rarity, LED_TO) for each in told]
            days = [_day(each.first_seen) for each in found]
            tellings.keep(tx, list(map(Telling, told, days, led_to)))


def _by_chunks(desk: Desk, ids: Sequence[UUID]) -> Iterator[list[ArchivedArticle]]:
    """Those of the articles that tell something, not all of them in memory."""
    for start in range(0, len(ids), _AT_ONCE):
        with desk.store.read() as tx:
            found = archive.of_ids(tx, ids[start : start + _AT_ONCE])
        yield [each for each in found if each.article.kind != "note"]
