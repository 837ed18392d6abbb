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
from datetime import timedelta
from functools import lru_cache
from uuid import UUID
from zoneinfo import ZoneInfo

from digest.deliver.outcome import RetryPolicy
from digest.deliver.transport import Transport
from digest.errors import DeliveryError, StoreError
from digest.model import Recipient, Sender
from digest.pipeline.desk import Desk
from digest.pipeline.mail import maildir_of, transport_of
from digest.publish import RenderedDigest, compose
from digest.store import Store, deliveries, digests
from digest.store.deliveries import Delivery

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
    """Tries every delivery that is due, once.

    Raises:
        ConfigError: The way out cannot be used.
        StoreError: The database failed; what was accepted before is recorded, the rest is tried again.
    """
    folder = maildir_of(desk.config)
    done = Delivered(place=str(folder) if folder else "")
    batch = _claim(desk)
    if not batch:
        return done
    with transport_of(desk.config) as transport:
        while batch and _deliver_batch(desk, transport, batch, done):
            batch = _claim(desk)
    return done


def _claim(desk: Desk) -> list[Delivery]:
    now = desk.clock()
    with desk.store.write() as tx:
        return deliveries.claim(tx, now, now + _LEASE, _BATCH)


def _deliver_batch(desk: Desk, transport: Transport, batch: Sequence[Delivery], done: Delivered) -> bool:
    """Tries each delivery; False when the way out refuses all mail, the rest is then given back."""
    for index, delivery in enumerate(batch):
        desk.progress("deliver", index, len(batch))
        try:
            message = compose(_rendered(desk.store, delivery.digest_id), Recipient(delivery.address))
            transport.send(message, delivery.address, str(delivery.id))
        except DeliveryError as error:
            _settle_unsent(desk, delivery, error, done)
            if error.fault == "policy":
                _give_back(desk, batch[index + 1 :])
                return False
        else:
            _settle_sent(desk, delivery, done)
    desk.progress("deliver", len(batch), len(batch))
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
        deliveries.mark_unsent(tx, delivery, due, str(error))
    done.unsent += 1
    done.detail = str(error)


def _give_back(desk: Desk, rest: Sequence[Delivery]) -> None:
    with desk.store.write() as tx:
        deliveries.release(tx, rest)


@lru_cache(maxsize=32)
def _rendered(store: Store, digest_id: UUID) -> RenderedDigest:
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
