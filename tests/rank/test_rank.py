from __future__ import annotations

from datetime import timedelta

import pytest

from digest.errors import ProfileSyntaxError
from digest.rank import rank
from digest.rank.background import Background, measure_background
from tests.rank.rank_articles import SEEN, archived, profile

PASSING = archived(1, "春耕开始", "麦苗返青。", "无人机撒肥。")
SUBJECT = archived(2, "无人机港落成", "云溪无人机港启用。")
OTHER = archived(3, "高铁通车", "首列开出。")
NOTE = archived(4, "编者按：无人机", "无人机专栏开栏。", kind="note")
ARTICLES = [PASSING, SUBJECT, OTHER, NOTE]


def test_clips_come_by_profile_and_best_first() -> None:
    drones, trains = profile("无人机", number=1), profile("高铁", number=2)
    clips = rank(ARTICLES, [trains, drones], SEEN)
    assert [(clip.profile_id, clip.article_id) for clip in clips] == [
        (trains.id, OTHER.id),
        (drones.id, SUBJECT.id),
        (drones.id, PASSING.id),
    ]


def test_threshold_keeps_lower_scores_out_and_admits_its_own_value() -> None:
    best, other = rank(ARTICLES, [profile("无人机")], SEEN)
    assert rank(ARTICLES, [profile("无人机", threshold=best.score)], SEEN) == (best,)
    assert rank(ARTICLES, [profile("无人机", threshold=other.score)], SEEN) == (best, other)


def test_order_does_not_depend_on_the_order_of_the_articles() -> None:
    twins = [archived(number, "无人机", "云溪。") for number in (9, 7, 8)]
    clips = rank(twins, [profile("无人机")], SEEN)
    assert clips == rank(reversed(twins), [profile("无人机")], SEEN)
    assert [clip.article_id.int for clip in clips] == [7, 8, 9]


def test_of_equal_scores_the_later_seen_comes_first() -> None:
    early = archived(1, "无人机", seen=SEEN)
    late = archived(2, "无人机", seen=SEEN + timedelta(hours=1))
    clips = rank([early, late], [profile("无人机")], SEEN)
    assert [clip.article_id for clip in clips] == [late.id, early.id]


def test_without_a_background_the_articles_are_their_own() -> None:
    measured = measure_background(ARTICLES, [profile("无人机")])
    assert rank(ARTICLES, [profile("无人机")], SEEN) == rank(ARTICLES, [profile("无人机")], SEEN, measured)
    assert rank(ARTICLES, [profile("无人机")], SEEN, Background()) != rank(
        ARTICLES, [profile("无人机")], SEEN, measured
    )


def test_clip_of_a_profile_does_not_depend_on_the_other_profiles() -> None:
    alone = rank(ARTICLES, [profile("无人机")], SEEN, Background())
    together = rank(ARTICLES, [profile("无人机"), profile("无人机港", "机", number=2)], SEEN, Background())
    assert together[: len(alone)] == alone


def test_no_articles_or_no_profiles_give_no_clips() -> None:
    assert rank([], [profile("无人机")], SEEN) == ()
    assert rank(ARTICLES, [], SEEN) == ()


def test_faulty_profile_is_an_error_not_an_empty_result() -> None:
    with pytest.raises(ProfileSyntaxError):
        rank(ARTICLES, [profile("-招聘")], SEEN)
