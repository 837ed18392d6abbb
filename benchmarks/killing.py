"""Kills a delivery again and again at random points and counts from the sink's dump what arrived.

python -m benchmarks.killing [--mails 2000] [--kills 200] [--connections 4]

Needs smtp-sink of Postfix. Nothing may be lost; what is sent twice, with the same Message-ID, may only be
what was accepted and not yet written down at a kill: at most one message of each connection.
"""

from __future__ import annotations

import argparse
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from benchmarks.fictional_digest import digest_of, fill_outbox, rendered
from benchmarks.mail import configure, sink
from digest.config import load_config
from digest.pipeline.desk import open_desk
from digest.store import deliveries

_QUIET: Final = 0.1
"""Seconds without a new file after which the sink has got all that was under way."""


@dataclass
class Arrived:
    """What the sink's dump holds."""

    folder: Path
    ids: Counter[str] = field(default_factory=Counter[str])
    of_recipient: dict[str, set[str]] = field(default_factory=dict[str, set[str]])
    _read: set[str] = field(default_factory=set[str])

    def count(self) -> int:
        """How many files there are, whole or not."""
        return sum(1 for _ in self.folder.iterdir())

    def settle(self) -> None:
        """Reads what has come, once nothing more does; a message broken off was not accepted."""
        known = -1
        while known != (known := self.count()):
            time.sleep(_QUIET)
        for path in self.folder.iterdir():
            if path.name not in self._read:
                self._read.add(path.name)
                self._note(path.read_bytes())

    def _note(self, content: bytes) -> None:
        if not content.rstrip().endswith(b"--"):
            return
        headers = dict(line.split(b": ", 1) for line in content.splitlines()[:20] if b": " in line)
        message_id, recipient = headers[b"Message-ID"].decode(), headers[b"To"].decode()
        self.ids[message_id] += 1
        self.of_recipient.setdefault(recipient, set()).add(message_id)


@dataclass(frozen=True, slots=True)
class Killed:
    """What came of it: how many messages more than once, and at most how many of unknown fate at a kill."""

    mails: int
    kills: int
    lost: int
    twice: int
    unknown: int
    most_unknown: int
    other_ids: int


def kill_deliveries(mails: int, kills: int, connections: int, seed: int = 1) -> Killed:
    """Delivers that many mails, killed so many times on the way, then undisturbed to the end."""
    draw = random.Random(seed)  # noqa: S311 - where to kill, no secret
    with tempfile.TemporaryDirectory() as name, tempfile.TemporaryDirectory() as dump:
        folder, arrived = Path(name), Arrived(Path(dump))
        arrived.folder.chmod(0o777)  # the sink gives up its rights
        with sink("-d", f"{dump}/m.") as port:
            configure(folder, port, connections)
            with open_desk(load_config(folder / "config.toml")) as desk:
                fill_outbox(desk.store, rendered(digest_of(2)), mails)
            unknown: list[int] = []
            for left in range(kills, 0, -1):
                before, sent = sum(arrived.ids.values()), _sent(folder)
                share = (mails - sent) / left
                _run(folder, arrived, draw.uniform(0, 2 * share), draw.uniform(0, 0.004))
                arrived.settle()
                unknown.append(sum(arrived.ids.values()) - before - (_sent(folder) - sent))
            _run(folder, arrived, None, 0)
            arrived.settle()
    return Killed(
        mails,
        kills,
        lost=mails - len(arrived.of_recipient),
        twice=sum(arrived.ids.values()) - len(arrived.ids),
        unknown=sum(unknown),
        most_unknown=max(unknown),
        other_ids=sum(len(ids) - 1 for ids in arrived.of_recipient.values()),
    )


def _run(folder: Path, arrived: Arrived, after: float | None, pause: float) -> None:
    """Delivers; killed a little after so many messages more have come, None not at all."""
    command = [sys.executable, "-m", "benchmarks.mail", "--deliver", str(folder)]
    begun = arrived.count()
    run = subprocess.Popen(command, stdout=subprocess.DEVNULL)  # noqa: S603 - its own words
    if after is not None:
        while run.poll() is None and arrived.count() - begun < after:
            time.sleep(0.0005)
        time.sleep(pause)
        run.kill()
    run.wait()


def _sent(folder: Path) -> int:
    with open_desk(load_config(folder / "config.toml")) as desk, desk.store.read() as tx:
        return deliveries.tally(tx).get("sent", 0)


def main() -> int:
    """Prints what came of it; 1 when a promise was broken."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mails", type=int, default=2000)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--connections", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    done = kill_deliveries(options.mails, options.kills, options.connections, options.seed)
    print(done)
    kept = not done.lost and not done.other_ids and done.twice == done.unknown
    return 0 if kept and done.most_unknown <= options.connections else 1


if __name__ == "__main__":
    sys.exit(main())
