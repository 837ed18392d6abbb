from __future__ import annotations

from dataclasses import replace

import pytest

from digest.errors import ProfileSyntaxError
from digest.model import Profile
from digest.rank.includes import resolve
from digest.rank.terms import check_profile
from tests.rank.rank_articles import profile


def named(name: str, *keywords: str) -> Profile:
    return replace(profile(*keywords), name=name)


BASE = named("base", "芯片^2", "+云溪", "?试点", "-招聘", "# 注释")


def test_include_brings_all_keywords_with_their_weights_multiplied() -> None:
    resolved = resolve(named("chips", "@base^0.5", "半导体"), [BASE])
    assert resolved.keywords == ("芯片", "+云溪^0.5", "?试点^0.5", "-招聘", "半导体")
    check_profile(resolved)


def test_keyword_of_its_own_comes_before_an_included_one() -> None:
    assert resolve(named("chips", "@base", "芯片^9"), [BASE]).keywords.count("芯片^2") == 0


def test_includes_of_includes_are_put_in_once() -> None:
    both = [BASE, named("middle", "@base", "光刻"), named("other", "@base", "封装")]
    resolved = resolve(named("top", "@middle", "@other"), both)
    assert [word for word in resolved.keywords if word[0] not in "+?-"] == ["芯片^2", "光刻", "封装"]


@pytest.mark.parametrize(
    ("keywords", "remedy"),
    [(("@bas",), "did you mean @base"), (("@zzz",), "only configured"), (("@loop",), "include one another")],
)
def test_unknown_and_circular_includes_are_refused(keywords: tuple[str, ...], remedy: str) -> None:
    others = [BASE, named("loop", "@chips")]
    with pytest.raises(ProfileSyntaxError, match=remedy):
        resolve(named("chips", *keywords), others)


def test_common_exclusions_are_added_where_they_leave_the_profile_something() -> None:
    exclusions = ["招聘", "-广告", "# 以下", "(中标 & 公告)"]
    assert resolve(named("chips", "芯片", "-广告"), [], exclusions).keywords == (
        "芯片",
        "-广告",
        "-招聘",
        "-(中标 & 公告)",
    )
    assert resolve(named("jobs", "招聘会"), [], ["招聘", "广告"]).keywords == ("招聘会", "-广告")


@pytest.mark.parametrize("written", ["芯片^2", "+芯片", "@base"])
def test_common_exclusion_has_no_other_sign_and_no_weight(written: str) -> None:
    with pytest.raises(ProfileSyntaxError, match="without sign or weight"):
        resolve(BASE, [], [written])
