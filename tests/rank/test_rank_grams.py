"""An article for which an expression holds is always found by what the expression needs."""

from __future__ import annotations

import hashlib
from datetime import date

import pytest
from hypothesis import given, reject, settings
from hypothesis import strategies as st

from digest.errors import ProfileSyntaxError
from digest.model import ArchivedArticle
from digest.rank.evidence import View, evidence
from digest.rank.expression import Expression, words_of
from digest.rank.fold import fold
from digest.rank.grammar import parse_term
from digest.rank.grams import Either, Every, Gram, Need, days_of, grams_of, headed_need, need_of
from digest.rank.matcher import Matcher
from digest.rank.reading import read_article
from tests.rank.rank_articles import archived


def _expression(text: str) -> Expression:
    term = parse_term(text)
    assert term is not None
    assert term.expression is not None
    return term.expression


def _meets(need: Need | None, grams: frozenset[str]) -> bool:
    match need:
        case None:
            return True
        case Gram(text, prefix):
            return any(gram.startswith(text) for gram in grams) if prefix else text in grams
        case Every(parts):
            return all(_meets(part, grams) for part in parts)
        case Either(parts):
            return any(_meets(part, grams) for part in parts)


def _found(text: str, article: ArchivedArticle) -> bool:
    return _meets(need_of(_expression(text)), grams_of(article))


BRIDGE = archived(
    1, "大桥通车", "５Ｇ网络 覆盖大橋。", "Big Data 与 R&D，semiconductor。", page=3, day=date(2031, 5, 2),
    kicker=("云溪",), byline_text="记者 林一舟", captions=("灯光",), column="观察",
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "大桥", "桥", "大橋", "5g", "5G网络", "big data", "R&D", "semi*", "s*", "headline:大桥",
        "kicker:云溪", "deck:云溪", "byline:林一", "大桥 | 火箭", "大桥 NEAR/9 通车", "大桥>=1", "page:3",
        "page:1..", "page:1..9", "kind:news", "paper:云溪*", "paper:云溪晚报", "大桥 & -火箭",
        "date:2031-05", "page:1..2000", "body:大桥",
    ],
)  # fmt: skip
def test_an_article_is_found_by(text: str) -> None:
    assert _found(text, BRIDGE)


@pytest.mark.parametrize(
    "text",
    [
        "火箭", "headline:网络", "灯光", "观察", "byline:大桥", "page:4", "kind:photo", "paper:云溪",
        "data5", "semi", "大桥 & 火箭", "火箭 | 飞船", "kicker:大桥", "page:4..9",
    ],
)  # fmt: skip
def test_an_article_is_not_even_looked_at_for(text: str) -> None:
    assert not _found(text, BRIDGE)


def test_words_of_the_headline_are_what_is_compared_first() -> None:
    wanted = [
        _expression("(大桥 | 网络) & -火箭"),
        _expression("(headline:通车) & 大桥 NEAR/3 通车 & page:3"),
    ]
    assert _meets(headed_need(wanted), grams_of(BRIDGE))
    assert not _meets(headed_need([_expression("网络>=1")]), grams_of(BRIDGE))
    assert headed_need([_expression("page:3")]) is None


def test_days_of_what_is_near_or_counted_are_all() -> None:
    assert days_of(_expression("大桥 NEAR/3 通车")).open


_ALPHABET = "大同小异数字经济學学生5Gaz-， 。\u3000\n&_"


@settings(deadline=None)
@given(
    st.text(_ALPHABET, min_size=1, max_size=6),
    st.text(_ALPHABET, max_size=40),
    st.text(_ALPHABET, max_size=40),
)
def test_what_holds_is_always_found(words: str, headline: str, lead: str) -> None:
    try:
        expression = _expression('"' + words + '"')
    except ProfileSyntaxError:
        reject()
    article = archived(1, headline or "题", lead)
    reading = read_article(article.article, Matcher(words_of(expression)))
    if evidence(expression, View(article, reading)) is not None:
        assert _meets(need_of(expression), grams_of(article))


_FOLDED = "79373060d043b7acd0a280a4b87c356be8af1c21fcc64fccf918b4615bbc7693"


def test_folding_is_what_the_index_was_filled_with() -> None:
    """When it changes on purpose, add a migration that empties search_grams and search_entries."""
    everything = "".join(map(chr, (*range(0xD800), *range(0xE000, 0x30000))))
    assert hashlib.sha256(fold(everything).encode()).hexdigest() == _FOLDED
