"""Mail as servers send it back; papers, places and people are invented."""

from __future__ import annotations

from uuid import UUID

from digest.deliver.verp import ReturnAddress

HOME = ReturnAddress("bounces@shanchuan.example", b"secret")
DELIVERY = UUID("3721b9b1-b66d-50e5-8ffe-de29d2837db5")


def dsn(  # noqa: PLR0913 - every field of a report
    to: str,
    *,
    status: str = "5.1.1",
    action: str = "failed",
    diagnostic: str = "550 5.1.1 <lin@reader.example>: no such user",
    recipient: str = "lin@reader.example",
    quoted: str = "",
) -> bytes:
    """A report in the form of RFC 3464, as Postfix writes it."""
    return f"""\
Return-Path: <>
Delivered-To: bounces@shanchuan.example
From: MAILER-DAEMON@mx.reader.example (Mail Delivery System)
To: {to}
Subject: Undelivered Mail Returned to Sender
Auto-Submitted: auto-replied
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="AAA"

--AAA
Content-Type: text/plain; charset=us-ascii

I'm sorry to have to inform you that your message could not be delivered.

--AAA
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.reader.example

Final-Recipient: rfc822; {recipient}
Original-Recipient: rfc822;{recipient}
Action: {action}
Status: {status}
Diagnostic-Code: smtp; {diagnostic}

--AAA
Content-Type: text/rfc822-headers

From: clips@shanchuan.example
To: {recipient}
Subject: Digest
{quoted}
--AAA--
""".replace("\n", "\r\n").encode()


def complaint(to: str, *, kind: str = "abuse", quoted: str = "", fields: str = "") -> bytes:
    """A report in the form of RFC 5965."""
    return f"""\
From: feedback@provider.example
To: {to}
Subject: Spam report
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report; boundary="BBB"

--BBB
Content-Type: text/plain

This is an email abuse report.

--BBB
Content-Type: message/feedback-report

Feedback-Type: {kind}
User-Agent: Provider/1.0
Version: 1
{fields}
--BBB
Content-Type: message/rfc822
Content-Disposition: inline

From: clips@shanchuan.example
To: undisclosed
Subject: Digest
{quoted}
Content-Type: text/plain

Hello.
--BBB--
""".replace("\n", "\r\n").encode()


def note(to: str, *, headers: str = "", body: str = "unsubscribe") -> bytes:
    """A plain mail."""
    return f"From: lin@reader.example\nTo: {to}\nSubject: unsubscribe\n{headers}\n{body}\n".encode()
