"""When digests leave, what stands in them, and that nothing is sent twice."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from digest.errors import StoreError
from digest.pipeline.compose import Composed
from digest.store import archive, digests, pages
from tests.pipeline.office import SETTINGS, START, Office, page, text_of

BRIDGE = page("清河大桥今日通车", "大桥全长一千二百米,双向四车道通车")
SCHOOL = page("城东小学迎来新教师", "小学新增教师三十名,教师队伍更加年轻")


def latest(office: Office) -> list[digests.DigestRow]:
    with office.desk.store.read() as tx:
        return digests.latest(tx, 50)


def test_digest_leaves_with_the_first_pass_after_its_slot(office: Office) -> None:
    office.drop("a.md", BRIDGE)
    assert office.work().composed.numbers == ()
    office.now = datetime(2031, 5, 6, 23, 29, tzinfo=UTC)
    assert office.work().composed.numbers == ()
    office.now = datetime(2031, 5, 6, 23, 31, tzinfo=UTC)
    assert office.work().composed.numbers == (1,)
    [row] = latest(office)
    assert row.slot == datetime(2031, 5, 6, 23, 30, tzinfo=UTC)  # 07:30 in Shanghai


def test_slot_is_served_once_however_many_passes(office: Office) -> None:
    office.drop("a.md", BRIDGE)
    office.work()
    office.pass_time(days=1)
    for _ in range(3):
        office.work()
    assert len(office.mails()) == 1


def test_empty_slot_is_skipped_and_recorded(office: Office) -> None:
    office.work()
    office.pass_time(days=1)
    done = office.work()
    assert (done.composed.numbers, done.composed.skipped) == ((), 1)
    [row] = latest(office)
    assert (row.state, row.number) == ("skipped", None)
    assert row.reason
    assert office.mails() == []


def test_digest_asked_for_at_once_is_not_recorded_when_empty(office: Office) -> None:
    assert office.work(at_once=True).composed.numbers == ()
    assert latest(office) == []


def test_nothing_is_sent_a_second_time(office: Office) -> None:
    office.drop("a.md", BRIDGE)
    office.work(at_once=True)
    office.drop("b.md", SCHOOL)
    office.pass_time(days=1)
    office.work()
    first, second = office.mails()
    assert "清河大桥" in text_of(first)
    assert "城东小学" not in text_of(first)
    assert "清河大桥" not in text_of(second)
    assert "城东小学" in text_of(second)


def test_missed_slots_merge_into_one_digest(office: Office) -> None:
    office.work()
    office.drop("a.md", BRIDGE)
    office.pass_time(hours=2)
    office.work()
    office.pass_time(days=4)
    office.drop("b.md", SCHOOL)
    done = office.work()
    assert done.composed.numbers == (1,)
    [mail] = office.mails()
    assert "清河大桥" in text_of(mail)


def test_clips_older_than_the_cap_are_not_mailed_after_a_downtime(office: Office) -> None:
    office.drop("a.md", BRIDGE)
    office.work()
    office.pass_time(days=20)
    assert office.work().composed.numbers == ()


def test_every_window_is_covered_once_over_a_year_with_downtimes(office: Office) -> None:
    """The time machine: 60 days of pages, the office closed on some; each article is mailed once."""
    for day in range(60):
        office.now = START + timedelta(days=day, hours=1)
        office.drop(f"{day}.md", page(f"第{day}号大桥通车", f"第{day}号大桥长{day + 100}米,今日通车"))
        if day % 7 != 3:
            office.work()
    office.pass_time(days=1)
    office.work()
    texts = [text_of(mail) for mail in office.mails()]
    counts = {day: sum(f"第{day}号大桥通车" in text for text in texts) for day in range(60)}
    assert set(counts.values()) == {1}


def test_full_digest_holds_the_rest_back_and_says_so(office: Office) -> None:
    office.configure(SETTINGS.replace('at = ["07:30"]', 'at = ["07:30"]\nmax_items = 2'))
    for number in range(5):
        office.drop(f"{number}.md", page(f"{number}号大桥通车", f"{number}号大桥长{number + 200}米"))
    office.work(at_once=True)
    [row] = latest(office)
    assert (row.tally.matched, row.tally.shown, row.tally.held) == (5, 2, 3)
    office.pass_time(days=1)
    office.work()
    assert len(office.mails()) == 1


def test_recipients_of_other_profiles_get_other_digests(office: Office) -> None:
    second = '[[mail.recipients]]\naddress = "wang@reader.example"\nprofiles = ["schools"]\nlanguage = "en"\n'
    office.configure(SETTINGS.replace("[[profiles]]", second + "[[profiles]]", 1))
    office.drop("a.md", BRIDGE)
    office.drop("b.md", SCHOOL)
    office.work(at_once=True)
    lin, wang = office.mails()
    assert "清河大桥" in text_of(lin)
    assert "清河大桥" not in text_of(wang)
    assert wang["Content-Language"] == "en"


def test_recipient_who_gets_a_further_profile_is_not_sent_the_old_again(office: Office) -> None:
    one = SETTINGS.replace('"lin@reader.example"', '"lin@reader.example"\nprofiles = ["bridges"]')
    office.configure(one)
    office.drop("a.md", BRIDGE)
    office.work(at_once=True)
    office.configure(SETTINGS)
    office.pass_time(minutes=5)
    office.drop("b.md", SCHOOL)
    office.work(at_once=True)
    first, second = office.mails()
    assert "清河大桥" in text_of(first)
    assert "清河大桥" not in text_of(second)
    assert "城东小学" in text_of(second)


def test_reprint_is_folded_into_one_clip_and_counted(office: Office) -> None:
    office.drop("晨报_2031-05-06_1.md", BRIDGE)
    office.drop("晚报_2031-05-06_1.md", BRIDGE.replace("(林一舟)\n", "\n"))
    office.work(at_once=True)
    [row] = latest(office)
    assert (row.tally.matched, row.tally.shown, row.tally.folded) == (2, 1, 1)
    text = text_of(office.mails()[0])
    assert "晚报" in text
    assert "晨报" in text


def test_article_of_two_profiles_stands_in_one_section(office: Office) -> None:
    office.drop("a.md", page("大桥小学通车", "大桥小学的教师昨日坐上通车的校车"))
    office.work(at_once=True)
    assert text_of(office.mails()[0]).count("大桥小学通车\n") <= 2
    [row] = latest(office)
    assert row.tally.shown == 1


@pytest.mark.parametrize("profile", ["bridges", "schools"])
def test_private_profile_is_in_no_static_feed(office: Office, profile: str) -> None:
    office.drop("a.md", BRIDGE)
    office.work()
    folder = office.folder / "var" / "feeds"
    assert (folder / f"{profile}.rss").exists()
    old = f'name = "{profile}"'
    office.configure(SETTINGS.replace(old, f"{old}\npublic = false"))
    office.work()
    assert not list(folder.glob(f"{profile}.*"))


def test_doubtful_articles_stay_out_of_digests(office: Office) -> None:
    office.drop("a.md", BRIDGE)
    office.work()
    with office.desk.store.write() as tx:
        [article] = archive.latest_updates(tx, 1)
        doubtful = replace(article, article=replace(article.article, confidence=0.2))
        pages.save_article(tx, doubtful, 0, changed=False)
    office.configure(SETTINGS.replace('at = ["07:30"]', 'at = ["07:30"]\nmin_confidence = 0.3'))
    assert office.work(at_once=True).composed.numbers == ()


def test_changed_settings_bring_no_digest_before_the_next_slot(office: Office) -> None:
    office.drop("a.md", BRIDGE)
    office.work()
    office.pass_time(days=1)
    office.work()
    office.configure(SETTINGS.replace('at = ["07:30"]', 'at = ["07:30"]\nmax_items = 5'))
    office.pass_time(hours=2)
    assert office.work().composed == Composed()
    assert len(office.mails()) == 1


def test_recipient_added_after_the_slot_waits_for_the_next(office: Office) -> None:
    office.drop("a.md", BRIDGE)
    office.work()
    office.pass_time(days=1)
    office.work()
    further = '[[mail.recipients]]\naddress = "wang@reader.example"\n'
    office.configure(SETTINGS.replace("[[mail.recipients]]", f"{further}[[mail.recipients]]", 1))
    office.pass_time(hours=2)
    office.work()
    assert len(office.mails()) == 1


def test_digest_is_written_for_all_its_readers_or_for_none(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = '[[mail.recipients]]\naddress = "wang@reader.example"\n'
    office.drop("a.md", BRIDGE)
    office.work(at_once=True)
    wider = SETTINGS.replace('"小学^2"', '"小学^2", "大桥"')
    office.configure(wider.replace("[[mail.recipients]]", f"{one}[[mail.recipients]]", 1))
    office.drop("b.md", SCHOOL)
    save, calls = digests.save_digest, iter((True, False))

    def dies_at_the_second(*written: Any) -> None:
        if not next(calls):
            raise StoreError("the disk is full")
        save(*written)

    monkeypatch.setattr(digests, "save_digest", dies_at_the_second)
    office.pass_time(days=1)
    with pytest.raises(StoreError):
        office.work()
    monkeypatch.undo()
    office.work()
    texts = {str(mail["To"]): text_of(mail) for mail in office.mails()[1:]}
    assert set(texts) == {"lin@reader.example", "wang@reader.example"}
    assert all("城东小学" in text for text in texts.values())
    assert ["清河大桥" in texts[name] for name in sorted(texts)] == [False, True]


def test_clip_of_a_clock_put_back_is_mailed_all_the_same(office: Office) -> None:
    office.drop("a.md", BRIDGE)
    office.work(at_once=True)
    office.pass_time(minutes=-5)
    office.drop("b.md", SCHOOL)
    office.work()
    office.pass_time(days=1)
    office.work()
    assert "城东小学" in text_of(office.mails()[-1])


def test_pass_with_a_clock_far_ahead_does_not_silence_the_next_days(office: Office) -> None:
    office.drop("a.md", BRIDGE)
    office.work()
    office.pass_time(days=400)
    office.work()
    office.pass_time(days=-399)
    office.drop("b.md", SCHOOL)
    office.work()
    office.pass_time(days=1)
    office.work()
    assert any("城东小学" in text_of(mail) for mail in office.mails())


def test_profile_that_comes_back_clips_what_came_while_it_was_out(office: Office) -> None:
    office.work()
    office.configure(SETTINGS[: SETTINGS.index('[[profiles]]\nname = "schools"')])
    office.drop("b.md", SCHOOL)
    office.work()
    office.configure(SETTINGS)
    assert office.work().matched.clips == 1
