from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from alembic import command
from sqlalchemy import create_engine

from digest.store import Store, archive, pages, stories
from digest.store.migrations import configuration
from tests.store.filling import (
    NOW,
    a_clip,
    a_page,
    a_profile,
    an_article,
    store_clips,
    store_page,
    store_profiles,
)


def test_article_refers_back_to_the_first_of_its_story(store: Store) -> None:
    page = a_page("a")
    first, second, third, other = (an_article(f"a{place}", page, place) for place in range(4))
    with store.write() as tx:
        store_page(tx, page, first, second, third, other)
        stories.set_links(tx, {first.id: None, second.id: first.id, third.id: first.id})
        assert stories.earlier(tx, [second.id, third.id, other.id]) == {second.id: first, third.id: first}
        assert stories.later(tx, first.id) == (second, third)
        assert stories.later(tx, second.id) == ()


def test_link_is_replaced_and_taken_back(store: Store) -> None:
    page = a_page("a")
    first, second, third = (an_article(f"a{place}", page, place) for place in range(3))
    with store.write() as tx:
        store_page(tx, page, first, second, third)
        stories.set_links(tx, {third.id: first.id})
        stories.set_links(tx, {third.id: second.id})
        assert stories.links_of(tx, [first.id, third.id]) == {third.id: second.id}
        stories.set_links(tx, {third.id: None})
        assert stories.links_of(tx, [third.id]) == {}


def test_withdrawn_article_is_not_referred_to(store: Store) -> None:
    page = a_page("a")
    first, second = an_article("a1", page), an_article("a2", page, 1)
    with store.write() as tx:
        store_page(tx, page, first, second)
        stories.set_links(tx, {second.id: first.id})
        pages.withdraw_articles(tx, [first.id], NOW)
        assert stories.earlier(tx, [second.id]) == {}


def test_only_clips_that_stand_for_themselves_begin_stories(store: Store) -> None:
    page, profile = a_page("a"), a_profile("one")
    clipped, reprint, plain = (an_article(f"a{place}", page, place) for place in range(3))
    with store.write() as tx:
        store_profiles(tx, profile)
        store_page(tx, page, clipped, reprint, plain)
        store_clips(tx, profile, a_clip(profile, clipped), a_clip(profile, reprint))
        archive.set_reprints(tx, {reprint.id: clipped.id})
        assert stories.clipped_since(tx, NOW) == []
        archive.mark_matched(tx, [clipped.id, reprint.id, plain.id])
        assert stories.clipped_since(tx, NOW) == [clipped.id]
        assert set(stories.standing_since(tx, NOW)) == {clipped.id, plain.id}
        assert stories.clipped_since(tx, NOW + timedelta(days=1)) == []


def test_archive_of_the_version_before_is_brought_up_to_date(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'digest.db'}")
    command.upgrade(configuration(engine), "0002")
    page = a_page("a")
    first, second = an_article("a1", page), an_article("a2", page, 1)
    with engine.begin() as tx:
        store_page(tx, page, first, second)
    engine.dispose()
    store = Store.open(tmp_path)
    with store.write() as tx:
        assert archive.article(tx, first.id) == first
        stories.set_links(tx, {second.id: first.id})
        assert stories.earlier(tx, [second.id]) == {second.id: first}
    store.close()
