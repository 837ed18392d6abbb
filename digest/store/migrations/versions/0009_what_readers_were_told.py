"""Up to when each subscription was served, which version of an article a digest held, and alerts."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision: str | None = "0008"

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Makes the change; of clips mailed before, no version is known, so none of them is corrected."""
    op.add_column("digest_clips", sa.Column("updated", _INSTANT, nullable=True))
    op.add_column("digest_clips", sa.Column("headline", sa.Text(), nullable=True))
    op.add_column("digests", sa.Column("kind", sa.String(length=8), nullable=True))
    op.add_column("subscriptions", sa.Column("alerts", sa.JSON(), nullable=True))
    op.add_column("subscriptions", sa.Column("covered", _INSTANT, nullable=True))
