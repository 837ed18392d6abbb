"""Makes the addresses to which mail comes back and readers write to unsubscribe; it reads no mail.

`bounces+TOKEN@example.org` is a delivery's own envelope sender, `bounces+u-TOKEN@example.org` ends a
subscription. Tokens are signed, so nobody can make one up, and in small letters and digits alone, as
servers on the way may change the case of a local part.
"""

from __future__ import annotations

import hmac
import re
from base64 import b32decode, b32encode
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

Purpose = Literal["delivery", "unsubscribe"]

_SIGNED = 4
"""Bytes of the signature: 2³² mails to forge one, and 20 bytes need no padding in base 32."""
_MARKS: dict[Purpose, str] = {"delivery": "", "unsubscribe": "u-"}


@dataclass(frozen=True, slots=True)
class ReturnAddress:
    """The mailbox for what comes back, with its extensions.

    Attributes:
        mailbox: Such as bounces@example.org; its server has to deliver `bounces+…@example.org` there too.
        secret: The installation's.

    >>> address = ReturnAddress("bounces@shanchuan.example", b"secret").own("delivery", UUID(int=7))
    >>> address
    'bounces+aaaaaaaaaaaaaaaaaaaaaaaaa4quyela@shanchuan.example'
    >>> ReturnAddress("bounces@shanchuan.example", b"secret").read(address.upper())
    [('delivery', UUID('00000000-0000-0000-0000-000000000007'))]
    """

    mailbox: str
    secret: bytes

    def own(self, purpose: Purpose, named: UUID) -> str:
        """The address of one delivery or one subscription."""
        local, _, domain = self.mailbox.rpartition("@")
        return f"{local}+{_MARKS[purpose]}{_token(purpose, named, self.secret)}@{domain}"

    def read(self, text: str) -> list[tuple[Purpose, UUID]]:
        """What addresses of this mailbox in `text` stand for; those that were not made here are left out."""
        local, _, domain = map(re.escape, self.mailbox.lower().rpartition("@"))
        tokens = re.findall(rf"{local}\+(u-)?([a-z2-7]{{32}})@{domain}", text.lower())
        return [read for mark, token in tokens if (read := self._genuine(mark, token))]

    def _genuine(self, mark: str, token: str) -> tuple[Purpose, UUID] | None:
        purpose: Purpose = "unsubscribe" if mark else "delivery"
        content = b32decode(token, casefold=True)
        named, signed = UUID(bytes=content[:-_SIGNED]), content[-_SIGNED:]
        return (
            (purpose, named) if hmac.compare_digest(signed, _signature(purpose, named, self.secret)) else None
        )


def _token(purpose: Purpose, named: UUID, secret: bytes) -> str:
    return b32encode(named.bytes + _signature(purpose, named, secret)).decode("ascii").lower()


def _signature(purpose: Purpose, named: UUID, secret: bytes) -> bytes:
    return hmac.digest(secret, f"return:{purpose}:".encode() + named.bytes, "sha256")[:_SIGNED]
