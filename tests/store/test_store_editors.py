"""Accounts, sessions and versions of profiles; a database of before there were editors goes on."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from alembic import command
from sqlalchemy import create_engine, text

from digest.store import Store, accounts, corrections, profile_versions, sessions
from digest.store.accounts import Invitation
from digest.store.migrations import configuration
from tests.store.filling import a_profile

NOW = datetime(2031, 5, 6, tzinfo=UTC)
HOUR = timedelta(hours=1)


def test_database_of_before_editors_is_upgraded_in_place(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'digest.db'}")
    command.upgrade(configuration(engine), "0009")
    with engine.begin() as tx:
        tx.execute(text("INSERT INTO alarms (fact, at) VALUES ('kept', '2031-05-06 00:00:00')"))
    engine.dispose()
    store = Store.open(tmp_path)
    with store.write() as tx:
        assert not accounts.any_account(tx)
        assert profile_versions.in_force(tx) == []
        assert corrections.doubtful(tx, NOW, 1.0, 9) == []
        assert tx.execute(text("SELECT fact FROM alarms")).scalars().all() == ["kept"]
        accounts.add(tx, "lin", "hash", "owner", NOW)
    store.close()


def test_session_belongs_to_its_token_until_it_ends(store: Store) -> None:
    with store.write() as tx:
        lin = accounts.add(tx, "lin", "hash", "owner", NOW)
        sessions.begin(tx, "one", lin.id, NOW, NOW + HOUR)
        sessions.begin(tx, "two", lin.id, NOW, NOW + HOUR)
        assert sessions.account_of(tx, "one", NOW) == lin
        assert sessions.account_of(tx, "three", NOW) is None
        assert sessions.account_of(tx, "one", NOW + HOUR) is None
        sessions.end(tx, "one")
        assert sessions.account_of(tx, "one", NOW) is None
        assert sessions.account_of(tx, "two", NOW) == lin


def test_sessions_end_with_the_account(store: Store) -> None:
    with store.write() as tx:
        lin = accounts.add(tx, "lin", "hash", "owner", NOW)
        sessions.begin(tx, "one", lin.id, NOW, NOW + HOUR)
        accounts.invite(tx, "link", Invitation("owner", lin.id, NOW + HOUR))
        accounts.remove(tx, lin.id)
        assert sessions.account_of(tx, "one", NOW) is None
        assert accounts.invitation(tx, "link", NOW) is None
        assert accounts.listed(tx) == []


def test_invitation_is_taken_by_one(store: Store) -> None:
    with store.write() as tx:
        accounts.invite(tx, "link", Invitation("editor", None, NOW + HOUR))
        assert accounts.invitation(tx, "link", NOW + HOUR) is None
        assert accounts.use_invitation(tx, "link")
        assert not accounts.use_invitation(tx, "link")


def test_newest_version_of_each_profile_is_in_force(store: Store) -> None:
    one, two = a_profile("one"), a_profile("two")
    changed = replace(one, keywords=("河桥",))
    with store.write() as tx:
        for profile in (one, two, changed, changed):
            profile_versions.save(tx, profile, "lin", NOW)
        profile_versions.save(tx, two, "lin", NOW, retired=True)
        newest = profile_versions.in_force(tx)
        assert [(each.profile, each.number, each.retired) for each in newest] == [
            (changed, 2, False),
            (two, 2, True),
        ]
        assert [each.profile for each in profile_versions.history(tx, "one")] == [changed, one]
