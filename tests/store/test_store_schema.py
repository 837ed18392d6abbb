"""The schema the migrations make is the one the tables describe."""

from __future__ import annotations

import os
import stat
from datetime import UTC, datetime
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine

from digest.errors import StoreError
from digest.store import Store, clips
from digest.store.database import SCHEMA
from digest.store.migrations import configuration
from digest.store.tables import metadata


def test_migrations_make_exactly_the_tables(store: Store) -> None:
    with store.write() as tx:
        opts = {"compare_type": True, "include_name": _is_described}
        context = MigrationContext.configure(tx, opts=opts)
        assert compare_metadata(context, metadata) == []


def _is_described(name: str | None, kind: str, _parents: object) -> bool:
    """All but the full-text table and those SQLite makes for it."""
    return kind != "table" or not str(name).startswith("search_grams")


def test_known_schema_is_the_newest_migration() -> None:
    script = ScriptDirectory.from_config(configuration(create_engine("sqlite://")))
    assert script.get_current_head() == SCHEMA


def test_opening_again_changes_nothing(tmp_path: Path) -> None:
    Store.open(tmp_path).close()
    before = (tmp_path / "digest.db").read_bytes()
    Store.open(tmp_path).close()
    assert (tmp_path / "digest.db").read_bytes() == before


def test_database_of_a_newer_version_is_told(tmp_path: Path) -> None:
    store = Store.open(tmp_path)
    with store.write() as tx:
        tx.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    store.close()
    with pytest.raises(StoreError, match="newer Digest"):
        Store.open(tmp_path)


def test_file_that_is_no_database_is_told(tmp_path: Path) -> None:
    (tmp_path / "digest.db").write_bytes(b"no database at all" * 100)
    with pytest.raises(StoreError, match="no database of Digest"):
        Store.open(tmp_path)


def test_unusable_address_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="database address"):
        Store.open(tmp_path, "nonsense://")


def test_state_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    with pytest.raises(StoreError, match="cannot be made"):
        Store.open(tmp_path / "file" / "state")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everything")
def test_database_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    Store.open(tmp_path).close()
    tmp_path.chmod(stat.S_IRUSR | stat.S_IXUSR)
    (tmp_path / "digest.db").chmod(stat.S_IRUSR)
    with pytest.raises(StoreError, match="right to write"):
        Store.open(tmp_path)


def test_failed_change_keeps_nothing(store: Store) -> None:
    def fail() -> None:
        with store.write() as tx:
            clips.save_background(tx, {"a": 1}, _now())
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    with store.read() as tx:
        assert tx.exec_driver_sql("SELECT count(*) FROM backgrounds").scalar() == 0


def _now() -> datetime:
    return datetime(2031, 5, 6, tzinfo=UTC)
