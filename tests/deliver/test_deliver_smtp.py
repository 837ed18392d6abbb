from __future__ import annotations

import shutil
import socket
import ssl
import subprocess
import threading
from base64 import b64decode
from collections.abc import Callable, Generator
from contextlib import contextmanager
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from pathlib import Path
from typing import Any, Self

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword

from digest.deliver.smtp import SmtpServer, SmtpTransport
from digest.deliver.transport import Outgoing, Transport
from digest.errors import ConfigError, DeliveryError, Fault

SENDER = "bounces@example.org"
READER = "reader@example.org"
PASSWORD = "Geheim-密码-42"  # noqa: S105 - of this test's own server


def letter(subject: str = "剪报 第1期") -> bytes:
    return written(subject, "今天的剪报\n.\n..\n", cte="base64")


def written(subject: str, text: str, cte: str) -> bytes:
    message = EmailMessage()
    message["From"] = "Digest <digest@example.org>"
    message["To"] = READER
    message["Subject"] = subject
    message.set_content(text, cte=cte)
    return message.as_bytes(policy=SMTP_POLICY)


class Postbox:
    """An aiosmtpd handler that keeps what it accepts."""

    def __init__(self) -> None:
        self.envelopes: list[Envelope] = []
        self.sessions: set[int] = set()
        self.encrypted: list[bool] = []

    async def handle_DATA(self, _server: SMTP, session: Any, envelope: Envelope) -> str:  # noqa: N802
        self.envelopes.append(envelope)
        self.sessions.add(session.peer[1])
        self.encrypted.append(session.ssl is not None)
        return "250 OK"


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return probe.getsockname()[1]


@contextmanager
def served(handler: Postbox, **options: Any) -> Generator[int]:
    controller = Controller(handler, hostname="127.0.0.1", port=free_port(), **options)
    controller.start()
    try:
        yield controller.port
    finally:
        controller.stop()


def plain(port: int, **options: Any) -> SmtpServer:
    return SmtpServer(
        "127.0.0.1", SENDER, port, "none", local_hostname="client.example", timeout=5, **options
    )


@pytest.fixture(scope="session")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A key and its own certificate for localhost in one file."""
    program = shutil.which("openssl")
    if program is None:
        pytest.skip("openssl is not installed, so no certificate can be made")
    folder = tmp_path_factory.mktemp("tls")
    subprocess.run(
        [program, "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-keyout", "key.pem", "-out", "cert.pem", "-days", "2", "-subj", "/CN=localhost",
         "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip
    return folder


@pytest.fixture(scope="session")
def tls(certificate: Path) -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(certificate / "cert.pem", certificate / "key.pem")
    return context


def fault_of(server: SmtpServer, address: str = READER) -> DeliveryError:
    with SmtpTransport(server) as transport, pytest.raises(DeliveryError) as caught:
        transport.send(Outgoing(letter(), address, "key"))
    assert PASSWORD not in str(caught.value)
    return caught.value


# A real server.


def test_message_arrives_as_written_with_its_own_envelope() -> None:
    postbox = Postbox()
    with served(postbox) as port, SmtpTransport(plain(port)) as transport:
        transport.send(Outgoing(letter(), "other@bücher.example", "key"))
    (envelope,) = postbox.envelopes
    assert (envelope.mail_from, envelope.rcpt_tos) == (SENDER, ["other@xn--bcher-kva.example"])
    assert isinstance(envelope.content, bytes)
    assert b"To: reader@example.org\r\n" in envelope.content
    assert envelope.content.isascii()


def test_leading_dots_arrive_single() -> None:
    postbox = Postbox()
    message = written("1", ".\n..a\nend\n", cte="7bit")
    with served(postbox) as port, SmtpTransport(plain(port)) as transport:
        transport.send(Outgoing(message, READER, "key"))
    assert isinstance(content := postbox.envelopes[0].content, bytes)
    assert content.endswith(b"\r\n\r\n.\r\n..a\r\nend\r\n")


def test_one_connection_carries_many_messages_also_after_a_refusal() -> None:
    class Choosy(Postbox):
        async def handle_RCPT(  # noqa: N802 - aiosmtpd's interface
            self, _server: SMTP, _session: Any, envelope: Envelope, address: str, _options: list[str]
        ) -> str:
            if address.startswith("nobody"):
                return "550 5.1.1 no such user"
            envelope.rcpt_tos.append(address)
            return "250 OK"

    postbox = Choosy()
    with served(postbox) as port, SmtpTransport(plain(port)) as transport:
        transport.send(Outgoing(letter(), "a@example.org", "1"))
        with pytest.raises(DeliveryError) as caught:
            transport.send(Outgoing(letter(), "nobody@example.org", "2"))
        transport.send(Outgoing(letter(), "b@example.org", "3"))
    assert (caught.value.code, caught.value.fault) == (550, "permanent")
    assert caught.value.address == "nobody@example.org"
    assert [envelope.rcpt_tos for envelope in postbox.envelopes] == [["a@example.org"], ["b@example.org"]]
    assert len(postbox.sessions) == 1


def test_address_outside_ascii_goes_by_smtputf8() -> None:
    postbox = Postbox()
    with served(postbox, enable_SMTPUTF8=True) as port, SmtpTransport(plain(port)) as transport:
        transport.send(Outgoing(letter(), "读者@example.org", "key"))
    (envelope,) = postbox.envelopes
    assert envelope.rcpt_tos == ["读者@example.org"]
    assert envelope.smtp_utf8


def test_address_outside_ascii_is_refused_without_smtputf8() -> None:
    postbox = Postbox()
    with served(postbox, enable_SMTPUTF8=False) as port:
        error = fault_of(plain(port), "读者@example.org")
    assert error.fault == "permanent"
    assert "SMTPUTF8" in str(error)
    assert postbox.envelopes == []


def test_sender_outside_ascii_without_smtputf8_is_not_the_recipients_fault() -> None:
    with served(Postbox(), enable_SMTPUTF8=False) as port:
        error = fault_of(SmtpServer("127.0.0.1", "剪报@example.org", port, "none"))
    assert error.fault == "policy"


def test_starttls_encrypts_and_authenticates(certificate: Path, tls: ssl.SSLContext) -> None:
    def check(_server: SMTP, _session: Any, _envelope: Envelope, _mechanism: str, given: Any) -> AuthResult:
        right = LoginPassword(b"digest", PASSWORD.encode())
        return AuthResult(success=given == right, handled=False)

    postbox = Postbox()
    with served(
        postbox, tls_context=tls, require_starttls=True, authenticator=check, auth_required=True
    ) as port:
        ca_file = certificate / "cert.pem"
        right = SmtpServer("localhost", SENDER, port, "starttls", "digest", PASSWORD, ca_file=ca_file)
        with SmtpTransport(right) as transport:
            transport.send(Outgoing(letter(), READER, "key"))
        wrong = SmtpServer("localhost", SENDER, port, "starttls", "digest", PASSWORD + "!", ca_file=ca_file)
        refused = fault_of(wrong)
        anonymous = fault_of(SmtpServer("localhost", SENDER, port, "starttls", ca_file=ca_file))
    assert postbox.encrypted == [True]
    assert (refused.fault, refused.code, refused.address) == ("policy", 535, None)
    assert (anonymous.fault, anonymous.code) == ("policy", 530)


def test_tls_from_the_start_encrypts(certificate: Path, tls: ssl.SSLContext) -> None:
    postbox = Postbox()
    with served(postbox, ssl_context=tls) as port:
        server = SmtpServer("localhost", SENDER, port, "tls", ca_file=certificate / "cert.pem")
        with SmtpTransport(server) as transport:
            transport.send(Outgoing(letter(), READER, "key"))
    assert len(postbox.envelopes) == 1


@pytest.mark.parametrize("security", ["tls", "starttls"])
def test_untrusted_certificate_stops_delivery(security: Any, tls: ssl.SSLContext) -> None:
    postbox = Postbox()
    option = {"tls_context": tls} if security == "starttls" else {"ssl_context": tls}
    with served(postbox, **option) as port:
        error = fault_of(SmtpServer("localhost", SENDER, port, security))
    assert error.fault == "policy"
    assert "cannot be trusted" in str(error)
    assert postbox.envelopes == []


def test_server_without_starttls_gets_nothing() -> None:
    postbox = Postbox()
    with served(postbox) as port:
        error = fault_of(SmtpServer("127.0.0.1", SENDER, port))
    assert error.fault == "policy"
    assert "offers no STARTTLS" in str(error)
    assert postbox.envelopes == []


@pytest.mark.parametrize("password", ["in-ascii", PASSWORD])
def test_server_that_offers_no_login_stops_delivery(password: str) -> None:
    with served(Postbox()) as port:
        error = fault_of(plain(port, username="digest", password=password))
    assert error.fault == "policy"


def test_unreachable_server_is_a_connection_fault() -> None:
    error = fault_of(plain(free_port()))
    assert (error.fault, error.address, error.uncertain) == ("connection", None, False)
    assert "check mail.smtp.host" in str(error)


def test_certificates_that_cannot_be_read_are_a_config_error(tmp_path: Path) -> None:
    server = SmtpServer("127.0.0.1", SENDER, free_port(), "tls", ca_file=tmp_path / "none.pem")
    with SmtpTransport(server) as transport, pytest.raises(ConfigError, match="holds no certificates"):
        transport.send(Outgoing(letter(), READER, "key"))


def test_password_never_shows() -> None:
    server = SmtpServer("mail.example", SENDER, username="digest", password=PASSWORD)
    assert PASSWORD not in repr(server)
    assert PASSWORD not in repr(SmtpTransport(server))


def test_password_is_not_sent_unencrypted_over_a_network() -> None:
    with pytest.raises(ConfigError, match="unencrypted"):
        SmtpServer("mail.example", SENDER, security="none", username="digest", password=PASSWORD)
    SmtpServer("localhost", SENDER, security="none", username="digest", password=PASSWORD)


# A scripted server: what it answers to each command, or that it hangs up.

HANG_UP = ""
POLITE = {
    "CONNECT": "220 ready",
    "EHLO": "250 hello",
    "HELO": "250 hello",
    "MAIL": "250 ok",
    "RCPT": "250 ok",
    "DATA": "354 go on",
    ".": "250 taken",
    "RSET": "250 ok",
    "QUIT": "221 bye",
}


class Script:
    """Answers by the book but for the replies given; each connection takes the next ones."""

    def __init__(self, *replies: dict[str, str]) -> None:
        self._replies = replies
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._thread = threading.Thread(target=self._serve)
        self.port = self._listener.getsockname()[1]
        self.commands: list[str] = []
        self.accepted = 0

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._thread.join(timeout=10)
        self._listener.close()
        assert not self._thread.is_alive()

    def _serve(self) -> None:
        for replies in self._replies:
            connection, _ = self._listener.accept()
            with connection, connection.makefile("rwb") as stream:
                self._converse(stream, POLITE | replies)

    def _converse(self, stream: Any, replies: dict[str, str]) -> None:
        counts: dict[str, int] = {}
        command = "CONNECT"
        while True:
            counts[command] = counts.get(command, 0) + 1
            reply = replies.get(f"{command}#{counts[command]}", replies[command])
            if reply == HANG_UP:
                return
            stream.write(reply.encode() + b"\r\n")
            stream.flush()
            self.accepted += command == "." and reply.startswith("250")
            if command == "DATA" and reply.startswith("354"):
                command = self._content(stream)
                continue
            line = stream.readline().decode()
            if not line:
                return
            self.commands.append(line.strip())
            command = line.split()[0].upper()

    @staticmethod
    def _content(stream: Any) -> str:
        while stream.readline() != b".\r\n":
            pass
        return "."


def scripted_fault(**replies: str) -> DeliveryError:
    with Script({"." if name == "DOT" else name: reply for name, reply in replies.items()}) as server:
        return fault_of(plain(server.port))


@pytest.mark.parametrize(
    ("replies", "code", "fault"),
    [
        ({"CONNECT": "554 5.7.1 go away"}, 554, "policy"),
        ({"CONNECT": "421 too busy"}, 421, "connection"),
        ({"EHLO": "502 what", "HELO": "501 no"}, 501, "policy"),
        ({"MAIL": "451 4.3.0 later"}, 451, "temporary"),
        ({"MAIL": "550 5.7.1 sender refused"}, 550, "policy"),
        ({"RCPT": "450 4.2.0 greylisted"}, 450, "temporary"),
        ({"RCPT": "550 5.1.1 unknown"}, 550, "permanent"),
        ({"RCPT": "421 shutting down"}, 421, "connection"),
        ({"DATA": "451 4.3.0 later"}, 451, "temporary"),
        ({"DOT": "452 4.3.1 full"}, 452, "temporary"),
        ({"DOT": "554 5.6.0 broken"}, 554, "permanent"),
        ({"DOT": "554 5.7.1 spam"}, 554, "policy"),
        ({"RCPT": "nonsense"}, -1, "connection"),
        ({"MAIL": "550 5.1.8 bad sender", "RSET": "500 what"}, 550, "policy"),
        ({"RCPT": "550 no", "RSET": HANG_UP}, 550, "permanent"),
    ],
)
def test_refusals_are_classified(replies: dict[str, str], code: int, fault: Fault) -> None:
    error = scripted_fault(**replies)
    assert (error.code, error.fault, error.uncertain) == (code, fault, False)


@pytest.mark.parametrize("command", ["CONNECT", "EHLO", "MAIL", "RCPT", "DATA"])
def test_hanging_up_before_the_content_is_a_certain_connection_fault(command: str) -> None:
    error = scripted_fault(**{command: HANG_UP})
    assert (error.fault, error.code, error.uncertain) == ("connection", None, False)


def test_hanging_up_after_the_content_is_uncertain() -> None:
    error = scripted_fault(DOT=HANG_UP)
    assert (error.fault, error.uncertain, error.address) == ("connection", True, READER)


def test_silent_server_runs_into_the_timeout() -> None:
    with socket.create_server(("127.0.0.1", 0)) as silent:
        port = silent.getsockname()[1]
        error = fault_of(SmtpServer("127.0.0.1", SENDER, port, "none", timeout=0.05))
    assert error.fault == "connection"


def send_twice(server: Script) -> None:
    with server, SmtpTransport(plain(server.port)) as transport:
        transport.send(Outgoing(letter("1"), "a@example.org", "1"))
        transport.send(Outgoing(letter("2"), "b@example.org", "2"))


@pytest.mark.parametrize("stale", [HANG_UP, "421 4.7.0 enough for one connection"])
def test_kept_connection_that_was_closed_is_opened_anew(stale: str) -> None:
    server = Script({"MAIL#2": stale}, {})
    send_twice(server)
    assert server.accepted == 2


def test_refusal_on_a_kept_connection_is_not_repeated_on_a_new_one() -> None:
    server = Script({"MAIL#2": "451 later"})
    with pytest.raises(DeliveryError) as caught:
        send_twice(server)
    assert (caught.value.code, server.accepted) == (451, 1)


def test_broken_transaction_is_not_repeated_unasked() -> None:
    server = Script({".#2": HANG_UP})
    with pytest.raises(DeliveryError) as caught:
        send_twice(server)
    assert (caught.value.uncertain, server.accepted) == (True, 1)


def test_address_with_a_line_break_reaches_no_server() -> None:
    error = fault_of(plain(free_port()), "a@example.org>\r\nRCPT TO:<b@example.org")
    assert error.fault == "permanent"


def test_envelope_sender_may_be_the_messages_own() -> None:
    server = Script({})
    with server, SmtpTransport(plain(server.port)) as transport:
        transport.send(Outgoing(letter(), READER, "1", sender="bounces+1@example.org"))
    assert "MAIL FROM:<bounces+1@example.org>" in server.commands


PIPELINED = {"EHLO": "250-hello\r\n250 PIPELINING"}


def test_commands_go_together_where_the_server_allows_it() -> None:
    server = Script(PIPELINED | {"MAIL#3": HANG_UP}, {})
    with server, SmtpTransport(plain(server.port)) as transport:
        for number in range(4):
            transport.send(Outgoing(letter(), READER, str(number)))
    assert server.accepted == 4


@pytest.mark.parametrize(
    ("replies", "code", "fault"),
    [
        ({"MAIL": "451 later", "RCPT": "503 no", "DATA": "503 no"}, 451, "temporary"),
        ({"RCPT": "550 5.1.1 unknown", "DATA": "503 no"}, 550, "permanent"),
        ({"RCPT": "550 5.1.1 unknown", ".": "554 no recipients"}, 550, "permanent"),
        ({"RCPT": "421 leaving", "DATA": HANG_UP}, 421, "connection"),
        ({"RCPT": HANG_UP}, None, "connection"),
        ({"DATA": HANG_UP}, None, "connection"),
    ],
)
def test_refusals_among_commands_given_together_are_told(
    replies: dict[str, str], code: int | None, fault: Fault
) -> None:
    with Script(PIPELINED | replies) as server:
        error = fault_of(plain(server.port))
    assert (error.code, error.fault, error.uncertain, server.accepted) == (code, fault, False, 0)


@pytest.mark.parametrize("replies", [{}, PIPELINED])
def test_address_that_does_not_exist_is_told_apart(replies: dict[str, str]) -> None:
    for reply, gone in (("550 5.1.1 who", True), ("550 no", False), ("550 5.2.1 disabled", False)):
        with Script(replies | {"RCPT": reply}) as server:
            assert fault_of(plain(server.port)).gone is gone


def test_hostile_replies_are_shown_on_one_short_line() -> None:
    error = scripted_fault(RCPT="550 \x1b[31mred\x07 " + "x" * 900)
    assert str(error).isprintable()
    assert len(str(error)) < 400


LOGIN = {"EHLO": "250-hello\r\n250 AUTH PLAIN"}


@pytest.mark.parametrize(
    ("answer", "fault"),
    [
        ("535 5.7.8 wrong password " + PASSWORD, "policy"),
        ("454 4.7.0 later", "temporary"),
        (HANG_UP, "connection"),
    ],
)
def test_failed_login_says_nothing_of_the_password(answer: str, fault: Fault) -> None:
    with Script(LOGIN | {"AUTH": answer}) as server:
        error = fault_of(plain(server.port, username="digest", password="ascii-secret"))  # noqa: S106 - made up
    assert error.fault == fault
    assert error.__cause__ is None
    assert "secret" not in str(error)


@pytest.mark.parametrize("password", ["in-ascii", PASSWORD])
def test_password_is_sent_as_utf8(password: str) -> None:
    server = Script(LOGIN | {"AUTH": "235 welcome"})
    with server, SmtpTransport(plain(server.port, username="digest", password=password)) as transport:
        transport.send(Outgoing(letter(), READER, "key"))
    (login,) = (command for command in server.commands if command.startswith("AUTH"))
    assert b64decode(login.split()[-1]) == f"\0digest\0{password}".encode()


@pytest.mark.parametrize(("answer", "fault"), [("454 4.7.0 later", "temporary"), (HANG_UP, "connection")])
def test_failing_starttls_sends_nothing(answer: str, fault: Fault) -> None:
    with Script({"EHLO": "250-hello\r\n250 STARTTLS", "STARTTLS": answer}) as server:
        error = fault_of(SmtpServer("127.0.0.1", SENDER, server.port, timeout=5))
    assert error.fault == fault
    assert not any(command.startswith("MAIL") for command in server.commands)


def test_tls_handshake_that_breaks_off_is_a_connection_fault() -> None:
    with Script({"CONNECT": HANG_UP}) as server:
        assert fault_of(SmtpServer("127.0.0.1", SENDER, server.port, "tls", timeout=5)).fault == "connection"


def test_farewell_to_a_server_that_left_is_no_error() -> None:
    with Script({"QUIT": HANG_UP}) as server, SmtpTransport(plain(server.port)) as transport:
        transport.send(Outgoing(letter(), READER, "key"))
    assert server.commands[-1].upper() == "QUIT"


def test_transport_is_one() -> None:
    make: Callable[[SmtpServer], Transport] = SmtpTransport
    with make(plain(1)) as transport:
        assert transport is not None


def test_sender_must_be_an_address() -> None:
    with pytest.raises(ConfigError, match="no mail address"):
        SmtpTransport(SmtpServer("localhost", "a@example.org\r\nX: y"))
