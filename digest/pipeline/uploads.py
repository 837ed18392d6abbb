"""Uploads: page files that editors send are put into a second inbox, complete or not at all."""

from __future__ import annotations

import os
import secrets
import unicodedata
from pathlib import Path
from typing import BinaryIO, Final

from digest.errors import RequestError, StoreError
from digest.inbox.scan import is_ignored
from digest.pipeline.desk import Desk

UPLOADS: Final = "@uploads"
"""What the paths of uploaded files begin with, in place of the inbox's folder."""

_LONGEST: Final = 200
"""Bytes of a name; file systems take 255, and the name stands in others beside it."""
_CHUNK: Final = 1 << 20


def uploads_folder(desk: Desk) -> Path:
    """The second inbox."""
    return desk.state / "uploads"


def take_upload(desk: Desk, name: str, content: BinaryIO) -> str:
    """Puts a file into the second inbox, in place of one of the same name; the name it got.

    Raises:
        RequestError: `name`, `suffix`, `empty` or `too_large`: it cannot be a page.
        StoreError: It cannot be written.
    """
    safe = _safe_name(desk, name)
    folder = uploads_folder(desk)
    part = folder / f".{secrets.token_hex(8)}.part"
    try:
        folder.mkdir(exist_ok=True)
        with part.open("xb") as file:
            _copy(content, file, desk.config.inbox.max_bytes)
            file.flush()
            os.fsync(file.fileno())
        part.replace(folder / safe)
    except OSError as error:
        raise StoreError(f"{folder}: cannot be written: {error.strerror}") from error
    finally:
        part.unlink(missing_ok=True)
    return safe


def _safe_name(desk: Desk, name: str) -> str:
    """The last part of what the browser calls it; no folder is made or left by it."""
    last = unicodedata.normalize("NFC", name).replace("\\", "/").rsplit("/", 1)[-1].strip()
    if not last or not last.isprintable() or is_ignored(last) or len(os.fsencode(last)) > _LONGEST:
        raise RequestError("name", "a file needs an ordinary name of up to 200 bytes")
    if not last.casefold().endswith(tuple(map(str.casefold, desk.config.inbox.suffixes))):
        raise RequestError("suffix", f"pages end in {', '.join(desk.config.inbox.suffixes)}")
    return last


def _copy(content: BinaryIO, file: BinaryIO, most: int) -> None:
    size = 0
    while chunk := content.read(_CHUNK):
        size += len(chunk)
        if size > most:
            raise RequestError("too_large", f"a page has at most {most} bytes")
        file.write(chunk)
    if not size:
        raise RequestError("empty", "the file is empty")
