"""Style sheet and icon with a hash of their content in their address; read once, at the start."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from digest.errors import TemplateError
from digest.shipped import shipped

_MEDIA_TYPES = {
    "style.css": "text/css; charset=utf-8",
    "icon.svg": "image/svg+xml",
    "preview.js": "text/javascript; charset=utf-8",
    "timezone.js": "text/javascript; charset=utf-8",
}


@dataclass(frozen=True, slots=True)
class Asset:
    """A file as it is served."""

    content: bytes
    media_type: str


@dataclass(frozen=True, slots=True)
class Assets:
    """The files by the name in their address, and each file's address below the root."""

    files: Mapping[str, Asset]
    addresses: Mapping[str, str]


def read_assets() -> Assets:
    """The shipped files.

    Raises:
        TemplateError: One is missing.
    """
    files: dict[str, Asset] = {}
    addresses: dict[str, str] = {}
    for name, media_type in _MEDIA_TYPES.items():
        content = _read(name)
        stem, _, ending = name.partition(".")
        hashed = f"{stem}-{hashlib.sha256(content).hexdigest()[:12]}.{ending}"
        files[hashed] = Asset(content, media_type)
        addresses[name] = f"static/{hashed}"
    return Assets(files, addresses)


def _read(name: str) -> bytes:
    path = shipped("templates") / "web" / name
    try:
        return path.read_bytes()
    except OSError as error:
        raise TemplateError(f"{path}: cannot be read: {error.strerror}; install again") from error
