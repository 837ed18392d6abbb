"""Decides when the next message may leave under a limit; pure, it waits for nothing."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

_MINUTE = timedelta(minutes=1)


@dataclass(slots=True)
class Spacing:
    """Messages at even distances, so that no second has more than its share.

    Attributes:
        per_second: At most; 0 for no limit.
    """

    per_second: float
    _next: float = 0.0

    def wait(self, now: float) -> float:
        """Seconds until the next message may leave; `now` is of a clock that never goes back."""
        return max(0.0, self._next - now) if self.per_second else 0.0

    def leave(self, now: float) -> None:
        """Counts a message that leaves now."""
        if self.per_second:
            self._next = max(self._next, now) + 1 / self.per_second


def domain_of(address: str) -> str:
    """What is behind the last @, in small letters.

    >>> domain_of("Lin@Reader.Example")
    'reader.example'
    """
    return address.rpartition("@")[2].lower()


@dataclass(slots=True)
class DomainLimit:
    """So many messages a minute to each domain, in any minute.

    Attributes:
        per_minute: At most; 0 for no limit.
    """

    per_minute: int
    _last: dict[str, deque[datetime]] = field(default_factory=dict[str, deque[datetime]])

    def count(self, accepted: Iterable[tuple[datetime, str]]) -> None:
        """Counts what left before, by time and address, in order."""
        for moment, address in accepted:
            self._of(domain_of(address)).append(moment)

    def slot(self, address: str, now: datetime) -> datetime:
        """When a message may leave for the address: now, or later; that time is then taken."""
        if not self.per_minute:
            return now
        last = self._of(domain_of(address))
        full = len(last) == self.per_minute
        moment = max(now, last[0] + _MINUTE) if full else now
        last.append(moment)
        return moment

    def _of(self, domain: str) -> deque[datetime]:
        return self._last.setdefault(domain, deque(maxlen=self.per_minute))
