"""The first schema."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision: str | None = None


def upgrade() -> None:
    """Makes the change."""
    op.create_table(
        "backgrounds",
        sa.Column("key", sa.String(length=64), nullable=False, comment="hash of content"),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("measured", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_backgrounds")),
    )
    op.create_table(
        "digests",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True, comment="null: skipped"),
        sa.Column(
            "edition",
            sa.String(length=64),
            nullable=False,
            comment="profiles, language, length, cadence, zone",
        ),
        sa.Column("slot", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "variant",
            sa.String(length=64),
            nullable=False,
            comment="empty, or a hash of what its readers had before",
        ),
        sa.Column(
            "window_start", sa.DateTime(timezone=True), nullable=True, comment="null: the edition's first"
        ),
        sa.Column(
            "window_end",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when it was composed; later than a missed slot",
        ),
        sa.Column("state", sa.String(length=16), nullable=False, comment="composed or skipped"),
        sa.Column("reason", sa.Text(), nullable=True, comment="null: composed"),
        sa.Column("tally", sa.JSON(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=True, comment="null: skipped"),
        sa.Column(
            "html", sa.Text(), nullable=True, comment="null: skipped; with places for each recipient's links"
        ),
        sa.Column("text", sa.Text(), nullable=True, comment="null: skipped"),
        sa.Column(
            "links",
            sa.Text(),
            nullable=True,
            comment="null: skipped; what stands where a recipient's links go",
        ),
        sa.Column("sender", sa.JSON(), nullable=True, comment="null: skipped; address, name and imprint"),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("timezone", sa.String(length=64), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digests")),
        sa.UniqueConstraint("edition", "slot", "variant", name=op.f("uq_digests_edition_slot_variant")),
        sa.UniqueConstraint("number", name=op.f("uq_digests_number")),
    )
    op.create_table(
        "pages",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("path", sa.Text(), nullable=False, comment="the file last read for it"),
        sa.Column("sha256", sa.String(length=64), nullable=False, comment="of the revision in force"),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("paper", sa.Text(), nullable=True, comment="null: unknown"),
        sa.Column("date", sa.Date(), nullable=True, comment="null: unknown"),
        sa.Column("number", sa.Integer(), nullable=True, comment="null: unknown"),
        sa.Column("label", sa.Text(), nullable=True, comment="null: unknown"),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("leftovers", sa.JSON(), nullable=False),
        sa.Column("repairs", sa.JSON(), nullable=False),
        sa.Column("boxes", sa.JSON(), nullable=False, comment="of a PDF: line, sheet, x0, y0, x1, y1"),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "read_at",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when the revision in force was read",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pages")),
        sa.UniqueConstraint("sha256", name=op.f("uq_pages_sha256")),
    )
    op.create_table(
        "profiles",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(length=63), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("keywords", sa.JSON(), nullable=False),
        sa.Column("threshold", sa.Float(), nullable=False),
        sa.Column("public", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False, comment="order in the configuration"),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column(
            "applied",
            sa.String(length=64),
            nullable=True,
            comment="what the archive was matched with; null: not yet",
        ),
        sa.Column("retired", sa.DateTime(timezone=True), nullable=True, comment="null: in use"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_profiles")),
        sa.UniqueConstraint("name", name=op.f("uq_profiles_name")),
    )
    op.create_table(
        "subscriptions",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column("profiles", sa.JSON(), nullable=False, comment="names; empty: all"),
        sa.Column("language", sa.String(length=16), nullable=False),
        sa.Column("state", sa.String(length=16), nullable=False, comment="active or ended"),
        sa.Column(
            "ended_by",
            sa.String(length=16),
            nullable=True,
            comment="null: active; reader outlives the configuration",
        ),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriptions")),
        sa.UniqueConstraint("address", name=op.f("uq_subscriptions_address")),
    )
    op.create_table(
        "articles",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("page_id", sa.Uuid(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False, comment="order on the page, from 0"),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("headline", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False, comment="distinct"),
        sa.Column(
            "updated", sa.DateTime(timezone=True), nullable=False, comment="distinct; last material change"
        ),
        sa.Column(
            "withdrawn",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="null: stands on the page's revision in force",
        ),
        sa.Column(
            "joined",
            sa.JSON(none_as_null=True),
            nullable=True,
            comment="null: no other part; else what both parts make",
        ),
        sa.Column("joined_into", sa.Uuid(), nullable=True, comment="null: stands for itself"),
        sa.Column("reprint_of", sa.Uuid(), nullable=True, comment="null: stands for itself"),
        sa.Column(
            "unmatched", sa.Boolean(), nullable=False, comment="new or changed since it was last matched"
        ),
        sa.ForeignKeyConstraint(["joined_into"], ["articles.id"], name=op.f("fk_articles_joined_into")),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name=op.f("fk_articles_page_id")),
        sa.ForeignKeyConstraint(["reprint_of"], ["articles.id"], name=op.f("fk_articles_reprint_of")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_articles")),
    )
    with op.batch_alter_table("articles", schema=None) as batch_op:
        batch_op.create_index("ix_articles_first_seen", ["first_seen"], unique=False)
        batch_op.create_index("ix_articles_joined_into", ["joined_into"], unique=False)
        batch_op.create_index("ix_articles_page_id", ["page_id"], unique=False)
        batch_op.create_index("ix_articles_reprint_of", ["reprint_of"], unique=False)
        batch_op.create_index("ix_articles_unmatched", ["unmatched"], unique=False)
        batch_op.create_index("ix_articles_updated", ["updated"], unique=False)

    op.create_table(
        "deliveries",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("digest_id", sa.Uuid(), nullable=False),
        sa.Column("address", sa.Text(), nullable=False),
        sa.Column(
            "state",
            sa.String(length=16),
            nullable=False,
            comment="queued, sending, sent, deferred, failed, suppressed",
        ),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("queued", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due", sa.DateTime(timezone=True), nullable=False, comment="not before"),
        sa.Column(
            "lease",
            sa.DateTime(timezone=True),
            nullable=True,
            comment="null: nobody is sending it; past: the sender died",
        ),
        sa.Column("detail", sa.Text(), nullable=False, comment="what the other side said last"),
        sa.Column("sent", sa.DateTime(timezone=True), nullable=True, comment="null: not accepted yet"),
        sa.ForeignKeyConstraint(["digest_id"], ["digests.id"], name=op.f("fk_deliveries_digest_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("digest_id", "address", name=op.f("uq_deliveries_digest_id_address")),
    )
    with op.batch_alter_table("deliveries", schema=None) as batch_op:
        batch_op.create_index("ix_deliveries_address", ["address"], unique=False)
        batch_op.create_index("ix_deliveries_state_due", ["state", "due"], unique=False)

    op.create_table(
        "files",
        sa.Column("path", sa.Text(), nullable=False, comment="relative to the inbox, shown safely"),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column(
            "mtime_ns",
            sa.String(length=20),
            nullable=False,
            comment="as seen; empty asks for another reading",
        ),
        sa.Column("sha256", sa.String(length=64), nullable=True, comment="null: could not be read"),
        sa.Column(
            "state", sa.String(length=16), nullable=False, comment="read, duplicate, or a PageError's reason"
        ),
        sa.Column("detail", sa.Text(), nullable=False, comment="a sentence for people"),
        sa.Column("page_id", sa.Uuid(), nullable=True, comment="null: no page came of it"),
        sa.Column("first_seen", sa.DateTime(timezone=True), nullable=False),
        sa.Column("checked", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(["page_id"], ["pages.id"], name=op.f("fk_files_page_id")),
        sa.PrimaryKeyConstraint("path", name=op.f("pk_files")),
    )
    op.create_table(
        "clips",
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column("score", sa.Float(), nullable=False),
        sa.Column("reasons", sa.JSON(), nullable=False),
        sa.Column(
            "background", sa.String(length=64), nullable=False, comment="the background it was scored with"
        ),
        sa.Column(
            "matched",
            sa.DateTime(timezone=True),
            nullable=False,
            comment="when the article was first clipped",
        ),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_clips_article_id")),
        sa.ForeignKeyConstraint(["profile_id"], ["profiles.id"], name=op.f("fk_clips_profile_id")),
        sa.PrimaryKeyConstraint("profile_id", "article_id", name=op.f("pk_clips")),
    )
    with op.batch_alter_table("clips", schema=None) as batch_op:
        batch_op.create_index("ix_clips_article_id", ["article_id"], unique=False)
        batch_op.create_index("ix_clips_profile_id_matched", ["profile_id", "matched"], unique=False)

    op.create_table(
        "digest_clips",
        sa.Column("digest_id", sa.Uuid(), nullable=False),
        sa.Column("profile_id", sa.Uuid(), nullable=False),
        sa.Column("article_id", sa.Uuid(), nullable=False),
        sa.Column(
            "position",
            sa.Integer(),
            nullable=True,
            comment="order in the digest; null: held back, it was full",
        ),
        sa.ForeignKeyConstraint(["article_id"], ["articles.id"], name=op.f("fk_digest_clips_article_id")),
        sa.ForeignKeyConstraint(["digest_id"], ["digests.id"], name=op.f("fk_digest_clips_digest_id")),
        sa.ForeignKeyConstraint(["profile_id"], ["profiles.id"], name=op.f("fk_digest_clips_profile_id")),
        sa.PrimaryKeyConstraint("digest_id", "profile_id", "article_id", name=op.f("pk_digest_clips")),
    )
    with op.batch_alter_table("digest_clips", schema=None) as batch_op:
        batch_op.create_index("ix_digest_clips_article_id", ["article_id"], unique=False)
