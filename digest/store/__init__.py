"""The only place with SQL: tables, queries and migrations on SQLite (or, later, PostgreSQL)."""

from digest.store.database import Store

__all__ = ["Store"]
