from __future__ import annotations

import math
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model import ArchivedArticle, Clip, Hit
from digest.rank.background import Background, matcher_of
from digest.rank.reading import read_article
from digest.rank.score import HALF_LIFE_DAYS, recency, score_article
from digest.rank.terms import terms_of
from tests.rank.rank_articles import SEEN, archived, profile

FILLER = "全市各部门按照部署认真落实各项工作，确保任务按期完成。" * 3
LONG = tuple(FILLER for _ in range(12))


def clip_of(article: ArchivedArticle, *keywords: str, days: float = 0, **background: Any) -> Clip | None:
    terms = terms_of(profile(*keywords))
    reading = read_article(article.article, matcher_of([terms]))
    return score_article(article, reading, terms, Background(**background), SEEN + timedelta(days=days))


def score(article: ArchivedArticle, *keywords: str, **options: Any) -> float:
    clip = clip_of(article, *keywords, **options)
    assert clip is not None
    return clip.score


PIECES = st.text("无人机港云溪5G ，。", max_size=12)
ARTICLES = st.builds(
    archived,
    st.integers(1, 99),
    PIECES.map("题".__add__),
    PIECES,
    PIECES,
    page=st.sampled_from([1, 2, None]),
    kicker=st.lists(PIECES, max_size=4).map(tuple),
    deck=st.lists(PIECES, max_size=4).map(tuple),
    kind=st.sampled_from(["news", "photo", "notice"]),
)


@given(ARTICLES, st.floats(0, 400), st.floats(0.01, 100))
def test_reasons_add_up_to_a_score_between_0_and_100(
    article: ArchivedArticle, days: float, weight: float
) -> None:
    clip = clip_of(article, f"无人机^{weight:.2f}", "5G", "云溪^0.5", days=days)
    if clip is not None:
        assert math.fsum(reason.points for reason in clip.reasons) == pytest.approx(clip.score, abs=1e-6)
        assert 0 < clip.score <= 100


@given(ARTICLES)
def test_every_hit_selects_its_keyword_in_its_zone(article: ArchivedArticle) -> None:
    clip = clip_of(article, "无人机", "云溪")
    texts = article.article
    zones = {
        "headline": (texts.headline,),
        "kicker": texts.kicker,
        "deck": texts.deck,
        "lead": (texts.lead,),
        "body": texts.paragraphs,
    }
    for reason in clip.reasons if clip else ():
        for hit in reason.hits:
            marked = zones[hit.zone][hit.index][hit.start : hit.end]
            assert "".join(marked.split()) == reason.label


def test_passing_mention_is_low_and_the_subject_high() -> None:
    passing = archived(1, "全市工作会议召开", *LONG[:-1], FILLER + "会议还提到无人机。")
    subject = archived(
        2, "无人机港落成", "云溪无人机港昨日启用。", *LONG[:4], "无人机产业起步。", "无人机企业入驻。"
    )
    assert score(passing, "无人机") < 25
    assert 70 < score(subject, "无人机") < 95


def test_zones_count_in_the_order_of_their_prominence() -> None:
    body = archived(1, "题目", FILLER, "无人机。", *LONG)
    lead = archived(1, "题目", FILLER + "无人机。", *LONG)
    deck = archived(1, "题目", FILLER, *LONG, deck=("城北新建无人机起降场",))
    headline = archived(1, "城北新建无人机起降场", FILLER, *LONG)
    scores = [score(article, "无人机") for article in (body, lead, deck, headline)]
    assert scores == sorted(scores)
    assert len(set(scores)) == 4


def test_weight_raises_the_score_and_a_rare_keyword_counts_more() -> None:
    article = archived(1, "题目", "无人机。", *LONG)
    assert score(article, "无人机^2") > score(article, "无人机") > score(article, "无人机^0.5")
    common = {"documents": 1000, "frequencies": {"无人机": 500}}
    assert score(article, "无人机", **common) < score(article, "无人机")


def test_hit_in_a_long_body_counts_less() -> None:
    short = archived(1, "题目", "导语。", "无人机。", *LONG[:3])
    long = archived(1, "题目", "导语。", "无人机。", *LONG)
    assert score(short, "无人机") > score(long, "无人机")


def test_hit_in_a_body_of_one_line_counts_less_than_one_in_the_headline() -> None:
    line = archived(1, "城北新建一座起降场", FILLER, "无人机。")
    headline = archived(1, "城北新建无人机起降场", FILLER, "其余。")
    assert score(line, "无人机") < score(headline, "无人机")


def test_lead_is_not_counted_again_as_body() -> None:
    clip = clip_of(archived(1, "题目", "无人机。", "其余。"), "无人机")
    assert clip is not None
    assert clip.reasons[0].hits == (Hit("lead", 0, 0, 3),)


def test_headline_derived_from_the_lead_is_not_counted() -> None:
    clip = clip_of(archived(1, "无人机启用", "无人机启用。", headline_source="derived"), "无人机")
    assert clip is not None
    assert [hit.zone for hit in clip.reasons[0].hits] == ["lead"]


def test_reasons_name_keywords_by_points_then_adjustments() -> None:
    clip = clip_of(archived(1, "无人机", "云溪。", page=1), "云溪", "无人机^2", days=3)
    assert clip is not None
    assert [reason.label for reason in clip.reasons] == ["无人机", "云溪", "prominence", "recency"]
    assert clip.reasons[2].points > 0 > clip.reasons[3].points
    assert clip.reasons[2].hits == ()


def test_adjustment_that_changes_nothing_is_no_reason() -> None:
    clip = clip_of(archived(1, "无人机"), "无人机")
    assert clip is not None
    assert [reason.label for reason in clip.reasons] == ["无人机"]


@pytest.mark.parametrize(
    "fields",
    [
        {"headline": "诚聘英才：招聘"},
        {"kicker": ("招聘",)},
        {"deck": ("招聘",)},
        {"lead": "招聘。"},
        {"paragraphs": ("无人机", "招 聘")},
        {"column": "招聘"},
        {"captions": ("招聘会现场",)},
    ],
)
def test_excluded_keyword_anywhere_removes_the_article(fields: dict[str, Any]) -> None:
    plain = archived(1, "无人机", "无人机。")
    article = replace(plain, article=replace(plain.article, **fields))
    assert clip_of(article, "无人机") is not None
    assert clip_of(article, "无人机", "-招聘") is None


def test_keyword_in_a_caption_alone_selects_nothing() -> None:
    assert clip_of(archived(1, "题目", captions=("无人机",)), "无人机") is None


def test_front_page_and_headings_raise_and_photo_and_notice_lower() -> None:
    plain = score(archived(1, "无人机", page=5), "无人机")
    assert score(archived(1, "无人机", page=1), "无人机") > plain
    assert score(archived(1, "无人机", deck=("副题",)), "无人机") > plain
    assert score(archived(1, "无人机", kind="photo"), "无人机") < plain
    assert score(archived(1, "无人机", kind="notice"), "无人机") < plain


def test_age_counts_from_first_seen_and_never_below_zero() -> None:
    article = archived(1, "无人机")
    assert recency(article, SEEN - timedelta(days=2)) == 1
    assert recency(article, SEEN) == 1
    week, year = (recency(article, SEEN + timedelta(days=days)) for days in (HALF_LIFE_DAYS, 365))
    assert 1 > week > year > 0.5


def test_scoring_the_same_at_the_same_instant_is_deterministic() -> None:
    article = archived(1, "无人机", *LONG, "无人机5G")
    assert clip_of(article, "无人机", "5G", days=2) == clip_of(article, "无人机", "5G", days=2)
