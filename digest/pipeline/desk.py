"""What every use case is given: the settings, the open store and a clock."""

from __future__ import annotations

import fcntl
from collections.abc import Callable, Generator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import TextIOWrapper
from pathlib import Path

from digest.config import Config
from digest.errors import StoreError
from digest.rank.register import Register
from digest.store import Store

Clock = Callable[[], datetime]
Progress = Callable[[str, int, int], None]
"""Told the stage, how much of it is done and how much there is."""


def system_clock() -> datetime:
    """The time now, aware and in UTC."""
    return datetime.now(UTC)


def no_progress(stage: str, done: int, total: int) -> None:
    """For callers that show none."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One installation at work."""

    config: Config
    store: Store
    clock: Clock = system_clock
    progress: Progress = no_progress
    stopping: Callable[[], bool] = bool  # never
    register: Register = field(default_factory=Register)
    """The profiles as they were last matched, kept from pass to pass; only a pass touches it."""

    @property
    def state(self) -> Path:
        """The state folder."""
        return self.config.path(self.config.state)

    @property
    def feeds(self) -> Path:
        """The folder of the static feeds."""
        return self.state / "feeds"

    @property
    def private_feeds(self) -> Path:
        """The folder of the private profiles' feeds, for nobody but `digest serve`."""
        return self.state / "private-feeds"


@contextmanager
def open_desk(config: Config) -> Generator[Desk]:
    """A desk whose database is open and up to date; closed at the end.

    Raises:
        StoreError: The state folder or database cannot be used.
    """
    store = Store.open(config.path(config.state), config.database)
    try:
        yield Desk(config, store)
    finally:
        store.close()


@contextmanager
def only_one(desk: Desk, waiting: Callable[[], None] = lambda: None) -> Generator[None]:
    """Keeps a second pass on the same state folder waiting until this one has ended, however it ended.

    `waiting` is called when there is another one to wait for.
    """
    with _lock_file(desk, "lock") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            waiting()
            fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def only_deliverer(desk: Desk) -> AbstractContextManager[bool]:
    """Whether this process may deliver: nobody else on this state folder does until the end of the block."""
    return _alone(desk, "lock-mail")


def only_reader(desk: Desk) -> AbstractContextManager[bool]:
    """Whether this process may read the mail that comes back, as `only_deliverer`."""
    return _alone(desk, "lock-bounces")


@contextmanager
def _alone(desk: Desk, name: str) -> Generator[bool]:
    with _lock_file(desk, name) as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def _lock_file(desk: Desk, name: str) -> TextIOWrapper:
    try:
        return (desk.state / name).open("w")
    except OSError as error:
        raise StoreError(f"{desk.state}: cannot be written: {error.strerror}") from error
