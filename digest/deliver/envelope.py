"""Makes addresses and messages fit for the wire; it talks to nobody."""

from __future__ import annotations

import re

from digest.errors import DeliveryError

_ADDRESS = re.compile(
    r"[^\s\x00-\x20\x7f-\xa0<>()\[\],;:\\\"@]{1,64}@[^\s\x00-\x20\x7f-\xa0<>()\[\],;:\\\"@]{1,253}"
)
_LONGEST_ADDRESS = 254  # RFC 5321 §4.5.3.1.3, without the angle brackets
_LEADING_DOT = re.compile(rb"(?m)^\.")
_LINE_FEED = 10


def envelope_address(address: str) -> str:
    """The address as RCPT and MAIL take it, its domain in ASCII; the part before @ stays as it is.

    Raises:
        DeliveryError: `permanent`; this is no address, whatever it holds.

    >>> envelope_address("leser@bücher.example")
    'leser@xn--bcher-kva.example'
    """
    if not _ADDRESS.fullmatch(address):
        raise _bad_address(address)
    local, _, domain = address.rpartition("@")
    try:
        ascii_domain = domain.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise _bad_address(address) from error
    if len(local.encode()) + 1 + len(ascii_domain) > _LONGEST_ADDRESS:
        raise _bad_address(address)
    return f"{local}@{ascii_domain}"


def _bad_address(address: str) -> DeliveryError:
    return DeliveryError(f"{address!r} is no mail address; correct it", address=address, fault="permanent")


def transparent(content: bytes) -> bytes:
    r"""A message as it follows DATA: it ends with a line end, leading dots are doubled (RFC 5321 §4.5.2).

    Args:
        content: With CRLF line ends alone; on some servers another could end the message before its end.

    >>> transparent(b"Subject: 1\r\n\r\n.\r\n")
    b'Subject: 1\r\n\r\n..\r\n'
    """
    if _has_leading_dot(content):
        content = _LEADING_DOT.sub(b"..", content)
    return content if content.endswith(b"\r\n") else content + b"\r\n"


def _has_leading_dot(content: bytes) -> bool:
    """Looks at each dot, as messages in base64 have few; a look for both signs takes twenty times as long."""
    place = content.find(b".")
    while place > 0 and content[place - 1] != _LINE_FEED:
        place = content.find(b".", place + 1)
    return place >= 0
