"""Compose: what is due becomes digests with their deliveries, before any socket is opened.

for each edition (the recipients who want the same, at the same times):
    the slot that is due; after a downtime only the last, its window covers those missed
    clips first matched in its window, less old and doubtful ones, less what a recipient was sent before
    nothing → skipped, recorded        else rendered once
    one transaction: digest, its clips, a delivery for each recipient
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property
from uuid import UUID, uuid5

from sqlalchemy import Connection

from digest.deliver.slots import slots_between
from digest.model import Clipping, Digest, Section, Tally
from digest.pipeline.clippings import clippings_of
from digest.pipeline.desk import Desk
from digest.pipeline.editions import Edition, editions_of
from digest.pipeline.mail import mail_templates, sender_of
from digest.publish import render_digest
from digest.rank.diversity import Choice, Chosen, choose
from digest.store import archive, clips, digests, subscriptions
from digest.store.digests import DigestRow, HeldClip, Reader, SkipReason
from digest.store.subscriptions import Subscription

_NAMESPACE = UUID("a7c1d3a5-6a0b-4ad0-8b53-0c8c1e5a9d02")


@dataclass(frozen=True, slots=True)
class _Window:
    """What a digest covers: clips first matched after `start`, up to `end`; it was due at `slot`.

    A digest that is late covers what came until it is composed: a reader who opens the office at eight finds
    this morning's pages in the digest of half past seven. One asked for at once is never recorded empty.
    """

    start: datetime | None
    slot: datetime
    end: datetime
    at_once: bool


@dataclass(frozen=True, slots=True)
class Composed:
    """The digests composed, and how many were skipped as empty."""

    numbers: tuple[int, ...] = ()
    skipped: int = 0


def compose_due(desk: Desk, *, at_once: bool = False) -> Composed:
    """Composes the digests whose slot has come; `at_once` composes one of what is new now.

    Raises:
        StoreError: The database failed; digests not written are still due.
        TemplateError: The templates of the mail are broken.
    """
    with desk.store.read() as tx:
        editions = editions_of(tx, desk.config, desk.clock())
    results = [row for edition in editions for row in _compose_edition(desk, edition, at_once=at_once)]
    results += [row for edition in editions for row in _compose_starts(desk, edition)]
    numbers = tuple(row.number for row in results if row.number is not None)
    return Composed(numbers, len(results) - len(numbers))


def _compose_edition(desk: Desk, edition: Edition, *, at_once: bool) -> list[DigestRow]:
    """Writes all digests of the edition's slot together: a pass that dies leaves it due for everybody."""
    window = _due(desk, edition, at_once=at_once)
    if window is None:
        return []
    written = _written(desk, edition, window)
    with desk.store.write() as tx:
        _save(tx, written)
    desk.progress("compose", len(written), len(written))
    return [row for _, row in written]


def _compose_starts(desk: Desk, edition: Edition) -> list[DigestRow]:
    """The digest of the days before for each reader who asked for one; their slots go on beside it."""
    rows: list[DigestRow] = []
    for reader in (each for each in edition.subscribers if each.start_days):
        alone = replace(edition, subscribers=(reader,), apart=str(reader.id))
        start = reader.created - timedelta(days=reader.start_days or 0)
        now = desk.clock()
        written = _written(desk, alone, _Window(start, now, now, at_once=True))
        with desk.store.write() as tx:
            _save(tx, written)
            subscriptions.started(tx, reader.id)
        rows += [row for _, row in written]
    return rows


def _written(desk: Desk, edition: Edition, window: _Window) -> list[tuple[_Group, DigestRow]]:
    with desk.store.read() as tx:
        candidates = _candidates(desk, tx, edition, window)
        sent = _by_sent_before(tx, edition, candidates)
        groups = [_group(edition, window, candidates, *each) for each in sent.items()]
        return list(_rows(desk, tx, groups))


def _save(tx: Connection, written: Sequence[tuple[_Group, DigestRow]]) -> None:
    for group, row in written:
        digests.save_digest(tx, row, _clips_of(group), group.readers if group.clippings else ())


def _due(desk: Desk, edition: Edition, *, at_once: bool) -> _Window | None:
    now = desk.clock()
    with desk.store.read() as tx:
        slot, end = digests.last_window(tx, edition.key, now)
        if slot is None:  # an edition whose settings changed goes on where its readers were
            slot, end = digests.last_window_sent_to(tx, edition.addresses, now)
    if at_once:
        return _Window(end, now, now, at_once=True)
    begun = min(subscription.created for subscription in edition.subscribers)
    if end is None and edition.asked_for:
        end = begun
    due = slots_between(edition.schedule, max(slot or begun, begun), now)
    return _Window(end, due[-1], now, at_once=False) if due else None


def _candidates(desk: Desk, tx: Connection, edition: Edition, window: _Window) -> list[Clipping]:
    """The window's clippings, best first; an article clipped for several profiles stands with the best."""
    oldest = window.end - timedelta(days=desk.config.digest.max_age_days)
    since = max(window.start, oldest) if window.start else oldest
    best: dict[UUID, Clipping] = {}
    for profile in edition.profiles:
        rows = clips.matched_within(tx, profile.id, since, window.end)
        for clipping in clippings_of(tx, profile, rows):
            doubtful = clipping.article.article.confidence < desk.config.digest.min_confidence
            if doubtful or clipping.article.first_seen < oldest:
                continue
            known = best.get(clipping.article.id)
            if known is None or clipping.clip.score > known.clip.score:
                best[clipping.article.id] = clipping
    return sorted(best.values(), key=lambda c: (-c.clip.score, str(c.article.id)))


def _by_sent_before(
    tx: Connection, edition: Edition, candidates: Sequence[Clipping]
) -> dict[frozenset[UUID], list[str]]:
    """The edition's addresses, grouped by which of the candidates they were sent already."""
    ids = [clipping.article.id for clipping in candidates]
    groups: defaultdict[frozenset[UUID], list[str]] = defaultdict(list)
    for address, sent in digests.sent_before(tx, edition.addresses, ids).items():
        groups[sent].append(address)
    return dict(groups)


@dataclass(frozen=True)
class _Group:
    """Those of an edition's subscribers who get the same digest: all clippings but those they had before."""

    edition: Edition
    window: _Window
    clippings: tuple[Clipping, ...]
    chosen: Chosen
    readers: tuple[Reader, ...]
    variant: str

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


def _group(
    edition: Edition,
    window: _Window,
    candidates: Iterable[Clipping],
    sent: frozenset[UUID],
    addresses: Sequence[str],
) -> _Group:
    rest = tuple(clipping for clipping in candidates if clipping.article.id not in sent)
    names = ",".join(sorted(map(str, sent)))
    variant = hashlib.sha256(names.encode()).hexdigest() if sent else ""
    people = {each.address: _reader(each) for each in edition.subscribers}
    readers = tuple(people[address] for address in addresses)
    return _Group(edition, window, rest, _choose(edition, rest), readers, variant)


def _reader(subscription: Subscription) -> Reader:
    return Reader(subscription.address, subscription.id, subscription.form == "text")


def _choose(edition: Edition, clippings: Sequence[Clipping]) -> Chosen:
    """Which clippings are shown, by the digest's length and the caps and diversity of their profiles."""
    choices = [
        Choice(each.article.article, each.clip.score, edition.diversity[each.profile.id], each.profile.id)
        for each in clippings
    ]
    return choose(choices, edition.length, edition.caps)


def _rows(desk: Desk, tx: Connection, groups: Sequence[_Group]) -> Iterator[tuple[_Group, DigestRow]]:
    """Each group with its digest, numbered on; a digest asked for at once is left out when empty."""
    number = digests.next_number(tx)
    for group in groups:
        if group.clippings:
            yield group, _composed(desk, tx, group, number)
            number += 1
        elif not group.window.at_once:
            yield group, _skipped(desk, tx, group)


def _composed(desk: Desk, tx: Connection, group: _Group, number: int) -> DigestRow:
    digest = _digest(desk, tx, group, number)
    rendered = render_digest(digest, sender_of(desk.config), mail_templates())
    return replace(
        _blank(desk, tx, group),
        number=digest.number,
        state="composed",
        reason=None,
        subject=rendered.subject,
        html=rendered.html,
        text=rendered.text,
        links=rendered.links,
        sender=asdict(rendered.sender),
    )


def _skipped(desk: Desk, tx: Connection, group: _Group) -> DigestRow:
    reason: SkipReason = "sent_before" if group.variant else "nothing_clipped"
    return replace(_blank(desk, tx, group), reason=reason)


def _blank(desk: Desk, tx: Connection, group: _Group) -> DigestRow:
    return DigestRow(
        id=_digest_id(group),
        number=None,
        edition=group.edition.key,
        slot=group.window.slot,
        variant=group.variant,
        window_start=group.window.start,
        window_end=group.window.end,
        state="skipped",
        reason=None,
        tally=_tally(tx, group),
        subject=None,
        html=None,
        text=None,
        links=None,
        sender=None,
        language=group.edition.language,
        timezone=group.edition.schedule.timezone,
        created=desk.clock(),
    )


def _digest_id(group: _Group) -> UUID:
    """Of edition and slot; a digest asked for at once has the end of the last window in place of a slot."""
    start = group.window.start.isoformat() if group.window.start else "first"
    due = f"after {start}" if group.window.at_once else group.window.slot.isoformat()
    return uuid5(_NAMESPACE, f"{group.edition.key}/{due}/{group.variant}")


def _digest(desk: Desk, tx: Connection, group: _Group, number: int) -> Digest:
    return Digest(
        id=_digest_id(group),
        number=number,
        title=desk.config.digest.title,
        slot=group.window.slot,
        window_start=group.window.start,
        timezone=group.edition.schedule.timezone,
        language=group.edition.language,
        base_url=desk.config.public_url,
        sections=_sections(group),
        tally=_tally(tx, group),
    )


def _sections(group: _Group) -> tuple[Section, ...]:
    """One for each profile that has something to show, in the order of the configuration."""
    sections = (
        Section(profile, tuple(c for c in group.shown if c.profile.id == profile.id))
        for profile in group.edition.profiles
    )
    return tuple(section for section in sections if section.clippings)


def _tally(tx: Connection, group: _Group) -> Tally:
    read = archive.counts(tx, group.window.start, group.window.end)
    folded = sum(len(clipping.also_in) for clipping in group.clippings)
    return Tally(
        pages=read["pages"],
        articles=read["articles"],
        matched=len(group.clippings) + folded,
        shown=len(group.shown),
        folded=folded,
        held=len(group.held),
        alike=sum(group.chosen.more.values()),
    )


def _clips_of(group: _Group) -> Iterator[HeldClip]:
    for position, clipping in enumerate(group.shown):
        yield HeldClip(clipping.profile.id, clipping.article.id, position)
    for clipping in group.held:
        yield HeldClip(clipping.profile.id, clipping.article.id, None)
