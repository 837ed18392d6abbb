"""`digest mail suppress` and `subscribers`: lists of addresses, in and out."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from rich.text import Text

from digest.cli.terminal import console
from digest.config import Config
from digest.errors import DigestError
from digest.pipeline.desk import open_desk
from digest.pipeline.subscriber_lists import export_subscribers, import_subscribers
from digest.pipeline.suppression_lists import add, import_suppressions, remove


def import_suppressed(config: Config, file: Path) -> None:
    """Spares the addresses of a file and says how many.

    Raises:
        DigestError: The file cannot be read.
    """
    lines = _lines(file)
    with open_desk(config) as desk:
        taken = import_suppressions(desk, lines)
    _tell_refused(taken.refused)
    console().print(f"{taken.added} addresses are not mailed any more; {taken.known} were not before.")


def add_suppressed(config: Config, address: str) -> None:
    """Spares an address and says so.

    Raises:
        DigestError: It is no address.
    """
    with open_desk(config) as desk:
        added = add(desk, address)
    console().print(
        Text(f"{address} is not mailed any more." if added else f"{address} was not mailed before.")
    )


def remove_suppressed(config: Config, address: str) -> None:
    """Allows an address again and says so."""
    with open_desk(config) as desk:
        removed = remove(desk, address)
    told = "may subscribe again." if removed else "was not suppressed."
    console().print(Text(f"{address} {told}"))


def import_list(config: Config, file: Path, consent: str) -> None:
    """Subscribes the addresses of a file and says how many.

    Raises:
        DigestError: The file cannot be read, or says nothing of consent.
    """
    lines = _lines(file)
    with open_desk(config) as desk:
        done = import_subscribers(desk, lines, consent=consent, source=file.name)
    _tell_refused(done.refused)
    console().print(
        f"{done.added} subscribed; {done.known} were already; {done.spared} had left or are not mailed; "
        f"{len(done.refused)} lines refused."
    )


def export_list(config: Config, *, every: bool) -> None:
    """Prints the subscribers as CSV."""
    with open_desk(config) as desk:
        print(export_subscribers(desk, "all" if every else "active"), end="")


def _lines(file: Path) -> list[str]:
    try:
        return file.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DigestError(f"{file}: cannot be read: {error}") from error


def _tell_refused(refused: Sequence[tuple[int, str]]) -> None:
    for number, why in refused:
        sys.stderr.write(f"line {number}: {why}\n")
