from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID

from alembic import command
from sqlalchemy import create_engine

from digest.model import Profile
from digest.store import Store, archive, profiles, verdicts
from digest.store.migrations import configuration
from tests.store.filling import NOW, a_page, an_article, store_page

BRIDGES = Profile(UUID(int=1), "bridges", "大桥", ("大桥",))
SCHOOLS = Profile(UUID(int=2), "schools", "学校", ("学校",))


def test_last_word_on_an_article_counts_and_can_be_taken_back(store: Store) -> None:
    page = a_page("a")
    first, second, third = (an_article(f"a{place}", page, place) for place in range(3))
    with store.write() as tx:
        store_page(tx, page, first, second, third)
        profiles.replace_profiles(tx, [BRIDGES, SCHOOLS], NOW)
        for minute, article in enumerate((first, second, third)):
            verdicts.give(tx, BRIDGES.id, article.id, kept=True, now=NOW + timedelta(minutes=minute))
        verdicts.give(tx, BRIDGES.id, first.id, kept=False, now=NOW + timedelta(minutes=9))
        verdicts.give(tx, SCHOOLS.id, third.id, kept=False, now=NOW)
        assert verdicts.given(tx, BRIDGES.id) == {True: (third, second), False: (first,)}
        verdicts.take_back(tx, BRIDGES.id, third.id)
        verdicts.take_back(tx, BRIDGES.id, third.id)
        assert verdicts.given(tx, BRIDGES.id) == {True: (second,), False: (first,)}
        assert verdicts.given(tx, SCHOOLS.id) == {True: (), False: (third,)}


def test_archive_of_the_version_before_takes_verdicts(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'digest.db'}")
    command.upgrade(configuration(engine), "0004")
    page = a_page("a")
    article = an_article("a1", page)
    with engine.begin() as tx:
        store_page(tx, page, article)
        profiles.replace_profiles(tx, [BRIDGES], NOW)
    engine.dispose()
    store = Store.open(tmp_path)
    with store.write() as tx:
        assert archive.article(tx, article.id) == article
        verdicts.give(tx, BRIDGES.id, article.id, kept=True, now=NOW)
        assert verdicts.given(tx, BRIDGES.id)[True] == (article,)
