"""Makes a rendered digest a message to one recipient; it sends nothing and knows no time of now."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import parseaddr
from functools import lru_cache
from html import escape
from urllib.parse import quote
from uuid import UUID, uuid5

from digest.errors import DeliveryError, Fault
from digest.model import Recipient, Sender
from digest.publish.headers import MAIL
from digest.publish.inert import one_line
from digest.publish.length import LONGEST_NAME
from digest.publish.phrases import phrases
from digest.publish.render import RenderedDigest
from digest.publish.shorten import shortened

_LOCAL = re.compile(r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}")
_DOMAIN = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")
_URI_SIGNS = "%/:?#[]@!$&'()*+;=~-._"


def compose(rendered: RenderedDigest, recipient: Recipient) -> EmailMessage:
    """The message to one recipient, text before HTML; the same bytes for the same arguments.

    Raises:
        DeliveryError: An address cannot stand in a header; with fault "policy" it is the sender's.
    """
    message = EmailMessage(policy=MAIL)
    for name, value in _headers(rendered, recipient):
        message[name] = value
    message.set_content(_with_links(rendered.text, rendered, text_links(rendered, recipient)), cte="base64")
    if not recipient.plain:
        _add_html(message, rendered, recipient)
    message["Content-Language"] = rendered.language  # make_alternative moves earlier Content-… into the text
    return message


def _add_html(message: EmailMessage, rendered: RenderedDigest, recipient: Recipient) -> None:
    # Base64 lines cannot contain "=_" followed by hexadecimals (RFC 2045 §6.7, note).
    message.make_alternative(boundary=f"=_{rendered.id.hex}")
    html = _with_links(rendered.html, rendered, html_links(rendered, recipient))
    message.add_alternative(html, subtype="html", cte="base64")


def message_id(digest_id: UUID, address: str, sender: Sender) -> str:
    """The Message-ID of a digest to an address; sending again does not change it.

    >>> message_id(UUID(int=7), "Reader@mail.example", Sender("clips@shanchuan.example"))
    '<3721b9b1-b66d-50e5-8ffe-de29d2837db5@shanchuan.example>'
    """
    return f"<{uuid5(digest_id, address.strip().lower())}@{_sender_mailbox(sender).domain}>"


def parse_sender(line: str, imprint: str = "") -> Sender:
    """The sender written as `Name <address>` or as the address alone.

    >>> parse_sender("山川剪报 <clips@shanchuan.example>")
    Sender(address='clips@shanchuan.example', name='山川剪报', imprint='')
    """
    name, address = parseaddr(line)
    return Sender(address, name, imprint)


def _headers(
    rendered: RenderedDigest, recipient: Recipient
) -> Iterator[tuple[str, str | Address | datetime]]:
    sender = rendered.sender
    mailbox = _sender_mailbox(sender)
    yield "From", mailbox
    yield "To", recipient_mailbox(recipient)
    yield "Subject", rendered.subject
    yield "Date", rendered.date
    yield "Message-ID", message_id(rendered.id, recipient.address, sender)
    yield "List-Id", f"<digest.{mailbox.domain}>"
    yield from unsubscribing(recipient)
    # RFC 3834 §5.1: nobody's absence note shall answer; some old ones only know Precedence.
    yield "Auto-Submitted", "auto-generated"
    yield "Precedence", "bulk"


def unsubscribing(recipient: Recipient) -> Iterator[tuple[str, str]]:
    """List-Unsubscribe (RFC 2369 §3.2), and its one-click form where https allows it (RFC 8058 §3.1)."""
    web, mail = _uri(recipient.unsubscribe_url), _uri(_mailto(recipient))
    if web or mail:
        yield "List-Unsubscribe", ", ".join(f"<{uri}>" for uri in (web, mail) if uri)
    if web.startswith("https://"):
        yield "List-Unsubscribe-Post", "List-Unsubscribe=One-Click"


def _mailto(recipient: Recipient) -> str:
    return f"mailto:{recipient.unsubscribe_mailto}" if recipient.unsubscribe_mailto else ""


@lru_cache(maxsize=64)  # each stands in a header and in both forms of the body
def _uri(uri: str | None) -> str:
    """The address with every sign quoted that could end it, or the header it stands in."""
    return quote(one_line(uri or ""), safe=_URI_SIGNS)


def recipient_mailbox(recipient: Recipient) -> Address:
    """The recipient as it stands in the header To.

    Raises:
        DeliveryError: `permanent`; it cannot stand there.
    """
    return _mailbox(recipient.address, recipient.name, fault="permanent")


def _sender_mailbox(sender: Sender) -> Address:
    return _mailbox(sender.address, sender.name, fault="policy")  # no mail at all can leave


@lru_cache(maxsize=64)  # the sender's, above all
def _mailbox(address: str, name: str, fault: Fault) -> Address:
    local, _, domain = address.strip().rpartition("@")
    try:
        domain = domain.encode("idna").decode()
    except UnicodeError:
        domain = ""
    if not (_LOCAL.fullmatch(local) and _DOMAIN.fullmatch(domain)):
        raise DeliveryError(f"{address!r} is no mail address; correct it", address=address, fault=fault)
    return Address(shortened(one_line(name), LONGEST_NAME), local, domain.lower())


def _with_links(body: str, rendered: RenderedDigest, links: str) -> str:
    return body.replace(rendered.links, links)


def _own_links(rendered: RenderedDigest, recipient: Recipient) -> list[tuple[str, str]]:
    words = phrases(rendered.language)
    unsubscribe = _uri(recipient.unsubscribe_url) or _uri(_mailto(recipient))
    named = ((words.preferences, _uri(recipient.preferences_url)), (words.unsubscribe, unsubscribe))
    return [(label, uri) for label, uri in named if uri]


def text_links(rendered: RenderedDigest, recipient: Recipient) -> str:
    """The recipient's own links as they stand in the text."""
    return "\n".join(f"{label} {uri}" for label, uri in _own_links(rendered, recipient))


def html_links(rendered: RenderedDigest, recipient: Recipient) -> str:
    """The recipient's own links as they stand in the HTML."""
    return "".join(
        f' · <a href="{escape(uri)}" style="color:inherit">{escape(label)}</a>'
        for label, uri in _own_links(rendered, recipient)
    )
