"""Tells by name and first bytes which files are documents to be parsed; it reads no further."""

from __future__ import annotations

from typing import Final, Literal

from digest.errors import PageError

Form = Literal["pdf", "html"]

_PDF: Final = b"%PDF-"
_PDF_WITHIN: Final = 1024
"""Bytes; readers accept that much before the header (ISO 32000-1, annex H.3.4.1)."""

_HTML: Final = (b"<!doctype html", b"<html")
_HTML_NAMES: Final = (".html", ".htm", ".xhtml")


def form_of(name: str, content: bytes) -> Form | None:
    """The form of a document; None for plain text and Markdown. The bytes count more than the name.

    Raises:
        PageError: `broken`, when a file is called PDF and is none.

    >>> form_of("A4.txt", b"%PDF-1.7 ..."), form_of("A4.HTM", b"<p>"), form_of("A4.md", b"# <html>")
    ('pdf', 'html', None)
    """
    folded = name.casefold()
    if folded.endswith(".pdf"):
        if _PDF in content[:_PDF_WITHIN]:
            return "pdf"
        raise PageError("broken", "is called PDF and is none; export it again")
    if content.startswith(_PDF):
        return "pdf"
    start = content[:_PDF_WITHIN].removeprefix(b"\xef\xbb\xbf").lstrip().lower()
    return "html" if folded.endswith(_HTML_NAMES) or start.startswith(_HTML) else None
