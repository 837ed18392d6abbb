"""Decides what follows from a server's answer and when to try again; pure, without clock and lots."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from digest.errors import Fault

Step = Literal["CONNECT", "HELLO", "STARTTLS", "AUTH", "MAIL", "RCPT", "DATA"]
"""Where in an SMTP session a reply came; DATA is also the answer to the content."""

_ENHANCED = re.compile(r"\s*([245])\.(\d{1,3})\.(\d{1,3})\b")
_SERVER_LEAVES = 421
CONCERNS_ALL = frozenset({530, 534, 535, 538})
"""Replies about authentication and encryption, whichever message they are given to."""
_TOO_MANY_OR_FULL = 552
_TOO_LARGE = ("5", "3", "4")
_GONE = frozenset({("5", "1", "1"), ("5", "1", "2"), ("5", "1", "3"), ("5", "1", "6"), ("5", "1", "10")})
_OUR_SENDER = frozenset({("5", "1", "7"), ("5", "1", "8")})


def fault_of_reply(step: Step, code: int, text: str = "") -> Fault:
    """Who has to act on a refusing SMTP reply.

    The enhanced status code at the start of `text` (RFC 3463) is heeded: 5.7.x means policy.

    >>> fault_of_reply("RCPT", 550, "5.1.1 no such user"), fault_of_reply("RCPT", 450)
    ('permanent', 'temporary')
    """
    status = _status(text)
    if code == _SERVER_LEAVES or not 400 <= code <= 599:  # noqa: PLR2004 - replies that refuse, RFC 5321 §4.2.1
        return "connection"
    if code in CONCERNS_ALL:
        return "policy"
    if code < 500:  # noqa: PLR2004 - RFC 5321 §4.2.1
        return "temporary"
    return _lasting_fault(step, code, status)


def is_gone(code: int, text: str) -> bool:
    """Whether a reply to RCPT says that there is no such address, for good (RFC 3463 §3.2).

    A refusal without an enhanced status code may have any reason.

    >>> is_gone(550, "5.1.1 no such user"), is_gone(550, "5.2.2 mailbox full"), is_gone(550, "no")
    (True, False, False)
    """
    return 500 <= code <= 599 and _status(text) in _GONE  # noqa: PLR2004 - RFC 5321 §4.2.1


def _status(text: str) -> tuple[str, ...]:
    match = _ENHANCED.match(text)
    return match.groups() if match else ()


def _lasting_fault(step: Step, code: int, status: tuple[str, ...]) -> Fault:
    if status == _TOO_LARGE:
        return "permanent"
    if status[1:2] == ("7",) or status in _OUR_SENDER:
        return "policy"
    if step == "RCPT":
        # RFC 5321 §4.5.3.1.10: 552 after RCPT is to be taken as 452.
        return "temporary" if code == _TOO_MANY_OR_FULL else "permanent"
    return "permanent" if step == "DATA" or code == _TOO_MANY_OR_FULL else "policy"


@dataclass(frozen=True, slots=True)
class RetryPolicy:
    """How patiently a deferred delivery is tried again.

    Attributes:
        first: The pause after the first failure; it doubles with every further one.
        cap: The longest pause.
        give_up: The age of a delivery after which it failed.
    """

    first: timedelta = timedelta(minutes=1)
    cap: timedelta = timedelta(hours=1)
    give_up: timedelta = timedelta(days=2)

    def next_attempt(
        self, attempts: int, now: datetime, fault: Fault, jitter: float, *, queued: datetime
    ) -> datetime | None:
        """When to try a failed delivery again; None when it failed for good.

        Pauses are shortened by up to half, by `jitter`. The last attempt is at the age of giving up. A
        `policy` fault is not the message's: it waits for the operator at the longest pause.

        Args:
            attempts: How many have failed, from 1.
            now: Aware.
            fault: Of the last failure.
            jitter: 0 to 1, drawn by the caller.
            queued: When the delivery was queued.
        """
        deadline = queued + self.give_up
        if fault == "permanent" or now >= deadline:
            return None
        pause = self.cap if fault == "policy" else self._pause(attempts)
        return min(now + pause * (1 - jitter / 2), deadline)

    def _pause(self, attempts: int) -> timedelta:
        doublings = min(max(attempts - 1, 0), 30)  # past any sensible cap, far from overflow
        return min(self.first * 2**doublings, self.cap)
