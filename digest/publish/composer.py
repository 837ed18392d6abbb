"""Writes a rendered digest for many recipients, only their own parts anew; it sends nothing."""

from __future__ import annotations

from binascii import b2a_base64
from collections.abc import Iterator
from email.headerregistry import Address
from functools import cached_property

from digest.model import Recipient
from digest.publish.headers import MAIL
from digest.publish.message import (
    compose,
    html_links,
    message_id,
    recipient_mailbox,
    text_links,
    unsubscribing,
)
from digest.publish.render import RenderedDigest

_LINE = 57
"""Bytes that make a line of 76 signs in base64 (RFC 2045 §6.8)."""
_PROBE = Recipient("probe@probe.invalid")


class Composer:
    """What all messages of a rendered digest share, made once; a message is then put together from bytes."""

    def __init__(self, rendered: RenderedDigest) -> None:
        self._rendered = rendered
        self._text = Body(rendered.text, rendered.links)
        self._html = Body(rendered.html, rendered.links)

    def message(self, recipient: Recipient) -> bytes:
        r"""The message to one recipient as it goes over the wire, the same bytes that `compose` gives.

        It is in seven bits with CRLF line ends.

        Raises:
            DeliveryError: An address cannot stand in a header; with fault "policy" it is the sender's.
        """
        mailbox = recipient_mailbox(recipient)
        rendered = self._rendered
        text = self._text.encoded(text_links(rendered, recipient))
        to = _header("To", mailbox)
        own_id = _header("Message-ID", message_id(rendered.id, recipient.address, rendered.sender))
        leaving = b"".join(_header(name, value) for name, value in unsubscribing(recipient))
        frame = self._plain if recipient.plain else self._both
        if recipient.plain:
            return b"".join((frame[0], to, frame[1], own_id, frame[2], leaving, frame[3], text, frame[4]))
        html = self._html.encoded(html_links(rendered, recipient))
        start = (frame[0], to, frame[1], own_id, frame[2], leaving, frame[3])
        return b"".join((*start, text, frame[4], html, frame[5]))

    @cached_property
    def _plain(self) -> list[bytes]:
        return self._frame(plain=True)

    @cached_property
    def _both(self) -> list[bytes]:
        return self._frame(plain=False)

    def _frame(self, *, plain: bool) -> list[bytes]:
        """The bytes between what differs from recipient to recipient, cut out of a message as composed."""
        probe = Recipient(_PROBE.address, plain=plain)
        rendered = self._rendered
        rest = compose(rendered, probe).as_bytes()
        own = [_header("To", recipient_mailbox(probe))]
        own.append(_header("Message-ID", message_id(rendered.id, probe.address, rendered.sender)))
        pieces = list(_cut(rest, own))
        # List-Unsubscribe stands before this header, which is there in every message.
        before, mark, rest = pieces.pop().partition(b"Auto-Submitted: ")
        text = self._text.encoded("")
        own = [text] if plain else [text, self._html.encoded("")]
        return [*pieces, before, *_cut(mark + rest, own)]


def _cut(content: bytes, places: list[bytes]) -> Iterator[bytes]:
    """What is between the places, which stand there in this order."""
    for place in places:
        before, _, content = content.partition(place)
        yield before
    yield content


def _header(name: str, value: str | Address) -> bytes:
    """A header as `compose` writes it."""
    if isinstance(value, Address) and not value.display_name:
        return f"{name}: {value.addr_spec}\r\n".encode("ascii")
    if isinstance(
        value, str
    ):  # ids and addresses, which the library parses at length to write them as they are
        return f"{name}: {value.replace(', ', f',{MAIL.linesep} ')}\r\n".encode("ascii")
    return MAIL.fold_binary(*MAIL.header_store_parse(name, value))


class Body:
    r"""A text in base64 in which a mark is replaced, again and again; all but the places around it is kept.

    Args:
        text: Its lines part at any line end and go out with CRLF.
        mark: What is replaced wherever it stands.

    >>> Body("Hello NAME!", "NAME").encoded("Lin")
    b'SGVsbG8gTGluIQ0K\r\n'
    """

    def __init__(self, text: str, mark: str) -> None:
        self._text, self._mark = text, mark
        self._pieces = _with_crlf(text).split(mark.encode())
        self._lines: dict[tuple[int, int], tuple[bytes, bytes]] = {}

    def encoded(self, replacement: str) -> bytes:
        """The text in base64, in lines with CRLF."""
        if not replacement:  # a text that ends with its mark then ends otherwise
            return _encoded(_with_crlf(self._text.replace(self._mark, "")))
        filling = replacement.encode().replace(b"\n", b"\r\n")
        rest = b""
        lines: list[bytes] = []
        for place in range(len(self._pieces)):
            if place:
                rest += filling
            whole, rest = self._continued(place, rest)
            lines.append(whole)
        return b"".join((*lines, _encoded(rest)))

    def _continued(self, place: int, before: bytes) -> tuple[bytes, bytes]:
        """Lines in base64 of what stands before a piece and the piece itself, and the bytes over."""
        own = -len(before) % _LINE
        piece = self._pieces[place]
        if len(piece) < own:
            return self._split(before + piece)
        known = self._lines.get((place, own))
        if known is None:
            known = self._lines[place, own] = self._split(piece[own:])
        return _encoded(before + piece[:own]) + known[0], known[1]

    @staticmethod
    def _split(content: bytes) -> tuple[bytes, bytes]:
        border = len(content) - len(content) % _LINE
        return _encoded(content[:border]), content[border:]


def _with_crlf(text: str) -> bytes:
    return b"\r\n".join(text.encode().splitlines()) + b"\r\n"


def _encoded(content: bytes) -> bytes:
    """Base64 in lines of 76 signs."""
    starts = range(0, len(content), _LINE)
    return b"".join(b2a_base64(content[start : start + _LINE], newline=False) + b"\r\n" for start in starts)
