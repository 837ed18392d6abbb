from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import ProfileSyntaxError
from digest.rank.keyword import Keyword, parse_keyword

WEIGHTS = st.integers(1, 10_000).map(lambda hundredths: hundredths / 100)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("数字经济", Keyword("数字经济")),
        ("数字经济^3", Keyword("数字经济", 3.0)),
        ("数字经济 ^ 0.5", Keyword("数字经济", 0.5)),
        ("数字经济＾２．５", Keyword("数字经济", 2.5)),
        ("芯片^.5", Keyword("芯片", 0.5)),
        ("-招聘", Keyword("招聘", excluded=True)),
        ("－ 招聘", Keyword("招聘", excluded=True)),
        ("Big Data", Keyword("Big Data")),
        ("5G  # 通信", Keyword("5G")),
        ("C#", Keyword("C#")),
        ("R&D", Keyword("R&D")),
        ("e-mail", Keyword("e-mail")),
        ('"R^2"^2', Keyword("R^2", 2.0)),
        ("“-40℃”", Keyword("-40℃")),
        ('-"招聘 # 会"', Keyword("招聘 # 会", excluded=True)),
        (r'"a\"b\\c"', Keyword('a"b\\c')),
        ("《云溪志》", Keyword("《云溪志》")),
    ],
)
def test_keyword_is_read_as_the_language_says(written: str, expected: Keyword) -> None:
    assert parse_keyword(written) == expected


@pytest.mark.parametrize("written", ["# 通信", "  ＃ 通信", "#"])
def test_comment_alone_is_no_keyword(written: str) -> None:
    assert parse_keyword(written) is None


@pytest.mark.parametrize(
    ("written", "position", "remedy"),
    [
        ("", 0, "write the word"),
        ("   ", 3, "write the word"),
        ("-", 1, "write the word"),
        ('""', 0, "write the word"),
        ("。！", 0, "write the word"),
        ("^2", 0, "write the word"),
        ("- # 招聘", 2, "write the word"),
        ("芯片^", 3, "such as ^2"),
        ("芯片^高", 3, "such as ^2"),
        ("芯片^-2", 3, "such as ^2"),
        ("芯片^0", 3, "above 0"),
        ("芯片^101", 3, "at most 100"),
        ("芯片^2^3", 4, "one by one"),
        ("芯片^2 产业", 5, "one by one"),
        ("-招聘^2", 3, "leave out ^"),
        ('"芯片', 0, "end it with"),
        ("“芯片", 0, "end it with ”"),
        ('"芯片" 产业', 5, "one by one"),
        ('集成"电路"', 0, "whole keyword in quotes"),
        ("芯片 | 半导体", 3, "in quotes"),
        ("芯片 & 云溪", 3, "in quotes"),
        ("+云溪", 0, "in quotes"),
        ("（芯片）", 0, "in quotes"),
        ("semi*", 4, "in quotes"),
        ("headline:芯片", 0, "in quotes"),
        ("长" * 101, 0, "shorten"),
    ],
)
def test_faulty_keyword_names_position_and_remedy(written: str, position: int, remedy: str) -> None:
    with pytest.raises(ProfileSyntaxError, match=r".") as caught:
        parse_keyword(written)
    assert caught.value.position == position
    assert remedy in str(caught.value)


@given(
    st.builds(Keyword, st.text(max_size=30).map(lambda text: (text + "题").strip()), WEIGHTS)
    | st.builds(Keyword, st.text('-^#"“”\\ +*|(A题', max_size=9).map(lambda t: (t + "题").strip()), WEIGHTS)
    | st.builds(
        Keyword, st.text("题a -^", max_size=9).map(lambda t: "题" + t.strip()), excluded=st.just(True)
    )
)
def test_parsing_what_is_printed_gives_the_same_keyword(keyword: Keyword) -> None:
    assert parse_keyword(str(keyword)) == keyword


@given(st.text(max_size=40) | st.text('-－^＾#"“”\\ +*|(A题2.', max_size=12))
def test_any_text_is_a_keyword_a_comment_or_a_syntax_error(text: str) -> None:
    try:
        keyword = parse_keyword(text)
    except ProfileSyntaxError as error:
        position = error.position
        keyword = None
    else:
        position = 0
    assert 0 <= position <= len(text)
    assert keyword is None or (keyword.key and 0 < keyword.weight <= 100)


def test_width_case_and_white_space_do_not_make_another_keyword() -> None:
    assert Keyword("ＡＩ 芯片").key == Keyword("ai芯片").key
    assert Keyword("Big  Data").key == "big data"
