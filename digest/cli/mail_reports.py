"""`digest mail bounces`, `log` and `resend`: what was sent, what came back, and once more."""

from __future__ import annotations

import json as json_format
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from zoneinfo import ZoneInfo

from rich.table import Table
from rich.text import Text

from digest.cli.terminal import console
from digest.config import Config
from digest.pipeline.bounces import read_bounces
from digest.pipeline.desk import open_desk
from digest.pipeline.resending import resend
from digest.store import mail_log
from digest.store.mail_log import LogLine

_TOLD = {
    "hard": "came back: the address is not mailed any more",
    "soft": "came back for now: counted",
    "complaint": "reported as spam: the address is not mailed any more",
    "unsubscribe": "unsubscribed",
    "nothing": "of no consequence, such as notes of absence",
    "foreign": "about no mail of this installation: flagged, nothing was done",
    "unknown": "not understood: flagged for you to read",
}


def show_bounces(config: Config) -> None:
    """Reads the mailbox and prints what was in it.

    Raises:
        DigestError: The mailbox cannot be read.
    """
    if not config.mail.bounces.read:
        console().print("No mailbox is configured; see [mail.bounces] in config.toml.")
        return
    with open_desk(config) as desk:
        done = read_bounces(desk)
    for kind, told in _TOLD.items():
        for outcome, count in done.counts.items():
            if outcome == kind:
                console().print(f"{count:6}  {told}")
    if not done.counts:
        console().print("Nothing new has come back.")


def show_log(config: Config, address: str | None, digest: int | None, limit: int, *, json: bool) -> None:
    """Prints deliveries: of a digest, to an address, of a digest to an address, or the last ones."""
    with open_desk(config) as desk, desk.store.read() as tx:
        if digest is not None:
            lines = mail_log.of_digest(tx, digest)
            wanted = (address or "").lower()
            lines = [line for line in lines if wanted in {"", line.address.lower()}][:limit]
        elif address is not None:
            lines = mail_log.of_address(tx, address, limit)
        else:
            lines = mail_log.latest(tx, limit)
    if json:
        print(json_format.dumps([asdict(line) for line in lines], ensure_ascii=False, default=str))
    else:
        _print_log(lines, ZoneInfo(config.timezone))


def _print_log(lines: Sequence[LogLine], zone: ZoneInfo) -> None:
    if not lines:
        console().print("No such mail.")
        return
    table = Table(
        "Mail", "Address", "State", "When", "Why", box=None, header_style="bold", padding=(0, 2, 0, 0)
    )
    for line in lines:
        what = f"no. {line.number}" if line.number else f"letter: {line.letter}"
        state = f"{line.state}, {line.came_back}" if line.came_back else line.state
        table.add_row(what, Text(line.address), state, _when(line, zone), Text(_why(line)))
    console().print(table)


def _when(line: LogLine, zone: ZoneInfo) -> str:
    def shown(moment: datetime) -> str:
        return f"{moment.astimezone(zone):%Y-%m-%d %H:%M}"

    if line.sent:
        return shown(line.sent)
    return f"next at {shown(line.due)}" if line.state in {"queued", "deferred"} else shown(line.queued)


def _why(line: LogLine) -> str:
    return line.told or ("" if line.state == "sent" else line.detail)


def send_again(config: Config, digest: int, address: str, *, again: bool) -> None:
    """Queues a digest for an address once more and says so.

    Raises:
        DigestError: It cannot be sent, with the reason.
    """
    with open_desk(config) as desk:
        queued = resend(desk, digest, address, again=again)
    told = "is queued; the next pass sends it (`digest run`)" if queued else "waits to be sent already"
    console().print(Text(f"Digest no. {digest} for {address} {told}."))
