"""What a changed profile would select, and why an article was: the archive is only read."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digest.errors import DigestError
from digest.pipeline.explain import explain_article
from digest.pipeline.preview import Preview, hits_a_day, preview
from digest.pipeline.profiles import configured_profiles
from digest.store import clips, profiles
from tests.pipeline.office import Office, page

BRIDGE = page("清河大桥今日通车", "大桥全长一千二百米,双向四车道通车")
SCHOOL = page("城东小学迎来新教师", "小学新增教师三十名,教师队伍更加年轻")


@pytest.fixture
def filled(office: Office) -> Office:
    office.drop("a.md", BRIDGE)
    office.drop("b.md", SCHOOL)
    office.work()
    return office


def of(office: Office, *keywords: str, threshold: float = 5.0, days: int = 30) -> Preview:
    bridges = configured_profiles(office.desk.config)[0]
    changed = replace(bridges, keywords=keywords or bridges.keywords, threshold=threshold)
    return preview(office.desk, changed, days)


def stored_scores(office: Office) -> list[float]:
    with office.desk.store.read() as tx:
        profile = profiles.profile_named(tx, "bridges")
        assert profile
        return [clip.score for clip, _, _ in clips.newest(tx, profile.id, 9)]


def test_unchanged_profile_selects_what_is_stored_with_the_same_scores(filled: Office) -> None:
    shown = of(filled)
    assert (shown.stored, shown.gained, shown.lost, shown.moved) == (True, (), (), ())
    assert [each.score for each in shown.best] == pytest.approx(stored_scores(filled))
    assert (shown.articles, shown.selected, sum(count for _, count in shown.by_day)) == (2, 1, 1)


def test_gained_lost_and_moved_are_told(filled: Office) -> None:
    other = of(filled, "小学")
    assert [each.archived.article.headline for each in other.gained] == ["城东小学迎来新教师"]
    assert [each.archived.article.headline for each in other.lost] == ["清河大桥今日通车"]
    [moved] = of(filled, "大桥^9").moved
    assert moved.before is not None
    assert moved.score > moved.before


def test_borderline_is_what_lies_around_the_threshold(filled: Office) -> None:
    [below] = of(filled, threshold=100).below
    assert below.score < 100
    assert of(filled, threshold=100).selected == 0
    assert [each.score for each in of(filled).above] == [below.score]


def test_articles_before_the_days_asked_for_are_left_out(filled: Office) -> None:
    filled.pass_time(days=9)
    assert of(filled, days=3).articles == 0
    assert of(filled, days=10).articles == 2


def test_preview_stores_nothing(filled: Office) -> None:
    before = stored_scores(filled)
    of(filled, "小学")
    assert stored_scores(filled) == before


def test_hits_a_day_are_counted_by_profile(filled: Office) -> None:
    rates, background = hits_a_day(filled.desk, configured_profiles(filled.desk.config), 30)
    assert rates == {"bridges": 1.0, "schools": 1.0}
    assert background.documents == 2


def test_explanation_scores_as_matching_did(filled: Office) -> None:
    told = explain_article(filled.desk, "bridges", "清河大桥")
    assert told.verdict == "selected"
    assert [told.score] == pytest.approx(stored_scores(filled))
    again = explain_article(filled.desk, "bridges", f"http://desk.example/articles/{told.archived.id}")
    assert again == told


@pytest.mark.parametrize(
    ("profile", "article", "remedy"),
    [
        ("trains", "清河", "there are: bridges, schools"),
        ("bridges", "稻谷", "give its id"),
        ("bridges", "", "2 articles"),
        ("bridges", "00000000-0000-0000-0000-000000000001", "withdrawn"),
    ],
)
def test_what_cannot_be_explained_is_told(filled: Office, profile: str, article: str, remedy: str) -> None:
    with pytest.raises(DigestError, match=remedy):
        explain_article(filled.desk, profile, article)
