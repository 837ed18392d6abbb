"""Ticks: calls the passes in time; what is due is computed from the database, never from the ticks."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator
from contextlib import contextmanager

from apscheduler.schedulers.background import BackgroundScheduler

from digest.errors import DigestError
from digest.pipeline.desk import Desk
from digest.pipeline.passes import Pass, run_pass

log = logging.getLogger("digest.schedule")


@contextmanager
def ticking(desk: Desk, report: Callable[[Pass], None]) -> Generator[None]:
    """Runs a pass now and then every `inbox.interval` seconds; at the end waits for the one under way.

    A digest leaves with the first tick after its slot. `report` is told of every pass that did not fail.
    """
    scheduler = BackgroundScheduler(timezone="UTC")
    scheduler.add_job(
        lambda: _pass(desk, report),
        "interval",
        seconds=desk.config.inbox.interval,
        next_run_time=desk.clock(),
        max_instances=1,
        coalesce=True,
        misfire_grace_time=None,  # a late tick is still a tick: the slots tell what is due
    )
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=True)


def _pass(desk: Desk, report: Callable[[Pass], None]) -> None:
    """A failed pass is told and tried again with the next tick."""
    try:
        report(run_pass(desk, wait=False))
    except DigestError as error:
        log.error("the pass failed and will be tried again: %s", error)  # noqa: TRY400  # the message is the remedy
    except Exception:
        log.exception("a fault in Digest itself; the pass will be tried again")
