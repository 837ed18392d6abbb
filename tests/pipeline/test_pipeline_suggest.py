"""Keywords suggested from a profile's best clips."""

from __future__ import annotations

import pytest

from digest.errors import DigestError
from digest.pipeline.suggest import suggest_keywords
from tests.pipeline.office import Office, page


def test_words_of_the_best_clips_are_suggested(office: Office) -> None:
    for number in range(4):
        office.drop(f"{number}.md", page(f"{number}号大桥通车", f"无人机完成检测，{number}号大桥今日通车"))
    office.drop("school.md", page("城东小学迎来新教师", "小学新增教师三十名"))
    office.work()
    terms = {each.term for each in suggest_keywords(office.desk, "bridges")}
    assert "无人机" in terms
    assert terms.isdisjoint({"大桥", "通车"})


def test_unknown_profile_is_told_with_those_there_are(office: Office) -> None:
    office.work()
    with pytest.raises(DigestError, match="bridges, schools"):
        suggest_keywords(office.desk, "nothing")


def test_profile_without_clips_has_nothing_to_learn_from(office: Office) -> None:
    office.work()
    with pytest.raises(DigestError, match="no clips yet"):
        suggest_keywords(office.desk, "bridges")
