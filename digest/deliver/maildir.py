"""Puts messages into a local Maildir that mail clients open; it never reads, moves or removes any there.

See https://cr.yp.to/proto/maildir.html: written in tmp/, then renamed into new/ in one step.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Self

from digest.deliver.transport import Outgoing, at_once
from digest.errors import DeliveryError


class MaildirTransport:
    """A `Transport` into one Maildir, which is made when it is not there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def send(self, mail: Outgoing, ready: Callable[[], None] = at_once) -> None:
        """Delivers the message; see `Transport.send`."""
        ready()
        try:
            deliver_to_maildir(self._folder, mail.content, mail.key)
        except DeliveryError as error:
            error.address = mail.address
            raise


def deliver_to_maildir(folder: Path, content: bytes, message_key: str) -> None:
    """Puts the message into the Maildir, once for each key.

    When it returns the whole message is on the disk; half a message is never seen. One that a mail client has
    moved to cur/ or flagged since is found there and not delivered again.

    Raises:
        DeliveryError: The folder cannot be written.
    """
    name = hashlib.sha256(message_key.encode("utf-8", "surrogatepass")).hexdigest()[:40]
    try:
        _make_maildir(folder)
        if not _is_delivered(folder, name):
            _write(folder, name, content.replace(b"\r\n", b"\n"))
    except OSError as error:
        raise DeliveryError(
            f"the Maildir {folder} cannot be written: {error.strerror}; check its permissions and free space"
        ) from error


def _make_maildir(folder: Path) -> None:
    for name in ("tmp", "new", "cur"):
        (folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)


def _is_delivered(folder: Path, name: str) -> bool:
    """Whether a message of this name lies in new/, or in cur/ with whatever a client put behind the name."""
    if (folder / "new" / name).exists():
        return True
    with os.scandir(folder / "cur") as entries:
        return any(entry.name.startswith(name) for entry in entries)


def _write(folder: Path, name: str, content: bytes) -> None:
    # A name of its own: two processes, or a crash before, must not share a half-written file.
    draft = folder / "tmp" / f"{name}.{secrets.token_hex(8)}"
    try:
        with draft.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(folder / "new" / name)
    except OSError:
        draft.unlink(missing_ok=True)
        raise
    _sync_folder(folder / "new")


def _sync_folder(folder: Path) -> None:
    """Makes the renaming itself last through a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
