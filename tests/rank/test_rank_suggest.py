"""Words suggested for a profile."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from digest.model import ArchivedArticle, Article, Clip, Folio
from digest.rank.suggest import FEWEST_SURE, MOST_SURE, SURE, WordCounts, suggest, surest

NOW = datetime(2031, 5, 6, tzinfo=UTC)


def archived(number: int, text: str) -> ArchivedArticle:
    article = Article("news", text[:8], paragraphs=(text,))
    return ArchivedArticle(UUID(int=number), UUID(int=99), article, Folio(), NOW, NOW)


DRONES = [
    archived(1, "低空经济迎来新机遇，无人机物流航线昨日开通，无人机把药品送进山村。"),
    archived(2, "低空经济产业园动工，首家无人机企业入驻，试飞基地明年建成。"),
    archived(3, "无人机巡检电力线路，低空经济走进田间地头，农民学会操控。"),
]
OTHERS = [archived(10 + n, f"城东小学第{n}次运动会昨日举行，学生们在操场上奔跑。") for n in range(8)]
UNSEEN = archived(30, "无人机表演点亮江城夜空，市民争相观看。")


def test_telling_word_comes_with_what_it_would_add() -> None:
    found = suggest(DRONES, WordCounts([*DRONES, *OTHERS, UNSEEN]), ["低空经济"])
    assert found[0].term == "无人机"
    assert (found[0].kept, found[0].adds) == (3, 1)


def test_known_keywords_and_their_parts_are_not_suggested() -> None:
    terms = {each.term for each in suggest(DRONES, WordCounts([*DRONES, *OTHERS]), ["低空经济", "无人机"])}
    assert terms.isdisjoint({"无人机", "低空", "经济"})


def test_words_common_to_all_articles_are_not_suggested() -> None:
    assert "昨日" not in {each.term for each in suggest(DRONES, WordCounts([*DRONES, *OTHERS]))}


def test_nothing_kept_suggests_nothing() -> None:
    assert suggest([], WordCounts(OTHERS)) == ()


def test_no_more_than_asked_for() -> None:
    assert len(suggest(DRONES, WordCounts([*DRONES, *OTHERS]), most=1)) == 1


def clips(*scores: float) -> list[Clip]:
    return [Clip(UUID(int=1), UUID(int=place), score, ()) for place, score in enumerate(scores)]


def test_clips_of_high_score_stand_for_a_profile_and_the_best_where_few_do() -> None:
    assert len(surest(clips(*[SURE] * 8, SURE - 1))) == 8
    assert len(surest(clips(SURE, *[9.0] * 20))) == FEWEST_SURE
    assert len(surest(clips(*[99.0] * (MOST_SURE + 9)))) == MOST_SURE
    assert surest([]) == []


def test_two_words_that_stand_together_are_one_suggestion() -> None:
    kept = [archived(n, f"第{n}座潮汐电站投产，潮汐电站并网发电。") for n in range(6)]
    assert "潮汐电站" in {each.term for each in suggest(kept, WordCounts([*kept, *OTHERS]))}


def test_few_kept_articles_suggest_light_words() -> None:
    many = [archived(100 + n, f"第{n}条航线开通，无人机起飞。") for n in range(60)]
    archive = WordCounts([*many, *OTHERS, *(archived(300 + n, "春耕开始了。") for n in range(100))])
    few, all_of_them = suggest(many[:3], archive), suggest(many, archive)
    weights = [next(each.weight for each in found if each.term == "航线") for found in (few, all_of_them)]
    assert 0 < weights[0] < weights[1] <= 1


class Usage:
    """Everyone says 昨日."""

    def share(self, word: str) -> float:
        return 0.6 if word == "昨日" else 0.0001


def test_word_that_is_common_anyway_is_not_suggested_by_a_small_archive() -> None:
    kept = [archived(n, f"潮汐电站第{n}台机组昨日投产。") for n in range(4)]
    archive = WordCounts([*kept, archived(40, "春耕开始了。"), archived(41, "新米上市了。")])
    assert "昨日" in {each.term for each in suggest(kept, archive, most=20)}
    found = {each.term: each for each in suggest(kept, archive, most=20, usage=Usage())}
    assert found["潮汐"].strength > 0
    assert "昨日" not in found
