"""Subscriptions that readers make, letters to them, and addresses that must not be mailed."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision: str | None = "0006"

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Makes the change."""
    _suppressions()
    _attempts()
    _letters()
    _subscriptions()
    with op.batch_alter_table("deliveries") as batch:
        batch.alter_column("digest_id", existing_type=sa.Uuid(), nullable=True)
        batch.add_column(sa.Column("letter_id", sa.Uuid(), nullable=True))
        batch.add_column(sa.Column("subscription_id", sa.Uuid(), nullable=True))
        batch.add_column(sa.Column("plain", sa.Boolean(), nullable=True))
        batch.create_foreign_key(op.f("fk_deliveries_letter_id"), "letters", ["letter_id"], ["id"])
    op.execute("UPDATE deliveries SET plain = false")
    with op.batch_alter_table("deliveries") as batch:
        batch.alter_column("plain", existing_type=sa.Boolean(), nullable=False)


def _suppressions() -> None:
    op.create_table(
        "suppressions",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("created", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_suppressions")),
    )


def _attempts() -> None:
    op.create_table(
        "attempts",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bucket", sa.String(length=64), nullable=False),
        sa.Column("at", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attempts")),
    )
    op.create_index("ix_attempts_bucket_at", "attempts", ["bucket", "at"])


def _letters() -> None:
    texts = ("subject", "html", "text", "links")
    op.create_table(
        "letters",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        *(sa.Column(name, sa.Text(), nullable=False) for name in texts),
        sa.Column("sender", sa.JSON(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("created", _INSTANT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_letters")),
    )


def _subscriptions() -> None:
    """What stood in the table came from the configuration; it goes on as it was."""
    with op.batch_alter_table("subscriptions") as batch:
        batch.drop_constraint("uq_subscriptions_address", type_="unique")
        batch.create_index("ix_subscriptions_address", ["address"])
        batch.add_column(sa.Column("origin", sa.String(length=16), nullable=True))
        batch.add_column(sa.Column("times", sa.JSON(), nullable=True))
        batch.add_column(sa.Column("weekdays", sa.JSON(), nullable=True))
        batch.add_column(sa.Column("timezone", sa.String(length=64), nullable=True))
        batch.add_column(sa.Column("length", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("form", sa.String(length=8), nullable=True))
        batch.add_column(sa.Column("start_days", sa.Integer(), nullable=True))
        batch.add_column(sa.Column("paused_until", sa.Date(), nullable=True))
        batch.add_column(sa.Column("consent", sa.JSON(), nullable=True))
        batch.add_column(sa.Column("nonce", sa.String(length=64), nullable=True))
    op.execute("UPDATE subscriptions SET origin = 'configuration', form = 'html'")
    with op.batch_alter_table("subscriptions") as batch:
        batch.alter_column("origin", existing_type=sa.String(length=16), nullable=False)
        batch.alter_column("form", existing_type=sa.String(length=8), nullable=False)
