from __future__ import annotations

import json
from typing import Any

import pytest

from digest.errors import DigestError
from digest.rank.background import PRIOR_LENGTHS, Background, background_from_json, measure_background
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


def test_zone_lengths_are_means_over_the_articles_that_have_the_zone() -> None:
    background = measure_background(ARTICLES, [profile("无人机")])
    assert background.lengths == {"headline": 5.5, "deck": 5.0, "lead": 7.0, "body": 7.0}


def test_background_survives_json() -> None:
    background = measure_background(ARTICLES, [profile("无人机", "麦苗")])
    assert background_from_json(json.loads(json.dumps(background.to_json()))) == background


@pytest.mark.parametrize(
    "record",
    [
        {},
        {"documents": 1, "frequencies": {}, "lengths": []},
        {"documents": "1", "frequencies": {}, "lengths": {}},
        {"documents": True, "frequencies": {}, "lengths": {}},
        {"documents": 1, "frequencies": {"无人机": -1}, "lengths": {}},
        {"documents": 1, "frequencies": {}, "lengths": {"lead": float("nan")}},
    ],
)
def test_record_that_is_no_background_is_refused(record: dict[str, Any]) -> None:
    with pytest.raises(DigestError, match="measure it anew"):
        background_from_json(record)


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
    assert Background().length("body") == PRIOR_LENGTHS["body"]
    assert Background(5, {}, {"body": 100.0}).length("body") > 800
    assert Background(100_000, {}, {"body": 100.0}).length("body") == pytest.approx(100, abs=2)
    assert Background(100_000, {}, {}).length("deck") == PRIOR_LENGTHS["deck"]
