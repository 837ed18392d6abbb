"""Who receives digests of which profiles, how often, and who asked for it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time
from typing import Any, Literal
from uuid import UUID, uuid5

from sqlalchemy import (
    ColumnElement,
    Connection,
    RowMapping,
    bindparam,
    delete,
    insert,
    or_,
    select,
    true,
    update,
)

from digest.store.tables import subscriptions

_NAMESPACE = UUID("0b6e2c8e-9c1f-4d8a-8e07-0d5f1f6f3a51")

Form = Literal["html", "text"]
EndedBy = Literal["reader", "configuration", "bounce", "complaint", "operator"]


@dataclass(frozen=True, slots=True)
class Consent:
    """That somebody asked for the mail: when, in answer to which words, and from which network if kept."""

    at: datetime
    wording: str
    network: str | None = None


@dataclass(frozen=True, slots=True)
class Alerts:
    """Mail at once for clips scored `threshold` or more, but not in the quiet hours, local from and to."""

    threshold: float
    quiet: tuple[time, time] | None = None


@dataclass(frozen=True, slots=True)
class Subscription:
    """An address and what it receives, how often; what is None follows the configuration.

    Attributes:
        profiles: Names; none means all of them.
        created: Since when it is in force; until then, when it was asked for.
        state: `pending` until its address was confirmed; nothing is mailed for it before.
        weekdays: 0 for Monday to 6 for Sunday.
        length: How many clips a digest shows at most.
        start_days: A first digest of so many days before is still to be composed; None when it is not wanted.
        paused_until: The first day it is served again.
        nonce: Of a pending one, what its confirmation has to name.
        covered: The end of its last window; None until it was served.
    """

    id: UUID
    address: str
    profiles: tuple[str, ...]
    language: str
    created: datetime
    origin: str = "configuration"
    state: str = "active"
    ended_by: EndedBy | None = None
    times: tuple[time, ...] | None = None
    weekdays: frozenset[int] | None = None
    timezone: str | None = None
    length: int | None = None
    form: Form = "html"
    start_days: int | None = None
    paused_until: date | None = None
    consent: Consent | None = None
    nonce: str | None = None
    alerts: Alerts | None = None
    covered: datetime | None = None


def configured(
    address: str,
    profiles: tuple[str, ...],
    language: str,
    created: datetime,
    alerts: Alerts | None = None,
) -> Subscription:
    """What the configuration gives an address; always the same id."""
    return Subscription(uuid5(_NAMESPACE, address), address, profiles, language, created, alerts=alerts)


def active(tx: Connection, today: date | None = None) -> list[Subscription]:
    """The subscriptions in force, by address; with `today` without those that are paused."""
    here = subscriptions.c.state == "active"
    if today:
        here &= or_(subscriptions.c.paused_until.is_(None), subscriptions.c.paused_until <= today)
    return _found(tx, here)


def active_among(tx: Connection, addresses: Sequence[str]) -> frozenset[str]:
    """Those of at most some hundred addresses that have a subscription in force."""
    here = (subscriptions.c.state == "active") & subscriptions.c.address.in_(
        bindparam("them", expanding=True)
    )
    query = select(subscriptions.c.address).where(here)
    return frozenset(tx.execute(query, {"them": list(addresses)}).scalars())


def ended_among(tx: Connection, ids: Sequence[UUID]) -> list[Subscription]:
    """Those of at most some hundred subscriptions that ended."""
    return _found(tx, (subscriptions.c.state == "ended") & subscriptions.c.id.in_(ids))


def to_start(tx: Connection) -> list[Subscription]:
    """Those in force that wait for a digest of the days before them."""
    return _found(tx, (subscriptions.c.state == "active") & subscriptions.c.start_days.is_not(None))


def started(tx: Connection, subscription_id: UUID) -> None:
    """The digest of the days before was composed, or there was nothing for it."""
    here = subscriptions.c.id == subscription_id
    tx.execute(update(subscriptions).where(here).values(start_days=None))


def cover(tx: Connection, ids: Sequence[UUID], end: datetime) -> None:
    """Notes that these were served up to `end`."""
    for start in range(0, len(ids), 500):
        here = subscriptions.c.id.in_(ids[start : start + 500])
        tx.execute(update(subscriptions).where(here).values(covered=end))


def of_address(tx: Connection, address: str) -> list[Subscription]:
    """All subscriptions in force of an address, as it is typed or in small letters."""
    return _found(tx, (subscriptions.c.state == "active") & _spelt(address))


def every(tx: Connection) -> list[Subscription]:
    """All subscriptions in any state, by address."""
    return _found(tx, true())


def has_left(tx: Connection, address: str) -> bool:
    """Whether a subscription of an address ended otherwise than by a change of the configuration."""
    here = _spelt(address) & (subscriptions.c.state == "ended")
    return any(each.ended_by != "configuration" for each in _found(tx, here))


def known(tx: Connection, subscription_id: UUID) -> Subscription | None:
    """A subscription in any state."""
    return next(iter(_found(tx, subscriptions.c.id == subscription_id)), None)


def save(tx: Connection, subscription: Subscription) -> None:
    """Writes a subscription, new or changed."""
    values = _values(subscription)
    here = subscriptions.c.id == subscription.id
    if tx.execute(update(subscriptions).where(here).values(**values)).rowcount == 0:
        tx.execute(insert(subscriptions).values(**values))


def replace_configured(tx: Connection, wanted: Sequence[Subscription]) -> None:
    """Makes `wanted` the subscriptions of the configuration; who ended theirs stays unsubscribed."""
    for subscription in wanted:
        _configure(tx, subscription)
    ids = [subscription.id for subscription in wanted]
    gone = subscriptions.c.id.not_in(ids) & (subscriptions.c.origin == "configuration")
    end = update(subscriptions).where(gone, subscriptions.c.state == "active")
    tx.execute(end.values(state="ended", ended_by="configuration"))


def _configure(tx: Connection, wanted: Subscription) -> None:
    """The configuration decides on profiles, language and alerts; all else is the reader's."""
    old = known(tx, wanted.id)
    if old is None or old.ended_by == "configuration":
        save(tx, wanted)
    else:
        save(tx, replace(old, profiles=wanted.profiles, language=wanted.language, alerts=wanted.alerts))


def end(tx: Connection, subscription_id: UUID, by: EndedBy) -> bool:
    """Ends a subscription for good; False when it was not in force."""
    here = (subscriptions.c.id == subscription_id) & (subscriptions.c.state == "active")
    values = {"state": "ended", "ended_by": by, "nonce": None}
    return tx.execute(update(subscriptions).where(here).values(**values)).rowcount > 0


def erase(tx: Connection, address: str) -> int:
    """Forgets every subscription of an address; how many there were."""
    return tx.execute(delete(subscriptions).where(_spelt(address))).rowcount


def forget_unconfirmed(tx: Connection, before: datetime) -> int:
    """Forgets what was asked for before that instant and never confirmed."""
    here = (subscriptions.c.state == "pending") & (subscriptions.c.created < before)
    return tx.execute(delete(subscriptions).where(here)).rowcount


def _spelt(address: str) -> ColumnElement[bool]:
    return subscriptions.c.address.in_({address, address.lower()})


def _found(tx: Connection, here: ColumnElement[bool]) -> list[Subscription]:
    query = select(subscriptions).where(here).order_by(subscriptions.c.address, subscriptions.c.id)
    return [_subscription(row) for row in tx.execute(query).mappings()]


def _subscription(row: RowMapping) -> Subscription:
    values: dict[str, Any] = dict(row)
    values["profiles"] = tuple(row["profiles"])
    if row["times"] is not None:
        values["times"] = tuple(time.fromisoformat(each) for each in row["times"])
    if row["weekdays"] is not None:
        values["weekdays"] = frozenset(row["weekdays"])
    if row["consent"] is not None:
        at = datetime.fromisoformat(row["consent"]["at"])
        values["consent"] = Consent(at, row["consent"]["wording"], row["consent"]["network"])
    if row["alerts"] is not None:
        values["alerts"] = _alerts(row["alerts"])
    return Subscription(**values)


def _alerts(kept: Mapping[str, Any]) -> Alerts:
    quiet = kept["quiet"] and (time.fromisoformat(kept["quiet"][0]), time.fromisoformat(kept["quiet"][1]))
    return Alerts(kept["threshold"], quiet)


def _values(subscription: Subscription) -> dict[str, Any]:
    values = {field.name: getattr(subscription, field.name) for field in fields(Subscription)}
    values["profiles"] = list(subscription.profiles)
    if subscription.times is not None:
        values["times"] = [f"{each:%H:%M}" for each in subscription.times]
    if subscription.weekdays is not None:
        values["weekdays"] = sorted(subscription.weekdays)
    if consent := subscription.consent:
        values["consent"] = {
            "at": consent.at.isoformat(),
            "wording": consent.wording,
            "network": consent.network,
        }
    if alerts := subscription.alerts:
        quiet = alerts.quiet and [f"{each:%H:%M}" for each in alerts.quiet]
        values["alerts"] = {"threshold": alerts.threshold, "quiet": quiet}
    return values
