"""Which profiles everybody may see, and their clippings as lists show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Connection

from digest.model import Clipping, Profile
from digest.pipeline.clippings import clippings_of
from digest.pipeline.feeds import ALL
from digest.store import clips, profiles

__all__ = ["ALL", "Offer", "newest_clippings", "offers", "public_profile", "public_profiles"]


@dataclass(frozen=True, slots=True)
class Offer:
    """A public profile and how many clippings it has."""

    profile: Profile
    clippings: int


def public_profiles(tx: Connection) -> list[Profile]:
    """The profiles everybody may see, in the order of the configuration."""
    return [profile for profile in profiles.list_profiles(tx) if profile.public]


def public_profile(tx: Connection, name: str) -> Profile | None:
    """The profile of this name, if everybody may see it."""
    profile = profiles.profile_named(tx, name)
    return profile if profile and profile.public else None


def offers(tx: Connection) -> list[Offer]:
    """The public profiles with their counts."""
    return [Offer(profile, clips.how_many(tx, profile.id)) for profile in public_profiles(tx)]


def newest_clippings(tx: Connection, shown: Sequence[Profile], limit: int) -> list[tuple[Clipping, ...]]:
    """The newest clipped articles, each with its clippings for these profiles, the best first."""
    rows = clips.newest_across(tx, [profile.id for profile in shown], limit)
    of_article: dict[UUID, list[Clipping]] = {article.id: [] for _, article, _ in rows}
    for profile in shown:
        mine = [row for row in rows if row[0].profile_id == profile.id]
        for clipping in clippings_of(tx, profile, mine):
            of_article[clipping.article.id].append(clipping)
    return [tuple(sorted(found, key=lambda c: -c.clip.score)) for found in of_article.values()]
