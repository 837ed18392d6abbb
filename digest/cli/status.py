"""`digest status` and `digest retry`: what became of the files, the last digests, the outbox."""

from __future__ import annotations

import json as json_format
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any
from zoneinfo import ZoneInfo

from rich.table import Table
from rich.text import Text

from digest.cli.terminal import console
from digest.config import Config
from digest.errors import DigestError
from digest.model import InboxFile
from digest.pipeline.desk import open_desk
from digest.pipeline.mail_templates import template_faults
from digest.store import archive, bounces, deliveries, digests, pages, suppressions
from digest.store.deliveries import Unsent
from digest.store.digests import DigestRow, SkipReason


def show_status(config: Config, *, json: bool) -> None:
    """Prints counts, files in trouble, the last digests and the state of deliveries."""
    with open_desk(config) as desk, desk.store.read() as tx:
        counts, files = archive.counts(tx), pages.list_files(tx)
        latest, outbox, unsent = digests.latest(tx, 5), deliveries.tally(tx), deliveries.unsent(tx)
        returned, spared = bounces.tally(tx), suppressions.how_many(tx)
    faults = template_faults(config)
    if json:
        record = {
            "counts": counts,
            "files": [asdict(file) for file in files],
            "digests": [_digest_record(row) for row in latest],
            "deliveries": outbox,
            "returned": returned,
            "suppressed": spared,
            "unsent": [asdict(each) for each in unsent],
            "templates": faults,
        }
        print(json_format.dumps(record, ensure_ascii=False, default=str))
        return
    out = console()
    out.print(
        f"{counts['pages']} pages, {counts['articles']} articles, {counts['troubled']} files in trouble"
    )
    _print_troubles([file for file in files if file.state not in {"read", "duplicate"}])
    _print_digests(latest, ZoneInfo(config.timezone))
    for what, numbers in (("Mail", outbox), ("Came back", returned), ("Addresses not mailed", spared)):
        if numbers:
            out.print(f"{what}: " + ", ".join(f"{count} {kind}" for kind, count in sorted(numbers.items())))
    _print_unsent(unsent, ZoneInfo(config.timezone))
    for fault in faults:
        out.print(Text(fault, style="yellow"))


def _digest_record(row: DigestRow) -> dict[str, Any]:
    kept = ("number", "slot", "state", "reason", "subject", "language")
    return {name: getattr(row, name) for name in kept} | {"tally": asdict(row.tally)}


def _print_troubles(files: Sequence[InboxFile]) -> None:
    table = Table("File", "State", "Why", box=None, header_style="bold", padding=(0, 2, 0, 0))
    for file in files:
        table.add_row(Text(file.path), Text(file.state, style="yellow"), Text(file.detail))
    if files:
        console().print(table)
        console().print("Mend them, or run `digest retry` to have them read again in the next pass.")


_SKIPPED: dict[SkipReason, str] = {
    "nothing_clipped": "nothing was clipped in its window",
    "sent_before": "what was clipped had been sent before",
    "too_few": "fewer clips than min_items; they wait for the next slot",
}


def _print_digests(latest: Sequence[DigestRow], zone: ZoneInfo) -> None:
    for row in latest:
        told = row.subject if row.number else f"skipped: {_SKIPPED[row.reason or 'nothing_clipped']}"
        console().print(Text(f"{row.slot.astimezone(zone):%Y-%m-%d %H:%M}  {told}"))


def _print_unsent(unsent: Sequence[Unsent], zone: ZoneInfo) -> None:
    for each in unsent:
        again = f"tried again at {each.due.astimezone(zone):%Y-%m-%d %H:%M}" if each.due else "given up"
        console().print(Text(f"  {each.address}: {again}: {each.detail}", style="yellow"))


def ask_again(config: Config, paths: Sequence[str]) -> str:
    """Marks refused files for another reading; a sentence on how many.

    Raises:
        DigestError: One of `paths` is no refused file.
    """
    with open_desk(config) as desk, desk.store.write() as tx:
        unknown = sorted(set(paths) - pages.troubled_paths(tx))
        if unknown:
            raise DigestError(f"{unknown[0]}: is no refused file; `digest status` lists them")
        count = pages.ask_again(tx, paths)
    return f"{count} file{'' if count == 1 else 's'} will be read again in the next pass (`digest run`)."
