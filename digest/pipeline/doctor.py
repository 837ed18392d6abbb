"""Doctor: looks whether an installation can do its work and says what to do; it mends nothing."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import socket
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Final, Literal
from xml.parsers import expat

from digest.config import Config
from digest.errors import DigestError
from digest.pipeline.desk import Desk, open_desk
from digest.pipeline.profiles import configured_profiles
from digest.store import digests, pages
from digest.store.secret_key import NAME as KEY

Verdict = Literal["well", "doubtful", "ill"]

_MEGABYTE: Final = 1_000_000
_ROOM_WANTED: Final = 1000 * _MEGABYTE
_ROOM_NEEDED: Final = 100 * _MEGABYTE
_IDLE: Final = timedelta(days=3)
_CLOCK_ERROR: Final = timedelta(minutes=5)
_PATIENCE: Final = 5.0


@dataclass(frozen=True, slots=True)
class Finding:
    """What was looked at, how it is, and what to do about it where something is to be done."""

    what: str
    verdict: Verdict
    told: str
    remedy: str = ""


def examine(config: Config) -> Iterator[Finding]:
    """Looks at one thing after the other; what fails keeps nothing else from being looked at."""
    yield from _settings(config)
    yield _state(config)
    yield _room(config)
    yield _inbox(config)
    try:
        with open_desk(config) as desk:
            for look in (_database, _files, _work, _clock, _feeds):
                yield _guarded(look, desk)
    except DigestError as error:
        yield Finding("database", "ill", str(error), "see docs/operations.md, “When something is wrong”")
    yield _key(config)
    yield from _mail(config)


def _guarded(look: Callable[[Desk], Finding], desk: Desk) -> Finding:
    try:
        return look(desk)
    except DigestError as error:
        return Finding(look.__name__.strip("_"), "ill", str(error), "see docs/operations.md")


def _settings(config: Config) -> Iterator[Finding]:
    try:
        profiles = configured_profiles(config)
    except DigestError as error:
        yield Finding("settings", "ill", str(error), "digest config check")
        return
    if not profiles:
        yield Finding("settings", "doubtful", "there is no profile", "add [[profiles]] to config.toml")
    else:
        yield Finding("settings", "well", f"profiles: {len(profiles)}")
    if not config.base_url:
        told = f"links in feeds and mail lead to {config.public_url}"
        yield Finding("address", "doubtful", told, "set base_url once others read them")
    elif not config.base_url.startswith("https://"):
        told = "without https, mail programs offer no unsubscribing by one click"
        yield Finding("address", "doubtful", told, "put a proxy with https before it")
    else:
        yield Finding("address", "well", config.base_url)


def _state(config: Config) -> Finding:
    folder = config.path(config.state)
    if not folder.exists():
        return Finding("state folder", "doubtful", f"{folder} is not there yet", "digest run makes it")
    if not os.access(folder, os.R_OK | os.W_OK | os.X_OK):
        remedy = "give this user the right to write it"
        return Finding("state folder", "ill", f"{folder} cannot be written", remedy)
    return Finding("state folder", "well", str(folder))


def _room(config: Config) -> Finding:
    folder = config.path(config.state)
    place = next(each for each in (folder, *folder.parents) if each.exists())
    free = shutil.disk_usage(place).free
    told = f"{free // _MEGABYTE:,} MB free"
    if free < _ROOM_WANTED:
        verdict: Verdict = "ill" if free < _ROOM_NEEDED else "doubtful"
        return Finding("disk", verdict, told, "make room; nothing is lost when it is full, but work stops")
    return Finding("disk", "well", told)


def _inbox(config: Config) -> Finding:
    folder = config.path(config.inbox.folder)
    if not folder.is_dir():
        return Finding("inbox", "ill", f"{folder} is no folder", "make it, or correct inbox.folder")
    closed = [path for path in (folder, *_folders(folder)) if not os.access(path, os.R_OK | os.X_OK)]
    if closed:
        return Finding("inbox", "ill", f"{closed[0]} cannot be read", "give this user the right to read it")
    return Finding("inbox", "well", str(folder))


def _folders(folder: Path) -> Iterator[Path]:
    for parent, names, _ in os.walk(folder):
        yield from (Path(parent, name) for name in names)


def _database(desk: Desk) -> Finding:
    with desk.store.read() as tx:
        found = tx.exec_driver_sql("PRAGMA quick_check(1)").scalar() if not desk.config.database else "ok"
    if found != "ok":
        return Finding("database", "ill", f"it is damaged: {found}", "restore a backup")
    return Finding("database", "well", "sound")


def _files(desk: Desk) -> Finding:
    with desk.store.read() as tx:
        troubled = pages.troubled_paths(tx)
    if troubled:
        told = f"files that could not be read: {len(troubled)}"
        return Finding("files", "doubtful", told, "digest status names them with the reason")
    return Finding("files", "well", "all files were read")


def _work(desk: Desk) -> Finding:
    with desk.store.read() as tx:
        last = pages.last_checked(tx)
    if last is None:
        return Finding("work", "doubtful", "nothing was read yet", "digest run, or digest serve for good")
    if desk.clock() - last > _IDLE:
        told = f"the last file was read on {last:%Y-%m-%d}"
        return Finding("work", "doubtful", told, "is digest serve running, and do pages arrive?")
    return Finding("work", "well", f"the last file was read at {last:%Y-%m-%d %H:%M} UTC")


def _clock(desk: Desk) -> Finding:
    now = desk.clock()
    with desk.store.read() as tx:
        ends = [end for end in (pages.last_checked(tx), digests.latest_window_end(tx, now)) if end]
    ahead = max(ends, default=now) - now
    if ahead > _CLOCK_ERROR:
        told = f"the database knows a time {ahead} after now"
        return Finding("clock", "ill", told, "set the clock (timedatectl); digests wait for it")
    return Finding("clock", "well", f"{now:%Y-%m-%d %H:%M} UTC")


def _feeds(desk: Desk) -> Finding:
    paths = sorted(desk.feeds.glob("*")) if desk.feeds.is_dir() else []
    broken = [path.name for path in paths if not _can_be_read(path)]
    if broken:
        remedy = "delete them; the next pass writes them anew"
        return Finding("feeds", "ill", f"cannot be read: {', '.join(broken)}", remedy)
    if not paths:
        return Finding("feeds", "doubtful", "none are written yet", "digest run writes them")
    return Finding("feeds", "well", f"{len(paths)} files")


def _can_be_read(path: Path) -> bool:
    try:
        content = path.read_bytes()
        if path.suffix == ".gz":
            content, path = gzip.decompress(content), path.with_suffix("")
        if path.suffix == ".json":
            json.loads(content)
        else:
            expat.ParserCreate().Parse(content, True)
    except (OSError, EOFError, ValueError, zlib.error, expat.ExpatError):
        return False
    return True


def _key(config: Config) -> Finding:
    path = config.path(config.state) / KEY
    if not path.exists():
        return Finding("secret key", "well", "is made when it is needed")
    if path.stat().st_mode & 0o077:
        return Finding("secret key", "ill", f"{path} can be read by others", f"chmod 600 {path}")
    return Finding("secret key", "well", "readable by its owner alone")


def _mail(config: Config) -> Iterator[Finding]:
    smtp = config.mail.smtp
    if smtp is None:
        yield Finding(
            "mail", "doubtful", "goes to a Maildir in the state folder", "set [mail.smtp] to send it"
        )
        return
    if not config.mail.imprint:
        yield Finding("imprint", "doubtful", "mail does not say who sends it", "set mail.imprint")
    try:
        socket.create_connection((smtp.host, smtp.port), timeout=_PATIENCE).close()
    except OSError as error:
        told = f"{smtp.host}:{smtp.port} cannot be reached: {error.strerror or error}"
        yield Finding("mail", "ill", told, "check mail.smtp.host, its port, DNS and the firewall")
    else:
        told = f"{smtp.host}:{smtp.port} answers"
        yield Finding("mail", "well", told, "digest mail doctor looks closer")
