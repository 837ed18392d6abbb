from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import ProfileSyntaxError
from digest.model import ArchivedArticle, Profile
from digest.rank import register as register_module
from digest.rank.background import Background
from digest.rank.choice import choose
from digest.rank.evidence import View
from digest.rank.matcher import Matcher
from digest.rank.reading import read_article
from digest.rank.register import Register
from digest.rank.score import score_article
from digest.rank.terms import terms_of
from tests.rank.rank_articles import SEEN, archived, profile

_WORDS = ("云溪", "港", "高铁", "5g", "无人机", "无人机港")
_TERMS = (
    *_WORDS,
    "云溪 | 5G",
    "云溪 & 高铁",
    "(云溪 & 港) | 高铁",
    "(云溪 | 港) & -高铁",
    "云溪 NEAR/2 港",
    "港>=2",
    "headline:港",
    "byline:云溪",
    "page:1",
    "kind:photo & 港",
    "substring:机港",
)


def _written(sign: str, term: str) -> str:
    return f"{sign}({term})" if sign and " " in term else sign + term


def _profile(number: int, keywords: list[str]) -> Profile:
    return profile(*keywords, number=number)


def _article(headline: str, body: str, caption: str, byline: str, page: int) -> ArchivedArticle:
    return archived(1, headline, body, page=page, captions=(caption,), byline=(byline,))


KEYWORDS = st.builds(_written, st.sampled_from(["", "", "+", "-", "?"]), st.sampled_from(_TERMS))
PROFILES = st.builds(_profile, st.integers(1, 4), st.lists(KEYWORDS, min_size=1, max_size=5, unique=True))
TEXTS = st.lists(st.sampled_from([*_WORDS, "的", "，"]), max_size=8).map("".join)
ARTICLES = st.builds(
    _article, TEXTS, TEXTS, TEXTS, st.sampled_from(["云溪", ""]), st.integers(min_value=1, max_value=2)
)


def loop(profiles: dict[UUID, Profile], article: ArchivedArticle) -> set[UUID]:
    """The profiles that select the article, each looked at alone."""
    chosen = set[UUID]()
    for each in profiles.values():
        terms = terms_of(each)
        reading = read_article(article.article, Matcher(terms.words()))
        if choose(terms, View(article, reading)) is not None:
            chosen.add(each.id)
    return chosen


@settings(max_examples=300, deadline=None)
@given(st.lists(st.one_of(PROFILES, st.integers(1, 4)), max_size=10), ARTICLES)
def test_after_any_changes_the_register_selects_what_a_loop_over_the_profiles_does(
    steps: list[Profile | int], article: ArchivedArticle
) -> None:
    register, profiles = Register(), dict[UUID, Profile]()
    for step in steps:
        if isinstance(step, int):
            register.remove(UUID(int=step))
            profiles.pop(UUID(int=step), None)
            continue
        try:
            register.put(step)
        except ProfileSyntaxError:
            continue
        profiles[step.id] = step
    expected = loop(profiles, article)
    for each in (register, Register(profiles.values())):
        reading = read_article(article.article, each.matcher)
        chosen = each.selecting(article, reading)
        assert len(chosen) == len(set(chosen))
        assert set(chosen) == expected
        assert set(each.candidates(reading)) >= expected


def test_profile_that_cannot_be_used_changes_nothing() -> None:
    register = Register([profile("云溪")])
    with pytest.raises(ProfileSyntaxError):
        register.put(profile("-云溪"))
    assert register.get(UUID(int=1)) == profile("云溪")


def test_replacing_leaves_what_is_unchanged_and_drops_what_is_gone() -> None:
    register = Register([profile("云溪", number=1), profile("高铁", number=2), profile("港", number=3)])
    register.replace([profile("云溪", number=1), profile("无人机", number=3), profile("5g", number=4)])
    assert len(register) == 3
    assert profile("高铁", number=2) not in register
    assert {each.profile.keywords[0] for each in register.all_terms()} == {"云溪", "无人机", "5g"}
    assert register.matcher.uses("高铁") == register.matcher.uses("港") == 0


def test_a_common_word_is_not_looked_up_where_a_rare_one_is_required() -> None:
    crowd = [profile("云溪", number=number) for number in range(2, 40)]
    register = Register([profile("云溪", "+无人机"), *crowd])
    article = archived(1, "云溪").article
    assert UUID(int=1) not in register.candidates(read_article(article, register.matcher))


def test_terms_are_those_of_the_profile_registered_last() -> None:
    register = Register([profile("云溪", "-高铁")])
    assert [str(keyword) for keyword in register.terms(UUID(int=1)).keywords] == ["云溪", "-高铁"]
    register.put(profile("高铁"))
    assert [str(keyword) for keyword in register.terms(UUID(int=1)).keywords] == ["高铁"]
    with pytest.raises(KeyError):
        register.terms(UUID(int=2))


def test_profile_that_selects_by_conditions_is_asked_about_every_article() -> None:
    register = Register([profile("date:2031-05-06")])
    article = archived(1, "题目", day=date(2031, 5, 6))
    assert register.selecting(article, read_article(article.article, register.matcher)) == [UUID(int=1)]


def test_clips_are_those_that_score_over_the_threshold() -> None:
    low, high = profile("云溪", number=1), profile("云溪", number=2, threshold=100.0)
    register = Register([low, high, profile("高铁", number=3)])
    article = archived(1, "云溪", "云溪的消息。")
    reading = read_article(article.article, register.matcher)
    [clip] = register.clips(article, reading, Background(), SEEN)
    assert clip == score_article(article, reading, terms_of(low), Background(), SEEN)


def test_no_more_terms_are_kept_than_there_is_room_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register_module, "TERMS_KEPT", 1)
    register = Register([profile("云溪", number=1), profile("高铁", number=2)])
    names = [register.terms(UUID(int=number)).keywords[0].text for number in (1, 2, 1)]
    assert names == ["云溪", "高铁", "云溪"]
