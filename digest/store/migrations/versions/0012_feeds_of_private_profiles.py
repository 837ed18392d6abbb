"""Keys to feeds of private profiles, and the WebSub hubs that have to be told of a change."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision: str | None = "0011"

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Makes the change."""
    op.create_table(
        "feed_tokens",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("created", _INSTANT, nullable=False),
        sa.Column("used", _INSTANT, nullable=True),
        sa.ForeignKeyConstraint(["profile_id"], ["profiles.id"], name=op.f("fk_feed_tokens_profile_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feed_tokens")),
        sa.UniqueConstraint("hash", name=op.f("uq_feed_tokens_hash")),
        sa.UniqueConstraint("profile_id", "name", name=op.f("uq_feed_tokens_profile_id_name")),
    )
    op.create_table(
        "hub_pings",
        sa.Column("hub", sa.String(length=400), nullable=False),
        sa.Column("topic", sa.String(length=400), nullable=False),
        sa.Column("changed", _INSTANT, nullable=False),
        sa.Column("due", _INSTANT, nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("hub", "topic", name=op.f("pk_hub_pings")),
    )
