"""Alembic's entry: runs the migrations in one transaction on the engine it is given."""

from alembic import context
from sqlalchemy import Engine

from digest.store.tables import metadata

engine: Engine = context.config.attributes["engine"]

with engine.begin() as tx:
    context.configure(connection=tx, target_metadata=metadata, render_as_batch=True)
    context.run_migrations()
