"""Forecast: which digests are due next, and the next as it would be now; stores nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from digest.deliver.slots import next_slots
from digest.pipeline.compose import digest_of
from digest.pipeline.desk import Desk
from digest.pipeline.editions import Edition, editions_of
from digest.pipeline.grouping import Group, groups_of
from digest.pipeline.mail import sender_of
from digest.pipeline.mail_templates import with_templates
from digest.pipeline.windows import by_reader, due_window
from digest.publish import render_digest
from digest.store import digests


@dataclass(frozen=True, slots=True)
class Upcoming:
    """A digest that is due, for whom."""

    slot: datetime
    edition: Edition


def upcoming(desk: Desk, count: int) -> list[Upcoming]:
    """The next digests of all editions, soonest first; whoever pauses is not counted."""
    now = desk.clock()
    with desk.store.read() as tx:
        editions = editions_of(tx, desk.config, now)
    due = [Upcoming(slot, each) for each in editions for slot in next_slots(each.schedule, now, count)]
    return sorted(due, key=lambda each: each.slot)[:count]


def next_mail(desk: Desk) -> str | None:
    """The HTML of the next digest with what has come by now, as most of its readers would get it.

    It has nobody's links. None when nothing is due, or there is nothing for it yet.
    """
    coming = upcoming(desk, 1)
    if not coming:
        return None
    with desk.store.read() as tx:
        group = _largest(_groups(desk, tx, coming[0].edition))
        digest = digest_of(desk, tx, group, digests.next_number(tx)) if group else None
    if digest is None:
        return None
    sender = sender_of(desk.config)
    rendered = with_templates(desk.config, lambda mail: render_digest(digest, sender, mail))
    return rendered.html.replace(rendered.links, "")


def _groups(desk: Desk, tx: Connection, edition: Edition) -> list[Group]:
    window = due_window(tx, edition, desk.clock(), at_once=True, least=1)
    if window is None:
        return []
    apart = by_reader(edition, window)
    return [group for each in apart for group in groups_of(tx, *each, desk.config.digest)]


def _largest(groups: Sequence[Group]) -> Group | None:
    mailed = [group for group in groups if group.mailed]
    return max(mailed, key=lambda group: len(group.readers), default=None)
