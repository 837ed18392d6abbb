"""An article that changed after it was mailed is mailed once more; too few clips wait."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from sqlalchemy import update

from digest.store import digests, subscriptions
from digest.store.subscriptions import Alerts
from digest.store.tables import deliveries
from tests.pipeline.office import SETTINGS, Office, page, text_of

BRIDGE = page("清河大桥今日通车", "大桥全长一千二百米,双向四车道通车")
SCHOOL = page("城东小学迎来新教师", "小学新增教师三十名,教师队伍更加年轻")
WANG = '[[mail.recipients]]\naddress = "wang@reader.example"\n[[profiles]]'


def setting(lines: str) -> str:
    return SETTINGS.replace('at = ["07:30"]', f'at = ["07:30"]\n{lines}')


def mailed(office: Office) -> str:
    """The page of the bridge is read, and the digest of the next day sent; what stands in it."""
    office.drop("晨报_2031-05-06_1.md", BRIDGE)
    office.work()
    office.pass_time(days=1)
    office.work()
    return text_of(office.mails()[-1])


def rewritten(office: Office, text: str) -> None:
    """The page is corrected an hour later, and all passes of the next day are done."""
    office.pass_time(hours=1)
    office.drop("晨报_2031-05-06_1.md", text)
    office.work()
    office.pass_time(days=1)
    office.work()


def latest(office: Office) -> list[digests.DigestRow]:
    with office.desk.store.read() as tx:
        return digests.latest(tx, 50)


def test_changed_headline_is_mailed_once_more_with_the_former_one(office: Office) -> None:
    assert "更新" not in mailed(office)
    rewritten(office, BRIDGE.replace("# 清河大桥今日通车", "# 清河大桥明日通车"))
    text = text_of(office.mails()[-1])
    assert len(office.mails()) == 2
    assert "清河大桥明日通车" in text
    assert "更新：标题原为「清河大桥今日通车」" in text
    assert latest(office)[0].tally.corrected == 1


def test_changed_text_is_mailed_once_more(office: Office) -> None:
    mailed(office)
    rewritten(office, BRIDGE.replace("一千二百米", "一千三百米"))
    assert "更新：标题未变" in text_of(office.mails()[-1])


def test_correction_is_not_repeated(office: Office) -> None:
    mailed(office)
    rewritten(office, BRIDGE.replace("一千二百米", "一千三百米"))
    for _ in range(3):
        office.pass_time(days=1)
        office.work()
    assert len(office.mails()) == 2


def test_second_change_is_told_again(office: Office) -> None:
    mailed(office)
    rewritten(office, BRIDGE.replace("一千二百米", "一千三百米"))
    rewritten(office, BRIDGE.replace("一千二百米", "一千四百米"))
    assert len(office.mails()) == 3


def test_page_set_anew_without_other_words_corrects_nothing(office: Office) -> None:
    mailed(office)
    rewritten(office, BRIDGE.replace("\n\n", "\n\n\n"))
    assert len(office.mails()) == 1


def test_change_before_the_first_mail_is_no_correction(office: Office) -> None:
    office.drop("晨报_2031-05-06_1.md", BRIDGE)
    office.work()
    rewritten(office, BRIDGE.replace("一千二百米", "一千三百米"))
    [mail] = office.mails()
    assert "更新" not in text_of(mail)


def test_corrections_can_be_switched_off(office: Office) -> None:
    office.configure(setting("corrections = false"))
    mailed(office)
    rewritten(office, BRIDGE.replace("一千二百米", "一千三百米"))
    assert len(office.mails()) == 1


def test_reader_who_was_not_sent_the_article_gets_no_correction(office: Office) -> None:
    mailed(office)
    office.configure(SETTINGS.replace("[[profiles]]", WANG, 1))
    office.drop("b.md", SCHOOL)
    rewritten(office, BRIDGE.replace("一千二百米", "一千三百米"))
    texts = {str(mail["To"]): text_of(mail) for mail in office.mails()[1:]}
    assert "更新" in texts["lin@reader.example"]
    assert "更新" not in texts["wang@reader.example"]
    assert "城东小学" in texts["wang@reader.example"]


def test_past_digest_is_made_again_with_the_same_bytes(office: Office) -> None:
    """Though its article, the profiles' titles and the digest's own were changed since."""
    mailed(office)
    folder = office.folder / "var" / "mail" / "new"
    [sent] = folder.glob("*")
    bytes_then = sent.read_bytes()
    office.configure(
        SETTINGS.replace('title = "桥梁"', 'title = "新桥"').replace("[digest]", '[digest]\ntitle = "新报"')
    )
    rewritten(office, BRIDGE.replace("一千二百米", "一千三百米"))
    for path in folder.glob("*"):
        path.unlink()
    with office.desk.store.write() as tx:
        row = digests.digest_numbered(tx, 1)
        assert row is not None
        here = deliveries.c.digest_id == row.id
        tx.execute(update(deliveries).where(here).values(state="queued", due=office.now, lease=None))
    office.work()
    [again] = folder.glob("*")
    assert again.read_bytes() == bytes_then


def test_too_few_clips_wait_and_are_recorded(office: Office) -> None:
    office.configure(setting("min_items = 2"))
    office.drop("a.md", BRIDGE)
    office.work()
    office.pass_time(days=1)
    assert office.work().composed.numbers == ()
    [row] = latest(office)
    assert (row.state, row.reason, row.tally.matched) == ("skipped", "too_few", 1)
    office.drop("b.md", SCHOOL)
    office.pass_time(days=1)
    assert office.work().composed.numbers == (1,)
    text = text_of(office.mails()[0])
    assert "清河大桥" in text
    assert "城东小学" in text


def test_clip_that_waits_is_mailed_before_it_is_too_old(office: Office) -> None:
    office.configure(setting("min_items = 5"))
    office.drop("a.md", BRIDGE)
    office.work()
    first = office.now
    while not office.mails() and office.now < first + timedelta(days=9):
        office.pass_time(hours=6)
        office.work()
    assert first + timedelta(days=5) < office.now <= first + timedelta(days=7)
    assert "清河大桥" in text_of(office.mails()[0])


def test_digest_asked_for_at_once_waits_for_nothing(office: Office) -> None:
    office.configure(setting("min_items = 5"))
    office.drop("a.md", BRIDGE)
    assert office.work(at_once=True).composed.numbers == (1,)


def test_skipped_for_too_few_when_another_reader_is_served(office: Office) -> None:
    """Wang, who came later, has two clips before him; Lin was sent one of them and waits."""
    office.configure(setting("min_items = 2").replace("[[profiles]]", WANG, 1))
    office.configure(setting("min_items = 2"))
    office.drop("a.md", BRIDGE)
    office.work(at_once=True)
    office.configure(setting("min_items = 2").replace("[[profiles]]", WANG, 1))
    office.drop("b.md", SCHOOL)
    office.pass_time(days=1)
    office.work()
    office.drop("c.md", page("城西小学迎来新教师", "小学新增教师五十名"))
    office.pass_time(days=1)
    office.work()
    lin = [text_of(mail) for mail in office.mails() if mail["To"] == "lin@reader.example"]
    assert sum("城东小学" in text for text in lin) == 1
    assert sum("城西小学" in text for text in lin) == 1


def test_pages_between_those_read_are_told_as_missing(office: Office) -> None:
    for number in (1, 2, 5):
        office.drop(
            f"晨报_2031-05-06_{number}.md", page(f"{number}号大桥通车", f"{number}号大桥长{number}百米")
        )
    office.work(at_once=True)
    assert latest(office)[0].tally.missing == 2
    assert "尚缺2版" in text_of(office.mails()[0])


# Alerts


def alerting(quiet: str = "[]", score: float = 1.0) -> str:
    lines = f'address = "lin@reader.example"\nalert_score = {score}\nquiet = {quiet}'
    return SETTINGS.replace('address = "lin@reader.example"', lines)


def test_clip_over_the_threshold_is_mailed_with_the_pass_and_never_again(office: Office) -> None:
    office.configure(alerting())
    office.work()
    office.pass_time(minutes=10)
    office.drop("a.md", BRIDGE)
    office.work()
    [mail] = office.mails()
    assert str(mail["Subject"]) == "快讯：清河大桥今日通车"
    office.pass_time(days=1)
    office.work()
    assert len(office.mails()) == 1
    assert latest(office)[0].reason == "sent_before"


def test_clip_under_the_threshold_waits_for_the_digest(office: Office) -> None:
    office.configure(alerting(score=99.9))
    office.drop("a.md", BRIDGE)
    office.work()
    assert office.mails() == []
    office.pass_time(days=1)
    office.work()
    assert "快讯" not in str(office.mails()[0]["Subject"])


@pytest.mark.parametrize(("hour", "rings"), [(13, True), (14, False), (20, False), (22, False), (23, True)])
def test_alert_waits_for_the_end_of_the_quiet_hours(office: Office, hour: int, *, rings: bool) -> None:
    """22:00 to 07:00 in Shanghai are 14:00 to 23:00 in UTC."""
    office.configure(alerting('["22:00", "07:00"]'))
    office.work()
    office.now = datetime(2031, 5, 6, hour, 0, tzinfo=UTC)
    office.drop("a.md", BRIDGE)
    office.work()
    assert bool(office.mails()) == rings
    office.now = datetime(2031, 5, 6, 23, 5, tzinfo=UTC)
    office.work()
    assert [str(mail["Subject"]) for mail in office.mails()] == ["快讯：清河大桥今日通车"]


def test_no_more_alerts_than_a_day_allows_and_the_digest_brings_the_rest(office: Office) -> None:
    office.configure(alerting().replace('at = ["07:30"]', 'at = ["07:30"]\nalerts_a_day = 2'))
    office.work()
    for number in range(4):
        office.pass_time(minutes=10)
        office.drop(f"{number}.md", page(f"{number}号大桥通车", f"{number}号大桥长{number + 2}百米"))
        office.work()
    assert len(office.mails()) == 2
    office.now = datetime(2031, 5, 6, 23, 31, tzinfo=UTC)
    office.work()
    text = text_of(office.mails()[-1])
    assert [f"{number}号大桥通车" in text for number in range(4)] == [False, False, True, True]


def test_pass_sends_one_alert_for_all_it_found(office: Office) -> None:
    office.configure(alerting())
    office.work()
    office.pass_time(minutes=10)
    for number in range(3):
        office.drop(f"{number}.md", page(f"{number}号大桥通车", f"{number}号大桥长{number + 2}百米"))
    office.work()
    [mail] = office.mails()
    assert "等3条" in str(mail["Subject"])


def test_readers_of_an_edition_without_alerts_get_them_in_the_digest(office: Office) -> None:
    office.configure(alerting().replace("[[profiles]]", WANG, 1))
    office.work()
    office.pass_time(minutes=10)
    office.drop("a.md", BRIDGE)
    office.work()
    assert [mail["To"] for mail in office.mails()] == ["lin@reader.example"]
    office.pass_time(days=1)
    office.work()
    assert [mail["To"] for mail in office.mails()] == ["lin@reader.example", "wang@reader.example"]
    assert "清河大桥" in text_of(office.mails()[1])


def test_address_that_subscribed_twice_is_mailed_once(office: Office) -> None:
    """The second wish is later, is the same, and wants alerts from another score."""
    office.configure(SETTINGS)
    office.work()
    with office.desk.store.write() as tx:
        [first] = subscriptions.of_address(tx, "lin@reader.example")
        for place, alerts in enumerate((None, None, Alerts(1), Alerts(2))):
            extra = replace(first, id=UUID(int=place + 1), origin="web", alerts=alerts)
            subscriptions.save(tx, extra)
    for number, step in enumerate((10, 60 * 24, 60 * 24)):
        office.pass_time(minutes=step)
        office.drop(f"{number}.md", page(f"{number}号大桥通车", f"{number}号大桥长{number + 2}百米"))
        office.work()
    office.pass_time(days=1)
    office.work()
    texts = [text_of(mail) for mail in office.mails()]
    counts = [sum(f"{number}号大桥通车" in text for text in texts) for number in range(3)]
    assert counts == [1, 1, 1]


def test_digests_of_an_address_that_subscribed_twice_are_not_doubled(office: Office) -> None:
    office.work()
    with office.desk.store.write() as tx:
        [first] = subscriptions.of_address(tx, "lin@reader.example")
        subscriptions.save(tx, replace(first, id=UUID(int=1), origin="web"))
    for number in range(3):
        office.drop(f"{number}.md", page(f"{number}号大桥通车", f"{number}号大桥长{number + 2}百米"))
        office.pass_time(days=1)
        office.work()
    with office.desk.store.read() as tx:
        assert len({each.covered for each in subscriptions.of_address(tx, "lin@reader.example")}) == 1
    assert len(office.mails()) == 3
