from __future__ import annotations

from uuid import UUID

import pytest

from digest.errors import ProfileSyntaxError
from digest.model import Profile
from digest.rank.terms import check_profile, terms_of


def profile(*keywords: str) -> Profile:
    return Profile(UUID(int=1), "chips", "芯片", keywords)


def test_terms_part_wanted_and_excluded_keywords() -> None:
    terms = terms_of(profile("芯片^2", "# 以下不要", "-招聘", "半导体"))
    assert [str(keyword) for keyword in terms.adding] == ["芯片^2", "半导体"]
    assert [str(keyword) for keyword in terms.excluded] == ["-招聘"]
    assert terms.excluded_keys == {"招聘"}


@pytest.mark.parametrize(
    ("keywords", "remedy"),
    [
        ((), "no keywords"),
        (("# 只有注释",), "no keywords"),
        (("-招聘", "-广告"), "only exclusions"),
        (("芯片", "-招聘^2"), "leave out"),
        (("5G", "５g^2"), "stands twice"),
        (("芯片", "-芯片"), "shuts out"),
        (("芯片产业", "-芯片"), "shuts out"),
    ],
)
def test_profile_that_would_take_all_or_nothing_is_refused(keywords: tuple[str, ...], remedy: str) -> None:
    with pytest.raises(ProfileSyntaxError, match=remedy):
        check_profile(profile(*keywords))


def test_exclusion_inside_a_longer_word_is_no_contradiction() -> None:
    check_profile(profile("machine", "-mac"))
    check_profile(profile("大同小异", "-大同"))


def test_error_names_the_profile() -> None:
    with pytest.raises(ProfileSyntaxError, match="profile chips"):
        check_profile(profile())
