from __future__ import annotations

import random
from datetime import date
from typing import Any

from digest.model import ArchivedArticle
from digest.rank.alignment import differences
from digest.rank.reprints import fold_reprints, landmarks
from tests.rank.rank_articles import archived

WORDS = (
    "云溪青禾石桥北岭南湾渡口市场学校公园道路工程建设居民老人孩子春天夏日清晨傍晚开放完成启用举行参加介绍表示"
)


def story(seed: int, length: int = 400) -> str:
    """Invented text: clauses of random characters, so that two seeds share nothing."""
    chance = random.Random(seed)  # noqa: S311 - test text, not a secret
    clauses = ("".join(chance.choices(WORDS, k=chance.randint(7, 15))) for _ in range(length // 11))
    return "，".join(clauses) + "。"


def garbled(text: str, share: float, seed: int = 0) -> str:
    chance = random.Random(seed)  # noqa: S311 - as above
    return "".join(chance.choice(WORDS) if c.isalnum() and chance.random() < share else c for c in text)


def article(number: int, text: str, **fields: Any) -> ArchivedArticle:
    return archived(number, f"题{number}", text, **fields)


def test_reprint_with_another_headline_is_folded_into_the_first_printing() -> None:
    first = article(1, story(1), day=date(2031, 5, 5), page=3)
    again = article(2, story(1), day=date(2031, 5, 6), page=1)
    assert fold_reprints([again, first]) == {again.id: first.id}


def test_front_page_represents_a_story_printed_twice_on_a_day() -> None:
    inside = article(1, story(1), page=4)
    front = article(2, story(1), page=1)
    unnumbered = article(3, story(1), page=None)
    assert fold_reprints([unnumbered, inside, front]) == {inside.id: front.id, unnumbered.id: front.id}


def test_misread_cut_and_lengthened_reprints_are_folded() -> None:
    text = story(1)
    articles = [
        article(1, text),
        article(2, garbled(text, 0.05)),
        article(3, text[: len(text) * 2 // 3]),
        article(4, text + story(2, 100)),
        article(5, text.replace("，", ",\n").replace("。", ".")),
    ]
    folded = fold_reprints(articles)
    assert set(folded.values()) == {articles[0].id}
    assert len(folded) == 4


def test_different_stories_are_left_alone() -> None:
    assert fold_reprints([article(number, story(number)) for number in range(1, 20)]) == {}


def test_routine_notices_of_different_events_are_not_folded() -> None:
    boilerplate = story(1, 200)
    notices = [article(number, boilerplate + story(number + 50, 200)) for number in range(1, 6)]
    assert fold_reprints(notices) == {}


def test_chain_of_changes_does_not_fold_its_ends_together() -> None:
    parts = [story(number, 100) for number in range(8)]
    chain = [article(n, "".join(parts[n : n + 4])) for n in range(1, 5)]
    folded = fold_reprints(chain)
    assert chain[3].id not in folded or folded[chain[3].id] != chain[0].id


def test_short_articles_are_never_folded() -> None:
    assert fold_reprints([article(1, "云溪公园昨日开放。"), article(2, "云溪公园昨日开放。")]) == {}


def test_boilerplate_clause_of_many_stories_leads_to_no_fold() -> None:
    articles = [article(number, "云溪晚报记者综合报道，" + story(number)) for number in range(1, 70)]
    assert fold_reprints(articles) == {}


def test_folding_does_not_depend_on_order_and_never_points_at_a_folded_article() -> None:
    articles = [article(n, garbled(story(n % 4), 0.02, seed=n)) for n in range(1, 25)]
    folded = fold_reprints(articles)
    assert folded == fold_reprints(articles[::-1])
    assert not set(folded) & set(folded.values())
    assert len(folded) == 20


MEETING = (
    "5月12日，云溪市在北岭会堂召开防汛工作会议，市长林一舟主持会议并讲话。会议传达了全省防汛工作会议精神，"
    "听取了水务部门关于汛期准备情况的汇报。会议要求，各地各部门要绷紧安全这根弦，压实责任，细化措施，"
    "加强监测预警，确保群众生命财产安全。副市长周禾、秘书长贺望舒出席，青石区、松城县负责人作了发言。"
)
OTHERS = {
    "5月12日": "6月30日", "云溪": "石桥", "北岭": "南渡", "防汛": "供热", "林一舟": "苏北辰",
    "水务": "住建", "汛期": "冬季", "周禾": "顾思齐", "贺望舒": "罗远山", "青石区": "白桦区", "松城": "云岭",
}  # fmt: skip


def other_meeting(text: str = MEETING) -> str:
    for word, other in OTHERS.items():
        text = text.replace(word, other)
    return text


def test_other_meeting_told_in_the_same_words_is_another_story() -> None:
    assert fold_reprints([article(1, MEETING), article(2, other_meeting())]) == {}
    misread = [article(1, garbled(MEETING, 0.03)), article(2, garbled(other_meeting(), 0.03))]
    assert fold_reprints(misread) == {}


def test_meeting_misread_at_random_places_is_the_same_story() -> None:
    first = article(1, MEETING)
    for seed in range(10):
        again = article(2, garbled(MEETING, 0.15, seed))
        assert fold_reprints([first, again]) == {again.id: first.id}


def test_reprint_with_a_paragraph_before_and_the_end_cut_is_folded() -> None:
    text = story(1, 600)
    first, again = article(1, text), article(2, story(2, 120) + text[:400])
    assert fold_reprints([first, again]) == {again.id: first.id}


def test_two_misread_printings_are_folded_though_the_first_is_misread_too() -> None:
    text = story(1, 500)
    printings = [article(n, garbled(text, 0.1, seed=n)) for n in range(1, 5)]
    assert set(fold_reprints(printings).values()) == {printings[0].id}


def test_same_agency_and_day_let_a_shorter_common_part_count() -> None:
    common, dateline = story(1, 260), "新华社云溪5月12日电"
    with_agency = [article(n, common + story(n + 50, 260), dateline=dateline) for n in (1, 2)]
    without = [article(n, common + story(n + 50, 260)) for n in (1, 2)]
    assert len(fold_reprints(with_agency)) == 1
    assert fold_reprints(without) == {}


def test_routine_report_with_other_figures_is_another_story() -> None:
    report = (
        "今日云溪市蔬菜批发市场成交平稳，白菜每公斤{}元，土豆每公斤{}元，番茄每公斤{}元，总成交{}吨。" * 2
    )
    days = [article(1, report.format(*"36845736")), article(2, report.format(*"47916842"))]
    assert fold_reprints(days) == {}


def test_english_reprint_is_folded_and_other_english_news_is_not() -> None:
    text = (
        "The council of Hillford voted on Monday to rebuild the old mill bridge before the winter floods. "
        * 2
    )
    first = article(1, text)
    again = article(2, text.replace("Monday", "monday,"))
    other = article(
        3, "Farmers near Brookdale expect a late harvest after a cold spring, the growers' union said."
    )
    assert fold_reprints([first, again, other]) == {again.id: first.id}


def test_landmarks_of_a_cut_text_are_shared_with_the_whole() -> None:
    whole = story(3, 2400)
    for length in (2000, 1200, 600, 300):
        shared = set(landmarks(whole)) & set(landmarks(whole[:length]))
        assert len(shared) >= len(landmarks(whole)) * length / 2400 * 0.6


def test_differences_tell_wordings_from_lone_characters() -> None:
    found = differences(MEETING, other_meeting())
    assert found is not None
    assert found.coverage > 0.9
    assert found.wordings >= 8
    misread = differences(MEETING, garbled(MEETING, 0.1))
    assert misread is not None
    assert misread.singles > misread.wordings


def test_texts_without_a_common_passage_have_no_differences_to_count() -> None:
    assert differences("云溪公园昨日开放", "高铁今晨通车") is None
    assert differences(story(1), story(2)) is None


def test_passages_that_say_the_same_in_other_words_are_not_common() -> None:
    head, tail = story(1, 30)[:5], story(2, 30)[:5]
    one = head + story(3, 40)[:20] + tail
    other = head + story(4, 40)[:20] + tail
    assert differences(one, other) is None


def test_what_stands_before_between_and_behind_common_passages_is_measured() -> None:
    same = [story(n, 60) for n in (1, 2)]
    one = story(3, 60) + same[0] + story(4, 60) + same[1] + story(5, 60)
    other = story(6, 60) + same[0] + story(7, 60) + same[1] + story(8, 60)
    found = differences(one, other)
    assert found is not None
    assert min(found.opening, found.between, found.ending) > 30
