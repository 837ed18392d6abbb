"""What is printed: tables and progress bars on a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Generator
from contextlib import contextmanager
from functools import cache

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn

from digest.pipeline.desk import Progress as Report
from digest.pipeline.desk import no_progress

_STAGES = {
    "ingest": "Reading pages",
    "match": "Matching profiles",
    "publish": "Writing feeds",
    "compose": "Composing digests",
    "deliver": "Delivering mail",
}


@cache
def console() -> Console:
    """Standard output; text from pages is never read as markup."""
    return Console(markup=False, highlight=False, emoji=False)


@contextmanager
def progress(*, quiet: bool) -> Generator[Report]:
    """Something to report progress to: bars on a terminal, a line a stage elsewhere, nothing when quiet."""
    if quiet:
        yield no_progress
    elif sys.stderr.isatty():
        yield from _bars()
    else:
        yield _line


def _bars() -> Generator[Report]:
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bars:
        tasks: dict[str, TaskID] = {}

        def report(stage: str, done: int, total: int) -> None:
            if total and stage not in tasks:
                tasks[stage] = bars.add_task(_STAGES[stage], total=total)
            if stage in tasks:
                bars.update(tasks[stage], completed=done, total=total)

        yield report


def _line(stage: str, done: int, total: int) -> None:
    """One line when a stage is through."""
    if total and done == total:
        sys.stderr.write(f"{_STAGES[stage]}: {total}\n")
