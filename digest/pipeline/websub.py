"""WebSub: tells the configured hubs which public feeds changed, so that readers need not ask.

the pass       writes feeds → notes what changed, for each hub
beside mail    for each that is due: tell the hub
    it answered well   → done
    it did not         → again in 1, 2, 4 … 60 minutes, for a day
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable
from datetime import timedelta

from sqlalchemy import Connection

from digest.deliver.hubs import tell_hub
from digest.pipeline.desk import Desk
from digest.store import hub_pings, profiles
from digest.store.hub_pings import HubPing

log = logging.getLogger("digest.websub")

_LONGEST = 60
_GIVEN_UP = timedelta(days=1)

Tell = Callable[[str, str], str | None]
"""Tells a hub of a topic; None when that worked, else what went wrong."""


def note_changes(desk: Desk, files: Iterable[str]) -> None:
    """Notes that these public feeds changed, by their file names; with no hub, nothing."""
    hubs = desk.config.feeds.hubs
    topics = [topic_of(desk, file) for file in files]
    if not hubs or not topics:
        return
    with desk.store.write() as tx:
        for hub in hubs:
            hub_pings.note(tx, hub, topics, desk.clock())


def topic_of(desk: Desk, file: str) -> str:
    """A public feed's address."""
    return f"{desk.config.public_url}/feeds/{file}"


def tell_hubs(desk: Desk, tell: Tell = tell_hub) -> int:
    """Tells what is due to be told; returns how many pings were told to hubs that took all of theirs.

    Raises:
        StoreError: The database failed; what was told may be told again.
    """
    if not desk.config.feeds.hubs:
        return 0
    with desk.store.read() as tx:
        waiting = [(ping, _wanted(desk, tx, ping)) for ping in hub_pings.due(tx, desk.clock())]
    faults: dict[str, str] = {}
    for ping, wanted in waiting:
        if desk.stopping():
            break
        if not wanted or (ping.hub not in faults and _told(ping, tell, faults)):
            _forget(desk, ping)
        else:
            _defer(desk, ping)
    return sum(wanted and ping.hub not in faults for ping, wanted in waiting)


def _wanted(desk: Desk, tx: Connection, ping: HubPing) -> bool:
    """Whether the hub is still one of ours and the feed one that everybody may have."""
    name = ping.topic.removeprefix(topic_of(desk, "")).rpartition(".")[0]
    private = profiles.standings(tx).get(name, "public") != "public"
    return ping.hub in desk.config.feeds.hubs and ping.topic.startswith(topic_of(desk, "")) and not private


def _told(ping: HubPing, tell: Tell, faults: dict[str, str]) -> bool:
    """A hub that failed once is asked no more for now: waiting for each of its feeds would take long."""
    fault = tell(ping.hub, ping.topic)
    if fault is None:
        return True
    faults[ping.hub] = fault
    log.warning("the hub %s was not told that feeds changed: %s", ping.hub, fault)
    return False


def _forget(desk: Desk, ping: HubPing) -> None:
    with desk.store.write() as tx:
        hub_pings.forget(tx, ping)


def _defer(desk: Desk, ping: HubPing) -> None:
    now = desk.clock()
    if now - ping.changed >= _GIVEN_UP:
        _forget(desk, ping)
        return
    with desk.store.write() as tx:
        hub_pings.defer(tx, ping, now + timedelta(minutes=min(2**ping.attempts, _LONGEST)))
