"""Resending: has a digest delivered to an address once more, always by the same row and Message-ID."""

from __future__ import annotations

from digest.errors import RequestError
from digest.pipeline.desk import Desk
from digest.store import mail_log, subscriptions, suppressions
from digest.store.mail_log import LogLine
from digest.store.secret_key import secret_key

_WAITS = frozenset({"queued", "sending"})


def resend(desk: Desk, number: int, address: str, *, again: bool = False) -> bool:
    """Queues a digest for an address that did not get it; False when it waits to be sent anyway.

    Args:
        desk: The installation.
        number: The digest's.
        address: As it is written in the log, in any case.
        again: Also when it was sent before, or is to be tried later by itself.

    Raises:
        RequestError: `unknown`: the digest was not for this address; `sent` already; `spared`: the address
            must not be mailed; `ended`: it has no subscription in force.
    """
    with desk.store.write() as tx:
        line = _line(mail_log.of_digest(tx, number), address)
        if line is None:
            raise RequestError(
                "unknown", f"digest no. {number} was not for {address}; `digest mail log` tells whom"
            )
        if line.state in _WAITS or (line.state == "deferred" and not again):
            return False
        if line.state == "sent" and not again:
            raise RequestError("sent", f"{line.address} was sent it; to send it once more add --again")
        spared = suppressions.of_key(tx, suppressions.key_of(line.address, secret_key(desk.state)))
        if spared:
            raise RequestError("spared", f"{line.address} is not mailed: {spared.reason}, {spared.detail}")
        if not subscriptions.of_address(tx, line.address):
            raise RequestError("ended", f"{line.address} has no subscription in force")
        mail_log.ask_again(tx, line, desk.clock())
    return True


def _line(lines: list[LogLine], address: str) -> LogLine | None:
    wanted = address.strip().lower()
    return next((line for line in lines if line.address.lower() == wanted), None)
