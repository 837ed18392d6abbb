"""Which articles go on with a story of an earlier day."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision: str | None = "0002"


def upgrade() -> None:
    """Makes the change; articles already in the archive keep standing alone."""
    op.create_table(
        "follow_ups",
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("first_id", sa.Uuid(), nullable=False, comment="the story's first article"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_follow_ups_article_id_articles")
        ),
        sa.ForeignKeyConstraint(["first_id"], ["articles.id"], name=op.f("fk_follow_ups_first_id_articles")),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_follow_ups")),
    )
    op.create_index("ix_follow_ups_first_id", "follow_ups", ["first_id"])
