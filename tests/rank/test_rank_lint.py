from __future__ import annotations

import pytest

from digest.rank.background import Background
from digest.rank.lint import far_above, lint
from tests.rank.rank_articles import profile


def remarks(*keywords: str, **counts: int) -> list[tuple[str, str]]:
    background = Background(1000, counts) if counts else None
    return [(each.severity, each.message) for each in lint(profile(*keywords), background)]


@pytest.mark.parametrize(
    ("keywords", "message"),
    [
        (("芯片", "芯片 |"), "empty"),
        (("-招聘",), "only exclusions"),
        (("?试点",), "select nothing"),
        ((), "no keywords"),
        (("芯片", "５Ｇ", "5g^2"), "stands twice"),
        (("芯片 | 出口", "芯片|出口"), "stands twice"),
        (("芯片产业", "-芯片"), "shuts out"),
        (("(芯片 | 芯片厂) & 出口", "-芯片"), "shuts out"),
        (("芯片 & 出口", "-(芯片 & 出口)"), "shuts out"),
        (("芯片 NEAR/3 出口", "-芯片"), "shuts out"),
        (("芯片 & -芯片",), "never matches"),
        (("芯片 & page:1 & page:2..4",), "never matches"),
        (("芯片 & kind:news & kind:photo",), "never matches"),
        (("芯片 & date:2031-05-01 & date:2031-05-02..",), "never matches"),
        (("芯片 & paper:云溪晚报 & paper:城东日报",), "never matches"),
        (("芯片 & -page:1..",), "never matches"),
        (("芯片 | page:1..",), "nearly every"),
        (("芯片", "-page:1.."), "nearly every"),
        (("芯片", "+page:1", "+page:2"), "contradict"),
    ],
)
def test_profile_that_takes_all_or_nothing_is_an_error(keywords: tuple[str, ...], message: str) -> None:
    assert any(severity == "error" and message in told for severity, told in remarks(*keywords))


@pytest.mark.parametrize(
    ("keywords", "message"),
    [
        (("芯片 OR 出口",), "&, | and & -"),
        (("title:芯片",), "no place"),
        (("芯片，出口",), "one keyword a line"),
        (("芯",), "single character"),
        (("芯片 | 出口", "-芯片"), "shuts out all articles with 芯片"),
        (("数据", "大数据"), "part of 大数据"),
        (("芯片", "+page:1.."), "nearly every"),
        (("芯片", "-(kind:news & kind:photo)"), "never matches"),
    ],
)
def test_what_was_hardly_meant_is_a_warning(keywords: tuple[str, ...], message: str) -> None:
    told = remarks(*keywords)
    assert any(severity == "warning" and message in text for severity, text in told)
    assert not any(severity == "error" for severity, _ in told)


def test_good_profile_has_no_remarks() -> None:
    assert remarks("芯片^3", "半导体 | 集成电路", "+云溪", "?试点", "-招聘", "# 注释") == []


def test_all_faulty_keywords_are_told_with_their_positions() -> None:
    found = lint(profile("芯片^高", "出口 &", "云溪"))
    assert [(each.keyword, each.position) for each in found] == [("芯片^高", 3), ("出口 &", 4)]


def test_archive_tells_what_never_and_what_always_occurs() -> None:
    told = [text for _, text in remarks("芯片", "出口", "云溪", "全市", 芯片=10, 出口=0, 云溪=90, 全市=600)]
    assert any("none of 1000" in text for text in told)
    assert any("600 of 1000" in text for text in told)
    assert any("times as many" in text for text in told)
    assert len(told) == 3


def test_small_archive_says_nothing() -> None:
    assert lint(profile("芯片"), Background(20, {"芯片": 0})) == ()


def test_profile_far_above_the_others_is_named() -> None:
    assert far_above({"a": 2.0, "b": 3.0, "c": 40.0}) == ("c",)
    assert far_above({"a": 40.0}) == ()
