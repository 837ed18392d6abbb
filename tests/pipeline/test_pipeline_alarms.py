"""The operator is told what was missed and what is silent, once."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date
from email.message import EmailMessage

import pytest

from digest.store import subscriptions
from tests.pipeline.office import SETTINGS, Office, page, text_of

OPERATOR = "desk@shanchuan.example"


@pytest.fixture
def office(office: Office) -> Office:
    """The first digests were composed in time; profiles may be silent for a week."""
    settings = f'[mail]\noperator = "{OPERATOR}"\nalarm_days = 7\n'
    office.configure(SETTINGS.replace("[[mail.recipients]]", f"{settings}[[mail.recipients]]"))
    office.work()
    office.pass_time(days=1)
    office.work()
    assert notices(office) == []
    return office


def notices(office: Office) -> list[EmailMessage]:
    return [mail for mail in office.mails() if mail["To"] == OPERATOR]


def test_missed_digests_are_told_once_in_one_mail(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    office.pass_time(days=3)
    with caplog.at_level(logging.WARNING):
        office.work()
    office.work()
    [notice] = notices(office)
    assert text_of(notice).count("was missed") == 2
    assert "2031-05-08 07:30" in text_of(notice)
    assert "2031-05-09 07:30" in text_of(notice)
    assert "2031-05-08 07:30" in caplog.text
    assert notice["List-Unsubscribe"] is None


def test_late_digest_is_told(office: Office) -> None:
    office.pass_time(days=1, hours=5)
    office.work()
    [notice] = notices(office)
    assert "2031-05-08 07:30" in text_of(notice)


def test_digest_in_time_and_digest_at_once_are_not_told(office: Office) -> None:
    office.pass_time(hours=6)
    office.drop("a.md", page("清河大桥今日通车", "大桥全长一千二百米,双向四车道通车"))
    office.work(at_once=True)
    office.pass_time(hours=18)
    office.work()
    assert notices(office) == []


def test_slots_of_a_pause_are_not_missed(office: Office) -> None:
    with office.desk.store.write() as tx:
        [lin] = subscriptions.active(tx)
        subscriptions.save(tx, replace(lin, paused_until=date(2031, 5, 10)))
    for _ in range(3):
        office.pass_time(days=1)
        office.work()
    assert notices(office) == []


def test_silent_profile_is_told_once_for_each_silence(office: Office) -> None:
    def days(count: int) -> None:
        for _ in range(count):
            office.pass_time(days=1)
            office.work()

    days(5)
    assert notices(office) == []
    days(5)
    [notice] = notices(office)
    assert "桥梁" in text_of(notice)
    assert "学校" in text_of(notice)
    office.drop("a.md", page("清河大桥今日通车", "大桥全长一千二百米,双向四车道通车"))
    days(9)
    second = notices(office)[-1]
    assert len(notices(office)) == 2
    assert "桥梁" in text_of(second)
    assert "学校" not in text_of(second)


def test_without_an_operator_the_log_alone_tells(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    office.configure(SETTINGS)
    office.pass_time(days=3)
    with caplog.at_level(logging.WARNING):
        office.work()
    assert "was missed" in caplog.text
    assert notices(office) == []
