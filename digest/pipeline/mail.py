"""What mail is made of and goes through: sender, templates, and the way out the configuration names."""

from __future__ import annotations

import hmac
from pathlib import Path
from typing import TYPE_CHECKING

from pydantic import SecretStr

from digest.config import Config, SmtpTable
from digest.deliver.maildir import MaildirTransport
from digest.deliver.smtp import SmtpServer, SmtpTransport
from digest.deliver.transport import Transport
from digest.deliver.verp import ReturnAddress
from digest.errors import ConfigError
from digest.model import Sender
from digest.publish.message import parse_sender

if TYPE_CHECKING:
    from digest.deliver.dkim_signing import DkimSigner

MAILDIR = "mail"
"""Its name in the state folder."""


def sender_of(config: Config) -> Sender:
    """Who digests come from."""
    return parse_sender(config.mail.sender, config.mail.imprint)


def maildir_of(config: Config) -> Path | None:
    """Where mail is put when no server is configured; None when one is."""
    return None if config.mail.smtp else config.path(config.state) / MAILDIR


def ways_out_of(config: Config) -> list[Transport]:
    """The ways out for mail, as many as are used at a time.

    Raises:
        ConfigError: The file with the password cannot be read, or the sender is no mail address.
    """
    if config.mail.smtp:
        server = _server(config, config.mail.smtp)
        return [SmtpTransport(server) for _ in range(config.mail.smtp.connections)]
    return [MaildirTransport(config.path(config.state) / MAILDIR)]


def smtp_server(config: Config) -> SmtpServer | None:
    """The server that mail leaves by; None when it goes to a Maildir.

    Raises:
        ConfigError: The file with the password cannot be read.
    """
    return _server(config, config.mail.smtp) if config.mail.smtp else None


def settings_mark(config: Config, secret: bytes) -> str:
    """Stands for the settings of the way out, the password among them, and does not tell them."""
    if config.mail.smtp is None:
        return ""
    server = _server(config, config.mail.smtp)
    return hmac.digest(secret, f"{server!r} {server.password}".encode(), "sha256").hex()


def _server(config: Config, smtp: SmtpTable) -> SmtpServer:
    return SmtpServer(
        host=smtp.host,
        port=smtp.port,
        sender=sender_of(config).address,
        security=smtp.security,
        username=smtp.username,
        password=secret_of(config, smtp.password, smtp.password_file, "mail.smtp.password_file"),
        timeout=smtp.timeout,
    )


def return_address(config: Config, secret: bytes) -> ReturnAddress | None:
    """Where mail comes back to; None when that is the sender's own address."""
    address = config.mail.bounces.address
    return ReturnAddress(address, secret) if address else None


def signer_of(config: Config) -> DkimSigner | None:
    """What signs mail by DKIM; None leaves that to the server.

    Raises:
        ConfigError: The key cannot be read or used.
    """
    if config.mail.dkim is None:
        return None
    from digest.deliver.dkim_signing import read_signer  # noqa: PLC0415  # dkimpy and its DNS are slow to import

    dkim = config.mail.dkim
    return read_signer(dkim.domain, dkim.selector, config.path(dkim.key_file))


def secret_of(config: Config, value: SecretStr, file: Path | None, key: str) -> str:
    """A password: as configured, or from the file that is named in its place.

    Raises:
        ConfigError: The file, which is the setting `key`, cannot be read.
    """
    if file is None:
        return value.get_secret_value()
    path = config.path(file)
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"the password cannot be read from {path}", key=key) from error
