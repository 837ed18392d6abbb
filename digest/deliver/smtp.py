"""Hands messages to an SMTP server over one connection; it decides on no retries and stores nothing."""

from __future__ import annotations

import smtplib
import ssl
from base64 import b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from typing import Literal, Self

from digest.deliver.envelope import envelope_address, transparent
from digest.deliver.outcome import CONCERNS_ALL, Step, fault_of_reply, is_gone
from digest.deliver.transport import Outgoing, at_once
from digest.errors import ConfigError, DeliveryError

_READY: dict[Step, tuple[int, ...]] = {"MAIL": (250,), "RCPT": (250, 251, 252), "DATA": (354,)}
_ACCEPTED = (250,)
_LOGGED_IN = 235
_LONGEST_REPLY = 300


@dataclass(frozen=True, slots=True)
class SmtpServer:
    """Where mail goes out.

    Attributes:
        sender: The envelope's sender, where bounces go; the message's From may differ.
        security: `starttls` and `tls` refuse to send without encryption.
        username: Empty for no authentication.
        timeout: Seconds, for each step.
        local_hostname: What EHLO says; the machine's full name when None.
        ca_file: Certificates to trust instead of the system's.

    Raises:
        ConfigError: A password would cross a network unencrypted.
    """

    host: str
    sender: str
    port: int = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str = ""
    password: str = field(default="", repr=False)
    timeout: float = 30.0
    local_hostname: str | None = None
    ca_file: Path | None = None

    def __post_init__(self) -> None:
        if self.username and self.security == "none" and not _is_this_machine(self.host):
            raise ConfigError(
                "a password would be sent unencrypted; set it to starttls or tls", key="mail.smtp.security"
            )


def _is_this_machine(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def _envelope_sender(address: str) -> str:
    try:
        return envelope_address(address)
    except DeliveryError as error:
        raise ConfigError(str(error), key="mail.sender") from error


class SmtpTransport:
    """A `Transport` to one server over one connection, for one thread.

    It connects at the first message and keeps the connection until the end of the `with` block.

    Raises:
        ConfigError: The sender is no mail address.
    """

    def __init__(self, server: SmtpServer) -> None:
        self._server = server
        self._sender = _envelope_sender(server.sender)
        self._smtp: smtplib.SMTP | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            _quietly(smtp.quit)
            smtp.close()

    def send(self, mail: Outgoing, ready: Callable[[], None] = at_once) -> None:
        """Sends the message to one recipient; see `Transport.send`.

        A kept connection that the server has closed meanwhile is opened anew. When it breaks after the
        content was sent the error is `uncertain`.
        """
        recipient = envelope_address(mail.address)
        sender = _envelope_sender(mail.sender) if mail.sender else self._sender
        try:
            smtp = self._begun(sender, recipient)
        except DeliveryError:
            self._reset()
            raise
        content = transparent(mail.content)
        try:
            ready()
        except BaseException:
            self._drop()
            raise
        self._transmit(smtp, content, mail.address)

    def _begun(self, sender: str, recipient: str) -> smtplib.SMTP:
        """A connection that waits for the content; before MAIL was accepted a stale one may be replaced."""
        if self._smtp is not None:
            try:
                return self._introduced(self._smtp, sender, recipient)
            except DeliveryError as error:
                if error.fault != "connection" or error.address is not None:
                    raise
                self._drop()
        self._smtp = _connected(self._server)
        return self._introduced(self._smtp, sender, recipient)

    def _introduced(self, smtp: smtplib.SMTP, sender: str, recipient: str) -> smtplib.SMTP:
        options = ""
        if not (recipient + sender).isascii():
            if not smtp.has_extn("smtputf8"):
                raise DeliveryError(
                    f"{self._server.host} takes no addresses with letters outside ASCII (no SMTPUTF8); "
                    "use another address or server",
                    address=recipient,
                    fault="policy" if recipient.isascii() else "permanent",
                )
            options = " SMTPUTF8 BODY=8BITMIME"  # RFC 6531 §3.4
        commands: tuple[tuple[Step, str], ...] = (
            ("MAIL", f"MAIL FROM:<{sender}>{options}\r\n"),
            ("RCPT", f"RCPT TO:<{recipient}>\r\n"),
            ("DATA", "DATA\r\n"),
        )
        _command(smtp, commands, recipient)
        return smtp

    def _transmit(self, smtp: smtplib.SMTP, content: bytes, address: str) -> None:
        try:
            smtp.send(content + b".\r\n")
            code, text = smtp.getreply()
        except OSError as error:
            self._drop()
            raise _broken(error, address, uncertain=True) from error
        if code not in _ACCEPTED:
            self._reset()
            raise _refusal("DATA", code, text, address)

    def _reset(self) -> None:
        """Readies the connection for the next message, or gives it up."""
        try:
            if self._smtp is None or self._smtp.rset()[0] not in _ACCEPTED:
                self._drop()
        except OSError:
            self._drop()

    def _drop(self) -> None:
        smtp, self._smtp = self._smtp, None
        if smtp is not None:
            smtp.close()


def _quietly(call: Callable[[], object]) -> None:
    """For farewells: whether the server heard them changes nothing."""
    try:
        call()
    except OSError:
        return


def _connected(server: SmtpServer) -> smtplib.SMTP:
    """A connection that is greeted, encrypted as asked and authenticated.

    Raises:
        DeliveryError: Without an address, since every delivery is concerned.
    """
    smtp = _dialled(server)
    try:
        _greet(smtp)
        if server.security == "starttls":
            _encrypt(smtp, server)
            _greet(smtp)
        if server.username:
            _authenticate(smtp, server)
    except BaseException:
        smtp.close()
        raise
    return smtp


def try_login(server: SmtpServer) -> None:
    """Connects, encrypts and logs in as for sending, and leaves.

    Raises:
        DeliveryError: As `SmtpTransport.send`, without an address.
    """
    smtp = _connected(server)
    _quietly(smtp.quit)
    smtp.close()


def _dialled(server: SmtpServer) -> smtplib.SMTP:
    try:
        if server.security == "tls":
            return smtplib.SMTP_SSL(
                server.host,
                server.port,
                local_hostname=server.local_hostname,
                timeout=server.timeout,
                context=_trust(server),
            )
        return smtplib.SMTP(
            server.host, server.port, local_hostname=server.local_hostname, timeout=server.timeout
        )
    except smtplib.SMTPResponseException as error:
        raise _refusal("CONNECT", error.smtp_code, error.smtp_error) from error
    except ssl.SSLError as error:
        raise _untrusted(error, server) from error
    except OSError as error:
        raise _unreachable(error, server) from error


def _greet(smtp: smtplib.SMTP) -> None:
    try:
        smtp.ehlo_or_helo_if_needed()
    except smtplib.SMTPHeloError as error:
        raise _refusal("HELLO", error.smtp_code, error.smtp_error) from error
    except OSError as error:
        raise _broken(error, None) from error


def _encrypt(smtp: smtplib.SMTP, server: SmtpServer) -> None:
    try:
        smtp.starttls(context=_trust(server))
    except smtplib.SMTPNotSupportedError as error:
        raise DeliveryError(
            f"{server.host} offers no STARTTLS and nothing was sent; use its TLS port with security = "
            '"tls", or "none" within a network you trust',
            fault="policy",
        ) from error
    except smtplib.SMTPResponseException as error:
        raise _refusal("STARTTLS", error.smtp_code, error.smtp_error) from error
    except ssl.SSLError as error:
        raise _untrusted(error, server) from error
    except OSError as error:
        raise _broken(error, None) from error


def _authenticate(smtp: smtplib.SMTP, server: SmtpServer) -> None:
    """Logs in; causes are cut off, since a server's answer may repeat what it was told."""
    try:
        _login(smtp, server.username, server.password)
    except smtplib.SMTPAuthenticationError as error:
        raise DeliveryError(
            f"{server.host} refused the login of {server.username} ({error.smtp_code}); "
            "check mail.smtp.username and the password",
            code=error.smtp_code,
            fault=fault_of_reply("AUTH", error.smtp_code),
        ) from None
    except smtplib.SMTPServerDisconnected:
        raise DeliveryError("the connection broke during the login", fault="connection") from None
    except smtplib.SMTPException:
        raise DeliveryError(
            f"{server.host} offers no login that can be used; check mail.smtp.username and its port",
            fault="policy",
        ) from None


def _login(smtp: smtplib.SMTP, username: str, password: str) -> None:
    if (username + password).isascii():
        smtp.login(username, password)
        return
    # smtplib encodes in ASCII only; RFC 4616 §2 wants UTF-8.
    token = b64encode(f"\0{username}\0{password}".encode()).decode("ascii")
    code, text = smtp.docmd("AUTH", f"PLAIN {token}")
    if code != _LOGGED_IN:
        raise smtplib.SMTPAuthenticationError(code, text)


def _trust(server: SmtpServer) -> ssl.SSLContext:
    try:
        return ssl.create_default_context(cafile=server.ca_file)
    except OSError as error:
        raise ConfigError(
            f"{server.ca_file} holds no certificates that can be read", key="mail.smtp"
        ) from error


def _command(smtp: smtplib.SMTP, commands: Sequence[tuple[Step, str]], address: str) -> None:
    """Gives the commands, all at once where the server allows it (RFC 2920), else until one is refused.

    Raises:
        DeliveryError: For the first that was refused; without an address until MAIL was accepted.
    """
    together = smtp.has_extn("pipelining")
    refused: DeliveryError | None = None
    concerned: str | None = None
    try:
        if together:
            smtp.send("".join(command for _, command in commands).encode())
        for step, command in commands:
            if not together:
                smtp.send(command.encode())
            code, text = smtp.getreply()
            concerned = address if step != "MAIL" else None
            if code not in _READY[step]:
                refused = refused or _refusal(step, code, text, concerned)
            elif step == "DATA" and refused:
                _send_nothing(smtp)
            if refused and not together:
                break
            concerned = address
    except OSError as error:  # among them every SMTPException
        raise refused or _broken(error, concerned) from error
    if refused:
        raise refused


def _send_nothing(smtp: smtplib.SMTP) -> None:
    """Answers a go-ahead for content that has no recipient (RFC 2920 §3.1)."""
    smtp.send(b".\r\n")
    smtp.getreply()


def _refusal(step: Step, code: int, text: bytes | str, address: str | None = None) -> DeliveryError:
    words = _shown(text)
    return DeliveryError(
        f"the mail server refused {step}: {code} {words}".rstrip(),
        address=None if code in CONCERNS_ALL else address,
        code=code,
        fault=fault_of_reply(step, code, words),
        gone=step == "RCPT" and is_gone(code, words),
    )


def _shown(text: bytes | str) -> str:
    """A server's words as one short line of printable characters."""
    words = text.decode("utf-8", "replace") if isinstance(text, bytes) else text
    line = " ".join(words.split())
    return "".join(character if character.isprintable() else "?" for character in line)[:_LONGEST_REPLY]


def _broken(error: OSError, address: str | None, *, uncertain: bool = False) -> DeliveryError:
    return DeliveryError(
        f"the connection to the mail server broke: {_shown(str(error))}",
        address=address,
        fault="connection",
        uncertain=uncertain,
    )


def _unreachable(error: OSError, server: SmtpServer) -> DeliveryError:
    return DeliveryError(
        f"{server.host}:{server.port} cannot be reached: {_shown(str(error))}; check mail.smtp.host and port",
        fault="connection",
    )


def _untrusted(error: ssl.SSLError, server: SmtpServer) -> DeliveryError:
    cut_off = isinstance(error, ssl.SSLEOFError | ssl.SSLZeroReturnError)
    return DeliveryError(
        f"{server.host}:{server.port} cannot be trusted or speaks no TLS: {_shown(str(error))}; "
        "check mail.smtp.host, port and security",
        fault="connection" if cut_off else "policy",
    )
