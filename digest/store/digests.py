"""Digests: one a slot and edition, with the clips they hold, as composed or as skipped with the reason."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, RowMapping, func, insert, select

from digest.model import Folio, Tally
from digest.store.deliveries import delivery_id
from digest.store.tables import articles, deliveries, digest_clips, digests, pages, profiles

SkipReason = Literal["nothing_clipped", "sent_before", "too_few"]
"""Why a slot has no digest: no clip in its window, none that its readers had not been sent before, or so few
that they wait for the next slot."""

DigestKind = Literal["alert", "start"]
"""What is mailed beside the digests of the slots: what cannot wait, and the days before a subscription."""


@dataclass(frozen=True, slots=True)
class DigestRow:
    """A digest as it is kept; subject, html and text are None when it was skipped.

    `variant` is empty, or a hash of the articles its readers were sent before and do not get again.
    In `html` and `text`, `links` stands where each recipient's links go.
    """

    id: UUID
    number: int | None
    edition: str
    slot: datetime
    variant: str
    window_start: datetime | None
    window_end: datetime
    state: str
    reason: SkipReason | None
    tally: Tally
    subject: str | None
    html: str | None
    text: str | None
    links: str | None
    sender: dict[str, str] | None
    language: str
    timezone: str
    created: datetime
    kind: DigestKind | None = None


@dataclass(frozen=True, slots=True)
class HeldClip:
    """A clip of a digest, with version and headline of its article; position None when there was no room."""

    profile_id: UUID
    article_id: UUID
    position: int | None
    updated: datetime | None = None
    headline: str | None = None


@dataclass(frozen=True, slots=True)
class Sent:
    """An article as an address was sent it last; None where it was sent before versions were kept."""

    updated: datetime | None
    headline: str | None


@dataclass(frozen=True, slots=True)
class Reader:
    """Whom a digest goes to, for which subscription, and whether as text alone."""

    address: str
    subscription_id: UUID | None = None
    plain: bool = False


CLOCK_ERROR = timedelta(days=1)
"""A clock put back by less is only corrected; a slot further ahead was written by a wrong one."""


def last_window(tx: Connection, edition: str, now: datetime) -> tuple[datetime | None, datetime | None]:
    """The edition's last slot and the end of its last window, composed or skipped; None before the first.

    Slots far after `now` were written while the clock was wrong; they do not count.
    """
    newest = select(func.max(digests.c.slot), func.max(digests.c.window_end))
    slot, end = tx.execute(
        newest.where(digests.c.edition == edition, digests.c.slot <= now + CLOCK_ERROR)
    ).one()
    return slot, end


def last_window_sent_to(
    tx: Connection, addresses: Sequence[str], now: datetime
) -> tuple[datetime | None, datetime | None]:
    """The last slot, and the end of the last window, of any digest of a slot for one of the addresses."""
    newest = select(func.max(digests.c.slot), func.max(digests.c.window_end))
    query = newest.join(deliveries, deliveries.c.digest_id == digests.c.id).where(digests.c.kind.is_(None))
    here = (deliveries.c.address.in_(addresses), digests.c.slot <= now + CLOCK_ERROR)
    slot, end = tx.execute(query.where(*here)).one()
    return slot, end


def latest_window_end(tx: Connection, now: datetime) -> datetime | None:
    """The end of the last window of any edition, slots far after `now` left out."""
    return tx.execute(
        select(func.max(digests.c.window_end)).where(digests.c.slot <= now + CLOCK_ERROR)
    ).scalar()


def next_number(tx: Connection) -> int:
    """The number of the next digest, from 1."""
    return (tx.execute(select(func.max(digests.c.number))).scalar() or 0) + 1


def save_digest(
    tx: Connection, digest: DigestRow, clips: Iterable[HeldClip], readers: Iterable[Reader]
) -> None:
    """Writes a digest with its clips and queues a delivery for each reader."""
    names = DigestRow.__dataclass_fields__
    values = {name: getattr(digest, name) for name in names} | {"tally": asdict(digest.tally)}
    tx.execute(insert(digests).values(**values))
    rows = [{"digest_id": digest.id, **asdict(clip)} for clip in clips]
    if rows:
        tx.execute(insert(digest_clips), rows)
    queued = [_queued(digest, reader) for reader in readers]
    if queued:
        tx.execute(insert(deliveries), queued)


def _queued(digest: DigestRow, reader: Reader) -> dict[str, Any]:
    return {
        "id": delivery_id(digest.id, reader.address),
        "digest_id": digest.id,
        "address": reader.address,
        "subscription_id": reader.subscription_id,
        "plain": reader.plain,
        "state": "queued",
        "attempts": 0,
        "queued": digest.created,
        "due": digest.created,
        "detail": "",
    }


def digest_row(tx: Connection, digest_id: UUID) -> DigestRow | None:
    """A digest by its id."""
    row = tx.execute(select(digests).where(digests.c.id == digest_id)).mappings().first()
    return _digest(row) if row else None


def digest_numbered(tx: Connection, number: int) -> DigestRow | None:
    """A digest by its number."""
    row = tx.execute(select(digests).where(digests.c.number == number)).mappings().first()
    return _digest(row) if row else None


def latest(tx: Connection, limit: int) -> list[DigestRow]:
    """The last digests, composed and skipped, newest first."""
    query = select(digests).order_by(digests.c.slot.desc(), digests.c.number.desc()).limit(limit)
    return [_digest(row) for row in tx.execute(query).mappings()]


@dataclass(frozen=True, slots=True)
class DigestLine:
    """A digest as lists show it; `private` when it holds a clip of a profile that is not public."""

    number: int | None
    slot: datetime
    state: str
    reason: str | None
    tally: Tally
    subject: str | None
    language: str
    private: bool


def listed(tx: Connection, limit: int, *, skip: int = 0, composed: bool = False) -> list[DigestLine]:
    """The last digests without their texts, newest first; with `composed` none that was skipped."""
    names = ("number", "slot", "state", "reason", "tally", "subject", "language")
    query = select(*(digests.c[name] for name in names), _holds_private().label("private"))
    if composed:
        query = query.where(digests.c.number.is_not(None))
    query = query.order_by(digests.c.slot.desc(), digests.c.number.desc()).limit(limit).offset(skip)
    return [_line(row) for row in tx.execute(query).mappings()]


def _line(row: RowMapping) -> DigestLine:
    values: dict[str, Any] = dict(row)
    values["tally"] = Tally(**row["tally"])
    return DigestLine(**values)


@dataclass(frozen=True, slots=True)
class HeldArticle:
    """An article as a digest showed it: under which profile, with which headline."""

    digest_id: UUID
    profile: str
    article_id: UUID
    headline: str
    folio: Folio


def public_ones(tx: Connection, limit: int) -> list[DigestRow]:
    """The last digests that hold no clip of a profile that is not public, newest first."""
    shown = select(digests).where(digests.c.number.is_not(None), ~_holds_private())
    return [
        _digest(row) for row in tx.execute(shown.order_by(digests.c.number.desc()).limit(limit)).mappings()
    ]


def held(tx: Connection, digest_ids: Sequence[UUID]) -> list[HeldArticle]:
    """What these digests showed, each in its own order."""
    there = digest_clips.c
    headline = func.coalesce(there.headline, articles.c.headline)
    folio = (pages.c.paper, pages.c.date, pages.c.number, pages.c.label)
    query = (
        select(there.digest_id, profiles.c.title, there.article_id, headline, *folio)
        .join(profiles, profiles.c.id == there.profile_id)
        .join(articles, articles.c.id == there.article_id)
        .join(pages, pages.c.id == articles.c.page_id)
        .where(there.digest_id.in_(digest_ids), there.position.is_not(None))
        .order_by(there.digest_id, there.position)
    )
    return [HeldArticle(*row[:4], Folio(*row[4:])) for row in tx.execute(query)]


def how_many_composed(tx: Connection) -> int:
    """How many digests have a number."""
    return tx.execute(select(func.count(digests.c.number))).scalar() or 0


def is_private(tx: Connection, digest_id: UUID) -> bool:
    """Whether the digest holds a clip of a profile that is not public."""
    return tx.execute(select(_holds_private()).where(digests.c.id == digest_id)).scalar() or False


def _holds_private() -> ColumnElement[bool]:
    held = select(digest_clips.c.article_id).join(profiles, profiles.c.id == digest_clips.c.profile_id)
    return held.where(digest_clips.c.digest_id == digests.c.id, ~profiles.c.public).exists()


def _digest(row: RowMapping) -> DigestRow:
    values: dict[str, Any] = dict(row)
    values["tally"] = Tally(**row["tally"])
    return DigestRow(**values)


def sent_before(
    tx: Connection, addresses: Sequence[str], article_ids: Sequence[UUID]
) -> dict[str, dict[UUID, Sent]]:
    """Which of the articles stood in a digest for each address, in which version last.

    Whatever became of the delivery, it counts. Addresses that were sent none of them are left out.
    """
    among = frozenset(addresses)
    had: defaultdict[str, dict[UUID, Sent]] = defaultdict(dict)
    held = digest_clips.c
    pairs = (
        select(deliveries.c.address, held.article_id, held.updated, held.headline)
        .join(digest_clips, deliveries.c.digest_id == held.digest_id)
        .join(digests, digests.c.id == held.digest_id)
        .where(held.position.is_not(None))
        .order_by(digests.c.number)
    )
    for start in range(0, len(article_ids), 500):
        chunk = held.article_id.in_(article_ids[start : start + 500])
        for address, article_id, updated, headline in tx.execute(pairs.where(chunk)):
            if address in among:
                had[address][article_id] = Sent(updated, headline)
    return had


def alerts_since(tx: Connection, subscription_ids: Sequence[UUID], since: datetime) -> Counter[UUID]:
    """How many alerts each of the subscriptions was sent since."""
    query = (
        select(deliveries.c.subscription_id)
        .join(digests, deliveries.c.digest_id == digests.c.id)
        .where(digests.c.kind == "alert", digests.c.created >= since)
    )
    wanted = set(subscription_ids)
    return Counter(each for each in tx.execute(query).scalars() if each in wanted)
