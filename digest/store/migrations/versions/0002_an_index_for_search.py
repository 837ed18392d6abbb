"""An index for search; `digest.store.migrations` fills it."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision: str | None = "0001"


def upgrade() -> None:
    """Makes the change."""
    op.create_table(
        "search_entries",
        sa.Column("place", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("article_id", sa.Uuid(), nullable=True, comment="null: not as indexed here"),
        sa.Column("checksum", sa.String(length=32), nullable=False, comment="of what it is found by"),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_search_entries_article_id_articles")
        ),
        sa.PrimaryKeyConstraint("place", name=op.f("pk_search_entries")),
        sa.UniqueConstraint("article_id", name=op.f("uq_search_entries_article_id")),
    )
    # Only which grams stand in which article: no text, no places within it, no counts. The grams are cut
    # before they come here; this tokenizer parts them at blanks and leaves what is not ASCII alone.
    op.execute(
        "CREATE VIRTUAL TABLE search_grams USING fts5("
        "grams, content='', columnsize=0, detail=none, tokenize='ascii')"
    )
