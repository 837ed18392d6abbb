"""Writes the message of a delivery from what was composed; it sends nothing."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from digest.deliver.links import Links
from digest.deliver.transport import Outgoing
from digest.deliver.verp import ReturnAddress
from digest.errors import StoreError
from digest.model import Recipient, Sender
from digest.pipeline.letters import rendered_letter
from digest.publish import RenderedDigest
from digest.publish.composer import Composer
from digest.store import digests, letters, subscriptions
from digest.store.deliveries import Delivery

if TYPE_CHECKING:
    from digest.deliver.dkim_signing import DkimSigner

_KEPT = 16
"""Digests at hand; deliveries of one lie together in the outbox."""


class Writer:
    """Writes the messages of deliveries, those of a digest from one rendering.

    Args:
        links: Signs each reader's own.
        site: Where readers reach the web application.
        returns: Where mail comes back to; None when that is the sender's own address.
        unsubscribing: What is written to that address is read, so readers may unsubscribe by mail.
        signer: Signs by DKIM; None leaves that to the server.
    """

    def __init__(
        self,
        links: Links,
        site: str,
        *,
        returns: ReturnAddress | None = None,
        unsubscribing: bool = False,
        signer: DkimSigner | None = None,
    ) -> None:
        self._links = links
        self._site = site
        self._returns = returns
        self._unsubscribing = unsubscribing
        self._signer = signer
        self._composers: OrderedDict[UUID, Composer] = OrderedDict()

    def writing(self, tx: Connection, delivery: Delivery) -> Callable[[], Outgoing]:
        """Writes the message when it is called, without the database; the same bytes each time.

        Raises:
            StoreError: What is to be delivered is not there.
        """
        return partial(self._written, self._composer(tx, delivery), _with_subscription(tx, delivery))

    def _written(self, composer: Composer, delivery: Delivery) -> Outgoing:
        """The message as it leaves; called by several threads."""
        content = composer.message(self._recipient(delivery))
        if self._signer:
            content = self._signer.signed(content)
        sender = self._returns.own("delivery", delivery.id) if self._returns else ""
        return Outgoing(content, delivery.address, str(delivery.id), sender)

    def _recipient(self, delivery: Delivery) -> Recipient:
        """The address with its own links; a letter asks for nothing but its own."""
        if delivery.subscription_id is None or delivery.letter_id is not None:
            return Recipient(delivery.address, plain=delivery.plain)
        token = self._links.own(delivery.subscription_id)
        return Recipient(
            delivery.address,
            unsubscribe_url=f"{self._site}/unsubscribe/{token}",
            unsubscribe_mailto=self._mailto(delivery.subscription_id),
            preferences_url=f"{self._site}/subscription/{token}",
            plain=delivery.plain,
        )

    def _mailto(self, subscription_id: UUID) -> str | None:
        if self._returns is None or not self._unsubscribing:
            return None
        return f"{self._returns.own('unsubscribe', subscription_id)}?subject=unsubscribe"

    def _composer(self, tx: Connection, delivery: Delivery) -> Composer:
        if delivery.letter_id is not None:
            return Composer(_letter(tx, delivery.letter_id))
        if delivery.digest_id is None:
            raise StoreError(f"the delivery {delivery.id} is of nothing; restore a backup")
        known = self._composers.get(delivery.digest_id)
        if known is None:
            known = self._composers[delivery.digest_id] = Composer(_digest(tx, delivery.digest_id))
        self._composers.move_to_end(delivery.digest_id)
        if len(self._composers) > _KEPT:
            self._composers.popitem(last=False)
        return known


def _with_subscription(tx: Connection, delivery: Delivery) -> Delivery:
    """A digest queued before subscriptions were kept has one by its address, so that it can be ended."""
    if delivery.subscription_id is not None or delivery.letter_id is not None:
        return delivery
    [mine, *_] = subscriptions.of_address(tx, delivery.address) or [None]
    return replace(delivery, subscription_id=mine.id) if mine else delivery


def _letter(tx: Connection, letter_id: UUID) -> RenderedDigest:
    letter = letters.letter(tx, letter_id)
    if letter is None:
        raise StoreError(f"the letter {letter_id} of a delivery is not there; restore a backup")
    return rendered_letter(letter)


def _digest(tx: Connection, digest_id: UUID) -> RenderedDigest:
    """The digest as it was composed; it never changes, so it is read once for all its recipients."""
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
