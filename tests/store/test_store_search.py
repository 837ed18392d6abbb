"""The index stands with the articles: stored, changed, joined, withdrawn, upgraded."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

import pytest
from alembic import command
from sqlalchemy import Connection, create_engine, text

from digest.codec import article_to_json
from digest.model import ArchivedArticle, Article, Folio, Page
from digest.rank.grams import Days, Every, Gram
from digest.store import Store, jumps, pages, search
from digest.store.migrations import configuration

NOW = datetime(2031, 5, 6, tzinfo=UTC)
FOLIO = Folio("云溪晚报", date(2031, 5, 1), 1, "1")
BRIDGE = Article("news", "大桥通车", lead="今日通车。", paragraphs=("今日通车。",))
OPEN = Days()


def _page(tx: Connection, folio: Folio = FOLIO, number: int = 1) -> None:
    pages.save_page(tx, Page(UUID(int=number), f"{number}", f"{number:064}", 1, folio, "", NOW, NOW))


def _save(
    tx: Connection, article: Article, number: int = 1, folio: Folio = FOLIO, page: int = 1
) -> ArchivedArticle:
    moment = pages.distinct_instant(tx, NOW)
    archived = ArchivedArticle(UUID(int=number), UUID(int=page), article, folio, moment, moment)
    pages.save_article(tx, archived, number, changed=True)
    return archived


def _found(store: Store, *grams: str, days: Days = OPEN) -> list[int]:
    need = Every(tuple(map(Gram, grams))) if grams else None
    with store.read() as tx:
        places = search.places_with(tx, need, days, 100)
        return [each.archived.id.int for each in search.candidates_at(tx, places)]


def _entries(store: Store) -> tuple[int, int]:
    """All places, and those left empty."""
    with store.read() as tx:
        known, standing = tx.execute(text("SELECT count(*), count(article_id) FROM search_entries")).one()
        return known, known - standing


def test_a_stored_article_is_found_at_once(store: Store) -> None:
    with store.write() as tx:
        _page(tx)
        _save(tx, BRIDGE)
        assert search.how_many(tx, Gram("大桥"), OPEN, 9) == 1
    assert _found(store, "大桥", "通车") == [1]
    assert _found(store, "大桥", "火箭") == []
    assert _found(store) == [1]


def test_a_change_that_fails_leaves_the_index_as_it_was(store: Store) -> None:
    with store.write() as tx:
        _page(tx)

    def fail() -> None:
        with store.write() as tx:
            _save(tx, BRIDGE)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert _found(store, "大桥") == []
    assert _entries(store) == (0, 0)


def test_an_article_stored_again_unchanged_keeps_its_place(store: Store) -> None:
    for _ in range(3):
        with store.write() as tx:
            _page(tx)
            _save(tx, BRIDGE)
    assert _entries(store) == (1, 0)


def test_a_revised_article_is_found_by_its_new_words_only(store: Store) -> None:
    with store.write() as tx:
        _page(tx)
        _save(tx, BRIDGE)
        _save(tx, replace(BRIDGE, headline="隧道通车"))
    assert _found(store, "隧道") == [1]
    assert _found(store, "大桥") == []
    assert _entries(store) == (2, 1)


def test_a_page_of_another_day_takes_its_articles_along(store: Store) -> None:
    moved = replace(FOLIO, date=date(2031, 5, 3))
    with store.write() as tx:
        _page(tx)
        _save(tx, BRIDGE)
        _page(tx, moved)
        _save(tx, BRIDGE, folio=moved)
    assert _found(store, "大桥", days=Days(date(2031, 5, 3), date(2031, 5, 3))) == [1]
    assert _found(store, "大桥", days=Days(None, date(2031, 5, 2))) == []


def test_days_that_end_before_they_begin_have_nothing(store: Store) -> None:
    with store.write() as tx:
        _page(tx)
        _save(tx, BRIDGE)
    assert _found(store, "大桥", days=Days(date(2031, 5, 2), date(2031, 5, 1))) == []


def test_a_withdrawn_article_is_not_found_until_it_comes_back(store: Store) -> None:
    with store.write() as tx:
        _page(tx)
        _save(tx, BRIDGE)
        pages.withdraw_articles(tx, [UUID(int=1)], NOW)
    assert _found(store, "大桥") == []
    with store.write() as tx:
        _save(tx, BRIDGE)
    assert _found(store, "大桥") == [1]


def test_editors_notes_are_not_indexed(store: Store) -> None:
    with store.write() as tx:
        _page(tx)
        _save(tx, replace(BRIDGE, kind="note"))
    assert _entries(store) == (0, 0)


def test_a_joined_article_is_found_by_both_its_parts_and_alone(store: Store) -> None:
    rest = Article("news", "上接第1版", lead="隧道也通车。", paragraphs=("隧道也通车。",))
    with store.write() as tx:
        _page(tx)
        _save(tx, BRIDGE)
        _save(tx, rest, 2)
        whole = replace(BRIDGE, paragraphs=(*BRIDGE.paragraphs, *rest.paragraphs))
        jumps.set_joined(tx, UUID(int=1), whole, NOW)
        jumps.absorb(tx, UUID(int=2), UUID(int=1))
    assert _found(store, "大桥", "隧道") == [1]
    assert _found(store, "隧道") == [1]
    with store.write() as tx:
        jumps.set_joined(tx, UUID(int=1), None, NOW)
        jumps.set_joined(tx, UUID(int=2), None, NOW)
    assert _found(store, "隧道") == [2]


def test_newest_days_come_first_the_undated_last(store: Store) -> None:
    days = (date(2031, 5, 1), None, date(2031, 5, 3), date(2031, 4, 1), date.min, date.max)
    with store.write() as tx:
        for number, day in enumerate(days, 1):
            folio = replace(FOLIO, date=day)
            _page(tx, folio, number)
            _save(tx, BRIDGE, number, folio, page=number)
    assert _found(store, "大桥") == [6, 3, 1, 4, 5, 2]
    assert _found(store, "大桥", days=Days(date(2031, 4, 1), date(2031, 5, 1))) == [1, 4]


def test_the_newest_are_counted_to_tell_how_rare_a_word_is(store: Store) -> None:
    with store.write() as tx:
        _page(tx)
        for number in range(1, 6):
            _save(tx, replace(BRIDGE, headline="大桥" if number < 3 else "隧道"), number)
        count, last = search.newest_places(tx, 4)
        assert count == 4
        assert search.how_many_until(tx, Gram("大桥"), last) == 2
        assert search.how_many_until(tx, Gram("隧道"), last) == 2


def test_a_database_of_the_first_version_is_upgraded_and_indexed(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'digest.db'}")
    command.upgrade(configuration(engine), "0001")
    with engine.begin() as tx:
        tx.execute(text(_OLD_PAGE), {"id": UUID(int=1).hex})
        for number, withdrawn in ((1, None), (2, "2031-05-07 00:00:00")):
            article = {"id": UUID(int=number).hex, "page": UUID(int=1).hex, "withdrawn": withdrawn}
            tx.execute(text(_OLD_ARTICLE), article | {"content": json.dumps(article_to_json(BRIDGE))})
    engine.dispose()
    store = Store.open(tmp_path)
    assert _found(store, "大桥", "车") == [1]
    assert _found(store) == [1]
    assert _entries(store) == (1, 0)
    store.close()


_OLD_PAGE = (
    "INSERT INTO pages VALUES (:id, '1.txt', 'a', 1, '云溪晚报', '2031-05-01', 1, '1', '', '[]', '[]', '[]', "
    "'2031-05-06 00:00:00', '2031-05-06 00:00:00')"
)
_OLD_ARTICLE = (
    "INSERT INTO articles (id, page_id, position, kind, headline, content, first_seen, updated, withdrawn, "
    "unmatched) VALUES (:id, :page, 0, 'news', '大桥通车', :content, '2031-05-06 00:00:00', "
    "'2031-05-06 00:00:00', :withdrawn, 0)"
)
