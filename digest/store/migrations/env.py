"""Alembic's entry: runs the migrations and fills what they emptied, in one transaction on its engine."""

from alembic import context
from sqlalchemy import Engine

from digest.store.search import index_missing
from digest.store.tables import metadata

engine: Engine = context.config.attributes["engine"]

with engine.begin() as tx:
    context.configure(connection=tx, target_metadata=metadata, render_as_batch=True)
    context.run_migrations()
    if context.get_context().get_current_revision() == context.get_head_revision():
        index_missing(tx)
