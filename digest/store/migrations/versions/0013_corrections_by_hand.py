"""What editors corrected in articles, kept over another reading of the page."""

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision: str | None = "0012"


def upgrade() -> None:
    """Makes the change; nothing was corrected yet."""
    op.create_table(
        "corrections",
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("headline", sa.Text(), nullable=True),
        sa.Column("kind", sa.String(length=16), nullable=True),
        sa.Column("original", sa.JSON(), nullable=False),
        sa.Column("editor", sa.Text(), nullable=False),
        sa.Column("written", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_corrections_article_id_articles")
        ),
        sa.PrimaryKeyConstraint("article_id", name=op.f("pk_corrections")),
    )
