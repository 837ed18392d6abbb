"""Lists of subscribers: taken over from elsewhere with their consent, and given out; it sends nothing."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import StringIO
from typing import Literal, cast, get_args
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from digest.config import Language
from digest.deliver.envelope import envelope_address
from digest.errors import DeliveryError, RequestError
from digest.pipeline.desk import Desk
from digest.pipeline.suppression_lists import read_whole
from digest.store import profiles, subscriptions, suppressions
from digest.store.secret_key import secret_key
from digest.store.subscriptions import Consent, Form, Subscription

COLUMNS = ("address", "profiles", "language", "form", "state", "since", "consent", "consent_at", "source")
_FORMS = get_args(Form)
_LANGUAGES = get_args(Language)


@dataclass(slots=True)
class Imported:
    """What came of a list.

    Attributes:
        spared: Addresses left out as they bounced, complained, were erased or ended their subscription.
        refused: Number of each line that could not be taken, and why.
    """

    added: int = 0
    known: int = 0
    spared: int = 0
    refused: list[tuple[int, str]] = field(default_factory=list[tuple[int, str]])


def import_subscribers(desk: Desk, lines: Iterable[str], *, consent: str = "", source: str = "") -> Imported:
    """Subscribes the addresses of a CSV list whose head line names some of `COLUMNS`.

    Whoever ended a subscription or must not be mailed is not subscribed again. All lines that can be taken
    are, in one transaction.

    Args:
        desk: The installation.
        lines: Of the file.
        consent: What the readers agreed to, for lines that do not say it.
        source: Where the list comes from, for lines that do not say it.

    Raises:
        RequestError: `columns`: the head line names no address or a column that is not known; `consent`:
            neither the list nor `consent` says what the readers agreed to; `csv`: it is no such list.
    """
    reader = csv.DictReader(lines)
    _check_columns([name.strip().lstrip("\ufeff") for name in reader.fieldnames or ()], consent)
    reader.fieldnames = [name.strip().lstrip("\ufeff").lower() for name in reader.fieldnames or ()]
    done = Imported()
    with desk.store.write() as tx:
        known = {profile.name for profile in profiles.list_profiles(tx)}
        for row in read_whole(reader, lambda: reader.reader.line_num):
            try:
                wanted = _wanted(desk, _cells(row), known, consent, source)
            except RequestError as error:
                done.refused.append((reader.line_num, str(error)))
            else:
                _take(desk, tx, wanted, done)
    return done


def _check_columns(names: Sequence[str], consent: str) -> None:
    wanted = {name.lower() for name in names}
    if "address" not in wanted or not wanted.issubset(COLUMNS):
        strange = ", ".join(sorted(wanted.difference(COLUMNS)))
        told = f"{strange} are no columns; " if strange else ""
        raise RequestError(
            "columns", f"{told}the first line names columns, address and any of {', '.join(COLUMNS)}"
        )
    if "consent" not in wanted and not consent.strip():
        raise RequestError(
            "consent", "the list has no column consent; say with --consent what its readers agreed to"
        )


def _cells(row: Mapping[str | None, str | list[str] | None]) -> dict[str, str]:
    if None in row:
        raise RequestError("cells", "it has more cells than columns")
    return {name: _plain(value.strip()) for name, value in row.items() if name and isinstance(value, str)}


def _wanted(desk: Desk, row: Mapping[str, str], known: set[str], consent: str, source: str) -> Subscription:
    wording = row.get("consent") or consent.strip()
    if not wording:
        raise RequestError("consent", "it does not say what the reader agreed to")
    try:
        address = envelope_address(row.get("address", "")).lower()
    except DeliveryError as error:
        raise RequestError("address", str(error)) from error
    language, form = row.get("language") or desk.config.language, row.get("form") or "html"
    _check(row, language, form, known)
    at = _instant(desk, row.get("consent_at", ""))
    said = "; ".join(part for part in (wording, row.get("source") or source) if part)
    return Subscription(
        id=uuid4(),
        address=address,
        profiles=_names(row),
        language=language,
        created=desk.clock(),
        origin="import",
        form=cast("Form", form),
        consent=Consent(at, said),
    )


def _names(row: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(row.get("profiles", "").replace(",", " ").replace(";", " ").split())


def _check(row: Mapping[str, str], language: str, form: str, known: set[str]) -> None:
    if unknown := sorted(set(_names(row)) - known):
        raise RequestError("profiles", f"there is no profile {unknown[0]}")
    if language not in _LANGUAGES:
        raise RequestError("language", f"{language!r} is none of {', '.join(_LANGUAGES)}")
    if form not in _FORMS:
        raise RequestError("form", f"{form!r} is none of {', '.join(_FORMS)}")
    if row.get("state") in {"pending", "ended"}:
        raise RequestError("state", f"its subscription is {row['state']}, not active")


def _instant(desk: Desk, written: str) -> datetime:
    if not written:
        return desk.clock()
    try:
        found = datetime.fromisoformat(written)
    except ValueError as error:
        raise RequestError("consent_at", f"{written!r} is no date such as 2031-05-06") from error
    return (found if found.tzinfo else found.replace(tzinfo=ZoneInfo(desk.config.timezone))).astimezone(UTC)


def _take(desk: Desk, tx: Connection, wanted: Subscription, done: Imported) -> None:
    key = suppressions.key_of(wanted.address, secret_key(desk.state))
    if suppressions.of_key(tx, key) or subscriptions.has_left(tx, wanted.address):
        done.spared += 1
    elif any(
        set(each.profiles) == set(wanted.profiles) for each in subscriptions.of_address(tx, wanted.address)
    ):
        done.known += 1
    else:
        subscriptions.save(tx, wanted)
        done.added += 1


Which = Literal["active", "all"]


def export_subscribers(desk: Desk, which: Which = "active") -> str:
    """The subscriptions as CSV with `COLUMNS`, those in force or all, by address."""
    with desk.store.read() as tx:
        found = subscriptions.active(tx) if which == "active" else subscriptions.every(tx)
    out = StringIO()
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(_exported(found))
    return out.getvalue()


def _exported(found: Iterable[Subscription]) -> Iterator[tuple[str, ...]]:
    for each in found:
        consent = each.consent
        row = (
            each.address,
            " ".join(each.profiles),
            each.language,
            each.form,
            each.state,
            each.created.isoformat(),
            consent.wording if consent else "",
            consent.at.isoformat() if consent else "",
            each.origin,
        )
        yield tuple(map(_inert, row))


_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def _inert(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if cell.startswith(_FORMULA) else cell


def _plain(cell: str) -> str:
    """A cell as it was before `_inert`."""
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(_FORMULA) else cell
