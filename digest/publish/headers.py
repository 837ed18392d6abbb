"""How the headers of a mail are written on the wire, around the defects of the library's own folding.

- Blanks between encoded words are lost or doubled; here one encoder writes the whole text (RFC 2047 §5).
- Long addresses of unsubscribing and long ids become encoded words, which no client reads.
"""

from __future__ import annotations

from email.header import Header
from email.headerregistry import (
    BaseHeader,
    HeaderRegistry,
    SingleAddressHeader,
    UnstructuredHeader,
)
from email.policy import SMTP, Policy
from email.utils import quote

_LONGEST_LINE = 76
"""Of a line with encoded words (RFC 2047 §2)."""


class _Text(UnstructuredHeader, BaseHeader):
    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {_encoded(str(self), self.name, policy)}{policy.linesep}"


class _Mailbox(SingleAddressHeader, BaseHeader):  # pyright: ignore[reportIncompatibleMethodOverride]  mixed so by the library
    def fold(self, *, policy: Policy) -> str:
        name, address = self.address.display_name, self.address.addr_spec
        if not name:
            return f"{self.name}: {address}{policy.linesep}"
        phrase = f'"{quote(name)}"' if name.isascii() else _encoded(name, self.name, policy)
        gap = " " if len(f"{self.name}: {phrase} <{address}>") <= _LONGEST_LINE else f"{policy.linesep} "
        return f"{self.name}: {phrase}{gap}<{address}>{policy.linesep}"


class _Verbatim(UnstructuredHeader, BaseHeader):
    """Addresses and ids, folded at commas alone."""

    def fold(self, *, policy: Policy) -> str:
        return f"{self.name}: {str(self).replace(', ', f',{policy.linesep} ')}{policy.linesep}"


def _encoded(text: str, name: str, policy: Policy) -> str:
    charset = "us-ascii" if text.isascii() and "=?" not in text else "utf-8"
    return Header(text, charset, maxlinelen=_LONGEST_LINE, header_name=name).encode(linesep=policy.linesep)


def _registry() -> HeaderRegistry:
    registry = HeaderRegistry()
    registry.map_to_type("subject", _Text)
    for name in ("from", "to"):
        registry.map_to_type(name, _Mailbox)
    for name in ("message-id", "list-id", "list-unsubscribe"):
        registry.map_to_type(name, _Verbatim)
    return registry


MAIL = SMTP.clone(header_factory=_registry())
"""The policy of all outgoing mail."""
