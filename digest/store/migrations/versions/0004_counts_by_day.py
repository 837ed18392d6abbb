"""Counts by day, of which the background is the sum."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision: str | None = "0003"


def upgrade() -> None:
    """Makes the change; the next matching counts the archive."""
    op.create_table(
        "day_counts",
        sa.Column("day", sa.Date(), nullable=False, comment="UTC, on which the articles were first seen"),
        sa.Column("subject", sa.Text(), nullable=False, comment="what is counted, see digest.rank.counting"),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False, comment="over the day's articles in force"),
        sa.PrimaryKeyConstraint("day", "subject", "detail", name=op.f("pk_day_counts")),
    )
    op.create_table(
        "counted_subjects",
        sa.Column("subject", sa.Text(), nullable=False, comment="counted on all days there are"),
        sa.PrimaryKeyConstraint("subject", name=op.f("pk_counted_subjects")),
    )
    op.create_table(
        "counted_articles",
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column(
            "counts", sa.JSON(), nullable=False, comment="what it adds to its day: subject, detail, count"
        ),
        sa.Column(
            "left", sa.Boolean(), nullable=False, comment="no longer in force, so not in its day's counts"
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_counted_articles_article_id_articles")
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_counted_articles")),
    )
    op.create_index("ix_counted_articles_day", "counted_articles", ["day"])
    op.create_index("ix_counted_articles_left", "counted_articles", ["left"])
    op.create_index("ix_articles_withdrawn", "articles", ["withdrawn"])
