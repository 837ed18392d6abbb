"""Signs messages by DKIM (RFC 6376); it makes no keys and asks for no records.

dkimpy knows the canonical forms; the signature itself comes from cryptography, whose RSA is 15 times faster.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from cryptography.exceptions import UnsupportedAlgorithm
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.padding import PKCS1v15
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key
from dkim.canonicalization import Relaxed

from digest.errors import ConfigError

SIGNED = (
    b"from",
    b"to",
    b"subject",
    b"date",
    b"message-id",
    b"list-id",
    b"list-unsubscribe",
    b"list-unsubscribe-post",
    b"mime-version",
    b"content-type",
    b"content-transfer-encoding",
)
"""RFC 8058 §4 wants both headers of unsubscribing covered, or they are not offered to readers."""
_LEAST_BITS = 1024  # RFC 8301 §3.2
_FIELD = re.compile(rb"([!-9;-~]+)[ \t]*:(.*?\r\n)(?![ \t])", re.DOTALL)


@dataclass(frozen=True, slots=True)
class DkimSigner:
    """Signs for one domain with one key.

    Attributes:
        domain: What the signature stands for; that of From or one above it, for DMARC.
        selector: The key's record is at `SELECTOR._domainkey.DOMAIN`.
    """

    domain: str
    selector: str
    key: RSAPrivateKey

    def signed(self, content: bytes) -> bytes:
        """The message with its signature before it; the same bytes for the same message.

        Its lines end with CRLF. What is signed of its headers are those of `SIGNED` that it has; From
        stands there once more, so that nobody can add another (RFC 6376 §5.4.2).
        """
        head, _, body = content.partition(b"\r\n\r\n")
        fields = _signed_fields(head + b"\r\n")
        digested = b64encode(hashlib.sha256(canonical_body(body)).digest())
        signature = self._header(b":".join([b"from", *(name for name, _ in fields)]), digested)
        covered = Relaxed.canonicalize_headers([*fields, (b"DKIM-Signature", signature)])
        text = b"".join(name + b":" + value for name, value in covered).removesuffix(b"\r\n")
        return b"".join((b"DKIM-Signature:", signature, _folded(self._sign(text)), b"\r\n", content))

    def record(self) -> str:
        """The key's TXT record (RFC 6376 §3.6.1)."""
        public = self.key.public_key()
        coded = public.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)
        return f"v=DKIM1; k=rsa; p={b64encode(coded).decode()}"

    @property
    def record_name(self) -> str:
        """Where its record stands."""
        return f"{self.selector}._domainkey.{self.domain}"

    def _header(self, names: bytes, body_hash: bytes) -> bytes:
        """The signature's own header as it is signed, with an empty b."""
        return b" v=1; a=rsa-sha256; c=relaxed/relaxed;\r\n d=%s; s=%s;\r\n h=%s;\r\n bh=%s;\r\n b=" % (
            self.domain.encode("ascii"),
            self.selector.encode("ascii"),
            names.replace(b":list-id", b"\r\n :list-id").replace(b":mime-version", b"\r\n :mime-version"),
            body_hash,
        )

    def _sign(self, text: bytes) -> bytes:
        return b64encode(self.key.sign(text, PKCS1v15(), hashes.SHA256()))


def canonical_body(body: bytes) -> bytes:
    r"""The body in the relaxed form (RFC 6376 §3.4.4); most of ours is in it already.

    >>> canonical_body(b"one \t two \r\n\r\n")
    b'one two\r\n'
    """
    if b"\t" in body or b"  " in body or b" \r\n" in body or not body.endswith(b"\r\n"):
        return Relaxed.canonicalize_body(body)
    if body.endswith(b"\r\n\r\n") or body == b"\r\n":
        return Relaxed.canonicalize_body(body)
    return body


def _signed_fields(head: bytes) -> list[tuple[bytes, bytes]]:
    """Of each name its last header; ours stand there once."""
    fields = {name.lower(): value for name, value in _FIELD.findall(head)}
    return [(name, fields[name]) for name in SIGNED if name in fields]


def _folded(signature: bytes) -> bytes:
    return b"\r\n ".join(_lines(signature))


def _lines(signature: bytes) -> Iterator[bytes]:
    yield signature[:72]
    for start in range(72, len(signature), 74):
        yield signature[start : start + 74]


def read_signer(domain: str, selector: str, path: Path) -> DkimSigner:
    """A signer with the private key of a PEM file.

    Raises:
        ConfigError: The file cannot be read or holds no key that DKIM knows.
    """
    try:
        key = load_pem_private_key(path.read_bytes(), None)
    except OSError as error:
        raise _unusable(f"{path} cannot be read: {error.strerror}") from error
    except TypeError:
        raise _unusable(f"{path} asks for a passphrase; write the key without one (openssl pkey)") from None
    except (ValueError, UnsupportedAlgorithm):
        raise _unusable(
            f"{path} holds no private key; make one with: openssl genrsa -out {path} 2048"
        ) from None
    if not isinstance(key, RSAPrivateKey):  # RFC 8463's Ed25519 is verified by too few
        raise _unusable(f"{path} holds no RSA key; make one with: openssl genrsa -out {path} 2048")
    if key.key_size < _LEAST_BITS:
        raise _unusable(f"{path} has only {key.key_size} bits, which nobody accepts; make one of 2048")
    return DkimSigner(_ascii(domain, "domain"), _ascii(selector, "selector"), key)


_NAME = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,251}[a-z0-9])?", re.IGNORECASE)


def _ascii(name: str, key: str) -> str:
    if not _NAME.fullmatch(name):
        raise ConfigError(f"{name!r} is no name of the DNS; write it in ASCII", key=f"mail.dkim.{key}")
    return name.lower()


def _unusable(message: str) -> ConfigError:
    return ConfigError(message, key="mail.dkim.key_file")
