"""Compose: what is due becomes digests with their deliveries, before any socket is opened.

for each edition (the recipients who want the same, at the same times):
    the slot that is due; after a downtime only the last, its window covers those missed
    what each reader is to be sent: see digest.pipeline.grouping
    nothing, or less than is worth a mail → skipped, recorded        else rendered once
    one transaction: digest, its clips, a delivery for each recipient, up to when each was served
alerts: the same for what cannot wait, see digest.pipeline.alerts
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID, uuid5

from sqlalchemy import Connection

from digest.model import Digest, Section, Tally
from digest.pipeline.alerts import alerts_due
from digest.pipeline.desk import Desk
from digest.pipeline.editions import Edition, editions_of
from digest.pipeline.grouping import Group, groups_of
from digest.pipeline.mail import sender_of
from digest.pipeline.mail_templates import with_templates
from digest.pipeline.windows import Window, by_reader, due_window, oldest_mailed
from digest.publish import render_digest
from digest.store import archive, digests, subscriptions
from digest.store.digests import DigestRow, SkipReason

_NAMESPACE = UUID("a7c1d3a5-6a0b-4ad0-8b53-0c8c1e5a9d02")

_Written = list[tuple[Group, DigestRow]]


@dataclass(frozen=True, slots=True)
class Composed:
    """The digests composed, and how many were skipped: empty, or not worth a mail yet."""

    numbers: tuple[int, ...] = ()
    skipped: int = 0


def compose_due(desk: Desk, *, at_once: bool = False) -> Composed:
    """Composes the digests whose slot has come and alerts; `at_once` composes one of what is new now.

    Raises:
        StoreError: The database failed; digests not written are still due.
        TemplateError: The templates of the mail are broken.
    """
    with desk.store.read() as tx:
        editions = editions_of(tx, desk.config, desk.clock())
    results = [row for edition in editions for row in _compose_edition(desk, edition, at_once=at_once)]
    results += [row for edition in editions for row in _compose_starts(desk, edition)]
    results += [row for edition in editions for row in _compose_alerts(desk, edition)]
    numbers = tuple(row.number for row in results if row.number is not None)
    return Composed(numbers, len(results) - len(numbers))


def _compose_edition(desk: Desk, edition: Edition, *, at_once: bool) -> list[DigestRow]:
    """Writes all digests of the edition's slot together: a pass that dies leaves it due for everybody."""
    least = desk.config.digest.min_items
    with desk.store.read() as tx:
        window = due_window(tx, edition, desk.clock(), at_once=at_once, least=least)
    if window is None:
        return []
    written = _written(desk, by_reader(edition, window))
    with desk.store.write() as tx:
        _save(tx, written)
        _cover(desk, tx, written)
    desk.progress("compose", len(written), len(written))
    return [row for _, row in written]


def _compose_starts(desk: Desk, edition: Edition) -> list[DigestRow]:
    """The digest of the days before for each reader who asked for one; their slots go on beside it."""
    rows: list[DigestRow] = []
    for reader in (each for each in edition.subscribers if each.start_days):
        alone = replace(edition, subscribers=(reader,), apart=str(reader.id))
        start = reader.created - timedelta(days=reader.start_days or 0)
        now = desk.clock()
        written = _written(desk, [(alone, Window(start, now, now, at_once=True, kind="start"))])
        with desk.store.write() as tx:
            _save(tx, written)
            subscriptions.started(tx, reader.id)
        rows += [row for _, row in written]
    return rows


def _compose_alerts(desk: Desk, edition: Edition) -> list[DigestRow]:
    """What cannot wait, for those readers who want it at once; the slots' digests do not repeat it."""
    if not any(each.alerts for each in edition.subscribers):
        return []
    with desk.store.read() as tx:
        due = list(alerts_due(tx, edition, desk.clock(), most=desk.config.digest.alerts_a_day))
    if written := _written(desk, due):
        with desk.store.write() as tx:
            _save(tx, written)
    return [row for _, row in written]


def _written(desk: Desk, wanted: Iterable[tuple[Edition, Window]]) -> _Written:
    with desk.store.read() as tx:
        groups = [group for each in wanted for group in groups_of(tx, *each, desk.config.digest)]
        return list(_rows(desk, tx, groups))


def _save(tx: Connection, written: _Written) -> None:
    for group, row in written:
        mailed = row.number is not None
        digests.save_digest(tx, row, group.rows() if mailed else (), group.readers if mailed else ())


def _cover(desk: Desk, tx: Connection, written: _Written) -> None:
    """Notes up to when the readers were served; the window of those who wait stays open."""
    for group, row in written:
        end = _open_since(desk, group) if group.too_few else row.window_end
        served = {each.address for each in group.readers}
        ids = [each.id for each in group.edition.subscribers if each.address in served]
        subscriptions.cover(tx, ids, end)


def _open_since(desk: Desk, group: Group) -> datetime:
    return group.window.start or oldest_mailed(group.window, desk.config.digest.max_age_days)


def _rows(desk: Desk, tx: Connection, groups: Sequence[Group]) -> Iterator[tuple[Group, DigestRow]]:
    """Each group with its digest, numbered on; a digest asked for at once is left out when empty."""
    number = digests.next_number(tx)
    for group in groups:
        if group.mailed:
            yield group, _composed(desk, tx, group, number)
            number += 1
        elif not group.window.at_once:
            yield group, _skipped(desk, tx, group)


def _composed(desk: Desk, tx: Connection, group: Group, number: int) -> DigestRow:
    digest = digest_of(desk, tx, group, number)
    sender = sender_of(desk.config)
    rendered = with_templates(desk.config, lambda mail: render_digest(digest, sender, mail))
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


def _skipped(desk: Desk, tx: Connection, group: Group) -> DigestRow:
    return replace(_blank(desk, tx, group), reason=_reason(group))


def _reason(group: Group) -> SkipReason:
    if group.too_few:
        return "too_few"
    return "sent_before" if group.had else "nothing_clipped"


def _blank(desk: Desk, tx: Connection, group: Group) -> DigestRow:
    return DigestRow(
        id=_digest_id(group),
        number=None,
        edition=group.edition.key,
        slot=group.window.slot,
        variant=group.variant,
        window_start=group.window.start,
        window_end=_open_since(desk, group) if group.too_few else group.window.end,
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
        kind=group.window.kind,
    )


def _digest_id(group: Group) -> UUID:
    """Of edition and slot; a digest asked for at once has the end of the last window in place of a slot."""
    window = group.window
    start = window.start.isoformat() if window.start else "first"
    due = f"after {start}" if window.at_once and window.kind != "alert" else window.slot.isoformat()
    return uuid5(_NAMESPACE, f"{group.edition.key}/{due}/{group.variant}")


def digest_of(desk: Desk, tx: Connection, group: Group, number: int) -> Digest:
    """What a group is sent, ready to be rendered."""
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
        corrections=group.corrections,
        alert=group.window.kind == "alert",
    )


def _sections(group: Group) -> tuple[Section, ...]:
    """One for each profile that has something to show, in the order of the configuration."""
    sections = (
        Section(profile, tuple(c for c in group.shown if c.profile.id == profile.id))
        for profile in group.edition.profiles
    )
    return tuple(section for section in sections if section.clippings)


def _tally(tx: Connection, group: Group) -> Tally:
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
        corrected=len(group.corrections),
        missing=archive.missing_pages(tx, group.window.start, group.window.end),
    )
