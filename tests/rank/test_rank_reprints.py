from __future__ import annotations

import random
from datetime import date
from typing import Any

from digest.model import ArchivedArticle
from digest.rank.reprints import containment, fold_reprints, is_same_story, runs_of
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
    return "".join(chance.choice(WORDS) if c in WORDS and chance.random() < share else c for c in text)


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


def test_likeness_of_empty_texts_is_none() -> None:
    assert containment(frozenset(), frozenset("a")) == 0
    assert not is_same_story(runs_of("云溪公园"), runs_of("高铁通车"))
