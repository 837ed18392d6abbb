"""Opens one file of the inbox and reads its text; it follows no link, waits for no pipe, writes nothing."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISREG

from digest.errors import PageError
from digest.inbox.decoding import decode
from digest.inbox.documents.forms import form_of
from digest.inbox.documents.sandbox import parse_document
from digest.inbox.scan import FoundFile
from digest.model import LineBox

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
# O_NONBLOCK: opening a pipe that took a file's place must not wait for a writer.
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class PageFile:
    r"""A page file that was read whole.

    Attributes:
        path: As in `FoundFile`.
        sha256: Of the file's bytes, in hexadecimal.
        text: Decoded, without byte order mark, lines parted at "\n" only.
        encoding: What the bytes were decoded as: utf-8, utf-16-le, utf-16-be, gb18030 or big5; for documents
            their form, pdf or html.
        boxes: Where the lines stood on the sheets of a PDF, in the order of the lines; empty for other files.
    """

    path: str
    sha256: str
    text: str
    encoding: str
    boxes: tuple[LineBox, ...] = ()


def read_page(root: Path, found: FoundFile, max_bytes: int) -> PageFile:
    """The text of a file that was found by scanning; PDF and HTML become Markdown, each line one paragraph.

    Raises:
        PageError: Its `reason` is `empty`, `binary`, `too_large`, `unreadable`, `undecodable`, `vanished`, or
            `changing` when the file is not the one that was seen or changed while it was read; for PDF and
            HTML also `broken`, `encrypted`, `no_text` or `too_complex`.
    """
    if found.problem is not None:
        raise found.problem
    with _opened(root, found.os_path) as file:
        content = _read_unchanged(file, found, max_bytes)
    text, encoding, boxes = _text_of(found.os_path, content)
    if not text.strip():
        raise PageError("empty", "the file has no text")
    return PageFile(found.path, hashlib.sha256(content).hexdigest(), text, encoding, boxes)


def _text_of(os_path: str, content: bytes) -> tuple[str, str, tuple[LineBox, ...]]:
    """Text, encoding or form, and boxes; documents are parsed in a process of their own."""
    form = form_of(os_path, content) if content else None
    if form is None:
        return *decode(content), ()
    parsed = parse_document(content, form)
    return parsed.text, form, parsed.boxes


@contextmanager
def _opened(root: Path, os_path: str) -> Generator[int]:
    """A descriptor of the file, every step below `root` opened without following links."""
    *folders, name = os_path.split("/")
    try:
        descriptor = os.open(root, _FOLDER)
        for folder in folders:
            descriptor = _step(descriptor, folder, _FOLDER | os.O_NOFOLLOW)
        descriptor = _step(descriptor, name, _FILE)
    except FileNotFoundError as error:
        raise PageError("vanished", "the file is gone; it will be read when it comes back") from error
    except OSError as error:
        raise _unreadable(error) from error
    try:
        yield descriptor
    except OSError as error:
        raise _unreadable(error) from error
    finally:
        os.close(descriptor)


def _step(folder: int, name: str, flags: int) -> int:
    try:
        return os.open(name, flags, dir_fd=folder)
    finally:
        os.close(folder)


def _unreadable(error: OSError) -> PageError:
    return PageError(
        "unreadable", f"cannot be read: {error.strerror}; it must be an ordinary file this program may read"
    )


def _read_unchanged(file: int, found: FoundFile, max_bytes: int) -> bytes:
    before = os.fstat(file)
    if not S_ISREG(before.st_mode):
        raise PageError("unreadable", "is not an ordinary file; remove it from the inbox")
    if before.st_size > max_bytes:
        raise PageError("too_large", f"has {before.st_size:,} bytes; at most {max_bytes:,} are read")
    content = _read_up_to(file, before.st_size + 1)
    after = os.fstat(file)
    seen = (found.size, found.mtime_ns)
    if not (len(content) == after.st_size and (after.st_size, after.st_mtime_ns) == seen):
        raise PageError("changing", "the file is still being written; it will be read when it rests")
    return content


def _read_up_to(file: int, limit: int) -> bytes:
    chunks: list[bytes] = []
    while limit > 0 and (chunk := os.read(file, min(limit, _CHUNK))):
        chunks.append(chunk)
        limit -= len(chunk)
    return b"".join(chunks)
