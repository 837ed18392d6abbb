"""Understands mail that comes back: bounces, complaints, wishes to end; it opens no mailbox and no store."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.parser import HeaderParser
from email.policy import compat32
from email.utils import getaddresses
from typing import Literal, TypeAlias, cast
from uuid import UUID

from digest.deliver.verp import Purpose, ReturnAddress

Mail: TypeAlias = "Message[str, str]"
Named = list[tuple[Purpose, UUID]]

Kind = Literal["hard", "soft", "complaint", "unsubscribe", "nothing", "unknown"]
"""What a mail means: `nothing` is understood and changes nothing, such as a note of absence."""

_TO = ("Delivered-To", "X-Original-To", "Envelope-To", "X-Envelope-To", "To", "Cc")
_ADDRESS = re.compile(r"[^\s<>;,:\"'()]{1,64}@[^\s<>;,:\"'()]{1,253}")
_STATUS = re.compile(r"\b([245])\.(\d{1,3})\.(\d{1,3})\b")
_MESSAGE_ID = re.compile(r"<([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})@([^<>@\s]{1,253})>", re.IGNORECASE)
_DETAIL = 200
_PARTS = 50
"""Of a mail that are looked at; a bounce has three or four."""


@dataclass(frozen=True, slots=True)
class Returned:
    """What a mail that came back says.

    Attributes:
        kind: What follows from it.
        detail: What the other side said, in one line and without addresses.
        deliveries, subscriptions: Those whose own addresses stand in it.
        message_ids: Of the mail it is about, before the @.
        recipients: Whom that mail was for, as written; anybody can write these.
    """

    kind: Kind
    detail: str = ""
    deliveries: tuple[UUID, ...] = ()
    subscriptions: tuple[UUID, ...] = ()
    message_ids: tuple[UUID, ...] = ()
    recipients: tuple[str, ...] = ()


def read_returned(content: bytes, home: ReturnAddress) -> Returned:
    """What a mail to the return address means; hostile ones are `unknown`, they raise nothing."""
    try:
        return _read(message_from_bytes(content, policy=compat32), home)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        # The library's parsers raise these for headers and charsets that nobody should write.
        return Returned("unknown")


def _read(message: Mail, home: ReturnAddress) -> Returned:
    to = home.read(" ".join(_values(message, _TO)))
    parts = list(_some_parts(message))
    reports = {part.get_content_type(): part for part in reversed(parts)}
    if feedback := reports.get("message/feedback-report"):
        return _complaint(feedback, parts, home, to)
    ended = tuple(named for purpose, named in to if purpose == "unsubscribe")
    if ended and message.get_content_type() != "multipart/report":
        return Returned("unsubscribe", subscriptions=ended)
    kind, detail, recipients = _failure(message, reports.get("message/delivery-status"))
    return _about(kind, detail, recipients, parts, home, to)


def _complaint(feedback: Mail, parts: list[Mail], home: ReturnAddress, to: Named) -> Returned:
    """RFC 5965: what kind of report it is, and about which mail."""
    fields = _fields(feedback)
    what = str(fields.get("Feedback-Type", "abuse")).strip().lower()
    kind: Kind = "nothing" if what == "not-spam" else "complaint"
    to = to + home.read(" ".join(_values(fields, ("Original-Mail-From",))))
    recipients = _addresses(_values(fields, ("Original-Rcpt-To",)))
    return _about(kind, f"reported as {nameless(what)}", recipients, parts, home, to)


def _about(  # noqa: PLR0913, PLR0917 - what is known so far, put together
    kind: Kind,
    detail: str,
    recipients: tuple[str, ...],
    parts: list[Mail],
    home: ReturnAddress,
    to: Named,
) -> Returned:
    quoted = [_original(part) for part in parts if part.get_content_type() in _QUOTES]
    headers = [" ".join(_values(each, ("Return-Path", "List-Unsubscribe"))) for each in quoted]
    named = to + home.read(" ".join(headers))
    ids = _MESSAGE_ID.findall(" ".join(_values_of(quoted, ("Message-ID",))))
    return Returned(
        kind,
        detail,
        deliveries=_of("delivery", named),
        subscriptions=_of("unsubscribe", named),
        message_ids=tuple(dict.fromkeys(UUID(each) for each, _ in ids)),
        recipients=tuple(dict.fromkeys((*recipients, *_addresses(_values_of(quoted, ("To",)))))),
    )


_QUOTES = frozenset({"message/rfc822", "text/rfc822-headers", "message/rfc822-headers"})


def _of(purpose: Purpose, named: Named) -> tuple[UUID, ...]:
    return tuple(dict.fromkeys(each for what, each in named if what == purpose))


def _original(part: Mail) -> Mail:
    """The headers of the mail that is quoted, whole or by its headers alone."""
    inner = _inner(part)
    return inner[0] if inner else HeaderParser(policy=compat32).parsestr(str(part.get_payload()))


def _inner(part: Mail) -> list[Mail]:
    """What the library took for messages within a part."""
    payload = cast("list[Mail | str] | str", part.get_payload())
    return [each for each in payload if isinstance(each, Message)]


def _fields(part: Mail) -> Mail:
    """A report's own fields; the library takes a message/… part for a message of its own."""
    return _original(part)


def _failure(message: Mail, status: Mail | None) -> tuple[Kind, str, tuple[str, ...]]:
    if status is not None and (told := list(_told(status))):
        return min(told, key=lambda each: _ORDER.index(each[0]))
    return _guessed(message)


_ORDER: tuple[Kind, ...] = ("hard", "soft", "nothing", "unknown")


def _told(status: Mail) -> Iterator[tuple[Kind, str, tuple[str, ...]]]:
    """What RFC 3464 §2.3 fields say of each recipient; the first block is about the message."""
    for block in _inner(status):
        action = str(block.get("Action", "")).strip().lower()
        if not action:
            continue
        words = " ".join(_values(block, ("Diagnostic-Code",)))
        code = _STATUS.search(" ".join(_values(block, ("Status",)))) or _STATUS.search(words)
        recipients = _addresses(_values(block, ("Original-Recipient", "Final-Recipient")))
        yield (
            kind_of(action, code[0] if code else ""),
            nameless(f"{code[0] if code else ''} {words}"),
            recipients,
        )


_ADDRESS_AT_FAULT = re.compile(r"5\.(?:0\.\d+|1\.(?!7$|8$)\d+|2\.[01]|4\.[14])")
"""RFC 3463: no such mailbox, host or domain, a disabled mailbox; 5.1.7 and 5.1.8 are about the sender."""


def kind_of(action: str, status: str) -> Kind:
    """What follows from a DSN's action and status code.

    What is wrong with the message, the mailbox's room or somebody's policy is no reason to give up an address
    at once, however final that answer was.

    >>> kind_of("failed", "5.1.1"), kind_of("failed", "5.7.1"), kind_of("delayed", "4.4.1")
    ('hard', 'soft', 'nothing')
    """
    if action != "failed":
        return "nothing"
    return "hard" if not status or _ADDRESS_AT_FAULT.fullmatch(status) else "soft"


def _guessed(message: Mail) -> tuple[Kind, str, tuple[str, ...]]:
    """Bounces in forms of their own; a note of absence is none."""
    from flufl.bounce import all_failures  # noqa: PLC0415  # rarely needed, and slow to import

    if _is_reply(message):
        return "nothing", "an automatic reply", ()
    try:
        passing, lasting = all_failures(message)
    except Exception:  # noqa: BLE001 - guesses of many hands at what strangers wrote
        return "unknown", "", ()
    found = tuple(sorted(each.decode("utf-8", "replace") for each in lasting or passing))
    kind: Kind = "hard" if lasting else "nothing" if passing else "unknown"
    return kind, nameless(_first_status(message)), found


def _is_reply(message: Mail) -> bool:
    automatic = " ".join(_values(message, ("Auto-Submitted", "X-Autoreply", "X-Autorespond"))).lower()
    return (
        bool(automatic)
        and message.get_content_type() != "multipart/report"
        and "auto-generated" not in automatic
    )


def _first_status(message: Mail) -> str:
    """The first line of the text that holds a status code."""
    for part in _some_parts(message):
        if part.get_content_type() == "text/plain" and isinstance(
            body := part.get_payload(decode=True), bytes
        ):
            for line in body[:20_000].decode("utf-8", "replace").splitlines():
                if _STATUS.search(line):
                    return line
    return ""


def _some_parts(message: Mail) -> Iterator[Mail]:
    for count, part in enumerate(message.walk()):
        if count == _PARTS:
            return
        yield part


def _values(message: Mail, names: Iterable[str]) -> list[str]:
    return [str(value) for name in names for value in message.get_all(name, [])]


def _values_of(messages: Iterable[Mail], names: tuple[str, ...]) -> list[str]:
    return [value for message in messages for value in _values(message, names)]


def _addresses(values: Iterable[str]) -> tuple[str, ...]:
    """`rfc822; lin@b.example` and `Lin <lin@b.example>` alike."""
    plain = [
        value.rpartition(";")[2] if value.lower().startswith(("rfc822", "utf-8")) else value
        for value in values
    ]
    return tuple(address.strip() for _, address in getaddresses(plain) if "@" in address)


def nameless(words: str) -> str:
    """A server's words as one short printable line that names nobody.

    >>> nameless("550 5.1.1 <lin@reader.example>: no such\\n user")
    '550 5.1.1 <…>: no such user'
    """
    line = _ADDRESS.sub("…", " ".join(words.split()))
    return "".join(sign if sign.isprintable() else "?" for sign in line)[:_DETAIL]
