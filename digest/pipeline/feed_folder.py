"""A folder of feed files, each with its gzip beside it; replaced in one step, and only on a change."""

from __future__ import annotations

import gzip
import os
from collections.abc import Collection, Iterable
from pathlib import Path

_ZIPPED = ".gz"


def gzipped(content: bytes) -> bytes:
    """The content in gzip, the same bytes for the same content at any time."""
    return gzip.compress(content, compresslevel=9, mtime=0)


def write_feeds(folder: Path, files: Iterable[tuple[str, bytes]]) -> list[str]:
    """Makes `files` the folder's feeds; returns the names of those whose bytes changed.

    Raises:
        OSError: The folder cannot be written; the files there are whole, old or new.
    """
    folder.mkdir(parents=True, exist_ok=True)
    changed: list[str] = []
    wanted: set[str] = set()
    for name, content in files:
        wanted.add(name)
        if _write(folder / name, content):
            changed.append(name)
    return changed + _remove_others(folder, wanted)


def _write(path: Path, content: bytes) -> bool:
    """The plain file comes last: it tells whether both are written."""
    zipped = path.with_name(path.name + _ZIPPED)
    if path.exists() and zipped.exists() and path.read_bytes() == content:
        return False
    _replace(zipped, gzipped(content))
    _replace(path, content)
    return True


def _replace(path: Path, content: bytes) -> None:
    new = path.with_name(f".{path.name}.new")
    try:
        with new.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        new.replace(path)
    finally:
        new.unlink(missing_ok=True)


def _remove_others(folder: Path, wanted: Collection[str]) -> list[str]:
    """Feeds that are no more, with their gzip; other people's files stay."""
    gone: list[str] = []
    for path in folder.iterdir():
        name = path.name.removesuffix(_ZIPPED)
        if name not in wanted and name.endswith((".rss", ".atom", ".json")):
            path.unlink(missing_ok=True)
            gone.extend([name] if name == path.name else [])
    return gone
