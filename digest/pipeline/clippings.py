"""Stored clips with article, profile, reprints and story at hand, as feeds, digests and pages show them."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection

from digest.model import Clipping, Profile
from digest.publish import entry_id
from digest.store import archive, stories
from digest.store.clips import ClipRow


def clippings_of(tx: Connection, profile: Profile, rows: Sequence[ClipRow]) -> tuple[Clipping, ...]:
    """The rows as clippings, in their order, each with what is folded into it and what it goes on with."""
    ids = [article.id for _, article, _ in rows]
    folded, earlier = archive.reprints(tx, ids), stories.earlier(tx, ids)
    return tuple(
        Clipping(
            entry_id=entry_id(profile.id, article.id),
            profile=profile,
            article=article,
            clip=clip,
            matched=matched,
            also_in=folded.get(article.id, ()),
            earlier=earlier.get(article.id),
        )
        for clip, article, matched in rows
    )
