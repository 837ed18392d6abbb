from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import ProfileSyntaxError
from digest.rank.grammar import parse_term
from digest.rank.keyword import (
    _PLAIN,
    Include,
    Keyword,
    _plain_term,
    parse_keyword,
    parse_line,
    plain_keyword,
)

WEIGHTS = st.integers(1, 10_000).map(lambda hundredths: hundredths / 100)


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("数字经济", plain_keyword("数字经济")),
        ("数字经济^3", plain_keyword("数字经济", 3.0)),
        ("数字经济 ^ 0.5", plain_keyword("数字经济", 0.5)),
        ("数字经济＾２．５", plain_keyword("数字经济", 2.5)),
        ("芯片^.5", plain_keyword("芯片", 0.5)),
        ("-招聘", plain_keyword("招聘", part="excluded")),
        ("－ 招聘", plain_keyword("招聘", part="excluded")),
        ("Big Data", plain_keyword("Big Data")),
        ("5G  # 通信", plain_keyword("5G")),
        ("C#", plain_keyword("C#")),
        ("R&D", plain_keyword("R&D")),
        ("e-mail", plain_keyword("e-mail")),
        ('"R^2"^2', plain_keyword("R^2", 2.0)),
        ("“-40℃”", plain_keyword("-40℃")),
        ('-"招聘 # 会"', plain_keyword("招聘 # 会", part="excluded")),
        (r'"a\"b\\c"', plain_keyword('a"b\\c')),
        ("《云溪志》", plain_keyword("《云溪志》")),
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
        ("芯片^2^3", 4, "stands once"),
        ("芯片^2 产业", 5, "one keyword a line"),
        ("-招聘^2", 3, "leave out ^"),
        ('"芯片', 0, "end it with"),
        ("“芯片", 0, "end it with ”"),
        ('"芯片" 产业', 5, "one keyword a line"),
        ('集成"电路"', 2, "write |, & or NEAR"),
        ("长" * 101, 0, "shorten"),
        ("@base", 0, "configured"),
    ],
)
def test_faulty_keyword_names_position_and_remedy(written: str, position: int, remedy: str) -> None:
    with pytest.raises(ProfileSyntaxError, match=r".") as caught:
        parse_keyword(written)
    assert caught.value.position == position
    assert remedy in str(caught.value)


@pytest.mark.parametrize("written", ["@base", "＠ base", "@base^0.5"])
def test_include_names_a_profile(written: str) -> None:
    include = parse_line(written)
    assert isinstance(include, Include)
    assert include.name == "base"
    assert parse_line(str(include)) == include


WORDS = st.text(max_size=30).map(lambda text: (text + "题").strip())
TRICKY = st.text('-^#"“”\\ +*|(A题:&?@>=', max_size=9).map(lambda text: (text + "题").strip())


@given(
    st.builds(plain_keyword, WORDS | TRICKY, WEIGHTS, st.sampled_from(["wanted", "required", "secondary"]))
    | st.builds(plain_keyword, WORDS | TRICKY, st.just(1.0), st.just("excluded"))
)
def test_parsing_what_is_printed_gives_the_same_keyword(keyword: Keyword) -> None:
    assert parse_keyword(str(keyword)) == keyword


@given(st.text(max_size=40) | st.text('-－^＾#"“”\\ +*|(A题2.&:)@?>=', max_size=12))
def test_any_text_is_a_keyword_a_comment_or_a_syntax_error(text: str) -> None:
    try:
        keyword = parse_line(text)
    except ProfileSyntaxError as error:
        if not 0 <= error.position <= len(text):
            raise AssertionError(text) from error
    else:
        assert keyword is None or 0 < keyword.weight <= 100
        assert keyword is None or parse_line(str(keyword)) == keyword


def test_text_of_a_keyword_is_what_people_read() -> None:
    read = [parse_keyword(written) for written in ('"R^2"^3', "+芯片|半导体", "case:IT")]
    assert [keyword.text for keyword in read if keyword] == ["R^2", "芯片 | 半导体", "case:IT"]


@given(st.from_regex(r"[-+?]?[0-9A-Za-zNEAR大同數]{1,6}(\^[0-9]{1,3}(\.[0-9]{1,3})?)?", fullmatch=True))
def test_word_without_blanks_is_read_as_the_grammar_reads_it(text: str) -> None:
    plain = _PLAIN.fullmatch(text)
    assert plain
    assert _plain_term(*plain.groups("")) == parse_term(text)
