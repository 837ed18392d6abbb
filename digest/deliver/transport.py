"""What the pipeline expects of a way out for messages; the ways themselves are `maildir` and `smtp`."""

from __future__ import annotations

from email.message import EmailMessage
from types import TracebackType
from typing import Protocol, Self


class Transport(Protocol):
    """Hands messages over one by one, within a `with` block and by one thread."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None: ...

    def send(self, message: EmailMessage, address: str, key: str) -> None:
        """Returns when the other side has taken responsibility for the message.

        Args:
            message: Complete, with its Message-ID.
            address: The one recipient of the envelope, whatever the message's headers say.
            key: Names this delivery for ever; the same digest to the same address has the same key.

        Raises:
            DeliveryError: Its `fault` says what may be tried next.
        """
        ...
