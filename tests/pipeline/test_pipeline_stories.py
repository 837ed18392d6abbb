"""Reprints and stories from page files to feeds and mail."""

from __future__ import annotations

from tests.pipeline.office import SETTINGS, Office, text_of

OPENING = """# 清河大桥主跨合龙

昨日上午,横跨清河两岸的清河大桥主跨钢箱梁顺利合龙。大桥由青石路桥集团承建,总工程师周望舒介绍,合龙段重四百余吨,斜拉索已全部张拉到位。大桥通车后,北岭镇居民过河不必再坐轮渡。
"""
LATER = """# 清河大桥开始荷载试验

三十辆满载砂石的卡车昨日驶上清河大桥,上周合龙的主跨开始荷载试验。总工程师周望舒表示,钢箱梁和斜拉索的应力都在设计范围内。青石路桥集团计划下月交工,大桥通车后北岭镇的轮渡停航。
"""
SCHOOL = """# 城东小学办桥梁课

城东小学昨日请来工程师讲大桥通车的故事,孩子们用纸板搭出自己的大桥,教师说这样的课每月都有一次。
"""


def feed(office: Office) -> bytes:
    return (office.folder / "var" / "feeds" / "bridges.atom").read_bytes()


def test_later_report_refers_back_and_the_first_stays_as_it_was(office: Office) -> None:
    office.drop("晨报_2031-05-06_1.md", OPENING)
    office.work(at_once=True)
    before = feed(office)
    office.pass_time(days=5)
    office.drop("晨报_2031-05-11_1.md", LATER)
    office.work(at_once=True)
    mail = text_of(office.mails()[-1])
    assert "持续跟踪：5月6日 清河大桥主跨合龙" in mail
    after = feed(office)
    assert after.count("持续跟踪".encode()) == 1
    first = before[before.index(b"<entry>") : before.index(b"</entry>")]
    assert first in after


def test_link_stays_when_the_page_is_read_again_and_is_not_made_after_the_window(office: Office) -> None:
    office.drop("晨报_2031-05-06_1.md", OPENING)
    office.work()
    office.pass_time(days=5)
    office.drop("晨报_2031-05-11_1.md", LATER)
    office.work()
    office.configure(SETTINGS.replace("[digest]", "[stories]\nfollow_days = 1\n[digest]"))
    office.pass_time(hours=1)
    office.drop("晨报_2031-05-11_1.md", LATER.replace("三十辆", "三十二辆"))
    office.work()
    assert feed(office).count("持续跟踪".encode()) == 1


def test_window_of_stories_is_a_setting(office: Office) -> None:
    office.configure(SETTINGS.replace("[digest]", "[stories]\nfollow_days = 0\n[digest]"))
    office.drop("晨报_2031-05-06_1.md", OPENING)
    office.work()
    office.pass_time(days=5)
    office.drop("晨报_2031-05-11_1.md", LATER)
    office.work()
    assert "持续跟踪".encode() not in feed(office)


def test_window_of_reprints_is_a_setting(office: Office) -> None:
    office.configure(SETTINGS.replace("[digest]", "[stories]\nreprint_days = 1\n[digest]"))
    office.drop("晨报_2031-05-06_1.md", OPENING)
    office.work()
    office.pass_time(days=3)
    office.drop("晚报_2031-05-09_1.md", OPENING.replace("昨日", "日前"))
    office.work()
    assert feed(office).count(b"<entry>") == 2


def test_story_makes_room_for_another_in_a_full_digest(office: Office) -> None:
    full = SETTINGS.replace('at = ["07:30"]', 'at = ["07:30"]\nmax_items = 2\ndiversity = 0.9')
    office.configure(full)
    office.drop("晨报_2031-05-06_1.md", OPENING)
    office.drop("晚报_2031-05-06_1.md", LATER)
    office.drop("午报_2031-05-06_1.md", SCHOOL)
    office.work(at_once=True)
    mail = text_of(office.mails()[0])
    assert "城东小学办桥梁课" in mail
    assert "同题另有1篇未刊" in mail


def test_reprint_stands_for_itself_when_what_it_repeats_is_withdrawn(office: Office) -> None:
    office.drop("晨报_2031-05-06_1.md", OPENING + "\n" + SCHOOL)
    office.work()
    office.drop("晚报_2031-05-06_1.md", OPENING)
    office.work()
    assert feed(office).count(b"<entry>") == 2
    office.pass_time(hours=1)
    office.drop("晨报_2031-05-06_1.md", SCHOOL)
    office.work()
    assert feed(office).count(b"<entry>") == 2
