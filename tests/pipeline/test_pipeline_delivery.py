"""Delivery through a real SMTP server: accepted, deferred, refused, and never twice."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from digest.errors import ConfigError
from digest.pipeline.desk import only_deliverer
from digest.store import deliveries
from tests.pipeline.office import SETTINGS, Office, page

BRIDGE = page("清河大桥今日通车", "大桥全长一千二百米,双向四车道通车")


class Post:
    """An SMTP server's answers, and what it accepted."""

    def __init__(self) -> None:
        self.rcpt = "250 OK"
        self.data = "250 OK"
        self.accepted: list[Envelope] = []

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name and signature
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server, session, options
        if self.rcpt.startswith("250"):
            envelope.rcpt_tos.append(address)
        return self.rcpt

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        del server, session
        if self.data.startswith("250"):
            self.accepted.append(envelope)
        return self.data


@pytest.fixture
def post() -> Iterator[tuple[Post, int]]:
    """A server on a free port of the loopback."""
    handler = Post()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    controller = Controller(handler, hostname="127.0.0.1", port=port)
    controller.start()
    yield handler, port
    controller.stop()


def configured(office: Office, port: int, more: str = "") -> None:
    smtp = f'[mail.smtp]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\n{more}'
    office.configure(SETTINGS.replace("[[mail.recipients]]", f"{smtp}[[mail.recipients]]", 1))


def tally(office: Office) -> dict[str, int]:
    with office.desk.store.read() as tx:
        return deliveries.tally(tx)


def test_digest_is_handed_to_the_server_once(office: Office, post: tuple[Post, int]) -> None:
    handler, port = post
    configured(office, port)
    office.drop("a.md", BRIDGE)
    office.work(at_once=True)
    office.work(at_once=True)
    [envelope] = handler.accepted
    assert envelope.rcpt_tos == ["lin@reader.example"]
    assert tally(office) == {"sent": 1}
    assert not (office.folder / "var" / "mail").exists()


def test_deferred_mail_is_tried_again_later_with_the_same_message_id(
    office: Office, post: tuple[Post, int]
) -> None:
    handler, port = post
    configured(office, port)
    handler.data = "451 4.3.0 try later"
    office.drop("a.md", BRIDGE)
    done = office.work(at_once=True)
    assert (done.delivered.sent, done.delivered.unsent) == (0, 1)
    assert tally(office) == {"deferred": 1}
    office.work()
    assert tally(office) == {"deferred": 1}, "not before its time"
    handler.data = "250 OK"
    office.pass_time(hours=2)
    office.work()
    [envelope] = handler.accepted
    content = envelope.original_content or b""
    assert message_from_bytes(content)["Message-ID"]
    assert tally(office) == {"sent": 1}


def test_refused_address_fails_for_good(office: Office, post: tuple[Post, int]) -> None:
    handler, port = post
    configured(office, port)
    handler.rcpt = "550 5.1.1 no such user"
    office.drop("a.md", BRIDGE)
    office.work(at_once=True)
    assert tally(office) == {"failed": 1}


def test_unreachable_server_defers_and_loses_nothing(office: Office, post: tuple[Post, int]) -> None:
    handler, port = post
    configured(office, 9)
    office.drop("a.md", BRIDGE)
    office.work(at_once=True)
    assert tally(office) == {"deferred": 1}
    configured(office, port)
    office.pass_time(hours=2)
    office.work()
    assert len(handler.accepted) == 1


def test_policy_fault_stops_the_run_and_keeps_the_rest_queued(office: Office, post: tuple[Post, int]) -> None:
    handler, port = post
    people = "".join(f'[[mail.recipients]]\naddress = "r{n}@reader.example"\n' for n in range(5))
    smtp = f'[mail.smtp]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\n'
    office.configure(SETTINGS.replace("[[mail.recipients]]", f"{smtp}{people}[[mail.recipients]]", 1))
    handler.rcpt = "530 5.7.0 authentication required"
    office.drop("a.md", BRIDGE)
    office.work(at_once=True)
    assert tally(office) == {"deferred": 1, "queued": 5}
    handler.rcpt = "250 OK"
    office.pass_time(hours=3)
    office.work()
    assert len(handler.accepted) == 6


def test_mail_that_a_dead_sender_had_claimed_is_sent_by_the_next(
    office: Office, post: tuple[Post, int]
) -> None:
    handler, port = post
    configured(office, 9)
    office.drop("a.md", BRIDGE)
    office.work(at_once=True)
    office.pass_time(hours=2)
    with office.desk.store.write() as tx:
        assert deliveries.claim(tx, office.now, office.now + timedelta(minutes=15), 10)
    configured(office, port)
    office.work()
    assert len(handler.accepted) == 1


def test_two_processes_never_deliver_at_once(office: Office, post: tuple[Post, int]) -> None:
    handler, port = post
    configured(office, port)
    office.drop("a.md", BRIDGE)
    with only_deliverer(office.desk) as alone:
        assert alone
        office.work(at_once=True)
    assert handler.accepted == []
    office.work()
    assert len(handler.accepted) == 1


def test_unreachable_server_is_dialled_once_a_run(office: Office) -> None:
    people = "".join(f'[[mail.recipients]]\naddress = "r{n}@reader.example"\n' for n in range(30))
    configured(office, 9, people)
    office.drop("a.md", BRIDGE)
    assert office.work(at_once=True).delivered.unsent == 1
    assert tally(office) == {"deferred": 1, "queued": 30}


def test_stopping_gives_back_what_was_not_tried(office: Office, post: tuple[Post, int]) -> None:
    handler, port = post
    people = "".join(f'[[mail.recipients]]\naddress = "r{n}@reader.example"\n' for n in range(9))
    configured(office, port, f"connections = 1\n{people}")
    office.drop("a.md", BRIDGE)
    office.desk = replace(office.desk, stopping=lambda: len(handler.accepted) >= 3)
    office.work(at_once=True)
    assert tally(office) == {"sent": 3, "queued": 7}


def test_recipient_who_was_removed_gets_no_deferred_mail(office: Office, post: tuple[Post, int]) -> None:
    handler, port = post
    configured(office, 9)
    office.drop("a.md", BRIDGE)
    office.work(at_once=True)
    smtp = f'[mail.smtp]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\n'
    start, end = SETTINGS.index("[[mail.recipients]]"), SETTINGS.index("[[profiles]]")
    office.configure(SETTINGS[:start] + smtp + SETTINGS[end:])
    office.pass_time(hours=3)
    office.work()
    assert handler.accepted == []
    assert tally(office) == {"suppressed": 1}


def test_unreadable_password_file_names_its_key(office: Office, post: tuple[Post, int]) -> None:
    _, port = post
    configured(office, port, 'username = "u"\npassword_file = "nowhere"\n')
    office.drop("a.md", BRIDGE)
    with pytest.raises(ConfigError, match="password_file"):
        office.work(at_once=True)
    assert tally(office) == {"queued": 1}
