"""The installation's secret, from which links are signed and addresses hidden; made once."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path

from digest.errors import StoreError

NAME = "secret.key"
_LENGTH = 32


def secret_key(state: Path) -> bytes:
    """The secret in the state folder, 32 bytes; made there, readable by its owner alone, when missing.

    Raises:
        StoreError: It cannot be read or made, or is damaged.
    """
    path = state / NAME
    try:
        if not path.exists():
            _make(path)
        key = path.read_bytes()
    except OSError as error:
        raise StoreError(f"{path}: cannot be used: {error.strerror}; give this user the right to") from error
    if len(key) != _LENGTH:
        raise StoreError(f"{path}: is damaged; restore it from a backup, or links in sent mail fail")
    return key


def _make(path: Path) -> None:
    """Complete or not at all, and never over one that another process made meanwhile."""
    draft = path.with_name(f"{NAME}.{secrets.token_hex(8)}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(secrets.token_bytes(_LENGTH))
            file.flush()
            os.fsync(descriptor)
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        draft.unlink()
