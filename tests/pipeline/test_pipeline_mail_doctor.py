"""The doctor of mail names what keeps it from arriving, and the remedy."""

from __future__ import annotations

import socket
from collections.abc import Mapping
from datetime import UTC, datetime
from email import message_from_bytes
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from digest.config import Config, load_config
from digest.deliver.dkim_signing import read_signer
from digest.pipeline.doctor import Finding
from digest.pipeline.mail_doctor import examine_mail

NOW = datetime(2031, 5, 6, 0, 0, tzinfo=UTC)
KEY = generate_private_key(65537, 2048)
SETTINGS = """
base_url = "https://clips.shanchuan.example"
[mail]
sender = "山川剪报 <clips@shanchuan.example>"
[mail.smtp]
host = "mail.shanchuan.example"
port = 1
timeout = 1
[mail.bounces]
address = "bounces@shanchuan.example"
maildir = "returned"
[mail.dkim]
domain = "shanchuan.example"
selector = "digest"
key_file = "dkim.pem"
"""


class Records:
    """Records of the DNS as a dictionary has them."""

    def __init__(self, folder: Path) -> None:
        signer = read_signer("shanchuan.example", "digest", folder / "dkim.pem")
        self.known: dict[tuple[str, str], list[str]] = {
            ("shanchuan.example", "SOA"): ["ns.shanchuan.example"],
            ("shanchuan.example", "TXT"): ["other=1", "v=spf1 mx -all"],
            ("digest._domainkey.shanchuan.example", "TXT"): [signer.record().replace("; p=", "; p= ")],
            ("_dmarc.shanchuan.example", "TXT"): ["v=DMARC1; p=quarantine"],
            ("shanchuan.example", "MX"): ["10 mail.shanchuan.example"],
            ("mail.shanchuan.example", "A"): ["192.0.2.7"],
            ("7.2.0.192.in-addr.arpa", "PTR"): ["mail.shanchuan.example"],
        }

    def __call__(self, name: str, kind: str) -> list[str] | None:
        return self.known.get((name, kind), [])


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("new", "cur"):
        (tmp_path / "returned" / name).mkdir(parents=True)
    pem = KEY.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    (tmp_path / "dkim.pem").write_bytes(pem)
    return tmp_path


def configured(folder: Path, settings: str = SETTINGS) -> Config:
    (folder / "config.toml").write_text(settings, encoding="utf-8")
    return load_config(folder / "config.toml", {})


def examined(
    folder: Path, settings: str = SETTINGS, changed: Mapping[tuple[str, str], list[str]] | None = None
) -> dict[str, Finding]:
    records = Records(folder)
    records.known |= changed or {}
    return {each.what: each for each in examine_mail(configured(folder, settings), records, NOW)}


def test_everything_in_order_is_well_but_the_server_that_is_not_there(folder: Path) -> None:
    found = examined(folder)
    assert {what for what, each in found.items() if each.verdict != "well"} == {"server"}
    assert {"SPF", "DKIM", "DMARC", "MX", "PTR", "one click", "mailbox", "sender"} < set(found)
    assert "mail.smtp.host" in found["server"].told


@pytest.mark.parametrize(
    ("what", "name", "kind", "records", "remedy"),
    [
        ("SPF", "shanchuan.example", "TXT", [], 'TXT "v=spf1 a:mail.shanchuan.example -all"'),
        ("SPF", "shanchuan.example", "TXT", ["v=spf1 mx -all", "v=spf1 a -all"], "one of them"),
        ("SPF", "shanchuan.example", "TXT", ["v=spf1 +all"], "-all"),
        ("DKIM", "digest._domainkey.shanchuan.example", "TXT", [], 'TXT "v=DKIM1; k=rsa; p='),
        ("DKIM", "digest._domainkey.shanchuan.example", "TXT", ["v=DKIM1; p=abc"], "v=DKIM1; k=rsa; p="),
        ("DMARC", "_dmarc.shanchuan.example", "TXT", [], "_dmarc.shanchuan.example. TXT"),
        ("DMARC", "_dmarc.shanchuan.example", "TXT", ["v=DMARC1"], "p=none"),
        ("MX", "shanchuan.example", "MX", [], "MX 10"),
        ("PTR", "7.2.0.192.in-addr.arpa", "PTR", [], "PTR"),
        ("PTR", "7.2.0.192.in-addr.arpa", "PTR", ["other.example"], "PTR"),
    ],
)
def test_missing_or_wrong_record_is_told_with_a_remedy(  # noqa: PLR0913, PLR0917 - a row of the table
    what: str, name: str, kind: str, records: list[str], remedy: str, folder: Path
) -> None:
    found = examined(folder, changed={(name, kind): records})[what]
    assert found.verdict != "well"
    assert remedy in found.remedy


def test_without_a_network_it_is_said(folder: Path) -> None:
    findings = list(examine_mail(configured(folder), lambda _name, _kind: None, NOW))
    found = {each.what: each for each in findings}
    assert "run this again" in found["DNS"].remedy
    assert not {"SPF", "DKIM", "DMARC", "MX", "PTR"} & set(found)


def test_settings_that_keep_mail_from_arriving_are_told(folder: Path) -> None:
    settings = SETTINGS.replace("clips@shanchuan.example", "digest@localhost.localdomain")
    local = examined(folder, settings)
    assert "mail.sender" in local["sender"].remedy
    assert "SPF" not in local
    elsewhere = SETTINGS.replace("bounces@shanchuan", "bounces@badshanchuan")
    assert "one domain" in examined(folder, elsewhere)["sender"].remedy
    signed_for = SETTINGS.replace('domain = "shanchuan', 'domain = "lake')
    assert examined(folder, signed_for)["DKIM"].verdict == "ill"
    assert examined(folder, SETTINGS.replace('"dkim.pem"', '"none.pem"'))["DKIM"].verdict == "ill"
    assert "mail.bounces" in examined(folder, SETTINGS.partition("[mail.bounces]")[0])["mailbox"].remedy
    assert examined(folder, SETTINGS.replace("returned", "nowhere"))["mailbox"].verdict == "ill"


class Inbox:
    """Keeps what it is sent."""

    def __init__(self) -> None:
        self.got: list[Envelope] = []

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - aiosmtpd's
        self.got.append(envelope)
        return "250 OK"


def free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return bound.getsockname()[1]


def test_test_message_is_sent_as_a_digest_is(folder: Path) -> None:
    inbox = Inbox()
    port = free_port()
    server = Controller(inbox, hostname="127.0.0.1", port=port)
    server.start()
    try:
        settings = SETTINGS.replace("port = 1\n", f'port = {port}\nsecurity = "none"\n')
        config = configured(folder, settings.replace("mail.shanchuan.example", "127.0.0.1"))
        findings = list(examine_mail(config, Records(folder), NOW, "he@reader.example"))
    finally:
        server.stop()
    assert findings[-1].what == "test"
    assert findings[-1].verdict == "well"
    assert "without encryption" in {each.what: each for each in findings}["server"].told
    [got] = inbox.got
    assert (got.mail_from, got.rcpt_tos) == ("bounces@shanchuan.example", ["he@reader.example"])
    assert isinstance(got.content, bytes)
    assert "s=digest" in message_from_bytes(got.content)["DKIM-Signature"]
