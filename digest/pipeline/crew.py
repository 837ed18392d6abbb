"""A crew hands messages over, several at a time, each hand with its own way out; it touches no database.

jobs → hands → outcomes → whoever keeps the books; a hand takes the next job when its last outcome was kept,
so after a crash at most one message of each hand is of unknown fate.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from threading import Event, Semaphore, Thread
from time import monotonic
from types import TracebackType
from typing import Self

from digest.deliver.transport import Outgoing, Transport
from digest.errors import DeliveryError
from digest.store.deliveries import Delivery

_LINGER = 0.003
"""Seconds that outcomes wait for others to be kept with them."""


@dataclass(frozen=True, slots=True)
class Job:
    """A delivery and how its message is written; `in_time` tells whether it may still be sent."""

    delivery: Delivery
    written: Callable[[], Outgoing]
    in_time: Callable[[], bool]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a job: accepted, or `error`; neither when it was not tried."""

    delivery: Delivery
    tried: bool
    error: BaseException | None
    kept: Semaphore


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
        """Takes back the jobs no hand has begun."""
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
            outcome.kept.release()

    def _work(self, way_out: Transport) -> None:
        kept = Semaphore(0)
        with way_out as transport:
            while job := self._jobs.get():
                tried, error = self._attempt(transport, job)
                self._outcomes.put(Outcome(job.delivery, tried, error, kept))
                while not kept.acquire(timeout=1.0):
                    if self._closing.is_set():  # whoever keeps the books has failed
                        return

    def _attempt(self, transport: Transport, job: Job) -> tuple[bool, BaseException | None]:
        if self._closing.is_set():
            return False, None
        try:
            mail = job.written()
            if not job.in_time():
                return False, None
            transport.send(mail)
        except DeliveryError as error:
            return True, error
        except BaseException as error:  # noqa: BLE001  raised again by whoever keeps the books
            return False, error
        return True, None
