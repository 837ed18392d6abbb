from __future__ import annotations

import json

import pytest

from digest.rank.background import PRIOR_LENGTH, Background, measure_background
from tests.rank.rank_articles import archived, profile

ARTICLES = [
    archived(1, "云溪建无人机港", "无人机港昨日启用。", "市民前往参观。"),
    archived(2, "春耕开始", "麦苗返青。", deck=("无人机撒肥",)),
    archived(3, "无人机说明", "无人机。", kind="note"),
]


def test_background_counts_articles_that_have_a_keyword_and_leaves_out_notes() -> None:
    background = measure_background(ARTICLES, [profile("无人机", "麦苗", "高铁", "-招聘")])
    assert background.documents == 2
    assert background.frequencies == {"无人机": 2, "麦苗": 1, "高铁": 0}


def test_length_is_the_mean_of_all_zones_together() -> None:
    assert measure_background(ARTICLES, [profile("无人机")]).mean_length == 18.5
    assert measure_background([], [profile("无人机")]).mean_length == PRIOR_LENGTH


def test_figures_go_into_json() -> None:
    background = Background(9, {"医生": 2}, 80.0, {("医生",): {"医": 0.5}})
    assert json.loads(json.dumps(background.to_json())) == {
        "documents": 9,
        "frequencies": {"医生": 2},
        "mean_length": 80.0,
        "parts": [{"keywords": ["医生"], "weights": {"医": 0.5}}],
    }


def test_keyword_nobody_looked_for_is_as_rare_as_the_prior_says() -> None:
    assert Background(5000, {"无人机": 9}).rarity("新词") == Background().rarity("新词")


def test_single_day_neither_makes_a_word_worthless_nor_a_treasure() -> None:
    prior = Background().rarity("词")
    everywhere, nowhere = Background(10, {"词": 10}).rarity("词"), Background(10, {"词": 0}).rarity("词")
    assert everywhere < prior < nowhere
    assert nowhere < 1.1 * prior
    assert everywhere > 0.5 * prior


def test_rarity_falls_with_frequency_and_stays_positive() -> None:
    rarities = [Background(1000, {"词": count}).rarity("词") for count in (0, 10, 100, 500, 1000)]
    assert rarities == sorted(rarities, reverse=True)
    assert rarities[-1] > 0


def test_usual_length_moves_from_the_prior_to_what_was_seen() -> None:
    assert Background().length == PRIOR_LENGTH
    assert Background(5, {}, 100.0).length > 900
    assert Background(100_000, {}, 100.0).length == pytest.approx(100, abs=2)
