"""`digest run`: one pass, and a table of what came of it."""

from __future__ import annotations

import json as json_format
import signal
import sys
from collections.abc import Callable, Generator
from contextlib import contextmanager
from dataclasses import asdict, replace
from pathlib import Path
from threading import Event
from typing import Any

from rich.table import Table
from rich.text import Text

from digest.cli.terminal import console, progress
from digest.config import Config
from digest.deliver.slots import next_slots
from digest.pipeline.desk import Desk, open_desk
from digest.pipeline.editions import schedule_of
from digest.pipeline.passes import Pass, run_pass
from digest.store import archive, clips, profiles


def run_once(config: Config, *, at_once: bool, json: bool, quiet: bool) -> bool:
    """Does a pass and shows it; False when mail could not be delivered. SIGTERM stops it in order."""
    with open_desk(config) as desk:
        with progress(quiet=quiet or json) as report, _stopped_by_signal() as stopping:
            at_work = replace(desk, progress=report, stopping=stopping)
            done = run_pass(at_work, at_once=at_once, waiting=_say_waiting)
        if json:
            print(json_format.dumps(_record(done), ensure_ascii=False, default=str))
        elif not quiet:
            _print_pass(desk, done, at_once=at_once)
    return not (done.delivered.unsent or done.delivered.halted)


@contextmanager
def _stopped_by_signal() -> Generator[Callable[[], bool]]:
    """Tells whether SIGTERM has come; what is under way is then finished, what is queued waits."""
    asked = Event()

    def ask(_signal: int, _frame: object) -> None:
        asked.set()

    before = signal.signal(signal.SIGTERM, ask)
    try:
        yield asked.is_set
    finally:
        signal.signal(signal.SIGTERM, before)


def _say_waiting() -> None:
    sys.stderr.write("Another pass is under way; waiting for it to end.\n")


def _record(done: Pass) -> dict[str, Any]:
    record = asdict(done)
    record["ingested"]["files"] = dict(done.ingested.files)
    return record


def _print_pass(desk: Desk, done: Pass, *, at_once: bool) -> None:
    out = console()
    _print_troubles(done)
    out.print(_summary(desk, done, at_once=at_once))
    out.print()
    out.print(_clippings(desk))
    _print_places(desk, done)


def _print_troubles(done: Pass) -> None:
    for file in done.ingested.troubles:
        console().print(Text(f"{file.path}: {file.detail} [{file.state}]", style="yellow"))


def _summary(desk: Desk, done: Pass, *, at_once: bool) -> Table:
    table = Table(box=None, show_header=False, padding=(0, 2, 0, 0))
    files = done.ingested.files
    with desk.store.read() as tx:
        there = archive.counts(tx)
    refused = f", {len(done.ingested.troubles)} refused" if done.ingested.troubles else ""
    again = f", {files['duplicate']} known already" if files["duplicate"] else ""
    table.add_row("Pages read", f"{files['read']}{again}{refused}", f"{there['pages']} in all")
    table.add_row("Articles", f"{done.ingested.articles}", f"{there['articles']} in all")
    table.add_row("Feeds", f"{done.feeds_changed} files changed", "")
    table.add_row("Digest", _digest_line(desk, done, at_once=at_once), "")
    if done.delivered.sent or done.delivered.unsent or done.delivered.halted:
        table.add_row("Mail", _mail_line(done), "")
    if there["troubled"]:
        table.add_row("In trouble", f"{there['troubled']} files, see `digest status`", "")
    return table


def _next_slot(desk: Desk) -> str:
    """In the configured time zone."""
    schedule = schedule_of(desk.config)
    [slot] = next_slots(schedule, desk.clock(), 1)
    return f"{slot.astimezone(schedule.zone):%Y-%m-%d %H:%M}"


def _digest_line(desk: Desk, done: Pass, *, at_once: bool) -> str:
    if done.composed.numbers:
        return ", ".join(f"no. {number}" for number in done.composed.numbers)
    return "nothing new, none composed" if at_once else f"none due; the next at {_next_slot(desk)}"


def _mail_line(done: Pass) -> str:
    mail = done.delivered
    unsent = f", {mail.unsent} not delivered: {mail.detail}" if mail.unsent else ""
    halted = f"; all mail is stopped: {mail.halted}" if mail.halted else ""
    return f"{_counted(mail.sent, 'mail')} delivered{unsent}{halted}"


def _counted(count: int, thing: str) -> str:
    return f"{count} {thing}{'' if count == 1 else 's'}"


def _clippings(desk: Desk) -> Table:
    table = Table(box=None, header_style="bold", padding=(0, 2, 0, 0))
    table.add_column("Profile", no_wrap=True)
    table.add_column("Clips", justify="right")
    table.add_column("Best clipping", no_wrap=True, overflow="ellipsis")
    with desk.store.read() as tx:
        for profile in profiles.list_profiles(tx):
            best = clips.best(tx, profile.id, 1)
            told = f"{best[0][0].score:.0f}  {' '.join(best[0][1].article.headline.split())}" if best else ""
            table.add_row(profile.title, str(clips.how_many(tx, profile.id)), told)
    return table


def _print_places(desk: Desk, done: Pass) -> None:
    """Where to look; never wrapped, so that paths can be copied."""
    places = [f"Feeds      {desk.feeds}"]
    if done.delivered.place and Path(done.delivered.place).is_dir():
        places.append(
            f"Digest     {done.delivered.place}  (a Maildir, for example: mutt -f {done.delivered.place})"
        )
    places.append(f"Web pages  `make serve` or `digest serve`, then {desk.config.public_url}")
    console().print("\n" + "\n".join(places), soft_wrap=True)
