"""What is matched again when pages or profiles change, and what keeps its score."""

from __future__ import annotations

import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from digest.errors import ConfigError
from digest.store import archive, clips, profiles
from tests.pipeline.office import SETTINGS, Office, page

BRIDGE = page("清河大桥今日通车", "大桥全长一千二百米,双向四车道通车")
SCHOOL = page("城东小学迎来新教师", "小学新增教师三十名,教师队伍更加年轻")


def scores(office: Office, name: str) -> dict[str, float]:
    with office.desk.store.read() as tx:
        profile = profiles.profile_named(tx, name)
        assert profile
        rows = clips.newest(tx, profile.id, 100)
    return {article.article.headline: clip.score for clip, article, _ in rows}


def items(office: Office, name: str) -> list[dict[str, Any]]:
    feed = Path(office.folder / "var" / "feeds" / f"{name}.json").read_text(encoding="utf-8")
    return json.loads(feed)["items"]


def test_score_stays_when_other_pages_arrive(office: Office) -> None:
    office.drop("a.md", BRIDGE)
    office.work()
    before = scores(office, "bridges")
    office.pass_time(days=3)
    office.drop("b.md", SCHOOL)
    office.work()
    assert scores(office, "bridges") == before


def test_changed_profile_is_applied_to_the_archive_and_others_stay(office: Office) -> None:
    office.drop("a.md", BRIDGE)
    office.drop("b.md", SCHOOL)
    office.work()
    before = scores(office, "bridges")
    office.configure(SETTINGS.replace('"小学^2", "教师"', '"大桥^3"'))
    office.pass_time(days=1)
    office.work()
    assert set(scores(office, "schools")) == {"清河大桥今日通车"}
    assert scores(office, "bridges") == before


def test_profile_taken_out_is_retired_and_its_feed_removed(office: Office) -> None:
    office.drop("a.md", BRIDGE)
    office.work()
    office.configure(SETTINGS[: SETTINGS.index('[[profiles]]\nname = "schools"')])
    office.work()
    with office.desk.store.read() as tx:
        assert [profile.name for profile in profiles.list_profiles(tx)] == ["bridges"]
        assert profiles.retired_in_public(tx, "schools")
    assert not (office.folder / "var" / "feeds" / "schools.rss").exists()


def test_correction_keeps_the_entry_and_gets_a_new_updated(office: Office) -> None:
    office.drop("a.md", BRIDGE)
    office.work()
    [before] = items(office, "bridges")
    office.pass_time(hours=3)
    office.drop("a.md", BRIDGE.replace("一千二百", "一千三百"))
    office.work()
    [after] = items(office, "bridges")
    assert after["id"] == before["id"]
    assert after["date_modified"] > before["date_modified"]
    assert after["date_published"] == before["date_published"]


def test_reprocessing_that_changes_nothing_readable_changes_no_byte(office: Office) -> None:
    office.drop("a.md", BRIDGE)
    office.work()
    feed = office.folder / "var" / "feeds" / "bridges.atom"
    before = feed.read_bytes()
    office.pass_time(hours=3)
    office.drop("a.md", BRIDGE.replace("\n\n", "\n\n\n") + "\n\n")
    assert office.work().ingested.files == {"read": 1}
    assert feed.read_bytes() == before


def test_article_gone_from_a_revision_is_withdrawn_and_can_come_back(office: Office) -> None:
    both = BRIDGE + "\n" + SCHOOL
    office.drop("a.md", both)
    office.work()
    with office.desk.store.read() as tx:
        ids = {a.article.headline: a.id for a in archive.latest_updates(tx, 9)}
    office.pass_time(hours=1)
    office.drop("a.md", BRIDGE + "\n")
    office.work()
    assert items(office, "schools") == []
    office.pass_time(hours=1)
    office.drop("a.md", both)
    office.work()
    with office.desk.store.read() as tx:
        again = {a.article.headline: a.id for a in archive.latest_updates(tx, 9)}
    assert again == ids


def test_another_page_under_the_same_name_is_a_new_page(office: Office) -> None:
    office.drop("today.md", BRIDGE)
    office.work()
    office.pass_time(days=1)
    office.drop("today.md", SCHOOL)
    office.work()
    with office.desk.store.read() as tx:
        assert archive.counts(tx)["pages"] == 2
        assert archive.counts(tx)["articles"] == 2


def test_young_file_is_left_for_the_next_pass(office: Office) -> None:
    office.drop("a.md", BRIDGE, age=timedelta(seconds=0))
    assert office.work().ingested.files == {}
    office.pass_time(seconds=10)
    assert office.work().ingested.files == {"read": 1}


def test_keyword_that_cannot_be_read_stops_with_its_key(office: Office) -> None:
    office.configure(SETTINGS.replace('"小学^2"', '"小学^viel"'))
    with pytest.raises(ConfigError, match=r"profiles\[1\]"):
        office.work()


def test_changed_profile_is_applied_as_far_back_as_set(office: Office) -> None:
    office.drop("old.md", page("城东小学迎来新教师", "小学新增教师三十名"))
    office.work()
    office.pass_time(days=9)
    office.drop("new.md", page("城西小学扩建", "小学扩建后可多收学生"))
    office.work()
    for days, entries in ((3, 1), (30, 2), (400, 2)):
        changed = SETTINGS.replace('"大桥^2", "通车"', f'"大桥^2", "通车", "小学^{days / 10}"')
        office.configure(f"apply_days = {days}\n{changed}")
        office.pass_time(hours=1)
        office.work()
        feed = (office.folder / "var" / "feeds" / "bridges.atom").read_bytes()
        assert feed.count(b"<entry>") == entries
