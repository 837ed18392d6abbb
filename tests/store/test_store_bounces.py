"""What came back is kept over an upgrade and counted once."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID

from alembic import command
from sqlalchemy import create_engine, text

from digest.store import Store, alarms, bounces, suppressions
from digest.store.bounces import Bounce
from digest.store.migrations import configuration

NOW = datetime(2031, 5, 6, tzinfo=UTC)
SOFT = Bounce("hash", UUID(int=1), "key", "soft", "4.2.2 full", NOW)


def test_database_of_before_is_upgraded_in_place(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'digest.db'}")
    command.upgrade(configuration(engine), "0007")
    with engine.begin() as tx:
        tx.execute(
            text("INSERT INTO suppressions VALUES ('k', 'bounce', 'no user', '2031-05-01 00:00:00.000000')")
        )
    engine.dispose()
    store = Store.open(tmp_path)
    with store.write() as tx:
        assert suppressions.how_many(tx) == {"bounce": 1}
        assert bounces.record(tx, SOFT)
        assert alarms.tell(tx, "fact", NOW)
    store.close()


def test_same_mail_is_recorded_once(store: Store) -> None:
    with store.write() as tx:
        assert bounces.record(tx, SOFT)
        assert not bounces.record(tx, replace(SOFT, kind="hard"))
        assert bounces.tally(tx) == {"soft": 1}


def test_several_mails_about_one_delivery_count_once(store: Store) -> None:
    with store.write() as tx:
        bounces.record(tx, SOFT)
        bounces.record(tx, replace(SOFT, message="again"))
        bounces.record(tx, replace(SOFT, message="other", delivery_id=UUID(int=2)))
        assert bounces.soft_since(tx, "key", NOW - timedelta(days=1)) == 2
        assert bounces.soft_since(tx, "key", NOW) == 0
        assert bounces.soft_since(tx, "another", NOW - timedelta(days=1)) == 0


def test_fact_is_told_once(store: Store) -> None:
    with store.write() as tx:
        assert alarms.tell(tx, "fact", NOW)
        assert not alarms.tell(tx, "fact", NOW)
        assert alarms.tell(tx, "another", NOW)
