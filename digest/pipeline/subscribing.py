"""Subscribing: a reader asks for digests, confirms the address, changes or ends what they receive.

ask      → a pending subscription and a letter with the question; nothing else is mailed
confirm  → in force                   change, pause, end → at once
erase    → nothing of the reader is left but that the address is spared
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from typing import Any, Final
from uuid import UUID, uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from digest.config import Language
from digest.deliver.envelope import envelope_address
from digest.deliver.links import Links
from digest.deliver.slots import Schedule
from digest.errors import ConfigError, DeliveryError, RequestError
from digest.model import Profile
from digest.pipeline.desk import Desk
from digest.pipeline.editions import twins
from digest.pipeline.letters import post_confirmation
from digest.store import attempts, deliveries, letters, profiles, subscriptions, suppressions
from digest.store.secret_key import secret_key
from digest.store.subscriptions import Alerts, Consent, Form, Subscription

START_DAYS: Final = 7
LONGEST: Final = 200
HIGHEST: Final = 100
_PER_ADDRESS: Final = (3, timedelta(days=1))
_PER_NETWORK: Final = (20, timedelta(hours=1))
_UNCONFIRMED: Final = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Wish:
    """What a reader asks for; what is None follows the configuration.

    Attributes:
        profiles: Names; none means all public ones.
        weekdays: 0 for Monday to 6 for Sunday.
        length: Clips a digest shows at most, 1 to `LONGEST`.
        start: Send the last `START_DAYS` days as a start.
        alerts: What is mailed at once, or None.
    """

    profiles: tuple[str, ...]
    language: Language
    times: tuple[time, ...] | None = None
    weekdays: frozenset[int] | None = None
    timezone: str | None = None
    length: int | None = None
    form: Form = "html"
    start: bool = False
    alerts: Alerts | None = None


def ask(desk: Desk, address: str, wish: Wish, *, wording: str, network: str) -> None:
    """Takes a wish down and mails the question whether it is the address's own.

    What is done looks the same whether or not the address is known.

    Raises:
        RequestError: `closed`, `address`, `profiles`, `schedule`, `length`, `alert` cannot be; `often`.
        StoreError: The database failed; nothing was kept.
    """
    if not desk.config.subscriptions.open:
        raise RequestError("closed", "this office takes no subscriptions on the web")
    spelt = _spelt(address)
    with desk.store.write() as tx:
        _check(tx, wish)
        _limit(desk, tx, spelt, network)
        subscriptions.forget_unconfirmed(tx, desk.clock() - _UNCONFIRMED)
        pending = _pending(desk, spelt, wish, wording, network)
        subscriptions.save(tx, pending)
        if not _barred(desk, tx, spelt):
            post_confirmation(desk, tx, pending, _titles(tx, pending))


def confirm(desk: Desk, token: str, *, again: bool = False) -> Subscription:
    """Puts a pending subscription in force; a second time changes nothing.

    Raises:
        RequestError: `expired`: not made here, too old or replaced; `spared`: the address had bounced or
            complained, so the reader has to say that mail is wanted `again`; `barred` by the operator.
    """
    now = desk.clock()
    subscription_id, nonce = links_of(desk).read_confirm(token, now) or (None, "")
    with desk.store.write() as tx:
        found = subscriptions.known(tx, subscription_id) if subscription_id else None
        if found is None or found.state == "ended":
            raise RequestError("expired", "this link has expired; subscribe again")
        if found.state == "active":
            return found
        if not secrets.compare_digest(found.nonce or "", nonce):
            raise RequestError("expired", "this link has expired; subscribe again")
        _lift(desk, tx, found.address, again=again)
        _supersede(tx, found)
        confirmed = replace(found, state="active", created=now, nonce=None)
        subscriptions.save(tx, confirmed)
    return confirmed


def asked(desk: Desk, token: str) -> Subscription:
    """The subscription that a link would confirm; nothing is changed.

    Raises:
        RequestError: `expired`, as `confirm`.
    """
    subscription_id, nonce = links_of(desk).read_confirm(token, desk.clock()) or (None, "")
    with desk.store.read() as tx:
        found = subscriptions.known(tx, subscription_id) if subscription_id else None
    if found is None or found.state == "ended":
        raise RequestError("expired", "this link has expired; subscribe again")
    if found.state == "pending" and not secrets.compare_digest(found.nonce or "", nonce):
        raise RequestError("expired", "this link has expired; subscribe again")
    return found


def own(desk: Desk, token: str) -> list[Subscription]:
    """The subscriptions in force of the reader with this link, the link's own first.

    Raises:
        RequestError: `unknown`: the link was not made here, or its reader was erased.
    """
    with desk.store.read() as tx:
        mine = _of_link(desk, tx, token)
        others = [each for each in subscriptions.of_address(tx, mine.address) if each.id != mine.id]
    return [mine, *others] if mine.state == "active" else others


def change(desk: Desk, token: str, subscription_id: UUID, wish: Wish) -> None:
    """Changes one of the reader's subscriptions.

    Raises:
        RequestError: As `ask` and `own`.
    """
    with desk.store.write() as tx:
        _check(tx, wish)
        old = _own_one(desk, tx, token, subscription_id)
        subscriptions.save(tx, _wished(old, wish))


def pause(desk: Desk, token: str, subscription_id: UUID, until: date | None) -> None:
    """Serves a subscription again from that day on; None ends a pause.

    Raises:
        RequestError: As `own`; `pause`: the day is not to come, or further than a year away.
    """
    today = desk.clock().astimezone(ZoneInfo(desk.config.timezone)).date()
    if until is not None and not today < until <= today + timedelta(days=366):
        raise RequestError("pause", "name a day to come, within a year")
    with desk.store.write() as tx:
        subscriptions.save(tx, replace(_own_one(desk, tx, token, subscription_id), paused_until=until))


def end(desk: Desk, token: str, *, every: bool = False) -> bool:
    """Ends the subscription of a link, or every one of its reader; False when none was in force.

    Others of the reader that bring the same mail end with it.

    Raises:
        RequestError: As `own`.
    """
    with desk.store.write() as tx:
        mine = _of_link(desk, tx, token)
        gone = subscriptions.of_address(tx, mine.address) if every else twins(tx, desk.config, mine)
        return sum(subscriptions.end(tx, each, "reader") for each in {mine.id, *(g.id for g in gone)}) > 0


def export(desk: Desk, token: str) -> dict[str, Any]:
    """All that is kept of a reader, for them to take away.

    Raises:
        RequestError: As `own`.
    """
    with desk.store.read() as tx:
        mine = _of_link(desk, tx, token)
        kept = [mine, *(s for s in subscriptions.of_address(tx, mine.address) if s.id != mine.id)]
        mailed = deliveries.history(tx, mine.address)
    names = ("digest", "state", "queued", "sent")
    return {
        "address": mine.address,
        "subscriptions": [_exported(subscription) for subscription in kept],
        "mail": [dict(zip(names, row, strict=True)) for row in mailed],
    }


def erase(desk: Desk, token: str) -> None:
    """Forgets the reader; only an HMAC of the address is kept, so that it is not mailed again.

    Raises:
        RequestError: As `own`.
    """
    with desk.store.write() as tx:
        address = _of_link(desk, tx, token).address
        key = suppressions.key_of(address, secret_key(desk.state))
        subscriptions.erase(tx, address)
        letters.burn(tx, address)
        deliveries.anonymise(tx, address, f"erased-{key[:24]}")
        wish = "the reader asked to be forgotten"
        suppressions.suppress(tx, key, suppressions.Suppression("erased", wish, desk.clock()))


def links_of(desk: Desk) -> Links:
    """What signs the links of this installation's mail."""
    return Links(secret_key(desk.state))


def _spelt(address: str) -> str:
    try:
        return envelope_address(address.strip()).lower()
    except DeliveryError as error:
        raise RequestError("address", str(error)) from error


def _check(tx: Connection, wish: Wish) -> None:
    public = {profile.name for profile in profiles.list_profiles(tx) if profile.public}
    if not public.issuperset(wish.profiles):
        raise RequestError("profiles", "one of the profiles is not there any more")
    if wish.length is not None and not 1 <= wish.length <= LONGEST:
        raise RequestError("length", f"a digest shows 1 to {LONGEST} clips")
    if wish.alerts is not None and not 0 <= wish.alerts.threshold <= HIGHEST:
        raise RequestError("alert", "a score is 0 to 100")
    try:
        Schedule(wish.times or (time(7),), wish.timezone or "UTC", wish.weekdays or frozenset({0}))
    except ConfigError as error:
        raise RequestError("schedule", str(error)) from error


def _limit(desk: Desk, tx: Connection, address: str, network: str) -> None:
    secret, now = secret_key(desk.state), desk.clock()
    limits = (("network", network, *_PER_NETWORK), ("address", address, *_PER_ADDRESS))
    for what, who, most, within in limits:
        bucket = attempts.bucket_of(f"subscribe-{what}", who, secret)
        if not attempts.allow(tx, bucket, now, most=most, within=within):
            raise RequestError("often", "too many requests; try again later")


def _pending(desk: Desk, address: str, wish: Wish, wording: str, network: str) -> Subscription:
    now = desk.clock()
    kept = network if desk.config.subscriptions.keep_network else None
    blank = Subscription(uuid4(), address, (), wish.language, now, origin="web", state="pending")
    consent = Consent(now, wording, kept)
    return replace(_wished(blank, wish), consent=consent, nonce=secrets.token_urlsafe(16))


def _wished(old: Subscription, wish: Wish) -> Subscription:
    start = START_DAYS if wish.start else None
    return replace(
        old,
        profiles=wish.profiles,
        language=wish.language,
        times=wish.times,
        weekdays=wish.weekdays,
        timezone=wish.timezone,
        length=wish.length,
        form=wish.form,
        alerts=wish.alerts,
        start_days=start if old.state == "pending" else old.start_days,
    )


def _titles(tx: Connection, subscription: Subscription) -> tuple[str, ...]:
    return tuple(profile.title for profile in profiles.list_profiles(tx) if _receives(subscription, profile))


def _receives(subscription: Subscription, profile: Profile) -> bool:
    return profile.public and (not subscription.profiles or profile.name in subscription.profiles)


def _barred(desk: Desk, tx: Connection, address: str) -> bool:
    """Whether the operator said that it must not be mailed, not even the question."""
    found = suppressions.of_key(tx, suppressions.key_of(address, secret_key(desk.state)))
    return found is not None and found.reason == "operator"


def _lift(desk: Desk, tx: Connection, address: str, *, again: bool) -> None:
    key = suppressions.key_of(address, secret_key(desk.state))
    found = suppressions.of_key(tx, key)
    if found is None:
        return
    if found.reason == "operator":
        raise RequestError("barred", "the operator does not mail this address")
    if found.reason != "erased" and not again:
        raise RequestError("spared", "mail to this address came back or was reported as spam")
    suppressions.lift(tx, key)


def _supersede(tx: Connection, wanted: Subscription) -> None:
    """Asked for again, the same is not mailed twice."""
    for old in subscriptions.of_address(tx, wanted.address):
        if (old.profiles, old.times, old.weekdays) == (wanted.profiles, wanted.times, wanted.weekdays):
            subscriptions.end(tx, old.id, "reader")


def _of_link(desk: Desk, tx: Connection, token: str) -> Subscription:
    subscription_id = links_of(desk).read_own(token)
    found = subscriptions.known(tx, subscription_id) if subscription_id else None
    if found is None or found.state == "pending":
        raise RequestError("unknown", "this link belongs to no reader")
    return found


def _own_one(desk: Desk, tx: Connection, token: str, subscription_id: UUID) -> Subscription:
    address = _of_link(desk, tx, token).address
    for each in subscriptions.of_address(tx, address):
        if each.id == subscription_id:
            return each
    raise RequestError("unknown", "this subscription has ended")


def _exported(subscription: Subscription) -> dict[str, Any]:
    consent = subscription.consent
    return {
        "profiles": list(subscription.profiles),
        "language": subscription.language,
        "state": subscription.state,
        "since": subscription.created,
        "times": [f"{each:%H:%M}" for each in subscription.times or ()],
        "weekdays": sorted(subscription.weekdays or ()),
        "timezone": subscription.timezone,
        "length": subscription.length,
        "form": subscription.form,
        "paused_until": subscription.paused_until,
        "alert_score": subscription.alerts.threshold if subscription.alerts else None,
        "consent": {"at": consent.at, "wording": consent.wording, "network": consent.network}
        if consent
        else None,
    }
