"""Delivery through a real SMTP server: accepted, deferred, refused, and never twice."""

from __future__ import annotations

import os
import signal
import socket
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from email import message_from_bytes
from typing import Any

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from digest.cli.passes import run_once
from digest.errors import ConfigError, StoreError
from digest.pipeline.deliver import deliver_due
from digest.pipeline.desk import only_deliverer
from digest.publish.composer import Composer
from digest.store import deliveries, suppressions
from tests.pipeline.office import SETTINGS, Office, page

BRIDGE = page("清河大桥今日通车", "大桥全长一千二百米,双向四车道通车")


class Post:
    """An SMTP server's answers, and what it accepted."""

    def __init__(self) -> None:
        self.rcpt = "250 OK"
        self.data = "250 OK"
        self.rcpt_of: dict[str, str] = {}
        self.break_off = 0
        self.at_message: dict[int, Callable[[], None]] = {}
        self.accepted: list[Envelope] = []

    async def handle_RCPT(  # noqa: N802  # aiosmtpd's name and signature
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        del server, session, options
        reply = self.rcpt_of.get(address, self.rcpt)
        if reply.startswith("250"):
            envelope.rcpt_tos.append(address)
        return reply

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        del session
        if self.data.startswith("250"):
            self.accepted.append(envelope)
            self.at_message.get(len(self.accepted), lambda: None)()
        if self.break_off:
            self.break_off -= 1
            if server.transport:
                server.transport.close()
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
    smtp = f'[mail.smtp]\nhost = "127.0.0.1"\nport = {port}\nsecurity = "none"\n'
    office.configure(SETTINGS.replace("[[mail.recipients]]", f"{smtp}{people(5)}[[mail.recipients]]", 1))
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
    configured(office, 9, people(30))
    office.drop("a.md", BRIDGE)
    assert office.work(at_once=True).delivered.unsent == 1
    assert tally(office) == {"deferred": 1, "queued": 30}


def test_stopping_gives_back_what_was_not_tried(office: Office, post: tuple[Post, int]) -> None:
    handler, port = post
    configured(office, port, f"connections = 1\n{people(9)}")
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


def people(count: int, domain: str = "reader.example") -> str:
    return "".join(f'[[mail.recipients]]\naddress = "r{n}@{domain}"\n' for n in range(count))


def test_refused_login_stops_all_mail_until_the_settings_change(
    office: Office, post: tuple[Post, int], caplog: pytest.LogCaptureFixture
) -> None:
    handler, port = post
    configured(office, port, people(5))
    handler.rcpt = "530 5.7.0 authentication required"
    office.drop("a.md", BRIDGE)
    assert "authentication required" in office.work(at_once=True).delivered.halted
    assert "mail is stopped until 2031-05-06 01:00 UTC" in caplog.text
    handler.rcpt = "250 OK"
    office.pass_time(minutes=1)
    assert "authentication required" in office.work().delivered.halted
    assert handler.accepted == []
    configured(office, port, f"timeout = 20.0\n{people(5)}")
    assert office.work().delivered.halted == ""
    assert len(handler.accepted) == 5, "all but the one that waits for its own time"


def test_one_reader_whose_server_objects_does_not_stop_the_others(
    office: Office, post: tuple[Post, int]
) -> None:
    handler, port = post
    configured(office, port, people(5))
    handler.rcpt_of["r3@reader.example"] = "550 5.7.1 not from you"
    office.drop("a.md", BRIDGE)
    assert office.work(at_once=True).delivered.halted == ""
    assert len(handler.accepted) == 5
    assert tally(office) == {"sent": 5, "deferred": 1}


def test_address_that_does_not_exist_is_never_mailed_again(office: Office, post: tuple[Post, int]) -> None:
    handler, port = post
    configured(office, port)
    handler.rcpt = "550 5.1.1 no such user"
    office.drop("a.md", BRIDGE)
    office.work(at_once=True)
    handler.rcpt = "250 OK"
    office.pass_time(days=1)
    office.drop("b.md", page("青山小学开学", "三百名新生入学"))
    office.work(at_once=True)
    assert handler.accepted == []
    assert tally(office) == {"failed": 1}


def test_refusal_without_a_reason_suppresses_nobody(office: Office, post: tuple[Post, int]) -> None:
    handler, port = post
    configured(office, port)
    handler.rcpt = "550 no"
    office.drop("a.md", BRIDGE)
    office.work(at_once=True)
    with office.desk.store.read() as tx:
        assert suppressions.how_many(tx) == {}


def test_an_hour_has_its_limit_also_over_restarts(office: Office, post: tuple[Post, int]) -> None:
    handler, port = post
    configured(office, port, f"per_hour = 4\n{people(9)}")
    office.drop("a.md", BRIDGE)
    accepted: list[int] = []
    for minutes in (0, 1, 58, 2):
        office.pass_time(minutes=minutes)
        office.work(at_once=minutes == 0)
        accepted.append(len(handler.accepted))
    assert accepted == [4, 4, 4, 8]
    assert tally(office) == {"sent": 8, "queued": 2}


def test_a_domain_has_its_limit_and_others_go_ahead(office: Office, post: tuple[Post, int]) -> None:
    handler, port = post
    configured(office, port, f"domain_per_minute = 2\n{people(5, 'big.example')}{people(2, 'small.example')}")
    office.drop("a.md", BRIDGE)
    counts: list[int] = []
    for seconds in (0, 30, 31, 60):
        office.pass_time(seconds=seconds)
        office.work(at_once=seconds == 0)
        counts.append(sum("big.example" in envelope.rcpt_tos[0] for envelope in handler.accepted))
    assert counts == [2, 2, 4, 5]
    assert tally(office) == {"sent": 8}


def test_a_slow_pace_still_sends_all(office: Office, post: tuple[Post, int]) -> None:
    handler, port = post
    configured(office, port, f"per_second = 50.0\n{people(9)}")
    office.drop("a.md", BRIDGE)
    begun = time.monotonic()
    office.work(at_once=True)
    assert time.monotonic() - begun >= 9 / 50
    assert len(handler.accepted) == 10


def test_mail_is_given_up_at_the_configured_age(office: Office, post: tuple[Post, int]) -> None:
    handler, port = post
    configured(office, port, "give_up_hours = 3.0\n")
    handler.data = "451 4.3.0 later"
    office.drop("a.md", BRIDGE)
    office.work(at_once=True)
    for _ in range(4):
        office.pass_time(minutes=59)
        office.work()
    assert tally(office) == {"failed": 1}


def test_lost_reply_after_the_content_repeats_the_same_mail(office: Office, post: tuple[Post, int]) -> None:
    handler, port = post
    configured(office, port)
    handler.break_off = 1
    office.drop("a.md", BRIDGE)
    assert "may have arrived" in office.work(at_once=True).delivered.detail
    assert tally(office) == {"deferred": 1}
    office.pass_time(hours=1)
    office.work()
    first, second = (message_from_bytes(each.original_content or b"") for each in handler.accepted)
    assert first["Message-ID"] == second["Message-ID"]
    assert first.as_bytes() == second.as_bytes()


def queued(office: Office, count: int) -> None:
    """So many deliveries that were tried in vain and are due again."""
    configured(office, 9, people(count - 1))
    office.drop("a.md", BRIDGE)
    office.work(at_once=True)
    office.pass_time(hours=2)


def test_two_machines_never_claim_the_same(office: Office) -> None:
    queued(office, 9)
    lease = office.now + timedelta(minutes=15)
    with office.desk.store.write() as tx:
        first = deliveries.claim(tx, office.now, lease, 5)
    with office.desk.store.write() as tx:
        second = deliveries.claim(tx, office.now, lease, 5)
    assert (len(first), len(second)) == (5, 4)
    assert not {each.id for each in first} & {each.id for each in second}


def test_a_stalled_sender_changes_nothing_another_has_taken(office: Office) -> None:
    queued(office, 1)
    soon, late = office.now + timedelta(minutes=15), office.now + timedelta(minutes=40)
    with office.desk.store.write() as tx:
        [stalled] = deliveries.claim(tx, office.now, soon, 9)
        assert deliveries.claim(tx, office.now, late, 9) == []
        [taken] = deliveries.claim(tx, soon, late, 9)
        deliveries.mark_unsent(tx, stalled, None, "too late")
        deliveries.release(tx, [stalled])
        deliveries.suppress(tx, stalled, "")
        deliveries.postpone(tx, stalled, soon)
        assert deliveries.tally(tx) == {"sending": 1}
        deliveries.mark_sent(tx, [stalled], late, "accepted after all")
        deliveries.mark_unsent(tx, taken, late, "refused")
        assert deliveries.tally(tx) == {"sent": 1}


def test_a_sender_that_slept_past_its_lease_sends_nothing(office: Office, post: tuple[Post, int]) -> None:
    handler, port = post
    queued(office, 3)
    configured(office, port, people(2))
    moments = [1] * 4
    store, later = office.desk.store, office.now + timedelta(hours=1)

    def clock() -> datetime:
        """Until the first message is written nothing happens; then it is an hour later."""
        if moments and moments.pop() and not moments:
            with store.write() as tx:  # and another machine was quicker
                deliveries.claim(tx, later, later + timedelta(hours=1), 9)
        return office.now if moments else later

    deliver_due(replace(office.desk, clock=clock))
    assert handler.accepted == []
    assert tally(office) == {"sending": 3}


def test_what_was_accepted_is_written_down_once_the_database_can_be(
    office: Office, post: tuple[Post, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    handler, port = post
    configured(office, port)
    marking, failures = deliveries.mark_sent, [StoreError("the disk is full")] * 2

    def mark(*arguments: Any) -> None:
        if failures:
            raise failures.pop()
        marking(*arguments)

    monkeypatch.setattr(deliveries, "mark_sent", mark)
    monkeypatch.setattr("digest.pipeline.deliver._PAUSES", (0.0, 0.0))
    office.drop("a.md", BRIDGE)
    office.work(at_once=True)
    assert (len(handler.accepted), tally(office)) == (1, {"sent": 1})


def test_a_fault_of_our_own_loses_nothing_and_ends_the_run(
    office: Office, post: tuple[Post, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    handler, port = post
    configured(office, port, people(5))
    office.drop("a.md", BRIDGE)

    def broken(*_: object) -> bytes:
        raise RuntimeError("a defect")

    with monkeypatch.context() as patched:
        patched.setattr(Composer, "message", broken)
        with pytest.raises(RuntimeError, match="a defect"):
            office.work(at_once=True)
    assert tally(office) == {"queued": 6}
    office.work()
    assert len(handler.accepted) == 6


def test_no_secret_is_told(office: Office, post: tuple[Post, int], caplog: pytest.LogCaptureFixture) -> None:
    _, port = post
    secret = "Geheim-42"  # noqa: S105  of this test alone
    configured(office, port, f'username = "digest"\npassword = "{secret}"\n')
    caplog.set_level(0)
    office.drop("a.md", BRIDGE)
    done = office.work(at_once=True)
    assert done.delivered.halted
    told = [repr(done), repr(office.desk), repr(office.desk.config), caplog.text]
    kept = [path.read_bytes() for path in (office.folder / "var").rglob("*") if path.is_file()]
    assert not [text for text in told if secret in text]
    assert not [content for content in kept if secret.encode() in content]


def test_sigterm_ends_a_run_in_order(office: Office, post: tuple[Post, int]) -> None:
    handler, port = post
    configured(office, port, people(29))
    office.drop("a.md", BRIDGE)
    handler.at_message[5] = lambda: os.kill(os.getpid(), signal.SIGTERM)
    office.desk.store.close()
    run_once(office.desk.config, at_once=True, json=False, quiet=True)
    states = tally(office)
    assert set(states) == {"sent", "queued"}
    assert states["sent"] == len(handler.accepted) < 30
    run_once(office.desk.config, at_once=False, json=False, quiet=True)
    assert len(handler.accepted) == 30
