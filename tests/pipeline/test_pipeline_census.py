"""The counts kept by day make the background that reading the whole window would make."""

from __future__ import annotations

import json

import pytest
from sqlalchemy import select

from digest.pipeline import match as matching
from digest.pipeline.census import Census, window_start
from digest.rank.background import Background, background_from, measure_background
from digest.rank.counting import Counting
from digest.rank.terms import terms_of
from digest.store import archive, profiles
from digest.store.tables import backgrounds, counted_articles, day_counts
from tests.pipeline.office import SETTINGS, Office, page

BRIDGE = page("清河大桥今日通车", "大桥全长一千二百米,双向四车道通车")
SCHOOL = page("城东小学迎来新教师", "小学新增教师三十名,教师队伍更加年轻")
FAIR = page("云溪书展开幕", "书展展出图书三万册,小学教师可免费参观")


def counted(office: Office) -> Background:
    """What the stored counts make, which a pass scores with."""
    with office.desk.store.read() as tx:
        counting = Counting(map(terms_of, profiles.list_profiles(tx)))
        census = Census(tx, counting, window_start(office.now).date())
    assert not census.unknown
    return background_from(counting, census.totals())


def measured(office: Office) -> Background:
    with office.desk.store.read() as tx:
        window = archive.seen_since(tx, window_start(office.now))
        return measure_background(window, profiles.list_profiles(tx))


def was_scored_with(office: Office, background: Background) -> bool:
    content = json.loads(json.dumps(background.to_json()))
    with office.desk.store.read() as tx:
        return content in tx.execute(select(backgrounds.c.content)).scalars().all()


def work(office: Office) -> None:
    assert office.work().matched.articles
    assert counted(office) == measured(office)
    assert was_scored_with(office, measured(office))


def test_new_corrected_and_withdrawn_articles_and_aged_days_are_counted_as_if_all_were_read(
    office: Office,
) -> None:
    office.drop("a.md", BRIDGE + "\n" + FAIR)
    work(office)
    office.pass_time(days=1)
    office.drop("b.md", SCHOOL)
    work(office)
    office.pass_time(days=1)
    office.drop("a.md", BRIDGE.replace("一千二百米", "一千三百米的小学"))
    work(office)
    office.pass_time(days=1)
    office.drop("a.md", BRIDGE + "\n" + FAIR)
    work(office)
    office.pass_time(days=59)
    office.drop("c.md", page("南山小学开学", "小学一年级招收新生"))
    work(office)
    with office.desk.store.read() as tx:
        days = set(tx.execute(select(day_counts.c.day)).scalars())
        assert min(days) >= window_start(office.now).date()


def test_article_that_only_comes_back_is_counted_again_without_being_scored_again(office: Office) -> None:
    office.drop("a.md", BRIDGE + "\n" + FAIR)
    work(office)
    for content in (BRIDGE + "\n", BRIDGE + "\n" + FAIR):
        office.pass_time(hours=1)
        office.drop("a.md", content)
        office.work()
        office.drop(f"{office.now:%H}.md", page(f"消息{office.now:%H}", "小学教师的消息"))
        office.pass_time(hours=1)
        work(office)


def test_changed_profiles_are_counted_over_the_archive_and_given_up_words_forgotten(office: Office) -> None:
    office.drop("a.md", BRIDGE)
    office.drop("b.md", FAIR)
    work(office)
    for words in ('"图书", "教师"', '"双向^2"', '"小学^2", "教师"', '"图书"'):
        office.configure(SETTINGS.replace('"小学^2", "教师"', words))
        office.pass_time(days=1)
        office.work()
        assert counted(office) == measured(office)
    with office.desk.store.read() as tx:
        assert "word 教师" not in set(tx.execute(select(day_counts.c.subject)).scalars())


def test_archive_matched_before_there_were_counts_is_counted_once(office: Office) -> None:
    office.drop("a.md", BRIDGE)
    work(office)
    with office.desk.store.write() as tx:
        for table in ("day_counts", "counted_subjects", "counted_articles"):
            tx.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608 - names of tables
    office.pass_time(days=1)
    office.drop("b.md", SCHOOL)
    work(office)


def test_pass_without_changed_profiles_leaves_the_archive_alone(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    office.drop("a.md", BRIDGE)
    work(office)
    monkeypatch.delattr(matching.archive, "by_chunks")
    office.pass_time(days=1)
    office.drop("b.md", SCHOOL)
    work(office)
    with office.desk.store.read() as tx:
        assert len(list(tx.execute(select(counted_articles.c.article_id)))) == 2
