"""Reads an article once for all profiles: which keywords stand where; never knows whose they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from digest.model import Article, Hit, Zone
from digest.rank.matcher import Matcher
from digest.rank.zones import ZONES, unscored_texts, zone_texts


@dataclass(frozen=True, slots=True)
class Sighting:
    """A hit and how surely it is the word meant (see `Match`)."""

    hit: Hit
    credit: float


@dataclass(frozen=True, slots=True)
class Reading:
    """The keywords of an article.

    Attributes:
        sightings: By keyword key, in the order of zones and text; keys that do not occur are missing.
        elsewhere: Keys that stand in texts that are not scored, such as captions.
        lengths: Matched characters of each zone.
    """

    sightings: Mapping[str, tuple[Sighting, ...]]
    elsewhere: frozenset[str]
    lengths: Mapping[Zone, int]

    def has(self, keys: frozenset[str]) -> bool:
        """Whether any of the keys stands anywhere in the article."""
        return not keys.isdisjoint(self.elsewhere) or not keys.isdisjoint(self.sightings.keys())


def read_article(article: Article, matcher: Matcher) -> Reading:
    """The keywords of `matcher` that stand in the article."""
    sightings: dict[str, list[Sighting]] = {}
    lengths = dict.fromkeys(ZONES, 0)
    for piece in zone_texts(article):
        matches = matcher.read(piece.text)
        lengths[piece.zone] += matches.length
        for match in matches.found:
            hit = Hit(piece.zone, piece.index, match.start, match.end)
            sightings.setdefault(match.key, []).append(Sighting(hit, match.credit))
    elsewhere = frozenset(match.key for text in unscored_texts(article) for match in matcher.find(text))
    return Reading({key: tuple(found) for key, found in sightings.items()}, elsewhere, lengths)
