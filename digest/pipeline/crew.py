"""A crew hands messages over, several at a time, each hand with its own way out; it touches no database.

jobs → hands → outcomes → whoever keeps the books; a hand gives no content away before its last outcome was
kept, so after a crash at most one message of each hand is of unknown fate.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Event, Lock, Thread
from time import monotonic
from types import TracebackType
from typing import Self

from digest.deliver.transport import Outgoing, Transport
from digest.errors import DeliveryError
from digest.store.deliveries import Delivery

_LINGER = 0.003
"""Seconds that outcomes wait for others to be kept with them."""
_LOOK = 0.2
"""Seconds between two looks of a waiting hand at whether the crew is closing."""


@dataclass(frozen=True, slots=True)
class Job:
    """A delivery and how its message is written; `in_time` tells whether it may still be sent."""

    delivery: Delivery
    written: Callable[[], Outgoing]
    in_time: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job: accepted, or `error`; neither when it was not tried.

    Attributes:
        kept: What its hand waits for before it gives content away again; None when none was given.
    """

    delivery: Delivery
    tried: bool
    error: BaseException | None
    kept: Lock | None


class Crew:
    """So many hands, within a `with` block; at its end messages under way are finished, others not begun."""

    def __init__(self, ways_out: Sequence[Transport]) -> None:
        self._jobs: SimpleQueue[Job | None] = SimpleQueue()
        self._outcomes: SimpleQueue[Outcome] = SimpleQueue()
        self._closing = Event()
        self._threads = [Thread(target=self._work, args=(each,), name="mail") for each in ways_out]
        self.busy = 0
        """Jobs whose outcome is still to come."""

    @property
    def hands(self) -> int:
        """How many there are."""
        return len(self._threads)

    def __enter__(self) -> Self:
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._closing.set()
        for _ in self._threads:
            self._jobs.put(None)
        for thread in self._threads:
            thread.join()

    def hand(self, job: Job) -> None:
        """Gives the crew a job."""
        self.busy += 1
        self._jobs.put(job)

    def recall(self) -> list[Delivery]:
        """Takes back the jobs no hand has begun; the hands give no content away any more."""
        self._closing.set()
        recalled: list[Delivery] = []
        try:
            while job := self._jobs.get_nowait():
                recalled.append(job.delivery)
        except Empty:
            pass
        self.busy -= len(recalled)
        return recalled

    def outcomes(self, timeout: float) -> list[Outcome]:
        """What has come about since, at once for as many as the hands have finished; empty after `timeout`.

        Their hands wait until `settled`.
        """
        found: list[Outcome] = []
        end = monotonic() + timeout
        most = min(self.busy, len(self._threads))
        try:
            while len(found) < most:
                found.append(self._outcomes.get(timeout=max(0.0, end - monotonic())))
                end = min(end, monotonic() + _LINGER) if len(found) == 1 else end
        except Empty:
            pass
        self.busy -= len(found)
        return found

    @staticmethod
    def settled(outcomes: Sequence[Outcome]) -> None:
        """Their hands go on: what became of their messages is kept."""
        for outcome in outcomes:
            if outcome.kept:
                outcome.kept.release()

    def _work(self, way_out: Transport) -> None:
        kept = Lock()
        with way_out as transport:
            while job := self._jobs.get():
                self._outcomes.put(self._attempt(transport, job, kept))

    def _attempt(self, transport: Transport, job: Job, kept: Lock) -> Outcome:
        given: list[Lock] = []

        def ready() -> None:
            self._wait(kept)
            given.append(kept)
            if self._closing.is_set() or not job.in_time():
                raise _UntriedError

        error: BaseException | None = None
        tried = True
        try:
            transport.send(job.written(), ready)
        except _UntriedError:
            tried = False
        except DeliveryError as refused:
            error = refused
        except BaseException as fault:  # noqa: BLE001  raised again by whoever keeps the books
            tried, error = False, fault
        return Outcome(job.delivery, tried, error, given[0] if given else None)

    def _wait(self, kept: Lock) -> None:
        """Until the last outcome was kept; not for ever, as whoever keeps the books may have failed."""
        while not kept.acquire(timeout=_LOOK):
            if self._closing.is_set():
                raise _UntriedError


class _UntriedError(Exception):
    """A message is not to be sent now."""
