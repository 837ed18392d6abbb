"""Deliver: hands queued mail over, each message claimed before it is sent and settled right after.

claim a few that are due, under a lease       another process passes them by
compose the message from the digest as stored → the way out
    accepted   → sent
    refused    → deferred with a growing pause, or failed
    broken     → policy faults stop everything until the operator has acted
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from digest.deliver.links import Links
from digest.deliver.outcome import RetryPolicy
from digest.deliver.transport import Transport
from digest.errors import DeliveryError, StoreError
from digest.model import Recipient, Sender
from digest.pipeline.desk import Desk, only_deliverer
from digest.pipeline.letters import rendered_letter
from digest.pipeline.mail import maildir_of, transport_of
from digest.publish import RenderedDigest, compose
from digest.store import Store, deliveries, digests, letters, suppressions
from digest.store.deliveries import Delivery
from digest.store.secret_key import secret_key

_LEASE = timedelta(minutes=15)
_BATCH = 20
_POLICY = RetryPolicy()


@dataclass(slots=True)
class Delivered:
    """What came of the deliveries that were due; `place` is the Maildir, when mail goes to one."""

    sent: int = 0
    unsent: int = 0
    detail: str = ""
    place: str = ""


def deliver_due(desk: Desk) -> Delivered:
    """Tries every delivery that is due, once; one process at a time on a state folder.

    Raises:
        ConfigError: The way out cannot be used.
        StoreError: The database failed; what was accepted before is recorded, the rest is tried again.
    """
    folder = maildir_of(desk.config)
    done = Delivered(place=str(folder) if folder else "")
    with only_deliverer(desk) as alone:
        if alone and _prepare(desk):
            with transport_of(desk.config) as transport:
                _deliver_all(desk, transport, done)
    return done


def _prepare(desk: Desk) -> bool:
    """Whether anything is due; what a process that died had claimed is queued again."""
    with desk.store.write() as tx:
        if not desk.config.database:  # alone on this machine, and no other machine shares the database
            deliveries.release_all(tx)
        deliveries.suppress_ended(tx)
        return deliveries.any_due(tx, desk.clock())


def _deliver_all(desk: Desk, transport: Transport, done: Delivered) -> None:
    started = desk.clock()
    while batch := _claim(desk, started):
        if not _deliver_batch(desk, transport, batch, done):
            return


def _claim(desk: Desk, started: datetime) -> list[Delivery]:
    """A few of what was due when delivering started; what is deferred meanwhile waits for another run."""
    with desk.store.write() as tx:
        return deliveries.claim(tx, started, desk.clock() + _LEASE, _BATCH)


def _deliver_batch(desk: Desk, transport: Transport, batch: Sequence[Delivery], done: Delivered) -> bool:
    """Tries each delivery; False when it has to stop. What was not tried is given back, whatever happens."""
    tried = 0
    try:
        for delivery in batch:
            if desk.stopping():
                return False
            desk.progress("deliver", tried, len(batch))
            tried += 1
            if not _deliver_one(desk, transport, delivery, done):
                return False
    finally:
        _give_back(desk, batch[tried:])
    desk.progress("deliver", len(batch), len(batch))
    return True


def _deliver_one(desk: Desk, transport: Transport, delivery: Delivery, done: Delivered) -> bool:
    """False when the fault is of the way out, not of this message: no other would fare better now."""
    if _spared(desk, delivery):
        return True
    try:
        message = compose(_rendered(desk.store, delivery), _recipient(desk, delivery))
        transport.send(message, delivery.address, str(delivery.id))
    except DeliveryError as error:
        _settle_unsent(desk, delivery, error, done)
        return error.fault != "policy" and not (error.fault == "connection" and error.address is None)
    _settle_sent(desk, delivery, done)
    return True


def _settle_sent(desk: Desk, delivery: Delivery, done: Delivered) -> None:
    with desk.store.write() as tx:
        deliveries.mark_sent(tx, delivery, desk.clock(), "accepted")
    done.sent += 1


def _settle_unsent(desk: Desk, delivery: Delivery, error: DeliveryError, done: Delivered) -> None:
    due = _POLICY.next_attempt(
        delivery.attempts + 1,
        desk.clock(),
        error.fault,
        random.random(),  # noqa: S311  # spreads retries, guards nothing
        queued=delivery.queued,
    )
    with desk.store.write() as tx:
        deliveries.mark_unsent(tx, delivery, due, _told(error))
    done.unsent += 1
    done.detail = _told(error)


def _told(error: DeliveryError) -> str:
    perhaps = " (it may have arrived; it is sent again with the same Message-ID)" if error.uncertain else ""
    return f"{error}{perhaps}"


def _give_back(desk: Desk, rest: Sequence[Delivery]) -> None:
    if rest:
        with desk.store.write() as tx:
            deliveries.release(tx, rest)


def _spared(desk: Desk, delivery: Delivery) -> bool:
    """Takes the delivery off when its address must not be mailed; a question still goes."""
    if delivery.letter_id is not None:
        return False
    key = suppressions.key_of(delivery.address, secret_key(desk.state))
    with desk.store.read() as tx:
        found = suppressions.of_key(tx, key)
    if found is None:
        return False
    with desk.store.write() as tx:
        deliveries.suppress(tx, delivery, found.detail)
    return True


def _recipient(desk: Desk, delivery: Delivery) -> Recipient:
    """The address with its own links; a letter asks for nothing but its own."""
    if delivery.subscription_id is None or delivery.letter_id is not None:
        return Recipient(delivery.address, plain=delivery.plain)
    token = Links(secret_key(desk.state)).own(delivery.subscription_id)
    site = desk.config.public_url
    return Recipient(
        delivery.address,
        unsubscribe_url=f"{site}/unsubscribe/{token}",
        preferences_url=f"{site}/subscription/{token}",
        plain=delivery.plain,
    )


def _rendered(store: Store, delivery: Delivery) -> RenderedDigest:
    if delivery.letter_id is not None:
        return _letter(store, delivery.letter_id)
    if delivery.digest_id is None:
        raise StoreError(f"the delivery {delivery.id} is of nothing; restore a backup")
    return _digest(store, delivery.digest_id)


def _letter(store: Store, letter_id: UUID) -> RenderedDigest:
    with store.read() as tx:
        letter = letters.letter(tx, letter_id)
    if letter is None:
        raise StoreError(f"the letter {letter_id} of a delivery is not there; restore a backup")
    return rendered_letter(letter)


@lru_cache(maxsize=32)
def _digest(store: Store, digest_id: UUID) -> RenderedDigest:
    """The digest as it was composed; it never changes, so it is read once for all its recipients."""
    with store.read() as tx:
        row = digests.digest_row(tx, digest_id)
    if row is None or row.sender is None:
        raise StoreError(f"the digest {digest_id} of a delivery is not there; restore a backup")
    return RenderedDigest(
        id=row.id,
        language=row.language,
        sender=Sender(**row.sender),
        date=row.slot.astimezone(ZoneInfo(row.timezone)),
        subject=row.subject or "",
        html=row.html or "",
        text=row.text or "",
        links=row.links or "",
    )
