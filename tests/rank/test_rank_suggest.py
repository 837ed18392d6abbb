"""Words suggested for a profile."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from digest.model import ArchivedArticle, Article, Folio
from digest.rank.suggest import WordCounts, suggest

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
