"""Lists of addresses that must not be mailed: taken over from elsewhere, added to, taken from by hand."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar

from digest.deliver.envelope import envelope_address
from digest.errors import DeliveryError, RequestError
from digest.pipeline.desk import Desk
from digest.pipeline.sparing import Why, spare
from digest.store import suppressions
from digest.store.secret_key import secret_key

Row = TypeVar("Row")


@dataclass(slots=True)
class Taken:
    """What came of a list: what was taken, what was known, what was refused."""

    added: int = 0
    known: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])
    """Number of the line and why, for people."""


def import_suppressions(desk: Desk, lines: Iterable[str]) -> Taken:
    """Spares the addresses of a list: one a line, or CSV with the columns address and, if known, reason.

    What cannot be read is told, all else is taken in one transaction.

    Raises:
        RequestError: `csv`: it is no such list; nothing is taken.
    """
    taken = Taken()
    with desk.store.write() as tx:
        for number, address, why in _rows(lines):
            try:
                spelt = envelope_address(address).lower()
            except DeliveryError as error:
                taken.refused.append((number, str(error)))
                continue
            if suppressions.of_key(tx, suppressions.key_of(spelt, secret_key(desk.state))):
                taken.known += 1
            else:
                spare(desk, tx, spelt, why, "from a list")
                taken.added += 1
    return taken


def _rows(lines: Iterable[str]) -> Iterator[tuple[int, str, Why]]:
    """The number of each line, its address and reason; a head line names the columns."""
    columns: list[str] = ["address"]
    reader = csv.reader(lines)
    for cells in read_whole(reader, lambda: reader.line_num):
        plain = [cell.strip().lstrip("\ufeff") for cell in cells]
        names = [cell.lower() for cell in plain]
        if reader.line_num == 1 and names[:1] and ("address" in names or "email" in names):
            columns = ["address" if name == "email" else name for name in names]
        elif any(plain):
            row = dict(zip(columns, plain, strict=False))
            yield reader.line_num, row.get("address", ""), _why(row.get("reason", ""))


def read_whole(rows: Iterable[Row], line: Callable[[], int]) -> Iterator[Row]:
    """The rows of a CSV reader, which is at `line`.

    Raises:
        RequestError: `csv`: this is no CSV.
    """
    try:
        yield from rows
    except csv.Error as error:
        raise RequestError("csv", f"this is no CSV file: line {line()}: {error}") from error


def _why(reason: str) -> Why:
    known: dict[str, Why] = {"bounce": "bounce", "complaint": "complaint"}
    return known.get(reason.lower(), "operator")


def add(desk: Desk, address: str) -> bool:
    """Spares an address by the operator's word; False when it was spared already.

    Raises:
        RequestError: `address`: it is none.
    """
    taken = import_suppressions(desk, [address])
    if taken.refused:
        raise RequestError("address", taken.refused[0][1])
    return taken.added > 0


def remove(desk: Desk, address: str) -> bool:
    """Allows an address to be mailed again; False when nothing stood against it. It subscribes nobody."""
    with desk.store.write() as tx:
        return suppressions.lift(tx, suppressions.key_of(address, secret_key(desk.state)))
