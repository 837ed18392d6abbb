"""The tables; a test holds them equal to what the migrations make."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    Uuid,
)


class Instant(TypeDecorator[datetime]):
    """An aware instant in UTC; SQLite keeps it without its zone, so it is put back on reading."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuses naive times: they would be read back as another instant."""
        del dialect
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs a time zone")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """The instant, aware and in UTC."""
        del dialect
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)

files = Table(
    "files",
    metadata,
    Column("path", Text, primary_key=True, comment="relative to the inbox, shown safely"),
    Column("size", Integer, nullable=False),
    Column("mtime_ns", String(20), nullable=False, comment="as seen; empty asks for another reading"),
    Column("sha256", String(64), comment="null: could not be read"),
    Column("state", String(16), nullable=False, comment="read, duplicate, or a PageError's reason"),
    Column("detail", Text, nullable=False, comment="a sentence for people"),
    Column("page_id", Uuid, ForeignKey("pages.id"), comment="null: no page came of it"),
    Column("first_seen", Instant, nullable=False),
    Column("checked", Instant, nullable=False),
)

pages = Table(
    "pages",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("path", Text, nullable=False, comment="the file last read for it"),
    Column("sha256", String(64), nullable=False, unique=True, comment="of the revision in force"),
    Column("revision", Integer, nullable=False),
    Column("paper", Text, comment="null: unknown"),
    Column("date", Date, comment="null: unknown"),
    Column("number", Integer, comment="null: unknown"),
    Column("label", Text, comment="null: unknown"),
    Column("text", Text, nullable=False),
    Column("leftovers", JSON, nullable=False),
    Column("repairs", JSON, nullable=False),
    Column("boxes", JSON, nullable=False, comment="of a PDF: line, sheet, x0, y0, x1, y1"),
    Column("first_seen", Instant, nullable=False),
    Column("read_at", Instant, nullable=False, comment="when the revision in force was read"),
    Index("ix_pages_paper_date", "paper", "date"),
)

articles = Table(
    "articles",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("page_id", Uuid, ForeignKey("pages.id"), nullable=False),
    Column("position", Integer, nullable=False, comment="order on the page, from 0"),
    Column("kind", String(16), nullable=False),
    Column("headline", Text, nullable=False),
    Column("content", JSON, nullable=False),
    Column("first_seen", Instant, nullable=False, comment="distinct"),
    Column("updated", Instant, nullable=False, comment="distinct; last material change"),
    Column("withdrawn", Instant, comment="null: stands on the page's revision in force"),
    Column("joined", JSON(none_as_null=True), comment="null: no other part; else what both parts make"),
    Column("joined_into", Uuid, ForeignKey("articles.id"), comment="null: stands for itself"),
    Column("reprint_of", Uuid, ForeignKey("articles.id"), comment="null: stands for itself"),
    Column("unmatched", Boolean, nullable=False, comment="new or changed since it was last matched"),
    Index("ix_articles_page_id", "page_id"),
    Index("ix_articles_first_seen", "first_seen"),
    Index("ix_articles_updated", "updated"),
    Index("ix_articles_reprint_of", "reprint_of"),
    Index("ix_articles_joined_into", "joined_into"),
    Index("ix_articles_unmatched", "unmatched"),
    Index("ix_articles_withdrawn", "withdrawn"),
)

search_entries = Table(
    "search_entries",
    metadata,
    # The key of the full-text table `search_grams`, which only migrations know: newest day first.
    Column("place", BigInteger().with_variant(Integer, "sqlite"), primary_key=True),
    Column("article_id", Uuid, ForeignKey("articles.id"), unique=True, comment="null: not as indexed here"),
    Column("checksum", String(32), nullable=False, comment="of what it is found by"),
)

follow_ups = Table(
    "follow_ups",
    metadata,
    Column("article_id", Uuid, ForeignKey("articles.id"), primary_key=True),
    Column("first_id", Uuid, ForeignKey("articles.id"), nullable=False, comment="the story's first article"),
    Index("ix_follow_ups_first_id", "first_id"),
)

standing = Table(
    "standing",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("article_id", Uuid, ForeignKey("articles.id"), unique=True, comment="null: not as found by this"),
    Column("day", Integer, nullable=False, comment="of the last printing, as an ordinal"),
    Index("ix_standing_day", "day"),
)

landmarks = Table(
    "landmarks",
    metadata,
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("mark", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

tellings = Table(
    "tellings",
    metadata,
    Column("number", Integer, primary_key=True),
    Column("article_id", Uuid, ForeignKey("articles.id"), unique=True, comment="null: not as found by this"),
    Column("day", Integer, nullable=False, comment="of first sight, as an ordinal"),
    Column("printed", Integer, nullable=False, comment="the page's day, as an ordinal"),
    Column("heading", Text, nullable=False, comment="its words"),
    Column("words", LargeBinary, nullable=False, comment="what it is about, compressed"),
    Index("ix_tellings_day", "day"),
)

told_words = Table(
    "told_words",
    metadata,
    Column("day", Integer, primary_key=True, autoincrement=False),
    Column("word", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

heading_words = Table(
    "heading_words",
    metadata,
    Column("word", Integer, primary_key=True, autoincrement=False),
    Column("number", Integer, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

word_holders = Table(
    "word_holders",
    metadata,
    Column("word", Integer, primary_key=True, autoincrement=False, comment="its checksum"),
    Column("holders", Integer, nullable=False, comment="tellings that have it"),
)

profiles = Table(
    "profiles",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("name", String(63), nullable=False, unique=True),
    Column("title", Text, nullable=False),
    Column("keywords", JSON, nullable=False),
    Column("threshold", Float, nullable=False),
    Column("public", Boolean, nullable=False),
    Column("language", String(16), nullable=False),
    Column("position", Integer, nullable=False, comment="order in the configuration"),
    Column("created", Instant, nullable=False),
    Column("applied", String(64), comment="what the archive was matched with; null: not yet"),
    Column("retired", Instant, comment="null: in use"),
)

clips = Table(
    "clips",
    metadata,
    Column("profile_id", Uuid, ForeignKey("profiles.id"), primary_key=True),
    Column("article_id", Uuid, ForeignKey("articles.id"), primary_key=True),
    Column("score", Float, nullable=False),
    Column("reasons", JSON, nullable=False),
    Column("background", String(64), nullable=False, comment="the background it was scored with"),
    Column("matched", Instant, nullable=False, comment="when the article was first clipped"),
    Index("ix_clips_article_id", "article_id"),
    Index("ix_clips_profile_id_matched", "profile_id", "matched"),
)

backgrounds = Table(
    "backgrounds",
    metadata,
    Column("key", String(64), primary_key=True, comment="hash of content"),
    Column("content", JSON, nullable=False),
    Column("measured", Instant, nullable=False),
)

day_counts = Table(
    "day_counts",
    metadata,
    Column("day", Date, primary_key=True, comment="UTC, on which the articles were first seen"),
    Column("subject", Text, primary_key=True, comment="what is counted, see digest.rank.counting"),
    Column("detail", Text, primary_key=True),
    Column("count", Integer, nullable=False, comment="over the day's articles in force"),
)

counted_subjects = Table(
    "counted_subjects",
    metadata,
    Column("subject", Text, primary_key=True, comment="counted on all days there are"),
)

counted_articles = Table(
    "counted_articles",
    metadata,
    Column("article_id", Uuid, ForeignKey("articles.id"), primary_key=True),
    Column("day", Date, nullable=False),
    Column("counts", JSON, nullable=False, comment="what it adds to its day: subject, detail, count"),
    Column("left", Boolean, nullable=False, comment="no longer in force, so not in its day's counts"),
    Index("ix_counted_articles_day", "day"),
    Index("ix_counted_articles_left", "left"),
)

subscriptions = Table(
    "subscriptions",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("address", Text, nullable=False),
    Column("profiles", JSON, nullable=False, comment="names; empty: all"),
    Column("language", String(16), nullable=False),
    Column("state", String(16), nullable=False, comment="pending, active or ended"),
    Column("ended_by", String(16), comment="null: not ended; reader outlives the configuration"),
    Column("created", Instant, nullable=False, comment="of an active one: since when it is"),
    Column("origin", String(16), nullable=False, comment="configuration, web, import or command"),
    Column("times", JSON(none_as_null=True), comment="HH:MM; null: the configuration's"),
    Column("weekdays", JSON(none_as_null=True), comment="0 Monday to 6; null: the configuration's"),
    Column("timezone", String(64), comment="null: the configuration's"),
    Column("length", Integer, comment="null: the configuration's"),
    Column("form", String(8), nullable=False, comment="html or text"),
    Column("start_days", Integer, comment="null: none; days before it that a first digest still brings"),
    Column("paused_until", Date, comment="null: not paused; the first day it is served again"),
    Column("consent", JSON(none_as_null=True), comment="null: the operator's word; when, wording, network"),
    Column("nonce", String(64), comment="null: nothing to confirm; else the request that may be"),
    Column("alerts", JSON(none_as_null=True), comment="null: none; threshold, and the quiet hours if any"),
    Column("covered", Instant, comment="null: not served yet; the end of its last window"),
    Index("ix_subscriptions_address", "address"),
)

suppressions = Table(
    "suppressions",
    metadata,
    Column("key", String(64), primary_key=True, comment="HMAC of the address"),
    Column("reason", String(16), nullable=False, comment="bounce, complaint, erased or operator"),
    Column("detail", Text, nullable=False, comment="a sentence for the operator"),
    Column("created", Instant, nullable=False),
)

attempts = Table(
    "attempts",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("bucket", String(64), nullable=False, comment="HMAC of what is limited"),
    Column("at", Instant, nullable=False),
    Index("ix_attempts_bucket_at", "bucket", "at"),
)

letters = Table(
    "letters",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("kind", String(16), nullable=False, comment="confirm, welcome or notice"),
    Column("subject", Text, nullable=False),
    Column("html", Text, nullable=False, comment="with places for the recipient's links"),
    Column("text", Text, nullable=False),
    Column("links", Text, nullable=False, comment="what stands where a recipient's links go"),
    Column("sender", JSON, nullable=False, comment="address, name and imprint"),
    Column("language", String(16), nullable=False),
    Column("timezone", String(64), nullable=False),
    Column("created", Instant, nullable=False),
)

digests = Table(
    "digests",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("number", Integer, unique=True, comment="null: skipped"),
    Column("edition", String(64), nullable=False, comment="profiles, language, length, cadence, zone"),
    Column("slot", Instant, nullable=False),
    Column("variant", String(64), nullable=False, comment="empty, or a hash of what its readers had before"),
    Column("window_start", Instant, comment="null: the edition's first"),
    Column("window_end", Instant, nullable=False, comment="when it was composed; later than a missed slot"),
    Column("state", String(16), nullable=False, comment="composed or skipped"),
    Column("reason", Text, comment="null: composed"),
    Column("tally", JSON, nullable=False),
    Column("subject", Text, comment="null: skipped"),
    Column("html", Text, comment="null: skipped; with places for each recipient's links"),
    Column("text", Text, comment="null: skipped"),
    Column("links", Text, comment="null: skipped; what stands where a recipient's links go"),
    Column("sender", JSON, comment="null: skipped; address, name and imprint"),
    Column("language", String(16), nullable=False),
    Column("timezone", String(64), nullable=False),
    Column("created", Instant, nullable=False),
    Column("kind", String(8), comment="null: a digest at its slot; alert or start beside those"),
    UniqueConstraint("edition", "slot", "variant"),
)

verdicts = Table(
    "verdicts",
    metadata,
    Column("profile_id", Uuid, ForeignKey("profiles.id"), primary_key=True),
    Column("article_id", Uuid, ForeignKey("articles.id"), primary_key=True),
    Column("kept", Boolean, nullable=False, comment="false: it is not what the profile is for"),
    Column("given", Instant, nullable=False, comment="when the reader said so"),
    Index("ix_verdicts_article_id", "article_id"),
)

digest_clips = Table(
    "digest_clips",
    metadata,
    Column("digest_id", Uuid, ForeignKey("digests.id"), primary_key=True),
    Column("profile_id", Uuid, ForeignKey("profiles.id"), primary_key=True),
    Column("article_id", Uuid, ForeignKey("articles.id"), primary_key=True),
    Column("position", Integer, comment="order in the digest; null: held back, it was full"),
    Column("updated", Instant, comment="the version of the article; null: of before versions were kept"),
    Column("headline", Text, comment="as it was mailed; null: of before versions were kept"),
    Index("ix_digest_clips_article_id", "article_id"),
)

deliveries = Table(
    "deliveries",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("digest_id", Uuid, ForeignKey("digests.id"), comment="null: a letter"),
    Column("letter_id", Uuid, ForeignKey("letters.id"), comment="null: a digest"),
    Column("subscription_id", Uuid, comment="null: of before subscriptions"),
    Column("plain", Boolean, nullable=False, comment="the text alone, without HTML"),
    Column("address", Text, nullable=False),
    Column(
        "state", String(16), nullable=False, comment="queued, sending, sent, deferred, failed, suppressed"
    ),
    Column("attempts", Integer, nullable=False),
    Column("queued", Instant, nullable=False),
    Column("due", Instant, nullable=False, comment="not before"),
    Column("lease", Instant, comment="null: nobody is sending it; past: the sender died"),
    Column("detail", Text, nullable=False, comment="what the other side said last"),
    Column("sent", Instant, comment="null: not accepted yet"),
    UniqueConstraint("digest_id", "address"),
    Index("ix_deliveries_state_due", "state", "due"),
    Index("ix_deliveries_address", "address"),
)

bounces = Table(
    "bounces",
    metadata,
    Column("message", String(64), primary_key=True, comment="hash of the mail that told it"),
    Column("delivery_id", Uuid, nullable=False, comment="what came back or was reported"),
    Column("key", String(64), nullable=False, comment="HMAC of the address"),
    Column("kind", String(16), nullable=False, comment="hard, soft or complaint"),
    Column("detail", Text, nullable=False, comment="what the other side said, without addresses"),
    Column("at", Instant, nullable=False, comment="when it was read"),
    Index("ix_bounces_key_at", "key", "at"),
    Index("ix_bounces_delivery_id", "delivery_id"),
)

alarms = Table(
    "alarms",
    metadata,
    Column("fact", String(200), primary_key=True, comment="what the operator was told of, once"),
    Column("at", Instant, nullable=False),
)

accounts = Table(
    "accounts",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column(
        "name", String(64), nullable=False, unique=True, comment="in small letters, as it is signed in with"
    ),
    Column("password", Text, nullable=False, comment="hashed by argon2"),
    Column("role", String(16), nullable=False, comment="owner or editor"),
    Column("created", Instant, nullable=False),
)

sessions = Table(
    "sessions",
    metadata,
    Column("key", String(64), primary_key=True, comment="hash of what the browser keeps"),
    Column("account_id", Uuid, ForeignKey("accounts.id"), nullable=False),
    Column("created", Instant, nullable=False),
    Column("expires", Instant, nullable=False),
    Index("ix_sessions_account_id", "account_id"),
)

invitations = Table(
    "invitations",
    metadata,
    Column("key", String(64), primary_key=True, comment="hash of the link's token"),
    Column("role", String(16), nullable=False, comment="owner or editor"),
    Column("account_id", Uuid, ForeignKey("accounts.id"), comment="null: a new account; else a new password"),
    Column("expires", Instant, nullable=False),
)

profile_versions = Table(
    "profile_versions",
    metadata,
    Column("profile_id", Uuid, primary_key=True),
    Column("number", Integer, primary_key=True, comment="from 1; the highest is in force"),
    Column("name", String(63), nullable=False, comment="never changed"),
    Column("title", Text, nullable=False),
    Column("keywords", JSON, nullable=False, comment="as written, includes not put in"),
    Column("threshold", Float, nullable=False),
    Column("public", Boolean, nullable=False),
    Column("language", String(16), nullable=False),
    Column("retired", Boolean, nullable=False, comment="taken out of use by this version"),
    Column("editor", Text, nullable=False, comment="the account's name; empty: editing was open to anyone"),
    Column("written", Instant, nullable=False),
    Index("ix_profile_versions_name", "name"),
)

feed_tokens = Table(
    "feed_tokens",
    metadata,
    Column("id", Uuid, primary_key=True),
    Column("profile_id", Uuid, ForeignKey("profiles.id"), nullable=False),
    Column("name", String(64), nullable=False, comment="whose it is"),
    Column("hash", String(64), nullable=False, unique=True, comment="SHA-256 of the token"),
    Column("created", Instant, nullable=False),
    Column("used", Instant, comment="null: not yet; at most an hour old when it is used now"),
    UniqueConstraint("profile_id", "name"),
)

hub_pings = Table(
    "hub_pings",
    metadata,
    Column("hub", String(400), primary_key=True),
    Column("topic", String(400), primary_key=True, comment="the feed's address"),
    Column("changed", Instant, nullable=False, comment="since when the hub does not know"),
    Column("due", Instant, nullable=False, comment="not before"),
    Column("attempts", Integer, nullable=False),
)

corrections = Table(
    "corrections",
    metadata,
    Column("article_id", Uuid, ForeignKey("articles.id"), primary_key=True),
    Column("headline", Text, comment="null: as read"),
    Column("kind", String(16), comment="null: as read"),
    Column("original", JSON, nullable=False, comment="the article as it was read last"),
    Column("editor", Text, nullable=False, comment="the account's name; empty: editing was open to anyone"),
    Column("written", Instant, nullable=False),
)
