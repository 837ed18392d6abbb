"""Pages are looked up by paper and date."""

from alembic import op

revision = "0006"
down_revision: str | None = "0005"


def upgrade() -> None:
    """Makes the change."""
    op.create_index("ix_pages_paper_date", "pages", ["paper", "date"])
