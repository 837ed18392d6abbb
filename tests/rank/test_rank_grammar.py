from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import ProfileSyntaxError
from digest.rank.expression import (
    PLACES,
    AllOf,
    AnyOf,
    AtLeast,
    Dated,
    Expression,
    InPaper,
    InPlace,
    Near,
    OfKind,
    OnPage,
    Without,
    Words,
)
from digest.rank.grammar import parse_term
from digest.rank.keyword import Keyword, parse_keyword

A, B, C = Words("芯片"), Words("出口"), Words("云溪")


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("芯片 | 出口", AnyOf((A, B))),
        ("芯片｜出口|云溪", AnyOf((A, B, C))),
        ("芯片 & 出口", AllOf((A, B))),
        ("芯片＆出口", AllOf((A, B))),
        ("芯片 & 出口 | 云溪", AnyOf((AllOf((A, B)), C))),
        ("芯片 & （出口 | 云溪）", AllOf((A, AnyOf((B, C))))),
        ("芯片 & -出口", AllOf((A, Without(B)))),
        ("芯片 & －(出口 | 云溪)", AllOf((A, Without(AnyOf((B, C)))))),
        ("芯片 NEAR/10 出口", Near(A, B, 10)),
        ("芯片 near / 3 出口 ＮＥＡＲ／５ 云溪", Near(Near(A, B, 3), C, 5)),
        ("芯片 NEAR/3 (出口 NEAR/5 云溪)", Near(A, Near(B, C, 5), 3)),
        ("(芯片 | 出口) NEAR/3 云溪", Near(AnyOf((A, B)), C, 3)),
        ("芯片>=3", AtLeast(A, 3)),
        ("(芯片 | 出口) ≥ 2", AtLeast(AnyOf((A, B)), 2)),
        ("headline:芯片", InPlace("headline", A)),
        ("Headline：(芯片 | 出口)", InPlace("headline", AnyOf((A, B)))),
        ("headline:芯片 & 出口", AllOf((InPlace("headline", A), B))),
        ("headline:芯片>=2", AtLeast(InPlace("headline", A), 2)),
        ("byline:云溪", InPlace("byline", C)),
        ("page:1..4", OnPage(1, 4)),
        ("page:1", OnPage(1, 1)),
        ("page:3..", OnPage(3, None)),
        ("page:..3", OnPage(None, 3)),
        ("kind:commentary", OfKind("commentary")),
        ("date:2031-05-01", Dated(date(2031, 5, 1), date(2031, 5, 1))),
        ("date:2031-05-01..2031-05-31", Dated(date(2031, 5, 1), date(2031, 5, 31))),
        ("date:..2031-05-31", Dated(None, date(2031, 5, 31))),
        ("date:2028-02", Dated(date(2028, 2, 1), date(2028, 2, 29))),
        ("date:2031", Dated(date(2031, 1, 1), date(2031, 12, 31))),
        ("date:20310501..2031-06", Dated(date(2031, 5, 1), date(2031, 6, 30))),
        ("paper:云溪晚报", InPaper("云溪晚报")),
        ("paper：“云溪 晚报”", InPaper("云溪 晚报")),
        ("paper:云溪*", InPaper("云溪", prefix=True)),
        ("芯片 & page:1", AllOf((A, OnPage(1, 1)))),
        ("semi*", Words("semi", prefix=True)),
        ('"machine learn"*', Words("machine learn", prefix=True)),
        ("case:IT", Words("IT", case=True)),
        ("substring:大同", Words("大同", substring=True)),
        ("case:(IT | AI*)", AnyOf((Words("IT", case=True), Words("AI", prefix=True, case=True)))),
        ("AT&T", Words("AT&T")),
        ("C++ 语言", Words("C++ 语言")),
        ("3:2", Words("3:2")),
        ("（５Ｇ）", Words("５Ｇ")),
        ("linear/5", Words("linear/5")),
    ],
)
def test_expression_is_read_as_the_language_says(written: str, expected: Expression) -> None:
    keyword = parse_keyword(written)
    assert keyword == Keyword(expected)
    assert parse_keyword(str(keyword)) == keyword


@pytest.mark.parametrize(
    ("written", "position", "remedy"),
    [
        ("芯片 |", 4, "both sides of |"),
        ("| 芯片", 0, "both sides of |"),
        ("芯片 || 出口", 4, "both sides of |"),
        ("芯片 &", 4, "both sides of &"),
        ("(芯片 & ) | 出口", 6, "both sides of &"),
        ("()", 1, "inside the parentheses"),
        ("芯片 & (出口", 5, "end it with )"),
        ("芯片)", 2, "leave out )"),
        ("芯片 (出口)", 3, "write |, & or NEAR"),
        ("芯片 -出口", 3, "one keyword a line"),
        ("芯片 | -出口", 5, "one keyword a line"),
        ("芯片 +出口", 3, "one keyword a line"),
        ("(芯片^2 | 出口)", 3, "at the end of the whole keyword"),
        ("芯片 NEAR/ 出口", 3, "tells the distance"),
        ("NEAR/5 芯片", 0, "tells the distance"),
        ("芯片 NEAR/5", 9, "missing at the end"),
        ("芯片 NEAR/9999 出口", 3, "at most"),
        ("(芯片 & 出口) NEAR/3 云溪", 10, "only"),
        (" NEAR/1 ".join(["芯"] * 11), 83, "10 words at most"),
        ("芯片>=0", 2, "1 or more"),
        ("芯片 >= 多", 3, "such as 芯片>=2"),
        ("(芯片 | page:1)>=2", 13, "conditions out"),
        ("headline:", 9, "missing at the end"),
        ("headline:(芯片 | body:出口)", 0, "words only"),
        ("headline:(芯片 & page:1)", 0, "words only"),
        ("page:头版", 5, "page:1..4"),
        ("page:4..1", 5, "smaller number first"),
        ("page:..", 5, "page:1..4"),
        ("date:2031-13-01", 5, "2031-05-01"),
        ("date:..", 5, "date:2031-05-01"),
        ("date:2031-05-02..2031-05-01", 5, "earlier day first"),
        ("kind:评论", 5, "commentary"),
        ("kind:note", 5, "commentary"),
        ("paper:", 6, "write the word"),
        ("semi*conductor", 5, "write |, & or NEAR"),
        ("数字*", 2, "inside longer ones"),
        ("*芯片", 0, "such as semi*"),
        ("芯片 @base", 3, "in quotes"),
        ("((((((((((((((((((((((芯片))))))))))))))))))))))", 0, "several"),
        ("芯片 | " * 400 + "芯片", 2000, "several"),
    ],
)
def test_faulty_expression_names_position_and_remedy(written: str, position: int, remedy: str) -> None:
    with pytest.raises(ProfileSyntaxError, match=r".") as caught:
        parse_term(written)
    assert (caught.value.position, caught.value.text) == (position, written)
    assert remedy in str(caught.value)


def any_of(parts: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    return st.lists(parts, min_size=2, max_size=3).map(lambda each: AnyOf(tuple(each)))


def spans(words: st.SearchStrategy[Expression]) -> st.SearchStrategy[Expression]:
    return st.recursive(
        words, lambda inner: any_of(inner) | st.builds(Near, inner, inner, st.integers(0, 1000)), max_leaves=4
    )


LATIN = st.text("abXY＆é", min_size=1, max_size=5).map("w".__add__)
WORDS: st.SearchStrategy[Expression] = st.builds(
    Words,
    st.text(min_size=1, max_size=8).map(lambda text: ("题" + text).strip()),
    st.just(False),
    *[st.booleans()] * 2,
) | st.builds(Words, LATIN.map(lambda text: text.rstrip("＆")), st.booleans(), *[st.booleans()] * 2)
DATES = st.dates(date(1990, 1, 1), date(2040, 1, 1))
CONDITIONS: st.SearchStrategy[Expression] = st.one_of(
    st.tuples(st.integers(0, 99), st.integers(0, 99)).map(sorted).map(lambda ends: OnPage(*ends)),
    st.sampled_from([OnPage(None, 4), OnPage(2, None), OfKind("news"), OfKind("photo")]),
    st.tuples(DATES, DATES).map(sorted).map(lambda ends: Dated(*ends)),
    st.builds(InPaper, st.text(max_size=6).map(lambda text: ("报" + text).strip()), st.booleans()),
)
PLACED = st.builds(InPlace, st.sampled_from(PLACES), spans(WORDS))
COUNTED = st.builds(AtLeast, spans(WORDS) | PLACED, st.integers(1, 99))
EXPRESSIONS: st.SearchStrategy[Expression] = st.recursive(
    spans(WORDS) | PLACED | COUNTED | CONDITIONS,
    lambda inner: (
        any_of(inner)
        | st.tuples(inner, st.lists(inner | inner.map(Without), min_size=1, max_size=2)).map(
            lambda parts: AllOf((parts[0], *parts[1]))
        )
    ),
    max_leaves=6,
)


@given(EXPRESSIONS)
def test_parsing_what_is_printed_gives_the_same_expression(expression: Expression) -> None:
    term = parse_term(str(expression))
    assert term is not None
    assert term.expression == expression


@given(st.text('芯片AB |&()-+^2>=:*NEAR/5"“”#？headline：case', max_size=30))
def test_expression_or_syntax_error_and_nothing_else(text: str) -> None:
    try:
        term = parse_term(text)
    except ProfileSyntaxError as error:
        if not 0 <= error.position <= len(text):
            raise AssertionError(text) from error
    else:
        assert term is None or term.expression is None or str(term.expression)


def test_deep_nesting_is_refused_before_it_is_parsed() -> None:
    for written in ("(" * 900 + "芯片" + ")" * 900, "case:" * 300 + "IT"):
        with pytest.raises(ProfileSyntaxError, match="several"):
            parse_term(written)


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("case:(IT NEAR/3 AI)", "case:IT NEAR/3 case:AI"),
        ("case:headline:IT>=2", "headline:case:IT>=2"),
        ("case:(IT & -AI & page:1)", "case:IT & -case:AI & page:1"),
    ],
)
def test_modifier_holds_for_all_words_behind_it(written: str, printed: str) -> None:
    assert str(parse_keyword(written)) == printed


@pytest.mark.parametrize(
    "piece",
    ["(", "（", "|", "&", "-", '"', "^", "芯", "芯片|", "headline:", "case:", "芯 NEAR/3 ", "*", ">=9", "\\"],
)
@pytest.mark.parametrize("times", [1_000, 100_000])
def test_endless_keyword_is_refused_in_few_words(piece: str, times: int) -> None:
    with pytest.raises(ProfileSyntaxError) as refused:
        parse_keyword(piece * times + "出口")
    assert len(str(refused.value)) < 300
