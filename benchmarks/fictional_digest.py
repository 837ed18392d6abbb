"""Makes a digest in words that mean nothing, and an outbox with as many readers of it as wanted."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from itertools import islice
from typing import Any, Final
from uuid import UUID, uuid5

from sqlalchemy import insert

from benchmarks.fictional_archive import Language
from digest.model import (
    ArchivedArticle,
    Clip,
    Clipping,
    Digest,
    Folio,
    Hit,
    Profile,
    Reason,
    Section,
    Sender,
    Tally,
)
from digest.publish import RenderedDigest, entry_id, mail_templates, render_digest
from digest.shipped import shipped
from digest.store import Store
from digest.store.deliveries import delivery_id
from digest.store.digests import DigestRow, save_digest
from digest.store.tables import deliveries, subscriptions

SENDER: Final = Sender("clips@shanchuan.example", "山川剪报", "山川传媒资料室")
NOW: Final = datetime(2026, 5, 6, tzinfo=UTC)
"""In the past: what is queued then is due."""
_ROOT: Final = UUID("5b0c7a52-9c39-4f0e-8d0e-6b2d0a9f1c11")
_AT_ONCE: Final = 5_000


def digest_of(clips: int) -> Digest:
    """One profile's clippings, each with its reasons."""
    profile = Profile(uuid5(_ROOT, "profile"), "economy", "经济", ("经济^3",))
    language = Language()
    clippings = tuple(_clipping(profile, language, place) for place in range(clips))
    return Digest(
        id=uuid5(_ROOT, "digest"),
        number=128,
        title="山川剪报",
        slot=NOW,
        window_start=None,
        timezone="Asia/Shanghai",
        language="zh-CN",
        base_url="https://clips.example.org",
        sections=(Section(profile, clippings),),
        tally=Tally(pages=40, articles=300, matched=clips, shown=clips),
    )


def _clipping(profile: Profile, language: Language, place: int) -> Clipping:
    article = language.article()
    own = uuid5(_ROOT, str(place))
    archived = ArchivedArticle(own, _ROOT, article, Folio("山川日报", NOW.date(), 3, "3"), NOW, NOW)
    reasons = (Reason("经济^3", 61.4, (Hit("lead", 0, 0, 4),)), Reason("recency", 4.0))
    clip = Clip(profile.id, own, 65.4, reasons)
    return Clipping(entry_id(profile.id, own), profile, archived, clip, NOW)


def rendered(digest: Digest) -> RenderedDigest:
    """With the shipped templates."""
    return render_digest(digest, SENDER, mail_templates(shipped("templates") / "mail"))


def fill_outbox(store: Store, digest: RenderedDigest, readers: int) -> None:
    """Queues the digest for so many subscribed readers."""
    with store.write() as tx:
        save_digest(tx, _row(digest), (), ())
    rows = _rows(digest, readers)
    while batch := list(islice(rows, _AT_ONCE)):
        with store.write() as tx:
            tx.execute(insert(subscriptions), [subscription for subscription, _ in batch])
            tx.execute(insert(deliveries), [delivery for _, delivery in batch])


def _rows(digest: RenderedDigest, readers: int) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    for number in range(readers):
        address = f"reader{number:07}@mail{number % 50}.example"
        subscription_id = uuid5(_ROOT, address)
        yield (
            {
                "id": subscription_id,
                "address": address,
                "profiles": [],
                "language": "zh-CN",
                "state": "active",
                "created": NOW,
                "origin": "import",
                "form": "html",
            },
            {
                "id": delivery_id(digest.id, address),
                "digest_id": digest.id,
                "subscription_id": subscription_id,
                "plain": False,
                "address": address,
                "state": "queued",
                "attempts": 0,
                "queued": NOW,
                "due": NOW,
                "detail": "",
            },
        )


def _row(digest: RenderedDigest) -> DigestRow:
    return DigestRow(
        id=digest.id,
        number=128,
        edition="e",
        slot=NOW,
        variant="",
        window_start=None,
        window_end=NOW,
        state="composed",
        reason=None,
        tally=Tally(pages=40),
        subject=digest.subject,
        html=digest.html,
        text=digest.text,
        links=digest.links,
        sender=asdict(digest.sender),
        language=digest.language,
        timezone="Asia/Shanghai",
        created=NOW,
    )
