"""What a line that people type means, and where it cannot be understood."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import ProfileSyntaxError
from digest.rank.expression import Dated, InPaper, OfKind
from digest.rank.grams import Days
from digest.rank.query import LONGEST_QUERY, read_query


@pytest.mark.parametrize(
    ("text", "keywords"),
    [
        ("数字经济", ("数字经济",)),
        ("数字 经济", ("数字", "+经济")),
        ("数字，经济、大桥;通车", ("数字", "+经济", "+大桥", "+通车")),
        ("数字经济 -招聘 headline:山西", ("数字经济", "+headline:山西", "-招聘")),
        ("date:2031-05 数字", ("数字", "+date:2031-05-01..2031-05-31")),
        ("page:1 kind:photo", ("page:1", "+kind:photo")),
        ("+数字 ?经济 大桥^2", ("数字", "+大桥^2", "?经济")),
        ("芯片 | 半导体 出口", ("芯片 | 半导体", "+出口")),
        ("芯片|半导体，出口", ("芯片 | 半导体", "+出口")),
        ("芯片 & -招聘 出口", ("芯片 & -招聘", "+出口")),
        ("芯片 NEAR/10 出口 海关", ("芯片 NEAR/10 出口", "+海关")),
        ("(芯片 | 半导体) & headline: 出口", ("(芯片 | 半导体) & headline:出口",)),
        ('"big data" cloud', ("big data", "+cloud")),
        ("“big data” 云", ("big data", "+云")),
        ("1,000 吨", ("1,000", "+吨")),
        ("芯片 >=3 出口", ("芯片>=3", "+出口")),
        ("－招聘　芯片", ("芯片", "-招聘")),
        ("- 招聘 芯片", ("芯片", "-招聘")),
        ("芯片 芯片 ＋芯片", ("芯片",)),
        ("芯片 5G ５ｇ", ("芯片", "+5G")),
    ],
)
def test_terms_side_by_side_must_all_hold(text: str, keywords: tuple[str, ...]) -> None:
    assert read_query(text).profile.keywords == keywords


@pytest.mark.parametrize(
    ("text", "position", "told"),
    [
        ("", 0, "Say what to look for"),
        ("-招聘 ?芯片", 0, "Say what to look for"),
        ("芯片 出口^", 6, "A number must follow"),
        ("芯片 (出口", 3, "not closed"),
        ('芯片 "出口', 3, "quote is not closed"),
        ("芯片 OR 出口", 3, "alternatives"),
        ("芯片 AND 出口", 3, "leave AND out"),
        ("NOT 出口", 0, "left out"),
        ("芯片 NEAR 出口", 3, "tells the distance"),
        ("芯片 @base", 3, "names a profile"),
        ("芯片 #出口", 3, "comment"),
        ("出口 芯片 -芯片", 3, "shuts out"),
        ("芯片 date:2031-13", 8, "no day"),
        ("x " * LONGEST_QUERY, LONGEST_QUERY, "longer"),
    ],
)
def test_faults_stand_where_they_are_in_the_line(text: str, position: int, told: str) -> None:
    with pytest.raises(ProfileSyntaxError, match=told) as raised:
        read_query(text)
    assert raised.value.position == position
    assert raised.value.text == text


def test_filters_must_hold_too_and_add_nothing_to_words() -> None:
    query = read_query("芯片", [Dated(date(2031, 5, 1), None), InPaper("云溪 晚报"), OfKind("photo")])
    assert query.profile.keywords[0] == "芯片"
    assert all(keyword.startswith("+") for keyword in query.profile.keywords[1:])
    assert query.days == Days(date(2031, 5, 1), None)


def test_filters_alone_are_a_search() -> None:
    assert read_query("", [OfKind("photo")]).profile.keywords == ("kind:photo",)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("芯片 date:2031-05-02.. date:..2031-05-09", Days(date(2031, 5, 2), date(2031, 5, 9))),
        ("date:2031-05-02|date:2031-05-07", Days(date(2031, 5, 2), date(2031, 5, 7))),
        ("date:2031-05-02|date:2031-05-07..", Days(date(2031, 5, 2), None)),
        ("date:2031-05-02|..芯片", Days()),
        ("芯片 -date:2031-05-02", Days()),
    ],
)
def test_the_days_outside_which_nothing_is_found_are_known(text: str, days: Days) -> None:
    assert read_query(text).days == days


@settings(deadline=None)
@given(st.text(alphabet='芯片 ,，、|&()-+?"“”^2#@:*>=NEAR/headline山a\n', max_size=40))
def test_any_line_is_read_or_refused_at_a_place_in_it(text: str) -> None:
    read = _read(text)
    if isinstance(read, ProfileSyntaxError):
        assert read.text == text
        assert 0 <= read.position <= len(text)
    else:
        assert _read(" ".join(read)) == read


def _read(text: str) -> tuple[str, ...] | ProfileSyntaxError:
    try:
        return read_query(text).profile.keywords
    except ProfileSyntaxError as error:
        return error
