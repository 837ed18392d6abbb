"""Finds page files in the inbox and tells complete ones from those still being written; it opens no file."""

from __future__ import annotations

import stat
import unicodedata
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from os import stat_result
from pathlib import Path

from digest.errors import PageError

_PARTIAL_PREFIXES = (".", "~")
"""Hidden files, among them rsync's and Nextcloud's partial ones; ~$ Word's, ~syncthing~."""

_PARTIAL_SUFFIXES = (
    "~",
    "#",
    ".part",
    ".partial",
    ".filepart",
    ".tmp",
    ".temp",
    ".crdownload",
    ".download",
    ".opdownload",
    ".swp",
    ".swo",
    ".swx",
    ".lock",
)

_FOREIGN_FOLDERS = frozenset({"__MACOSX", "@eaDir", "#recycle", "$RECYCLE.BIN", "lost+found"})
"""What archivers, file servers and file systems put beside the user's files."""

_UNSHOWABLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
"""Control, formatting (bidirectional overrides), undecodable bytes, line and paragraph separators."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    r"""A file of the inbox as it was seen, or a place that could not be looked at.

    Attributes:
        path: Relative to the inbox, parted by `/`; safe to show and to store. Control characters, undecodable
            bytes and backslashes are escaped, so that different names stay different.
        os_path: The same path as the operating system knows it, for opening only.
        size: Bytes.
        mtime_ns: Modification time in nanoseconds since 1970.
        problem: Why it cannot be read; None for an ordinary file.
    """

    path: str
    os_path: str
    size: int
    mtime_ns: int
    problem: PageError | None = None


def find_files(root: Path, suffixes: Collection[str]) -> Iterator[FoundFile]:
    """The page files below `root`, folders in depth, sorted by the parts of their paths.

    Hidden, temporary and partial names are passed over, and symbolic links are never followed. A folder that
    cannot be listed, and a pipe or device with a page's name, is yielded with its `problem`.

    Args:
        root: The inbox; may itself be a symbolic link.
        suffixes: Endings of page files with their dot; case does not count.
    """
    endings = tuple(suffix.casefold() for suffix in suffixes)
    pending = [""]
    while pending:
        os_path = pending.pop()
        place = root / os_path
        try:
            status = place.lstat() if os_path else place.stat()
            if stat.S_ISDIR(status.st_mode):
                pending += reversed(_children(place, os_path))
            elif os_path.casefold().endswith(endings) and not stat.S_ISLNK(status.st_mode):
                yield _found(os_path, status)
        except FileNotFoundError:
            if not os_path:
                yield _blocked(os_path, "the inbox folder does not exist; create it or name another one")
        except OSError as error:
            yield _blocked(os_path, f"cannot be looked at: {error.strerror}; check its permissions")


def _children(place: Path, os_path: str) -> list[str]:
    names = sorted(child.name for child in place.iterdir())
    prefix = f"{os_path}/" if os_path else ""
    return [prefix + name for name in names if not is_ignored(name)]


def is_ignored(name: str) -> bool:
    """Whether a file or folder of this name is hidden, temporary, partial or not the user's.

    >>> [is_ignored(name) for name in ("3.txt", ".3.txt.Xy12", "~$3.txt", "3.txt.part", "@eaDir")]
    [False, True, True, True, True]
    """
    return (
        name in _FOREIGN_FOLDERS
        or name.startswith(_PARTIAL_PREFIXES)
        or name.casefold().endswith(_PARTIAL_SUFFIXES)
    )


def _found(os_path: str, status: stat_result) -> FoundFile:
    problem = None
    if not stat.S_ISREG(status.st_mode):
        problem = PageError("unreadable", "is not an ordinary file; remove it from the inbox")
    return FoundFile(shown_path(os_path), os_path, status.st_size, status.st_mtime_ns, problem)


def _blocked(os_path: str, detail: str) -> FoundFile:
    return FoundFile(shown_path(os_path) or ".", os_path, 0, 0, PageError("unreadable", detail))


def shown_path(os_path: str) -> str:
    r"""The path as it may be shown and stored: one line of printable, encodable characters.

    >>> print(shown_path("晨报/3\n.txt"))
    晨报/3\x0a.txt
    """
    return "".join(_shown_character(character) for character in os_path)


def _shown_character(character: str) -> str:
    if character == "\\":
        return r"\\"
    if unicodedata.category(character) not in _UNSHOWABLE:
        return character
    # PEP 383: bytes that are not valid UTF-8 come as surrogates.
    return "".join(f"\\x{byte:02x}" for byte in character.encode("utf-8", "surrogateescape"))


def is_settled(found: FoundFile, now: datetime, settle_seconds: float) -> bool:
    """Whether the file was last modified long enough ago to count as complete.

    A modification time in the future is never settled; such files are left to `wait_for_settling`.
    """
    return _age(found, now) >= settle_seconds


def _age(found: FoundFile, now: datetime) -> float:
    return now.timestamp() - found.mtime_ns / 1e9


def wait_for_settling(
    root: Path,
    young: Sequence[FoundFile],
    settle_seconds: float,
    *,
    now: datetime,
    sleep: Callable[[float], None],
) -> list[FoundFile]:
    """Sleeps once, until the youngest file has settled, and returns those that did not change meanwhile.

    The sleep is never longer than `settle_seconds`; with no files there is none. The others are left for the
    next pass.
    """
    if not young:
        return []
    waits = [min(settle_seconds, settle_seconds - _age(found, now)) for found in young]
    sleep(max(0.0, *waits))
    return [found for found in young if _is_unchanged(root, found)]


def _is_unchanged(root: Path, found: FoundFile) -> bool:
    try:
        status = (root / found.os_path).lstat()
    except OSError:
        return False
    seen = (found.size, found.mtime_ns)
    return stat.S_ISREG(status.st_mode) and (status.st_size, status.st_mtime_ns) == seen
