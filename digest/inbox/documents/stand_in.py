"""Gives PDFium one blank typeface for every font a PDF names but does not carry; it opens no font file.

PDFium drops characters that it finds no glyph for. Only their places are wanted here, so a square will do.
"""

from __future__ import annotations

import ctypes
import struct
from collections.abc import Callable
from functools import cache
from typing import Any, Final

import pypdfium2.raw as pdfium

_LAST_CHARACTER: Final = 0x2FFFF
_HANDLE: Final = 1
Pointer = ctypes.c_void_p
_kept: list[object] = []
"""What PDFium holds on to for the life of the process."""


@cache
def install_stand_in() -> None:
    """From now on every missing font is the blank one; called before a document is opened, once is enough."""
    font = blank_typeface()
    info = pdfium.FPDF_SYSFONTINFO()
    info.version = 1
    fields: dict[str, Any] = {field[0]: field[1] for field in info._fields_}

    def fill(buffer: Pointer, size: int, content: bytes) -> int:
        place = ctypes.cast(buffer, ctypes.c_void_p).value
        if place and size >= len(content):
            ctypes.memmove(place, content, len(content))
        return len(content)

    def table(_this: object, _font: object, tag: int, buffer: Pointer, size: int) -> int:
        return fill(buffer, size, font if tag == 0 else b"")

    def face_name(_this: object, _font: object, buffer: Pointer, size: int) -> int:
        return fill(buffer, size, b"Blank\0")

    def nothing(*_: object) -> None:
        return

    def same(*_: object) -> int:
        return _HANDLE

    answers: dict[str, Callable[..., int | None]] = {
        "Release": nothing,
        "EnumFonts": nothing,
        "MapFont": same,
        "GetFont": same,
        "GetFontData": table,
        "GetFaceName": face_name,
        "GetFontCharset": same,  # 1 is the default one
        "DeleteFont": nothing,
    }
    for name, function in answers.items():
        setattr(info, name, fields[name](function))
    _kept.append(info)
    pdfium.FPDF_SetSystemFontInfo(info)


def blank_typeface() -> bytes:
    """A TrueType font whose every character is the same square."""
    tables = {
        b"cmap": _cmap(),
        b"glyf": _square(),
        b"head": struct.pack(
            ">IIIIHHQQhhhhHHhhh",
            *(0x10000, 0x10000, 0, 0x5F0F3CF5, 3, 1000, 0, 0, 0, -120, 100, 880, 0, 8, 2, 1, 0),
        ),
        b"hhea": struct.pack(
            ">IhhhHhhhhhh8sHH", 0x10000, 880, -120, 0, 1000, 0, 0, 100, 1, 0, 0, bytes(8), 0, 2
        ),
        b"hmtx": struct.pack(">HhHh", 1000, 0, 1000, 0),
        b"loca": struct.pack(">III", 0, 0, len(_square())),
        b"maxp": struct.pack(">I14H", 0x10000, 2, 4, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0),
        b"name": struct.pack(">HHH", 0, 0, 6),
        b"post": struct.pack(">IIhhIIIII", 0x30000, 0, 0, 0, 0, 0, 0, 0, 0),
    }
    return _bound(tables)


def _cmap() -> bytes:
    """Format 13, many characters to one glyph (OpenType 1.9, cmap)."""
    group = struct.pack(">III", 0x20, _LAST_CHARACTER, 1)
    wide = struct.pack(">HHIII", 13, 0, 16 + len(group), 0, 1) + group
    return struct.pack(">HHHHI", 0, 1, 3, 10, 12) + wide


def _square() -> bytes:
    """One closed contour of four points, so narrow that only the widths named in the PDF count."""
    points = struct.pack(">4h4h", 0, 100, 0, -100, -120, 0, 1000, 0)
    return struct.pack(">hhhhhHH4B", 1, 0, -120, 100, 880, 3, 0, 1, 1, 1, 1) + points + bytes(2)


def _bound(tables: dict[bytes, bytes]) -> bytes:
    """The tables with their directory (OpenType 1.9, otff)."""
    offset = 12 + 16 * len(tables)
    directory, body = struct.pack(">IHHHH", 0x10000, len(tables), 128, 3, 16 * len(tables) - 128), b""
    for tag, content in sorted(tables.items()):
        directory += struct.pack(">4sIII", tag, 0, offset + len(body), len(content))
        body += content + bytes(-len(content) % 4)
    return directory + body
