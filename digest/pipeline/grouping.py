"""Grouping: what each reader of an edition is to be sent, and who gets the same; writes nothing.

candidates     clips of the window, less old and doubtful ones; clips mailed before that may have changed
per reader     new: never sent      correction: sent in another version      else nothing
readers of the same share a group, and so a rendering
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from uuid import UUID

from sqlalchemy import Connection

from digest.config import DigestTable
from digest.deliver.slots import next_slots
from digest.model import Clipping, Correction
from digest.pipeline.clippings import clippings_of
from digest.pipeline.editions import Edition
from digest.pipeline.windows import Window, oldest_mailed
from digest.rank.diversity import Choice, Chosen, choose
from digest.store import clips, digests
from digest.store.digests import HeldClip, Reader, Sent
from digest.store.subscriptions import Subscription

MOST_CORRECTIONS = 10
"""That a digest shows; more of them at once is a paper sent again, and the rest waits for the next."""

_LATE = timedelta(hours=1)
"""That the pass after a slot may be."""

_Had = frozenset[tuple[UUID, Correction | None]]
"""Candidates a reader was sent before, each with what changed since, if anything did."""


@dataclass(frozen=True)
class Group:
    """Those of an edition's subscribers who get the same digest.

    Attributes:
        clippings: New to them, best first.
        corrected: Sent to them before in another version.
        had: Whether they were sent some of the window's clips before.
        variant: Empty, or a hash of what sets the group apart from the edition's other readers.
    """

    edition: Edition
    window: Window
    clippings: tuple[Clipping, ...]
    corrected: tuple[Clipping, ...]
    chosen: Chosen
    readers: tuple[Reader, ...]
    had: bool
    variant: str
    too_few: bool

    @property
    def mailed(self) -> bool:
        """Whether there is something to send, and enough of it."""
        return bool(self.clippings or self.corrected) and not self.too_few

    @cached_property
    def shown(self) -> tuple[Clipping, ...]:
        """Best first; chosen so that one story does not fill the digest."""
        more = self.chosen.more
        return tuple(
            replace(self.clippings[place], more=more.get(place, 0)) for place in sorted(self.chosen.places)
        )

    @cached_property
    def held(self) -> tuple[Clipping, ...]:
        """Those the digest has no room for."""
        chosen = set(self.chosen.places)
        return tuple(clipping for place, clipping in enumerate(self.clippings) if place not in chosen)

    @property
    def corrections(self) -> tuple[Clipping, ...]:
        """Those shown, the oldest change first."""
        return self.corrected[:MOST_CORRECTIONS]

    def rows(self) -> Iterator[HeldClip]:
        """Its clips as they are kept with the digest, in their order there."""
        for position, clipping in enumerate((*self.shown, *self.corrections)):
            yield _row(clipping, position)
        for clipping in self.held:
            yield _row(clipping, None)


def _row(clipping: Clipping, position: int | None) -> HeldClip:
    archived = clipping.article
    return HeldClip(clipping.profile.id, archived.id, position, archived.updated, archived.article.headline)


@dataclass(frozen=True)
class _Found:
    """The candidates: clippings of the window, best first, and earlier ones that changed since."""

    fresh: Sequence[Clipping]
    changed: Sequence[Clipping]
    max_age: timedelta

    @cached_property
    def by_id(self) -> dict[UUID, Clipping]:
        return {clipping.article.id: clipping for clipping in (*self.fresh, *self.changed)}

    @cached_property
    def new(self) -> set[UUID]:
        return {clipping.article.id for clipping in self.fresh}


def groups_of(tx: Connection, edition: Edition, window: Window, settings: DigestTable) -> list[Group]:
    """The edition's readers, grouped by what they are to be sent; every reader stands in one group."""
    corrects = settings.corrections and window.kind is None
    found = _Found(
        _fresh(tx, edition, window, settings),
        _changed(tx, edition, window, settings) if corrects else [],
        timedelta(days=settings.max_age_days),
    )
    alike: defaultdict[_Had, list[str]] = defaultdict(list)
    sent = digests.sent_before(tx, edition.addresses, list(found.by_id))
    for address in edition.addresses:
        alike[_had(sent.get(address, {}), found, corrects=corrects)].append(address)
    return [_group(edition, window, found, *each) for each in alike.items()]


def _fresh(tx: Connection, edition: Edition, window: Window, settings: DigestTable) -> list[Clipping]:
    """The window's clippings, best first; an article clipped for several profiles stands with the best."""
    oldest = oldest_mailed(window, settings.max_age_days)
    since = max(window.start, oldest) if window.start else oldest
    found = (
        clipping
        for profile in edition.profiles
        for clipping in clippings_of(tx, profile, clips.matched_within(tx, profile.id, since, window.end))
        if clipping.article.first_seen >= oldest and clipping.clip.score >= window.threshold
    )
    best = _best(found, settings)
    return sorted(best.values(), key=lambda c: (-c.clip.score, str(c.article.id)))


def _changed(tx: Connection, edition: Edition, window: Window, settings: DigestTable) -> list[Clipping]:
    """Clippings of earlier windows whose articles changed not too long ago, the oldest change first."""
    oldest = oldest_mailed(window, settings.max_age_days)
    before = max(window.start, oldest) if window.start else oldest
    found = (
        clipping
        for profile in edition.profiles
        for clipping in clippings_of(tx, profile, clips.corrected(tx, profile.id, before, oldest))
    )
    return sorted(_best(found, settings).values(), key=lambda c: c.article.updated)


def _best(found: Iterable[Clipping], settings: DigestTable) -> dict[UUID, Clipping]:
    best: dict[UUID, Clipping] = {}
    for clipping in found:
        known = best.get(clipping.article.id)
        doubtful = clipping.article.article.confidence < settings.min_confidence
        if not doubtful and (known is None or clipping.clip.score > known.clip.score):
            best[clipping.article.id] = clipping
    return best


def _had(sent: Mapping[UUID, Sent], found: _Found, *, corrects: bool) -> _Had:
    """What sets a reader apart: what came before and is not new, or is to be corrected."""
    told = ((each, _correction(sent[each], found.by_id[each]) if corrects else None) for each in sent)
    return frozenset((each, change) for each, change in told if change or each in found.new)


def _correction(sent: Sent, now: Clipping) -> Correction | None:
    if sent.updated in {None, now.article.updated}:
        return None
    same = sent.headline == now.article.article.headline
    return Correction(None if same else sent.headline)


def _group(edition: Edition, window: Window, found: _Found, had: _Had, addresses: Sequence[str]) -> Group:
    before = dict(had)
    new = tuple(clipping for clipping in found.fresh if clipping.article.id not in before)
    corrected = tuple(
        replace(clipping, correction=change)
        for clipping in (*found.changed, *found.fresh)
        if (change := before.get(clipping.article.id))
    )
    return Group(
        edition=edition,
        window=window,
        clippings=new,
        corrected=corrected,
        chosen=_choose(edition, new),
        readers=_readers(edition, addresses),
        had=bool(had),
        variant=_variant(window, had),
        too_few=_waits(edition, window, (*new, *corrected), found.max_age),
    )


def _variant(window: Window, had: _Had) -> str:
    names = sorted(f"{each}{'*' if change else ''}" for each, change in had)
    if window.own:
        names.insert(0, str(window.start))
    return hashlib.sha256(",".join(names).encode()).hexdigest() if names else ""


def _readers(edition: Edition, addresses: Sequence[str]) -> tuple[Reader, ...]:
    people = {each.address: _reader(each) for each in edition.subscribers}
    return tuple(people[address] for address in addresses)


def _reader(subscription: Subscription) -> Reader:
    return Reader(subscription.address, subscription.id, subscription.form == "text")


def _waits(edition: Edition, window: Window, found: Sequence[Clipping], max_age: timedelta) -> bool:
    """Whether so few clips wait for the next slot; not when one of them would be too old by then."""
    if not 0 < len(found) < window.least:
        return False
    [following] = next_slots(edition.schedule, max(window.slot, window.end), 1)
    return following + _LATE - max_age < min(_ages_from(clipping) for clipping in found)


def _ages_from(clipping: Clipping) -> datetime:
    if clipping.correction:
        return clipping.article.updated
    return min(clipping.article.first_seen, clipping.matched)


def _choose(edition: Edition, clippings: Sequence[Clipping]) -> Chosen:
    """Which clippings are shown, by the digest's length and the caps and diversity of their profiles."""
    choices = [
        Choice(each.article.article, each.clip.score, edition.diversity[each.profile.id], each.profile.id)
        for each in clippings
    ]
    return choose(choices, edition.length, edition.caps)
