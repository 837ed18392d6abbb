"""What readers say of a profile's articles."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision: str | None = "0004"


def upgrade() -> None:
    """Makes the change; nobody has said anything yet."""
    op.create_table(
        "verdicts",
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False, comment="false: it is not what the profile is for"),
        sa.Column("given", sa.DateTime(timezone=True), nullable=False, comment="when the reader said so"),
        sa.ForeignKeyConstraint(
            ["profile_id"], ["profiles.id"], name=op.f("fk_verdicts_profile_id_profiles")
        ),
        sa.ForeignKeyConstraint(
            ["article_id"], ["articles.id"], name=op.f("fk_verdicts_article_id_articles")
        ),
        sa.PrimaryKeyConstraint("profile_id", "article_id", name=op.f("pk_verdicts")),
    )
    op.create_index("ix_verdicts_article_id", "verdicts", ["article_id"])
