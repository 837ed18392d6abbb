"""Opens one file of the inbox and reads its pages; it follows no link, waits for no pipe, writes nothing."""

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
from digest.inbox.documents.sandbox import Parsed, parse_document
from digest.inbox.scan import FoundFile
from digest.model import LineBox

_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC
# O_NONBLOCK: opening a pipe that took a file's place must not wait for a writer.
_FILE = os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK | os.O_CLOEXEC
_CHUNK = 1 << 20


@dataclass(frozen=True, slots=True)
class PageFile:
    r"""A page read from a file: all of it, or one sheet of a PDF that has several.

    Attributes:
        path: As in `FoundFile`; the second sheet and those after it add `#2` and so on.
        sha256: Of the file's bytes, in hexadecimal; of a PDF with several sheets each has its own.
        text: Decoded, without byte order mark, lines parted at "\n" only.
        encoding: What the bytes were decoded as: utf-8, utf-16-le, utf-16-be, gb18030 or big5; for documents
            their form, pdf or html.
        boxes: Where the lines stood on the sheet of a PDF, in the order of the lines; empty for other files.
        sheet: Which of the file's sheets it is, from 1.
    """

    path: str
    sha256: str
    text: str
    encoding: str
    boxes: tuple[LineBox, ...] = ()
    sheet: int = 1


def read_pages(root: Path, found: FoundFile, max_bytes: int) -> tuple[PageFile, ...]:
    """The text of a file that was found by scanning; PDF and HTML become Markdown, each line one paragraph.

    A PDF of several sheets is as many pages; sheets without text are left out.

    Raises:
        PageError: Its `reason` is `empty`, `binary`, `too_large`, `unreadable`, `undecodable`, `vanished`, or
            `changing` when the file is not the one that was seen or changed while it was read; for PDF and
            HTML also `broken`, `encrypted`, `no_text` or `too_complex`.
    """
    if found.problem is not None:
        raise found.problem
    with _opened(root, found.os_path) as file:
        content = _read_unchanged(file, found, max_bytes)
    sheets, encoding = _sheets_of(found.os_path, content)
    if not any(sheet.text.strip() for sheet in sheets):
        raise PageError("empty", "the file has no text")
    sha256 = hashlib.sha256(content).hexdigest()
    if len(sheets) == 1:
        return (PageFile(found.path, sha256, sheets[0].text, encoding, sheets[0].boxes),)
    written = [(number, sheet) for number, sheet in enumerate(sheets, 1) if sheet.text.strip()]
    return tuple(
        PageFile(
            found.path if number == written[0][0] else f"{found.path}#{number}",
            hashlib.sha256(f"{sha256}#{number}".encode()).hexdigest(),
            sheet.text,
            encoding,
            sheet.boxes,
            number,
        )
        for number, sheet in written
    )


def _sheets_of(os_path: str, content: bytes) -> tuple[tuple[Parsed, ...], str]:
    """What stands in the file, and its encoding or form; documents are parsed in a process of their own."""
    form = form_of(os_path, content) if content else None
    if form is None:
        text, encoding = decode(content)
        return (Parsed(text),), encoding
    return parse_document(content, form), form


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
