"""Asks the DNS for what mail needs: text, mail servers, addresses, names of addresses; it judges nothing."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address

import dns.exception
import dns.resolver

Ask = Callable[[str, str], "list[str] | None"]
"""Given a name and a type of record, the records; empty when there are none, None when nobody answered."""


@dataclass(frozen=True, slots=True)
class Dns:
    """Asks the servers that this machine asks.

    Attributes:
        timeout: Seconds for each question.
    """

    timeout: float = 5.0

    def __call__(self, name: str, kind: str) -> list[str] | None:
        """The records of a name as text; see `Ask`."""
        try:
            answer = dns.resolver.resolve(name, kind, lifetime=self.timeout)
        except (dns.resolver.NXDOMAIN, dns.resolver.NoAnswer):
            return []
        except (dns.exception.DNSException, OSError, ValueError):
            return None  # no network, no server, or a name that none can have
        return [_text(record, kind) for record in answer]


def _text(record: object, kind: str) -> str:
    if kind == "TXT":  # several strings are one (RFC 7208 §3.3)
        strings: tuple[bytes, ...] = getattr(record, "strings", ())
        return b"".join(strings).decode("utf-8", "replace")
    return str(record).rstrip(".")


def reverse_name(address: str) -> str:
    """Where the names of an IP address stand.

    >>> reverse_name("192.0.2.7")
    '7.2.0.192.in-addr.arpa'
    """
    return ip_address(address).reverse_pointer
