"""Mail that comes back ends what it should, once, and nothing else."""

from __future__ import annotations

import mailbox
from contextlib import closing
from pathlib import Path
from typing import Self
from uuid import UUID

import pytest

from digest.deliver.transport import Outgoing
from digest.deliver.verp import ReturnAddress
from digest.errors import DeliveryError, MailboxError
from digest.pipeline.bounces import MailRead, read_bounces
from digest.pipeline.mail import return_address
from digest.store import bounces, deliveries, mail_log, subscriptions, suppressions
from digest.store.secret_key import secret_key
from digest.store.suppressions import Suppression
from tests.deliver.returned_mail import complaint, dsn, note
from tests.pipeline.office import SETTINGS, Office, page

LIN = "lin@reader.example"
BOUNCES = """
[mail.bounces]
address = "bounces@shanchuan.example"
maildir = "returned"
soft_limit = 3
soft_days = 30
"""
BRIDGE = page("清河大桥今日通车", "大桥全长一千二百米,双向四车道通车")


@pytest.fixture
def office(office: Office) -> Office:
    """One digest was sent to the one reader."""
    for name in ("new", "cur", "tmp"):
        (office.folder / "returned" / name).mkdir(parents=True)
    office.configure(SETTINGS + BOUNCES)
    office.drop("a.md", BRIDGE)
    office.work(at_once=True)
    return office


def home(office: Office) -> ReturnAddress:
    found = return_address(office.desk.config, secret_key(office.desk.state))
    assert found is not None
    return found


def own_address(office: Office) -> str:
    with office.desk.store.read() as tx:
        return home(office).own("delivery", mail_log.latest(tx, 1)[0].id)


def put(office: Office, mail: bytes, name: str = "1.mail") -> None:
    (office.folder / "returned" / "new" / name).write_bytes(mail)


def read(office: Office, *mails: bytes) -> MailRead:
    for number, mail in enumerate(mails):
        put(office, mail, f"{office.now.timestamp():.0f}.{number}")
    return read_bounces(office.desk)


def suppressed(office: Office, address: str = LIN) -> Suppression | None:
    with office.desk.store.read() as tx:
        return suppressions.of_key(tx, suppressions.key_of(address, secret_key(office.desk.state)))


def in_force(office: Office) -> list[str]:
    with office.desk.store.read() as tx:
        return [each.address for each in subscriptions.active(tx)]


def names(office: Office) -> list[str]:
    return sorted(f"{path.parent.name}/{path.name}" for path in (office.folder / "returned").glob("*/*"))


def test_hard_bounce_spares_the_address_and_ends_its_subscription(office: Office) -> None:
    assert read(office, dsn(own_address(office))).counts == {"hard": 1}
    found = suppressed(office)
    assert found is not None
    assert (found.reason, "@" in found.detail) == ("bounce", False)
    assert in_force(office) == []
    office.drop("b.md", page("东山大桥合龙", "大桥将于年底通车"))
    office.pass_time(days=1)
    office.work()
    assert len(office.mails()) == 1


def test_complaint_spares_the_address(office: Office) -> None:
    assert read(office, complaint(own_address(office))).counts == {"complaint": 1}
    found = suppressed(office)
    assert found is not None
    assert found.reason == "complaint"
    assert in_force(office) == []


def test_soft_bounces_spare_the_address_when_there_are_too_many(office: Office) -> None:
    for day in range(3):
        assert suppressed(office) is None
        office.drop(f"{day}.md", page(f"第{'一二三'[day]}座大桥通车", "大桥通车"))
        office.pass_time(days=1)
        office.work(at_once=True)
        soft = dsn(own_address(office), status="5.2.2", diagnostic="552 5.2.2 full")
        assert read(office, soft).counts == {"soft": 1}
    assert suppressed(office) is not None


def test_old_soft_bounces_do_not_count(office: Office) -> None:
    for day in range(4):
        office.drop(f"{day}.md", page(f"第{'一二三四'[day]}座大桥通车", "大桥通车"))
        office.pass_time(days=20)
        office.work(at_once=True)
        read(office, dsn(own_address(office), status="4.4.7"))
    assert suppressed(office) is None


def test_same_mail_read_again_counts_once(office: Office) -> None:
    soft = dsn(own_address(office), status="4.4.7")
    for _ in range(5):
        office.pass_time(minutes=1)
        assert read(office, soft).counts == {"soft": 1}
    assert suppressed(office) is None
    with office.desk.store.read() as tx:
        assert bounces.tally(tx) == {"soft": 1}


def test_forged_bounces_spare_nobody(office: Office) -> None:
    forged = own_address(office)
    forged = forged[:12] + ("a" if forged[12] != "a" else "b") + forged[13:]
    mails = (
        dsn("bounces@shanchuan.example"),
        dsn(forged),
        dsn("bounces@shanchuan.example", quoted=f"Message-ID: <{UUID(int=1)}@shanchuan.example>"),
        complaint("bounces@shanchuan.example", fields=f"Original-Rcpt-To: <{LIN}>"),
    )
    done = read(office, *mails)
    assert (done.counts, done.left) == ({"foreign": 4}, 4)
    assert suppressed(office) is None
    assert in_force(office) == [LIN]


def test_bounce_that_quotes_our_message_id_counts(office: Office) -> None:
    [mail] = office.mails()
    quoted = f"Message-ID: {mail['Message-ID']}"
    assert read(office, dsn("bounces@shanchuan.example", quoted=quoted)).counts == {"hard": 1}
    assert suppressed(office) is not None


def test_message_id_counts_for_an_address_in_capitals(office: Office) -> None:
    office.configure(SETTINGS.replace(LIN, "Lin@Reader.example") + BOUNCES)
    office.drop("b.md", page("东山大桥合龙", "大桥将于年底通车"))
    office.pass_time(days=1)
    office.work(at_once=True)
    [mail] = [mail for mail in office.mails() if "Lin" in mail["To"]]
    back = dsn("x@b.example", recipient="Lin@Reader.example", quoted=f"Message-ID: {mail['Message-ID']}")
    assert read(office, back).counts == {"hard": 1}
    assert suppressed(office) is not None


def test_mail_to_the_unsubscribing_address_ends_that_subscription(office: Office) -> None:
    with office.desk.store.read() as tx:
        [subscription] = subscriptions.active(tx)
    leave = note(home(office).own("unsubscribe", subscription.id))
    assert read(office, leave).counts == {"unsubscribe": 1}
    assert in_force(office) == []
    assert suppressed(office) is None
    with office.desk.store.read() as tx:
        ended = subscriptions.known(tx, subscription.id)
    assert ended is not None
    assert ended.ended_by == "reader"


def test_what_waits_for_a_spared_address_is_taken_off(office: Office) -> None:
    with office.desk.store.write() as tx:
        [line] = mail_log.latest(tx, 1)
        mail_log.ask_again(tx, line, office.now)
    read(office, dsn(own_address(office)))
    office.work()
    with office.desk.store.read() as tx:
        assert deliveries.tally(tx) == {"suppressed": 1}


def test_understood_mail_is_seen_and_other_mail_flagged_and_neither_read_again(office: Office) -> None:
    done = read(
        office, dsn(own_address(office)), note("bounces@shanchuan.example", body="Where is my paper?")
    )
    assert done.counts == {"hard": 1, "unknown": 1}
    stamp = f"{office.now.timestamp():.0f}"
    assert names(office) == [f"cur/{stamp}.0:2,S", f"cur/{stamp}.1:2,F"]
    assert read_bounces(office.desk).counts == {}


def test_mail_is_marked_only_after_what_it_meant_was_kept(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    put(office, dsn(own_address(office)))
    monkeypatch.setattr(Path, "rename", _dies)
    with pytest.raises(KeyboardInterrupt):
        read_bounces(office.desk)
    assert suppressed(office) is not None
    monkeypatch.undo()
    assert names(office) == ["new/1.mail"]
    assert read_bounces(office.desk).counts == {"hard": 1}
    with office.desk.store.read() as tx:
        assert bounces.tally(tx) == {"hard": 1}


def _dies(*_: object) -> None:
    raise KeyboardInterrupt


def test_bounce_of_an_erased_reader_keeps_nothing_of_them(office: Office) -> None:
    to = own_address(office)
    with office.desk.store.write() as tx:
        deliveries.anonymise(tx, LIN, "erased-abc")
    assert read(office, dsn(to)).counts == {"nothing": 1}
    with office.desk.store.read() as tx:
        assert bounces.tally(tx) == {}


def test_mbox_is_read_and_marked(office: Office) -> None:
    office.configure(SETTINGS + BOUNCES.replace('maildir = "returned"', 'mbox = "returned.mbox"'))
    box = mailbox.mbox(office.folder / "returned.mbox")
    box.add(dsn(own_address(office)))
    box.add(note("bounces@shanchuan.example", body="Where is my paper?"))
    box.close()
    assert read_bounces(office.desk).counts == {"hard": 1, "unknown": 1}
    assert read_bounces(office.desk).counts == {}
    with closing(mailbox.mbox(office.folder / "returned.mbox")) as marked:
        assert [mail.get_flags() for mail in marked] == ["RO", "F"]


def test_mail_carries_its_own_addresses(office: Office) -> None:
    [mail] = office.mails()
    with office.desk.store.read() as tx:
        [subscription] = subscriptions.active(tx)
    leave = home(office).own("unsubscribe", subscription.id)
    assert f"<mailto:{leave}?subject=unsubscribe>" in mail["List-Unsubscribe"]


def test_a_pass_reads_what_came_back_before_it_delivers(office: Office) -> None:
    put(office, dsn(own_address(office)))
    office.drop("b.md", page("东山大桥合龙", "大桥将于年底通车"))
    office.pass_time(days=1)
    office.work()
    assert len(office.mails()) == 1


def test_mailbox_that_is_not_there_holds_no_mail_back(office: Office) -> None:
    office.configure(SETTINGS + BOUNCES.replace('"returned"', '"elsewhere"'))
    office.drop("b.md", page("东山大桥合龙", "大桥将于年底通车"))
    office.pass_time(days=1)
    with pytest.raises(MailboxError, match="elsewhere"):
        office.work()
    assert len(office.mails()) == 2


def test_nothing_is_read_without_a_mailbox(office: Office) -> None:
    office.configure(SETTINGS)
    assert read_bounces(office.desk).counts == {}


class Refusing:
    """A server that knows nobody."""

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return None

    def send(self, mail: Outgoing, *_: object) -> None:
        told = f"the mail server refused RCPT: 550 5.1.1 <{mail.address}>: no such user"
        raise DeliveryError(told, address=mail.address, code=550, fault="permanent", gone=True)


def _refusing(_config: object) -> list[Refusing]:
    return [Refusing()]


def test_address_that_a_server_does_not_know_is_spared_and_not_kept(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("digest.pipeline.deliver.ways_out_of", _refusing)
    office.drop("b.md", page("东山大桥合龙", "大桥将于年底通车"))
    office.pass_time(days=1)
    office.work()
    found = suppressed(office)
    assert found is not None
    assert (found.reason, LIN in found.detail) == ("bounce", False)
    assert in_force(office) == []
