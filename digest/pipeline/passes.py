"""One pass over everything there is to do.

    under the lock of the state folder:
        configuration → profiles and subscriptions
        ingest   new page files → pages, articles
        join     parts on two pages → one article
        match    articles × profiles → clips
        compose  clips that are due → digests and their deliveries
        publish  clips and digests → feeds
        alarms   what was missed → the operator
    then, as it may take long:
        read     mail that came back
        deliver  what is queued
        tell     hubs of feeds that changed

Each step leaves the store consistent, so a pass that died is finished by the next one.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from digest.pipeline.alarms import raise_alarms
from digest.pipeline.bounces import read_bounces
from digest.pipeline.compose import Composed, compose_due
from digest.pipeline.deliver import Delivered, deliver_due
from digest.pipeline.desk import Desk, only_one
from digest.pipeline.feeds import publish_feeds
from digest.pipeline.ingest import Ingested, ingest
from digest.pipeline.join import join_jumps
from digest.pipeline.match import Matched, match
from digest.pipeline.profiles import apply_configuration
from digest.pipeline.websub import tell_hubs


@dataclass(frozen=True, slots=True)
class Pass:
    """What a pass did."""

    ingested: Ingested
    matched: Matched
    feeds_changed: int
    composed: Composed
    delivered: Delivered


def run_pass(
    desk: Desk, *, at_once: bool = False, wait: bool = True, waiting: Callable[[], None] = lambda: None
) -> Pass:
    """Does all there is to do.

    Args:
        desk: The installation.
        at_once: Compose a digest of what is new now instead of what is due.
        wait: Wait, once, for files that are not settled yet.
        waiting: Called when another pass on the same state folder has to end first.

    Raises:
        DigestError: A step failed; what was done before it is kept.
    """
    done = prepare(desk, at_once=at_once, wait=wait, waiting=waiting)
    try:
        read_bounces(desk)
    finally:
        delivered = deliver_due(desk)
        tell_hubs(desk)
    return replace(done, delivered=delivered)


def prepare(
    desk: Desk, *, at_once: bool = False, wait: bool = True, waiting: Callable[[], None] = lambda: None
) -> Pass:
    """All of a pass but delivering; feeds that cannot be written keep no digest back, they are told after.

    Raises:
        DigestError: As `run_pass`.
    """
    with only_one(desk, waiting):
        apply_configuration(desk)
        ingested = ingest(desk, wait=wait)
        join_jumps(desk)
        matched = match(desk)
        try:
            composed = compose_due(desk, at_once=at_once)
        finally:
            feeds_changed = publish_feeds(desk)
        if composed.numbers or composed.skipped:
            raise_alarms(desk)
    return Pass(ingested, matched, feeds_changed, composed, Delivered())
