"""What mail is made of and goes through: sender, templates, and the way out the configuration names."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from digest.config import Config, SmtpTable
from digest.deliver.maildir import MaildirTransport
from digest.deliver.smtp import SmtpServer, SmtpTransport
from digest.deliver.transport import Transport
from digest.errors import ConfigError
from digest.model import Sender
from digest.publish import templates
from digest.publish.message import parse_sender
from digest.shipped import shipped

if TYPE_CHECKING:
    from jinja2 import Environment

MAILDIR = "mail"
"""Its name in the state folder."""


def sender_of(config: Config) -> Sender:
    """Who digests come from."""
    return parse_sender(config.mail.sender, config.mail.imprint)


@cache
def mail_templates() -> Environment:
    """The shipped templates of the mail."""
    return templates.mail_templates(shipped("templates") / "mail")


def maildir_of(config: Config) -> Path | None:
    """Where mail is put when no server is configured; None when one is."""
    return None if config.mail.smtp else config.path(config.state) / MAILDIR


def transport_of(config: Config) -> Transport:
    """The way out for mail.

    Raises:
        ConfigError: The file with the password cannot be read.
    """
    if config.mail.smtp:
        return SmtpTransport(_server(config, config.mail.smtp))
    return MaildirTransport(config.path(config.state) / MAILDIR)


def _server(config: Config, smtp: SmtpTable) -> SmtpServer:
    return SmtpServer(
        host=smtp.host,
        port=smtp.port,
        sender=sender_of(config).address,
        security=smtp.security,
        username=smtp.username,
        password=_password(config, smtp),
        timeout=smtp.timeout,
    )


def _password(config: Config, smtp: SmtpTable) -> str:
    if smtp.password_file is None:
        return smtp.password.get_secret_value()
    path = config.path(smtp.password_file)
    try:
        return path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        message = f"the password cannot be read from {path}"
        raise ConfigError(message, key="mail.smtp.password_file") from error
