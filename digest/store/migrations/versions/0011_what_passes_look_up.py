"""What reprints and stories are found by, so that a pass reads what is new and not the window."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision: str | None = "0010"


def upgrade() -> None:
    """Makes the change; the first pass after it fills the tables."""
    op.create_table(
        "standing",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Uuid(), nullable=True, comment="null: not as found by this"),
        sa.Column("day", sa.Integer(), nullable=False, comment="of the last printing, as an ordinal"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_standing_article_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_standing")),
        sa.UniqueConstraint("article_id", name=op.f("uq_standing_article_id")),
    )
    op.create_index("ix_standing_day", "standing", ["day"])
    _holders("landmarks", "mark", by_day=True)
    op.create_table(
        "tellings",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("article_id", sa.Uuid(), nullable=True, comment="null: not as found by this"),
        sa.Column("day", sa.Integer(), nullable=False, comment="of first sight, as an ordinal"),
        sa.Column("printed", sa.Integer(), nullable=False, comment="the page's day, as an ordinal"),
        sa.Column("heading", sa.Text(), nullable=False, comment="its words"),
        sa.Column("words", sa.LargeBinary(), nullable=False, comment="what it is about, compressed"),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_tellings_article_id")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_tellings")),
        sa.UniqueConstraint("article_id", name=op.f("uq_tellings_article_id")),
    )
    op.create_index("ix_tellings_day", "tellings", ["day"])
    _holders("told_words", "word", by_day=True)
    _holders("heading_words", "word", by_day=False)
    op.create_table(
        "word_holders",
        sa.Column("word", sa.Integer(), nullable=False, autoincrement=False, comment="its checksum"),
        sa.Column("holders", sa.Integer(), nullable=False, comment="tellings that have it"),
        sa.PrimaryKeyConstraint("word", name=op.f("pk_word_holders")),
    )


def _holders(name: str, what: str, *, by_day: bool) -> None:
    """An index that is a table: which numbers have what, by day."""
    key = ["day"] * by_day + [what, "number"]
    columns = [sa.Column(each, sa.Integer(), nullable=False, autoincrement=False) for each in key]
    op.create_table(
        name, *columns, sa.PrimaryKeyConstraint(*key, name=op.f(f"pk_{name}")), sqlite_with_rowid=False
    )
