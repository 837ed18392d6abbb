"""Makes addresses and messages fit for the wire; it talks to nobody."""

from __future__ import annotations

import email.policy
import re
from email.errors import MessageError
from email.message import EmailMessage

from digest.errors import DeliveryError

_ADDRESS = re.compile(
    r"[^\x00-\x20\x7f-\xa0<>()\[\],;:\\\"@]{1,64}@[^\x00-\x20\x7f-\xa0<>()\[\],;:\\\"@]{1,253}"
)
_LONGEST_ADDRESS = 254  # RFC 5321 §4.5.3.1.3, without the angle brackets
_LEADING_DOT = re.compile(rb"(?m)^\.")


def envelope_address(address: str) -> str:
    """The address as RCPT and MAIL take it, its domain in ASCII; the part before @ stays as it is.

    Raises:
        DeliveryError: `permanent`; this is no address, whatever it holds.

    >>> envelope_address("leser@bücher.example")
    'leser@xn--bcher-kva.example'
    """
    if not _ADDRESS.fullmatch(address) or any(character.isspace() for character in address):
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


def wire_content(message: EmailMessage, address: str, *, utf8: bool) -> bytes:
    r"""The message as it follows DATA: CRLF line ends, leading dots doubled, no final dot.

    It is in seven bits unless `utf8`.

    Raises:
        DeliveryError: `permanent`; a header holds a line break or the message cannot be written.
    """
    if any(re.search(r"[\r\n\0]", str(value)) for value in message.values()):
        raise DeliveryError("a header of the message holds a line break", address=address, fault="permanent")
    policy = email.policy.SMTPUTF8 if utf8 else email.policy.SMTP.clone(cte_type="7bit")
    try:
        content = message.as_bytes(policy=policy)
    except (MessageError, ValueError, LookupError) as error:
        raise DeliveryError(
            f"the message cannot be written: {error}", address=address, fault="permanent"
        ) from error
    content = re.sub(rb"\r\n|\r|\n", b"\r\n", content)
    # RFC 5321 §4.5.2: transparency.
    return _LEADING_DOT.sub(b"..", content if content.endswith(b"\r\n") else content + b"\r\n")
