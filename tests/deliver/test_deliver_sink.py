"""Against Postfix's sink, another program than any of our own: faults in every state, and `kill -9`."""

from __future__ import annotations

import os
import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path

import pytest

from benchmarks.fictional_digest import NOW, digest_of, fill_outbox, rendered
from benchmarks.killing import Arrived, kill_deliveries
from benchmarks.mail import configure, sink
from digest.config import load_config
from digest.pipeline.deliver import Delivered, deliver_due
from digest.pipeline.desk import open_desk
from digest.publish import RenderedDigest
from digest.store import deliveries
from tests.parts import missing

MAILS = 12
CONNECTIONS = 3


@pytest.fixture(autouse=True)
def postfix() -> None:
    if shutil.which("smtp-sink", path=f"{os.environ['PATH']}:/usr/sbin") is None:
        missing("smtp-sink of Postfix (apt-get install postfix)")


@cache
def digest() -> RenderedDigest:
    return rendered(digest_of(1))


def delivered(folder: Path, *faults: str) -> tuple[Delivered, dict[str, int]]:
    """One run against a sink with such faults, and the states of the deliveries after it."""
    with sink(*faults) as port:
        configure(folder, port, CONNECTIONS)
        with open_desk(load_config(folder / "config.toml")) as desk:
            fill_outbox(desk.store, digest(), MAILS)
            done = deliver_due(replace(desk, clock=lambda: NOW))
            with desk.store.read() as tx:
                return done, deliveries.tally(tx)


def test_without_faults_each_mail_arrives_once(tmp_path: Path) -> None:
    dump = tmp_path / "dump"
    dump.mkdir()
    dump.chmod(0o777)
    for parent in dump.parents[:3]:
        parent.chmod(parent.stat().st_mode | 0o111)  # the sink gives up its rights
    done, states = delivered(tmp_path, "-d", f"{dump}/m.")
    arrived = Arrived(dump)
    arrived.settle()
    assert (done.sent, states) == (MAILS, {"sent": MAILS})
    assert set(arrived.ids.values()) == {1}
    assert len(arrived.of_recipient) == MAILS


@pytest.mark.parametrize(
    ("faults", "first"),
    [
        (("-r", "CONNECT"), "deferred"),
        (("-r", "EHLO,HELO"), "deferred"),
        (("-r", "MAIL"), "deferred"),
        (("-r", "RCPT"), "deferred"),
        (("-r", "DATA"), "deferred"),
        (("-r", "."), "deferred"),
        (("-f", "RCPT"), "failed"),
        (("-f", "."), "failed"),
        (("-f", "MAIL"), "deferred"),
        (("-q", "CONNECT"), "deferred"),
        (("-q", "EHLO"), "deferred"),
        (("-q", "MAIL"), "deferred"),
        (("-q", "RCPT"), "deferred"),
        (("-q", "DATA"), "deferred"),
        (("-q", "."), "deferred"),
    ],
)
def test_no_fault_loses_a_mail_or_sends_it_unasked(
    faults: tuple[str, str], first: str, tmp_path: Path
) -> None:
    done, states = delivered(tmp_path, *faults)
    assert done.sent == 0
    assert states.pop(first) >= 1
    assert states.get("sent", 0) == 0
    assert set(states) <= {"queued"}


def test_killed_deliveries_lose_nothing_and_repeat_only_what_nobody_can_know() -> None:
    done = kill_deliveries(mails=150, kills=8, connections=CONNECTIONS)
    assert (done.lost, done.other_ids) == (0, 0)
    assert done.twice == done.unknown
    assert done.most_unknown <= CONNECTIONS
