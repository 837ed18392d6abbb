from __future__ import annotations

from digest.rank import rank
from digest.rank.background import Background
from digest.rank.explain import Explanation, explain
from tests.rank.rank_articles import SEEN, archived, profile

ARTICLE = archived(
    1,
    "芯片出口增长",
    "云溪海关公布，大同小异。",
    "machine 与 it 服务，半导体设备。",
    captions=("招聘会现场",),
    page=1,
)


def told(*keywords: str, threshold: float = 0.0) -> Explanation:
    return explain(ARTICLE, profile(*keywords, threshold=threshold), Background(), SEEN)


def misses(*keywords: str) -> list[tuple[str, str]]:
    return [(miss.why, miss.spots[0].text if miss.spots else "") for miss in told(*keywords).near_misses]


def test_points_and_places_are_those_of_the_clip() -> None:
    keywords = ("芯片^2", "海关 | 关税", "?设备", "+page:1", "稻谷")
    explained = told(*keywords)
    [clip] = rank([ARTICLE], [profile(*keywords)], SEEN, Background())
    assert explained.verdict == "selected"
    assert explained.score == clip.score
    assert {trace.points for trace in explained.traces if trace.points} == {
        reason.points for reason in clip.reasons if reason.hits
    }
    assert [trace.keyword for trace in explained.traces if trace.holds] == [
        "芯片^2",
        "海关 | 关税",
        "?设备",
        "+page:1",
    ]
    assert abs(sum(trace.share for trace in explained.traces) - 1) < 1e-9
    assert [reason.label for reason in explained.adjustments] == ["prominence"]


def test_spot_is_what_is_printed_there() -> None:
    [spot] = told("海关").traces[0].spots
    assert (spot.ground, spot.index, spot.text) == ("lead", 0, "海关")
    assert ARTICLE.article.lead[spot.start : spot.end] == "海关"


def test_exclusion_that_fired_is_told_with_its_place_and_the_score_it_cost() -> None:
    explained = told("芯片", "-招聘", "-稻谷")
    assert explained.verdict == "excluded"
    assert [(trace.keyword, trace.spots[0].ground) for trace in explained.fired] == [("-招聘", "caption")]
    assert explained.score == told("芯片").score


def test_missing_required_keyword_is_told() -> None:
    explained = told("芯片", "+稻谷")
    assert explained.verdict == "required"
    assert [trace.keyword for trace in explained.missing] == ["+稻谷"]
    assert explained.score > 0


def test_score_under_the_threshold_and_nothing_found_are_told() -> None:
    assert told("芯片", threshold=100).verdict == "threshold"
    assert told("稻谷").verdict == "nothing"
    assert told("+稻谷", "小麦").verdict == "nothing"


def test_note_is_told() -> None:
    note = archived(2, "芯片", kind="note")
    assert explain(note, profile("芯片"), Background(), SEEN).verdict == "note"


def test_words_cut_by_a_boundary_nearly_match() -> None:
    assert misses("大同") == [("word_boundary", "大同")]
    assert misses("mac") == [("word_boundary", "mac")]
    [miss] = told("mac").near_misses
    assert miss.detail == "mac is only a part of machine"


def test_other_capitals_nearly_match() -> None:
    assert misses("case:IT") == [("capitals", "it")]


def test_expression_that_holds_in_part_nearly_matches() -> None:
    assert misses("芯片 & 稻谷") == [("part", "芯片")]
    assert misses("海关 NEAR/1 半导体") == [("distance", "海关")]
    assert misses("芯片>=2") == [("count", "芯片")]
    assert misses("headline:海关") == [("place", "海关")]
    assert misses("稻谷 | (芯片 & 小麦)") == [("part", "芯片")]


def test_keyword_that_holds_or_stands_nowhere_misses_nothing() -> None:
    assert misses("芯片", "稻谷", "稻谷 & 小麦", "稻谷 NEAR/3 芯片") == []
