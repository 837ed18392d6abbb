from __future__ import annotations

import random
from datetime import date
from uuid import UUID

from digest.model import ArchivedArticle
from digest.rank.stories import follow_stories
from digest.rank.vocabulary import Rarity, cosine, vocabulary_of
from tests.rank.rank_articles import archived

OPENING = (
    "清河大桥主跨合龙",
    """昨日上午，横跨清河两岸的清河大桥主跨钢箱梁顺利合龙。大桥由青石路桥集团承建，总工程师周望舒介绍，
合龙段重四百余吨，斜拉索已全部张拉到位。大桥通车后，北岭镇居民过河不必再坐轮渡。""",
)
LATER = (
    "清河大桥开始荷载试验",
    """三十辆满载砂石的卡车昨日驶上清河大桥，上周合龙的主跨开始荷载试验。总工程师周望舒表示，钢箱梁和斜拉索的
应力都在设计范围内。青石路桥集团计划下月交工，大桥通车后北岭镇的轮渡停航。""",
)
OTHER = (
    "城东小学迎来新生",
    """城东小学昨日举行开学典礼，三百名新生在操场上放飞气球。校长苏北辰说，新教学楼里有两间科学实验室，
孩子们可以在那里种豆芽、养蚕，也可以观察显微镜下的世界。""",
)
VISIT = (
    "昨日在{}调研。他走进{}，与{}交谈，强调要深入贯彻会议精神，压实责任，巩固成果，推动高质量发展取得新成效。"
)


def told(number: int, story: tuple[str, str], day: int) -> ArchivedArticle:
    return archived(number, story[0], story[1], day=date(2031, 5, day))


def test_report_of_a_later_day_refers_back_to_the_first() -> None:
    first, later, other = told(1, OPENING, 3), told(2, LATER, 8), told(3, OTHER, 8)
    assert follow_stories([later, other, first], 14) == {later.id: first.id}


def test_reports_of_the_same_day_are_not_linked() -> None:
    assert follow_stories([told(1, OPENING, 3), told(2, LATER, 3)], 14) == {}


def test_story_is_not_gone_on_with_after_the_window() -> None:
    assert follow_stories([told(1, OPENING, 3), told(2, LATER, 8)], 4) == {}


def test_story_goes_on_from_its_latest_article_and_refers_to_its_first() -> None:
    first, second = told(1, OPENING, 1), told(2, LATER, 8)
    third = told(3, ("清河大桥交工", LATER[1]), 15)
    found = follow_stories([first, second, third], 8)
    assert found == {second.id: first.id, third.id: first.id}


def test_known_links_are_kept_and_others_join_them() -> None:
    gone = UUID(int=77)
    second, third = told(2, LATER, 8), told(3, ("清河大桥交工", LATER[1]), 9)
    found = follow_stories([second, third], 14, {second.id: gone})
    assert found == {second.id: gone, third.id: gone}


def test_article_decided_to_stand_alone_is_not_linked_later() -> None:
    first, second, third = told(1, OPENING, 1), told(2, LATER, 8), told(3, LATER, 9)
    assert follow_stories([first, second, third], 14, {second.id: None}) == {third.id: second.id}


def test_routine_visits_to_different_places_are_different_stories() -> None:
    one = ("林一舟在松城调研", "林一舟" + VISIT.format("松城", "白桦茶厂", "采茶工人"))
    other = ("顾思齐在云岭调研", "顾思齐" + VISIT.format("云岭", "石门水库", "护堤队员"))
    background = [told(n, OTHER, 1) for n in range(3, 6)]
    assert follow_stories([told(1, one, 3), told(2, other, 5), *background], 14) == {}


def test_links_do_not_depend_on_the_order_given() -> None:
    articles = [told(1, OPENING, 1), told(2, LATER, 5), told(3, OTHER, 2), told(4, LATER, 9)]
    found = follow_stories(articles, 14)
    for seed in range(5):
        random.Random(seed).shuffle(articles)  # noqa: S311 - an order, not a secret
        assert follow_stories(articles, 14) == found


def test_first_articles_refer_to_none() -> None:
    articles = [told(n, (OPENING, LATER)[n % 2], n) for n in range(1, 9)]
    found = follow_stories(articles, 14)
    assert not set(found) & set(found.values())


def test_articles_without_words_are_left_alone() -> None:
    assert follow_stories([archived(1, "1", "2", day=date(2031, 5, 1)), archived(2, "…", "")], 14) == {}


def test_unknown_names_come_in_pairs_and_figures_not_at_all() -> None:
    words = vocabulary_of(told(1, ("周望舒 2031", "昨日 A1 云溪"), 1).article)
    assert "望舒" in words.heading
    assert not any(character.isdigit() for word in words.counts for character in word)


def test_words_of_few_articles_weigh_more() -> None:
    seen = [vocabulary_of(told(n, OTHER, 1).article) for n in range(9)]
    rarity = Rarity([*seen, vocabulary_of(told(10, OPENING, 1).article)])
    assert rarity.of("轮渡") > rarity.of("小学") > 0


def test_likeness_is_one_with_itself_and_none_with_nothing() -> None:
    words = Rarity([]).weighed(vocabulary_of(told(1, OPENING, 1).article))
    assert round(cosine(words, words), 6) == 1
    assert cosine(words, {}) == 0
