"""Signatures that two other programs verify, over what must not be changed on the way."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import dkim
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.asymmetric.types import PrivateKeyTypes
from cryptography.hazmat.primitives.serialization import BestAvailableEncryption as Encrypted
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from hypothesis import given
from hypothesis import strategies as st

from digest.deliver.dkim_signing import DkimSigner, canonical_body, read_signer
from digest.errors import ConfigError
from tests.parts import missing

RSA = generate_private_key(65537, 2048)
SIGNER = DkimSigner("shanchuan.example", "digest", RSA)
MESSAGE = (
    b"From: =?utf-8?b?5bGx5bed5Ymq5oql?= <clips@shanchuan.example>\r\n"
    b"To: lin@reader.example\r\n"
    b"Subject: =?utf-8?b?5Ymq5oql?= 128\r\n"
    b"Date: Tue, 06 May 2031 07:30:00 +0800\r\n"
    b"Message-ID: <3721b9b1-b66d-50e5-8ffe-de29d2837db5@shanchuan.example>\r\n"
    b"List-Id: <digest.shanchuan.example>\r\n"
    b"List-Unsubscribe: <https://clips.shanchuan.example/unsubscribe/abc>,\r\n"
    b" <mailto:bounces+u-abc@shanchuan.example?subject=unsubscribe>\r\n"
    b"List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n"
    b"MIME-Version: 1.0\r\n"
    b'Content-Type: text/plain; charset="utf-8"\r\n'
    b"Content-Transfer-Encoding: base64\r\n"
    b"\r\n"
    b"5LuK5pel5YyF5ous\r\n"
)


def verified(message: bytes, signer: DkimSigner = SIGNER) -> bool:
    def record(name: bytes, timeout: float = 5) -> bytes:
        del timeout
        assert name == f"{signer.record_name}.".encode()
        return signer.record().encode()

    return dkim.verify(message, dnsfunc=record)


def test_signed_message_is_verified_by_dkimpy() -> None:
    signed = SIGNER.signed(MESSAGE)
    assert signed.endswith(MESSAGE)
    assert verified(signed)


@pytest.mark.parametrize(
    ("was", "becomes"),
    [
        (b"List-Unsubscribe=One-Click", b"List-Unsubscribe=Two-Clicks"),
        (b"/unsubscribe/abc", b"/unsubscribe/abd"),
        (b"lin@reader", b"liu@reader"),
        (b"5LuK5pel", b"5LuK5peX"),
        (b"<digest.shanchuan", b"<digests.shanchuan"),
        (b'charset="utf-8"', b'charset="big5"'),
        (b"\r\nTo:", b"\r\nFrom: other@shanchuan.example\r\nTo:"),
    ],
)
def test_change_on_the_way_is_seen(was: bytes, becomes: bytes) -> None:
    signed = SIGNER.signed(MESSAGE)
    assert signed.count(was) == 1
    assert not verified(signed.replace(was, becomes))


def test_second_from_before_the_first_is_seen() -> None:
    assert not verified(b"From: other@shanchuan.example\r\n" + SIGNER.signed(MESSAGE))


def test_refolding_on_the_way_does_no_harm() -> None:
    signed = SIGNER.signed(MESSAGE)
    assert verified(signed.replace(b"abc>,\r\n <mail", b"abc>, <mail").replace(b"\r\nTo: ", b"\r\nto:  "))


def test_same_message_is_signed_the_same() -> None:
    assert SIGNER.signed(MESSAGE) == SIGNER.signed(MESSAGE)


def test_lines_of_the_signature_are_short() -> None:
    head = SIGNER.signed(MESSAGE).partition(b"From:")[0]
    assert max(map(len, head.splitlines())) <= 78


@given(st.lists(st.sampled_from(["word", " ", "\t", "\r\n", "."])).map("".join))
def test_any_body_is_canonical_as_dkimpy_has_it(text: str) -> None:
    from dkim.canonicalization import Relaxed  # noqa: PLC0415 - beside what it is compared with

    assert canonical_body(text.encode()) == Relaxed.canonicalize_body(text.encode())


@given(st.lists(st.sampled_from(["word", " ", "\t", "\r\n"])).map("".join))
def test_any_body_is_verified(text: str) -> None:
    head = MESSAGE.partition(b"\r\n\r\n")[0]
    assert verified(SIGNER.signed(head + b"\r\n\r\n" + text.encode() + b"\r\n"))


@pytest.mark.parametrize(
    ("was", "becomes", "passes"),
    [(b"", b"", True), (b"One-Click", b"Two-Click", False)],
    ids=["as sent", "tampered"],
)
def test_opendkim_agrees(was: bytes, becomes: bytes, passes: bool, tmp_path: Path) -> None:  # noqa: FBT001
    program = shutil.which("opendkim", path="/usr/sbin:/usr/bin:/usr/local/sbin") or missing("opendkim")
    message = tmp_path / "mail.eml"
    message.write_bytes(SIGNER.signed(MESSAGE).replace(was, becomes) if was else SIGNER.signed(MESSAGE))
    (tmp_path / "keys").write_text(f"{SIGNER.record_name} {SIGNER.record()}\n", encoding="ascii")
    settings = tmp_path / "opendkim.conf"
    settings.write_text(f"Mode v\nSyslog no\nTestPublicKeys {tmp_path / 'keys'}\n", encoding="ascii")
    run = subprocess.run(
        [program, "-x", str(settings), "-t", str(message), "-v"],
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    told = run.stdout + run.stderr
    assert re.search(r"verification \(s=digest.*\) succeeded" if passes else "bad signature|failed", told), (
        told
    )


def written(folder: Path, key: PrivateKeyTypes, passphrase: bytes | None = None) -> Path:
    path = folder / "dkim.pem"
    hidden = Encrypted(passphrase) if passphrase else NoEncryption()
    path.write_bytes(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, hidden))
    return path


def test_key_is_read_from_its_file(tmp_path: Path) -> None:
    signer = read_signer("Shanchuan.example", "digest", written(tmp_path, RSA))
    assert signer.record_name == "digest._domainkey.shanchuan.example"
    assert verified(signer.signed(MESSAGE))


def test_unusable_keys_are_told_with_a_remedy(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="cannot be read"):
        read_signer("a.example", "digest", tmp_path / "none.pem")
    (tmp_path / "text.pem").write_text("no key", encoding="ascii")
    with pytest.raises(ConfigError, match="openssl genrsa"):
        read_signer("a.example", "digest", tmp_path / "text.pem")
    with pytest.raises(ConfigError, match="without one"):
        read_signer("a.example", "digest", written(tmp_path, RSA, b"secret"))
    with pytest.raises(ConfigError, match="no RSA key"):
        read_signer("a.example", "digest", written(tmp_path, Ed25519PrivateKey.generate()))
    with pytest.raises(ConfigError, match=r"mail\.dkim\.domain"):
        read_signer("山川.example", "digest", written(tmp_path, RSA))
