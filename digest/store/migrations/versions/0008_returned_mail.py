"""Mail that came back or was reported, and what the operator was told of."""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision: str | None = "0007"

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Makes the change."""
    op.create_table(
        "bounces",
        sa.Column("message", sa.String(length=64), nullable=False),
        sa.Column("delivery_id", sa.Uuid(), nullable=False),
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("message", name=op.f("pk_bounces")),
    )
    op.create_index("ix_bounces_key_at", "bounces", ["key", "at"])
    op.create_index("ix_bounces_delivery_id", "bounces", ["delivery_id"])
    op.create_table(
        "alarms",
        sa.Column("fact", sa.String(length=200), nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("fact", name=op.f("pk_alarms")),
    )
