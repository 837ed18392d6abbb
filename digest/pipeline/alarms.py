"""Alarms: tells the operator, once for each fact, of missed digests and silent profiles."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from html import escape
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from digest.deliver.slots import slots_between
from digest.pipeline.desk import Desk
from digest.pipeline.editions import Edition, editions_of
from digest.pipeline.mail import sender_of
from digest.store import alarms, letters
from digest.store.letters import Letter

log = logging.getLogger("digest.mail")

_LATE = timedelta(hours=1)
"""A digest composed later than that after its slot was missed, whatever the reason."""
_LATELY = timedelta(days=1)
_OLDEST = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something the operator should know; `name` is the same whenever it is seen again."""

    name: str
    told: str


def raise_alarms(desk: Desk) -> list[Fact]:
    """Writes new facts to the log and queues a mail to the operator, if there is one to be mailed.

    Raises:
        StoreError: The database failed; the facts are told the next time.
    """
    with desk.store.write() as tx:
        facts = [*_missed(desk, tx), *_silent(desk, tx)]
        new = [fact for fact in facts if alarms.tell(tx, fact.name, desk.clock())]
        if new and desk.config.mail.operator:
            _post(desk, tx, new)
    for fact in new:
        log.warning("%s", fact.told)
    return new


def _missed(desk: Desk, tx: Connection) -> Iterator[Fact]:
    """Slots that passed while nothing was composed; those of several editions are one fact."""
    now, zone = desk.clock(), ZoneInfo(desk.config.timezone)
    editions = {edition.key: edition for edition in editions_of(tx, desk.config, now)}
    slots: set[datetime] = set()
    for key, slot, done, former in alarms.slots_composed(tx, now - _LATELY, now - _OLDEST):
        if key in editions:
            slots.update(_missed_by(editions[key], slot, done, former))
    for slot in sorted(slots):
        when = f"{slot.astimezone(zone):%Y-%m-%d %H:%M}"
        yield Fact(
            f"missed {slot.isoformat()}", f"the digest due at {when} was missed; what it held came later"
        )


def _missed_by(
    edition: Edition, slot: datetime, done: datetime, former: datetime | None
) -> Iterator[datetime]:
    if former is not None:
        between = slots_between(edition.schedule, former, slot - timedelta(microseconds=1))
        yield from (each for each in between if _had_readers(edition, each))
    if done - slot > _LATE and _had_readers(edition, slot):
        yield slot


def _had_readers(edition: Edition, slot: datetime) -> bool:
    """Whether somebody was to be served then, as far as is known now."""
    day = slot.astimezone(edition.schedule.zone).date()
    return any(
        each.created <= slot and not (each.paused_until and day < each.paused_until)
        for each in edition.subscribers
    )


def _silent(desk: Desk, tx: Connection) -> Iterator[Fact]:
    days = desk.config.mail.alarm_days
    if not days:
        return
    for profile_id, title, newest in alarms.newest_clips(tx):
        if desk.clock() - newest > timedelta(days=days):
            told = f"the profile {title} has had nothing since {newest:%Y-%m-%d}"
            yield Fact(
                f"silent {profile_id} {newest.isoformat()}", f"{told}; `digest profile check` may say why"
            )


def _post(desk: Desk, tx: Connection, facts: Sequence[Fact]) -> None:
    """One mail for all that is new, in the transaction that writes it down as told."""
    lines = [fact.told for fact in facts]
    listed = "".join(f"<li>{escape(line)}</li>" for line in lines)
    sender = sender_of(desk.config)
    letter = Letter(
        id=uuid4(),
        kind="notice",
        subject=f"{desk.config.digest.title}: {len(lines)} {'notice' if len(lines) == 1 else 'notices'}",
        html=f"<!doctype html><html><body><ul>{listed}</ul></body></html>",
        text="\n\n".join(f"- {line}" for line in lines) + "\n",
        links=f"links-{uuid4().hex}",
        sender=asdict(sender),
        language="en",
        timezone=desk.config.timezone,
        created=desk.clock(),
    )
    letters.post(tx, letter, desk.config.mail.operator, None)
