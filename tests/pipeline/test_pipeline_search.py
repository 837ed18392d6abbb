"""Searching gives what the matcher gives on all articles, and knows what it does not know."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid5

import pytest

from digest.errors import ProfileSyntaxError
from digest.model import ArchivedArticle, Article, Folio, Kind, Page
from digest.pipeline.search import LOOKED_AT, Asked, Found, Total, search_archive
from digest.rank import rank
from digest.rank.background import Background
from digest.rank.query import read_query
from digest.store import Store, pages, search

NOW = datetime(2031, 5, 7, tzinfo=UTC)
KINDS: tuple[Kind, ...] = ("news", "commentary", "photo", "notice", "note", "interview")
WORDS = (
    "数字", "经济", "大桥", "通车", "山", "水", "云溪", "大同", "大同小异", "学生", "大学生", "招聘",
    "５Ｇ", "5g", "Big Data", "data", "mac", "machine", "R&D", "，", "。", " ", "出 口", "數據", "semi",
    "半导体", "林一舟", "税",
)  # fmt: skip
QUERIES = (
    "数字", "大同", "substring:大同", "经济 -招聘", "云溪 数字", "大桥|通车", "(大桥 | 5G) & 山",
    "数字 NEAR/6 经济", "headline:大桥", "kicker:云溪 deck:水", "lead:data", "body:mac", "byline:林一舟",
    "5G", "ma*", "s*", "case:data", "big data", '"big data"', "R&D", "山>=3", "税", "数据", "出口",
    "page:1", "page:2.. 大桥", "kind:photo", "date:2031-05", "date:2031-04-30..2031-05-02 大桥",
    "date:2030", "paper:云溪晚报 山", "paper:云* 山", "?云溪 数字", "通车^3 云溪", "大桥 & -(山 | 水)",
    "headline:(大桥|数字) & date:2031-05", "date:2031-05|page:1", "数字经济", "data数字",
)  # fmt: skip


def _texts(draw: random.Random, most: int) -> tuple[str, ...]:
    return tuple("".join(draw.choices(WORDS, k=draw.randint(1, 12))) for _ in range(draw.randint(0, most)))


def _article(draw: random.Random) -> Article:
    paragraphs = _texts(draw, 4)
    return Article(
        kind=draw.choice(KINDS),
        headline="".join(draw.choices(WORDS, k=4)),
        headline_source=draw.choice(("printed", "printed", "derived")),
        kicker=_texts(draw, 1),
        deck=_texts(draw, 2),
        byline_text=draw.choice((None, "本报记者 林一舟", "大同")),
        lead=paragraphs[0] if paragraphs else "",
        paragraphs=paragraphs,
        captions=_texts(draw, 1),
    )


def _folio(draw: random.Random) -> Folio:
    day = draw.choice((None, *(date(2031, 4, 28) + timedelta(days=n) for n in range(6))))
    return Folio(
        draw.choice((None, "云溪晚报", "云溪 日报", "Sun_Times")), day, draw.choice((None, 1, 2, 30))
    )


def _store(store: Store, folio: Folio, articles: Sequence[Article], number: int = 0) -> list[ArchivedArticle]:
    page_id = uuid5(UUID(int=0), f"{number} {folio}")
    page = Page(page_id, f"{number}.txt", page_id.hex * 2, 1, folio, "", NOW, NOW)
    stored: list[ArchivedArticle] = []
    with store.write() as tx:
        pages.save_page(tx, page)
        instant = pages.distinct_instant(tx, NOW - timedelta(days=number))
        for position, article in enumerate(articles):
            moment = instant + position * pages.DISTINCT
            archived = ArchivedArticle(uuid5(page_id, str(position)), page_id, article, folio, moment, moment)
            pages.save_article(tx, archived, position, changed=True)
            stored.append(archived)
    return stored


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> tuple[Store, list[ArchivedArticle]]:
    draw = random.Random(7)  # noqa: S311 - the same archive every time, no secret
    store = Store.open(tmp_path_factory.mktemp("archive"))
    stored = [
        archived
        for number in range(40)
        for archived in _store(store, _folio(draw), [_article(draw) for _ in range(8)], number)
    ]
    return store, stored


def _all(store: Store, asked: Asked) -> list[Found]:
    """Everything there is by following `rest`."""
    found = [search_archive(store, asked, NOW)]
    while found[-1].rest is not None:
        found.append(search_archive(store, replace(asked, start=found[-1].rest), NOW))
    return found


def _ids(found: Sequence[Found]) -> list[UUID]:
    return [result.archived.id for each in found for result in each.results]


@pytest.mark.parametrize("query", QUERIES)
def test_following_the_dates_gives_what_the_matcher_finds(
    archive: tuple[Store, list[ArchivedArticle]], query: str
) -> None:
    store, stored = archive
    clips = rank(stored, [read_query(query).profile], NOW, Background())
    found = _ids(_all(store, Asked(query, sort="date", limit=7)))
    assert len(found) == len(set(found))
    assert set(found) == {clip.article_id for clip in clips}


def test_the_queries_find_something(archive: tuple[Store, list[ArchivedArticle]]) -> None:
    store, _ = archive
    nothing = [q for q in QUERIES if not search_archive(store, Asked(q, sort="date"), NOW).results]
    assert nothing == ["date:2030"]


@pytest.mark.parametrize("query", QUERIES[::3])
def test_few_are_all_compared_and_ranked_as_clips_are(
    archive: tuple[Store, list[ArchivedArticle]], query: str
) -> None:
    store, stored = archive
    found = search_archive(store, Asked(query, limit=200), NOW)
    clips = {clip.article_id for clip in rank(stored, [read_query(query).profile], NOW, Background())}
    scores = [result.clip.score for result in found.results]
    assert {result.archived.id for result in found.results} == clips
    assert scores == sorted(scores, reverse=True)
    assert found.total == Total(len(clips), "exact")
    assert found.rest is None
    assert found.best_of is None


def test_of_many_the_headlines_are_compared_first(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    old = Folio("云溪晚报", date(2031, 4, 1), 1)
    [best] = _store(
        store, old, [Article("news", "大桥通车", lead="大桥今日通车。", paragraphs=("大桥今日通车。",))]
    )
    many = [Article("news", "市民出行", lead="路过大桥。", paragraphs=("路过大桥。",))] * 30
    for number in range(1, 5):
        _store(store, Folio("云溪晚报", date(2031, 5, number), 1), many, number)
    found = search_archive(store, Asked("大桥"), NOW)
    assert found.results[0].archived.id == best.id
    assert found.best_of == LOOKED_AT * len(found.results)
    assert found.total == Total(120, "about")
    assert len(_ids(_all(store, Asked("大桥")))) == found.best_of
    assert len(_ids(_all(store, Asked("大桥", sort="date")))) == 121
    store.close()


def test_filters_hold_beside_the_words(archive: tuple[Store, list[ArchivedArticle]]) -> None:
    store, stored = archive
    asked = Asked("山", date(2031, 4, 29), date(2031, 5, 1), "云溪 日报", "news", "date", limit=100)
    expected = {
        archived.id
        for archived in _matched(stored, "山")
        if archived.folio.paper == "云溪 日报"
        and archived.folio.date in {date(2031, 4, 29), date(2031, 4, 30), date(2031, 5, 1)}
        and archived.article.kind == "news"
    }
    assert expected
    assert set(_ids(_all(store, asked))) == expected


def _matched(stored: Sequence[ArchivedArticle], query: str) -> list[ArchivedArticle]:
    found = {clip.article_id for clip in rank(stored, [read_query(query).profile], NOW, Background())}
    return [archived for archived in stored if archived.id in found]


def test_filters_alone_list_what_they_leave(archive: tuple[Store, list[ArchivedArticle]]) -> None:
    store, stored = archive
    found = _ids(_all(store, Asked("", kind="photo", sort="date")))
    assert set(found) == {archived.id for archived in stored if archived.article.kind == "photo"}


def test_newest_days_come_first_and_articles_without_a_date_last(
    archive: tuple[Store, list[ArchivedArticle]],
) -> None:
    store, _ = archive
    found = _all(store, Asked("山|水|云溪", sort="date", limit=30))
    days = [result.archived.folio.date or date.min for each in found for result in each.results]
    assert days == sorted(days, reverse=True)
    assert days[-1] == date.min


def test_exclusions_alone_find_nothing_and_say_why(archive: tuple[Store, list[ArchivedArticle]]) -> None:
    with pytest.raises(ProfileSyntaxError, match="not only what to leave out"):
        search_archive(archive[0], Asked("-招聘"), NOW)


def test_a_day_with_too_many_articles_loses_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(search, "DAY_PLACES", 4)
    store = Store.open(tmp_path)
    folio = Folio("云溪晚报", date(2031, 5, 1), 1)
    article = Article("news", "大桥通车", lead="今日通车。", paragraphs=("今日通车。",))
    stored = _store(store, folio, [article] * 10)
    found = _ids(_all(store, Asked("大桥 date:2031-05-01", sort="date", limit=3)))
    assert sorted(found) == sorted(archived.id for archived in stored)
    store.close()
