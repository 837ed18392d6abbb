"""Reads an article once for all profiles: which words stand where; never knows whose they are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import cast

from digest.model import Article, Hit, Zone
from digest.rank.matcher import Match, Matcher
from digest.rank.zones import ZONES, Ground, byline_text, texts_beside, zone_texts


@dataclass(frozen=True, slots=True)
class Sighting:
    """An occurrence of a word in the original text, and how surely it is the word meant (see `Match`)."""

    ground: Ground
    index: int
    start: int
    end: int
    credit: float = 1.0

    @property
    def in_zone(self) -> bool:
        """Whether it counts for the score."""
        return self.ground in ZONES

    @property
    def hit(self) -> Hit:
        """The occurrence as clips keep it; only of sightings in a zone."""
        return Hit(cast("Zone", self.ground), self.index, self.start, self.end)


Sightings = Mapping[str, tuple[Sighting, ...]]
"""By `Words.key`, in the order of grounds and text; words that do not occur are missing."""


@dataclass(frozen=True, slots=True)
class Reading:
    """The words of an article.

    Attributes:
        sightings: In the zones.
        texts: Each zone as it was matched; zones that the article does not have are missing.
        beside: In texts that are not scored, such as captions.
        bylines: In the credits.
    """

    sightings: Sightings
    texts: Mapping[Zone, str]
    beside: Sightings = field(default_factory=dict[str, tuple[Sighting, ...]])
    bylines: Sightings = field(default_factory=dict[str, tuple[Sighting, ...]])

    @property
    def length(self) -> int:
        """Characters of the zones together."""
        return sum(map(len, self.texts.values()))

    def has(self, keys: frozenset[str]) -> bool:
        """Whether any of the words stands in the zones or beside them."""
        return not keys.isdisjoint(self.beside) or not keys.isdisjoint(self.sightings)


def read_article(article: Article, matcher: Matcher) -> Reading:
    """The words of `matcher` that stand in the article."""
    sightings: dict[str, list[Sighting]] = {}
    beside: dict[str, list[Sighting]] = {}
    bylines: dict[str, list[Sighting]] = {}
    texts: defaultdict[Zone, list[str]] = defaultdict(list)
    for piece in zone_texts(article):
        matches = matcher.read(piece.text)
        texts[piece.zone].append(matches.text)
        _note(sightings, piece.zone, piece.index, matches.found)
    for ground, index, text in texts_beside(article):
        _note(beside, ground, index, matcher.find(text))
    _note(bylines, "byline", 0, matcher.read(byline_text(article), names=True).found)
    joined: dict[Zone, str] = {zone: "".join(pieces) for zone, pieces in texts.items()}
    return Reading(_settled(sightings), joined, _settled(beside), _settled(bylines))


def _note(seen: dict[str, list[Sighting]], ground: Ground, index: int, found: Iterable[Match]) -> None:
    for match in found:
        sighting = Sighting(ground, index, match.start, match.end, match.credit)
        seen.setdefault(match.key, []).append(sighting)


def _settled(seen: Mapping[str, list[Sighting]]) -> Sightings:
    return {key: tuple(found) for key, found in seen.items()}
