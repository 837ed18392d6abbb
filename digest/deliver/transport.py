"""What the pipeline expects of a way out for messages; the ways themselves are `maildir` and `smtp`."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from types import TracebackType
from typing import Protocol, Self


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message and where it goes.

    Attributes:
        content: Complete with its Message-ID, in seven bits with CRLF line ends, signed if it is to be.
        address: The one recipient of the envelope, whatever the message's headers say.
        key: Names this delivery for ever; the same digest to the same address has the same key.
        sender: Of the envelope, where bounces go; empty for the one every message has.
    """

    content: bytes
    address: str
    key: str
    sender: str = ""


def at_once() -> None:
    """Waits for nothing."""


class Transport(Protocol):
    """Hands messages over one by one, within a `with` block and by one thread."""

    def __enter__(self) -> Self: ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None: ...

    def send(self, mail: Outgoing, ready: Callable[[], None] = at_once) -> None:
        """Returns when the other side has taken responsibility for the message.

        `ready` is called before anything is given of which it might; the message is not sent when it raises.

        Raises:
            DeliveryError: Its `fault` says what may be tried next.
        """
        ...
