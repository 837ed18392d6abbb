"""Opens the database, brings its schema up to date, and turns drivers' errors into `StoreError`."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from sqlite3 import Connection as SqliteConnection

from sqlalchemy import Connection, Engine, create_engine, event, text
from sqlalchemy.exc import DBAPIError, SQLAlchemyError

from digest.errors import StoreError

SCHEMA = "0013"
"""The newest migration; a test holds it equal to the migrations' head."""


class Store:
    """A database with the schema of this version.

    Reading and writing are short transactions; a writing one takes the database's write lock at its
    beginning, so that nothing it read has changed when it writes.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._reading = engine.execution_options(digest_reads=True)

    @classmethod
    def open(cls, folder: Path, url: str = "") -> Store:
        """The database at `url`, or without one the SQLite file `digest.db` in `folder`, made when missing.

        Raises:
            StoreError: It cannot be opened or brought up to date.
        """
        _make_folder(folder)
        store = cls(_engine(url or f"sqlite:///{folder / 'digest.db'}"))
        with _translated():
            store._upgrade()
        return store

    @contextmanager
    def read(self) -> Generator[Connection]:
        """A consistent view of the database.

        Raises:
            StoreError: The database cannot be read.
        """
        with _translated(), self._reading.begin() as tx:
            yield tx

    @contextmanager
    def write(self) -> Generator[Connection]:
        """One atomic change: all of it is kept, or after an exception none.

        Raises:
            StoreError: The database cannot be written; nothing of the change was kept.
        """
        with _translated(), self._engine.begin() as tx:
            yield tx

    def close(self) -> None:
        """Gives the connections back."""
        self._engine.dispose()

    def _upgrade(self) -> None:
        schema = _schema_of(self._reading)
        if schema == SCHEMA:
            return
        if schema is not None and schema > SCHEMA:
            raise StoreError(
                "the database was made by a newer Digest; install that version, or restore a backup"
            )
        from digest.store.migrations import upgrade  # noqa: PLC0415  # Alembic is slow to import, rarely needed

        upgrade(self._engine)


def _make_folder(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"{folder}: the state folder cannot be made: {error.strerror}") from error


def _engine(url: str) -> Engine:
    try:
        engine = create_engine(url)
    except (SQLAlchemyError, ImportError) as error:
        raise StoreError(f"the database address cannot be used: {error}") from error
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _prepare_sqlite)
        event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: SqliteConnection, _record: object) -> None:
    """WAL, synced at every commit: after a power cut no mail that was sent is sent again."""
    connection.isolation_level = None  # SQLAlchemy's begin event decides, not the driver
    for pragma in ("busy_timeout=30000", "journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(connection: Connection) -> None:
    reads = connection.get_execution_options().get("digest_reads", False)
    connection.exec_driver_sql("BEGIN" if reads else "BEGIN IMMEDIATE")


def _schema_of(engine: Engine) -> str | None:
    """The migration the database is at, or None when it has no tables yet."""
    with engine.connect() as tx:
        known = engine.dialect.has_table(tx, "alembic_version")
        return tx.execute(text("SELECT version_num FROM alembic_version")).scalar() if known else None


@contextmanager
def _translated() -> Generator[None]:
    try:
        yield
    except DBAPIError as error:
        raise StoreError(_remedy(str(error.orig))) from error
    except SQLAlchemyError as error:
        raise StoreError(f"the database failed: {error}") from error


_REMEDIES = {
    "readonly": "the database cannot be written; give this user the right to write the state folder",
    "full": "the disk is full; make room and run again, nothing was lost",
    "locked": "another program holds the database; wait for it to end, or stop it",
    "unable to open": "the database cannot be opened; give this user the right to write the state folder",
    "not a database": "this is no database of Digest; move it away to begin anew, or restore a backup",
    "malformed": "the database is damaged; restore a backup",
}


def _remedy(message: str) -> str:
    told = next((remedy for sign, remedy in _REMEDIES.items() if sign in message), "the database failed")
    return f"{told} ({message})"
