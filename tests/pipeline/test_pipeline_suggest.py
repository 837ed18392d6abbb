"""Keywords suggested from a profile's best clips."""

from __future__ import annotations

import pytest

from digest.errors import DigestError
from digest.pipeline.suggest import advise, keep
from tests.pipeline.office import Office, page


def test_words_of_the_best_clips_are_suggested(office: Office) -> None:
    for number in range(4):
        office.drop(f"{number}.md", page(f"{number}号大桥通车", f"无人机完成检测，{number}号大桥今日通车"))
    office.drop("school.md", page("城东小学迎来新教师", "小学新增教师三十名"))
    office.work()
    terms = {each.term for each in advise(office.desk, "bridges").words}
    assert "无人机" in terms
    assert terms.isdisjoint({"大桥", "通车"})


def test_unknown_profile_is_told_with_those_there_are(office: Office) -> None:
    office.work()
    with pytest.raises(DigestError, match="bridges, schools"):
        advise(office.desk, "nothing")


def test_profile_without_clips_has_nothing_to_learn_from(office: Office) -> None:
    office.work()
    with pytest.raises(DigestError, match="no clips yet"):
        advise(office.desk, "bridges")


def office_with_bridges(office: Office) -> None:
    for number in range(4):
        office.drop(f"{number}.md", page(f"{number}号大桥通车", f"无人机完成检测，{number}号大桥今日通车"))
        office.drop(f"k{number}.md", page(f"{number}路公交通车", f"高铁站{number}路公交昨日通车"))
    office.work()


def test_suggestions_learn_from_what_was_kept_and_refused(office: Office) -> None:
    office_with_bridges(office)
    before = advise(office.desk, "bridges")
    assert (before.source, before.weights) == ("clips", ())
    for number in range(4):
        keep(office.desk, "bridges", f"{number}号大桥", "kept")
        keep(office.desk, "bridges", f"{number}路公交", "refused")
    advice = advise(office.desk, "bridges")
    assert (advice.source, advice.articles) == ("kept", 4)
    assert "无人机" in {each.term for each in advice.words}
    assert [(each.before, each.kept, each.refused) for each in advice.weights] == [("大桥^2", 4, 0)]


def test_what_was_said_can_be_taken_back(office: Office) -> None:
    office_with_bridges(office)
    for said in ("kept", "nothing"):
        for number in range(4):
            keep(office.desk, "bridges", f"{number}号大桥", said)
    assert advise(office.desk, "bridges").source == "clips"


def test_keeping_needs_a_profile_and_one_article(office: Office) -> None:
    office_with_bridges(office)
    with pytest.raises(DigestError, match="bridges, schools"):
        keep(office.desk, "nothing", "1号大桥", "kept")
    with pytest.raises(DigestError, match="give one's id"):
        keep(office.desk, "bridges", "大桥", "kept")
