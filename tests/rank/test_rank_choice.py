from __future__ import annotations

import time
from datetime import date
from typing import Any

import pytest

from digest.model import Clip
from digest.rank import rank
from digest.rank.background import Background
from digest.rank.explain import explain
from tests.rank.rank_articles import SEEN, archived, profile

ARTICLE = archived(
    1,
    "云溪芯片出口增长",
    "云溪海关昨日公布，芯片出口额同比增长一成。",
    "半导体企业订单饱满，Big Data 与 IT 服务、semiconductor 设备也有出口。",
    "两案大同小异。芯片企业 12 家。",
    page=1,
    day=date(2031, 5, 6),
    kicker=("开放云溪",),
    deck=("订单排到年底",),
    column="经济",
    captions=("图为招聘会现场。",),
    byline=("林一舟",),
    byline_text="本报记者 林一舟",
)


def clip_of(*keywords: str, **options: Any) -> Clip | None:
    clips = rank([ARTICLE], [profile(*keywords)], SEEN, Background(), **options)
    return clips[0] if clips else None


@pytest.mark.parametrize(
    "keyword",
    [
        "芯片 | 稻谷",
        "芯片 & 海关",
        "芯片 & -稻谷",
        "芯片 NEAR/0 出口",
        "出口 NEAR/0 芯片",
        "海关 NEAR/4 芯片",
        "(海关 | 稻谷) NEAR/4 (出口 | 芯片)",
        "海关 NEAR/4 芯片 NEAR/0 出口",
        "Data NEAR/1 IT",
        "芯片>=3",
        "(芯片 | 半导体)>=4",
        "headline:芯片",
        "kicker:云溪",
        "deck:订单",
        "lead:海关",
        "body:海关",
        "body:半导体",
        "headline:(芯片 & 出口)",
        "byline:林一舟",
        "paper:云溪晚报",
        "paper:云溪*",
        "page:1",
        "page:..4",
        "kind:news",
        "date:2031-05-06",
        "date:2031-05-01..2031-05-31",
        "芯片 & page:1..4 & -kind:photo",
        "semi*",
        "case:IT",
        "substring:大同",
        "晶片 | 芯片 | 積體電路",
        "出口額",
    ],
)
def test_expression_that_holds_selects(keyword: str) -> None:
    clip = clip_of(keyword)
    assert clip is not None
    assert clip.score > 0


@pytest.mark.parametrize(
    "keyword",
    [
        "稻谷 | 小麦",
        "芯片 & 稻谷",
        "芯片 & -海关",
        "海关 NEAR/3 芯片",
        "海关 NEAR/9 半导体",
        "芯片 NEAR/9 稻谷",
        "芯片>=4",
        "headline:海关",
        "kicker:芯片",
        "lead:半导体",
        "headline:(芯片 & 海关)",
        "byline:舟一",
        "林一舟",
        "paper:云溪",
        "page:2..",
        "kind:photo",
        "date:2031-05-07..",
        "semi",
        "case:it",
        "大同",
        "招聘会",
    ],
)
def test_expression_that_does_not_hold_selects_nothing(keyword: str) -> None:
    assert clip_of(keyword) is None


def test_synonyms_count_as_one_keyword() -> None:
    together, apart = clip_of("芯片 | 半导体"), clip_of("芯片", "半导体")
    assert together is not None
    assert apart is not None
    assert [reason.label for reason in together.reasons][:1] == ["芯片 | 半导体"]
    assert len(together.reasons[0].hits) == 4
    assert together.score < apart.score


def test_hits_inside_one_another_count_once() -> None:
    clip = clip_of("芯片 | 芯片出口 | 出口")
    assert clip is not None
    marked = {
        ARTICLE.article.headline[hit.start : hit.end]
        for hit in clip.reasons[0].hits
        if hit.zone == "headline"
    }
    assert marked == {"芯片出口"}


def test_near_marks_both_words() -> None:
    clip = clip_of("海关 NEAR/4 芯片")
    assert clip is not None
    lead = ARTICLE.article.lead
    assert [lead[hit.start : hit.end] for hit in clip.reasons[0].hits] == ["海关", "芯片"]


def test_place_counts_only_hits_there() -> None:
    clip = clip_of("headline:芯片")
    assert clip is not None
    assert [hit.zone for hit in clip.reasons[0].hits] == ["headline"]


def test_required_keyword_adds_and_must_hold() -> None:
    assert clip_of("芯片", "+稻谷") is None
    assert clip_of("稻谷", "+芯片") is None
    both, alone = clip_of("芯片", "+海关"), clip_of("芯片")
    assert both is not None
    assert alone is not None
    assert both.score > alone.score


def test_required_conditions_add_nothing_beside_words() -> None:
    with_page, without = clip_of("芯片", "+page:1", "+byline:林一舟"), clip_of("芯片")
    assert with_page is not None
    assert without is not None
    assert with_page.score == without.score


def test_required_keywords_alone_select() -> None:
    assert clip_of("+芯片", "+海关") is not None
    assert clip_of("+芯片", "+稻谷") is None
    assert clip_of("+byline:林一舟") is not None


def test_secondary_keyword_adds_but_never_selects() -> None:
    assert clip_of("稻谷", "?芯片") is None
    more, less = clip_of("海关", "?芯片"), clip_of("海关")
    assert more is not None
    assert less is not None
    assert more.score > less.score


@pytest.mark.parametrize(
    "exclusion",
    [
        "-招聘",
        "-(芯片 & 招聘)",
        "-page:1",
        "-kind:news",
        "-headline:出口",
        "-(图 NEAR/2 招聘)",
        "-byline:林一舟",
    ],
)
def test_exclusion_that_holds_anywhere_removes_the_article(exclusion: str) -> None:
    assert clip_of("芯片", exclusion) is None


@pytest.mark.parametrize("exclusion", ["-(芯片 & 稻谷)", "-page:2..", "-headline:招聘", "-林一舟"])
def test_exclusion_that_does_not_hold_removes_nothing(exclusion: str) -> None:
    assert clip_of("芯片", exclusion) is not None


def test_article_without_known_page_date_and_paper_meets_no_condition() -> None:
    bare = archived(2, "芯片", page=None)
    for condition in ("page:1..", "date:..2040-01-01"):
        assert rank([bare], [profile(condition)], SEEN) == ()


def test_many_near_hits_cost_little() -> None:
    crowded = archived(3, "题", "芯片出口" * 2_000)
    chain = " NEAR/50 ".join(["芯片", "出口"] * 5)
    started = time.process_time()
    [clip] = rank([crowded], [profile(chain)], SEEN)
    assert clip.score > 0
    assert time.process_time() - started < 4


@pytest.mark.parametrize("keyword", ["订单 NEAR/2 年底", "开放 NEAR/0 云溪", "deck:(订单 NEAR/2 年底)"])
def test_near_holds_in_headings_too(keyword: str) -> None:
    assert clip_of(keyword) is not None


@pytest.mark.parametrize(
    ("exclusion", "ground"),
    [("-经济", "column"), ("-(图 NEAR/2 招聘)", "caption"), ("-byline:林一舟", "byline")],
)
def test_exclusion_beside_the_zones_is_explained_where_it_stands(exclusion: str, ground: str) -> None:
    told = explain(ARTICLE, profile("芯片", exclusion), Background(), SEEN)
    assert [trace.spots[0].ground for trace in told.fired] == [ground]
    assert all(spot.text in exclusion for trace in told.fired for spot in trace.spots)
