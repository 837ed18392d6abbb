"""Lists of subscribers and of addresses that must not be mailed, and sending once more."""

from __future__ import annotations

import pytest

from digest.errors import RequestError
from digest.pipeline.resending import resend
from digest.pipeline.subscriber_lists import export_subscribers, import_subscribers
from digest.pipeline.suppression_lists import add, import_suppressions, remove
from digest.store import deliveries, mail_log, subscriptions
from digest.store.mail_log import LogLine
from tests.pipeline.office import Office, page

LIN = "lin@reader.example"


def addresses(office: Office) -> list[str]:
    with office.desk.store.read() as tx:
        return [each.address for each in subscriptions.active(tx)]


def log(office: Office, number: int = 1) -> list[LogLine]:
    with office.desk.store.read() as tx:
        return mail_log.of_digest(tx, number)


@pytest.fixture
def office(office: Office) -> Office:
    """Digest no. 1 was sent to the one configured reader."""
    office.drop("a.md", page("清河大桥今日通车", "大桥全长一千二百米,双向四车道通车"))
    office.work(at_once=True)
    return office


def test_list_is_imported_with_its_consent(office: Office) -> None:
    lines = [
        "\ufeffAddress,profiles,language,consent,consent_at,source",
        "He@Reader.example,bridges schools,en,asked at the fair,2031-04-01,fair",
        "zhou@reader.example,,,by letter,2031-04-02T09:00:00+08:00,",
    ]
    done = import_subscribers(office.desk, lines, source="people.csv")
    assert (done.added, done.refused) == (2, [])
    with office.desk.store.read() as tx:
        [he] = subscriptions.of_address(tx, "he@reader.example")
        [zhou] = subscriptions.of_address(tx, "zhou@reader.example")
    assert (he.profiles, he.language, he.origin) == (("bridges", "schools"), "en", "import")
    assert he.consent is not None
    assert (he.consent.wording, f"{he.consent.at:%Y-%m-%d %H}") == (
        "asked at the fair; fair",
        "2031-03-31 16",
    )
    assert zhou.consent is not None
    assert zhou.consent.wording == "by letter; people.csv"
    assert import_subscribers(office.desk, lines).known == 2


def test_list_without_consent_is_refused(office: Office) -> None:
    with pytest.raises(RequestError, match="--consent"):
        import_subscribers(office.desk, ["address", "he@reader.example"])
    done = import_subscribers(office.desk, ["address,consent", "he@reader.example,"], consent="")
    assert done.refused == [(2, "it does not say what the reader agreed to")]
    assert import_subscribers(office.desk, ["address", "he@reader.example"], consent="by word").added == 1


def test_list_with_a_strange_column_is_refused(office: Office) -> None:
    with pytest.raises(RequestError, match="adress"):
        import_subscribers(office.desk, ["adress", "he@reader.example"], consent="by word")


def test_invalid_lines_are_told_and_the_others_taken(office: Office) -> None:
    lines = [
        "address,profiles,language,form,state,consent_at",
        "no address,,,,,",
        "a@reader.example,tunnels,,,,",
        "b@reader.example,,fr,,,",
        "c@reader.example,,,pdf,,",
        "d@reader.example,,,,ended,",
        "e@reader.example,,,,,soon",
        "f@reader.example,,,,,,,,",
        "g@reader.example,,,,,",
        '"h@reader.example',
        'Bcc: x@b.example",,,,,',
    ]
    done = import_subscribers(office.desk, lines, consent="by word")
    assert [number for number, _ in done.refused] == [2, 3, 4, 5, 6, 7, 8, 11]
    assert addresses(office) == ["g@reader.example", LIN]


def test_file_that_is_no_list_is_told_and_nothing_taken(office: Office) -> None:
    with pytest.raises(RequestError, match="line 3"):
        import_subscribers(office.desk, ["address", "he@reader.example", "a\nb"], consent="by word")
    with pytest.raises(RequestError, match="line 2"):
        import_suppressions(office.desk, [LIN, "a\nb"])
    assert addresses(office) == [LIN]


def test_nobody_who_left_or_must_not_be_mailed_is_imported(office: Office) -> None:
    with office.desk.store.write() as tx:
        [lin] = subscriptions.active(tx)
        subscriptions.end(tx, lin.id, "reader")
    add(office.desk, "he@reader.example")
    done = import_subscribers(office.desk, ["address", LIN.upper(), "He@reader.example"], consent="by word")
    assert (done.added, done.spared) == (0, 2)
    assert addresses(office) == []


def test_exported_list_can_be_imported_elsewhere(office: Office) -> None:
    import_subscribers(office.desk, ["address", "+he@reader.example"], consent='=by "word", and more')
    exported = export_subscribers(office.desk)
    assert "'+he@reader.example" in exported  # a spreadsheet would take it for a formula
    with office.desk.store.write() as tx:
        subscriptions.erase(tx, "+he@reader.example")
    done = import_subscribers(office.desk, exported.splitlines(), consent="by word")
    assert done.refused == []
    assert addresses(office) == ["+he@reader.example", LIN]


def test_export_of_all_tells_the_state(office: Office) -> None:
    with office.desk.store.write() as tx:
        [lin] = subscriptions.active(tx)
        subscriptions.end(tx, lin.id, "reader")
    assert len(export_subscribers(office.desk).splitlines()) == 1
    assert f"{LIN},,zh-CN,html,ended," in export_subscribers(office.desk, "all")


def test_suppression_list_is_taken_over(office: Office) -> None:
    lines = [
        "email,reason",
        f"{LIN},complaint",
        "he@reader.example,bounce",
        "nonsense,",
        "He@reader.example,",
    ]
    taken = import_suppressions(office.desk, lines)
    assert (taken.added, taken.known, [number for number, _ in taken.refused]) == (2, 1, [4])
    with office.desk.store.read() as tx:
        assert subscriptions.active(tx) == []
        [ended] = subscriptions.every(tx)
    assert ended.ended_by == "complaint"


def test_plain_list_of_addresses_is_taken_over(office: Office) -> None:
    assert import_suppressions(office.desk, ["a@b.example", "", "c@b.example"]).added == 2


def test_address_is_added_and_removed_by_hand(office: Office) -> None:
    assert add(office.desk, LIN)
    assert not add(office.desk, LIN.upper())
    assert addresses(office) == []
    assert remove(office.desk, LIN)
    assert not remove(office.desk, LIN)
    assert addresses(office) == []  # it has to subscribe anew
    with pytest.raises(RequestError, match="no mail address"):
        add(office.desk, "nonsense")


def fail(office: Office) -> None:
    with office.desk.store.write() as tx:
        tx.exec_driver_sql("UPDATE deliveries SET state = 'failed', detail = '550 no'")
    for path in (office.folder / "var" / "mail" / "new").iterdir():
        path.unlink()


def test_failed_digest_is_sent_once_more_as_the_same_mail(office: Office) -> None:
    [first] = office.mails()
    fail(office)
    office.pass_time(days=3)
    assert resend(office.desk, 1, LIN.upper())
    assert not resend(office.desk, 1, LIN)
    office.work()
    [second] = [mail for mail in office.mails() if mail["Message-ID"] == first["Message-ID"]]
    assert second["Subject"] == first["Subject"]
    [line] = log(office)
    assert (line.state, line.attempts) == ("sent", 1)


def test_sent_digest_is_sent_again_only_when_asked_twice(office: Office) -> None:
    with pytest.raises(RequestError, match="--again"):
        resend(office.desk, 1, LIN)
    assert resend(office.desk, 1, LIN, again=True)
    with office.desk.store.read() as tx:
        assert deliveries.tally(tx) == {"queued": 1}


def test_digest_is_not_sent_to_strangers_or_those_who_must_not_be_mailed(office: Office) -> None:
    with pytest.raises(RequestError, match="was not for"):
        resend(office.desk, 1, "he@reader.example")
    with pytest.raises(RequestError, match="was not for"):
        resend(office.desk, 7, LIN)
    add(office.desk, LIN)
    with pytest.raises(RequestError, match="operator"):
        resend(office.desk, 1, LIN, again=True)
    remove(office.desk, LIN)
    with pytest.raises(RequestError, match="no subscription"):
        resend(office.desk, 1, LIN, again=True)


def test_log_tells_who_got_what_and_what_came_of_it(office: Office) -> None:
    [line] = log(office)
    assert (line.number, line.address, line.state, line.sent, line.came_back) == (
        1,
        LIN,
        "sent",
        office.now,
        None,
    )
    with office.desk.store.read() as tx:
        assert mail_log.of_address(tx, LIN, 10) == [line]
        assert mail_log.latest(tx, 10) == [line]
        assert mail_log.of_address(tx, "he@reader.example", 10) == []
