"""Ticks: calls the use cases in time; what is due is computed from the database, never from the ticks."""

from __future__ import annotations

import logging
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from threading import Event

from apscheduler.schedulers.background import BackgroundScheduler

from digest.errors import DigestError
from digest.pipeline.bounces import read_bounces
from digest.pipeline.deliver import Delivered, deliver_due
from digest.pipeline.desk import Desk
from digest.pipeline.passes import Pass, prepare
from digest.pipeline.websub import tell_hubs

log = logging.getLogger("digest.schedule")


@contextmanager
def ticking(
    desk: Desk, report_pass: Callable[[Pass], None], report_mail: Callable[[Delivered], None]
) -> Generator[None]:
    """Prepares, delivers and reads what came back every `inbox.interval` seconds, beside each other.

    A digest leaves with the first tick after its slot. At the end, the page being read and the message being
    sent are finished; what is queued waits for the next start.
    """
    stopping = Event()
    desk = replace(desk, stopping=stopping.is_set)
    scheduler = BackgroundScheduler(timezone="UTC")

    def work() -> None:
        done = prepare(desk)
        report_pass(done)
        if done.composed.numbers:
            scheduler.modify_job("delivery", next_run_time=desk.clock())

    jobs: dict[str, Callable[[], object]] = {
        "pass": work,
        "delivery": lambda: report_mail(deliver_due(desk)),
        "reading of returned mail": lambda: read_bounces(desk),
        "telling of hubs": lambda: tell_hubs(desk),
    }
    for name, job in jobs.items():
        scheduler.add_job(
            partial(_told, name, job),
            "interval",
            id=name,
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
        stopping.set()
        scheduler.shutdown(wait=True)


def _told(what: str, job: Callable[[], object]) -> None:
    """A failed job is told and tried again with the next tick."""
    try:
        job()
    except DigestError as error:
        log.error("the %s failed and will be tried again: %s", what, error)  # noqa: TRY400  # the remedy is told
    except Exception:
        log.exception("a fault in Digest itself; the %s will be tried again", what)
