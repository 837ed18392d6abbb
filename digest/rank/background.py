"""What is usual in the archive, keywords and lengths of zones; never one day's chance alone.

A single day makes a word look rare or worthless at random. So the figures of a window are mixed with a
static prior, as if a number of ordinary articles had been read before the first.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, cast

from digest.errors import DigestError
from digest.model import ArchivedArticle, Profile, Zone
from digest.rank.expression import AnyOf, Expression, Without, Words, parts_of, words_of
from digest.rank.matcher import Matcher
from digest.rank.reading import Reading, read_article
from digest.rank.terms import Terms, terms_of
from digest.rank.zones import ZONES

PRIOR_DOCUMENTS: Final = 100
"""How many articles the prior weighs."""
PRIOR_SHARE: Final = 0.02
"""The share of articles in which a keyword of a profile stands, before anything is known."""
PRIOR_LENGTHS: Final[Mapping[Zone, float]] = {
    "headline": 16,
    "kicker": 20,
    "deck": 20,
    "lead": 120,
    "body": 900,
}
"""Characters of a zone where an article has it."""


@dataclass(frozen=True, slots=True)
class Background:
    """Counts over a window of articles.

    Attributes:
        documents: How many articles were read.
        frequencies: By keyword key, in how many of them it stands; a key that was not looked for is missing.
        lengths: By zone, its mean length over the articles that have it; a zone never seen is missing.
    """

    documents: int = 0
    frequencies: Mapping[str, int] = field(default_factory=dict[str, int])
    lengths: Mapping[Zone, float] = field(default_factory=dict[Zone, float])

    def rarity(self, key: str) -> float:
        """The keyword's inverse document frequency, above 0; unknown keywords are as rare as the prior says.

        >>> Background().rarity("某") > Background(1000, {"某": 400}).rarity("某")
        True
        """
        return self.rarity_at(self.frequencies.get(key))

    def rarity_of(self, expression: Expression) -> float:
        """The rarity of an expression; synonyms are as frequent as together, joined words as the rarest."""
        return self.rarity_at(self.frequency_of(expression))

    def rarity_at(self, known: int | None) -> float:
        """The inverse document frequency of what stands in so many articles; None: nobody counted."""
        documents = PRIOR_DOCUMENTS + (self.documents if known is not None else 0)
        frequency = PRIOR_DOCUMENTS * PRIOR_SHARE + (known or 0)
        return math.log1p((documents - frequency + 0.5) / (frequency + 0.5))

    def frequency_of(self, expression: Expression) -> int | None:
        """In how many articles it stands, at most; None when nobody counted."""
        if isinstance(expression, Words):
            return self.frequencies.get(expression.key)
        parts = (self.frequency_of(part) for part in parts_of(expression))
        known = [frequency for frequency in parts if frequency is not None]
        if not known or isinstance(expression, Without):
            return None
        return min(sum(known), self.documents) if isinstance(expression, AnyOf) else min(known)

    def length(self, zone: Zone) -> float:
        """The zone's usual length in characters."""
        seen = self.documents * self.lengths.get(zone, 0.0)
        weight = self.documents if zone in self.lengths else 0
        return (PRIOR_DOCUMENTS * PRIOR_LENGTHS[zone] + seen) / (PRIOR_DOCUMENTS + weight)

    def to_json(self) -> dict[str, object]:
        """The counts as JSON values; `background_from_json` reads them."""
        return {
            "documents": self.documents,
            "frequencies": dict(self.frequencies),
            "lengths": dict(self.lengths),
        }


def background_from_json(record: Mapping[str, object]) -> Background:
    """The background that `to_json` wrote.

    Raises:
        DigestError: When the record is not such a background.

    >>> background_from_json(Background(3, {"某": 1}, {"lead": 80.0}).to_json())
    Background(documents=3, frequencies={'某': 1}, lengths={'lead': 80.0})
    """
    try:
        documents, frequencies, lengths = record["documents"], record["frequencies"], record["lengths"]
        known = _figures(lengths)
        means: dict[Zone, float] = {zone: known[zone] for zone in ZONES if zone in known}
        counts = {key: int(count) for key, count in _figures(frequencies).items()}
        return Background(int(_figure(documents)), counts, means)
    except (KeyError, TypeError) as error:
        raise DigestError("This is no ranking background; measure it anew from the archive") from error


def _figures(value: object) -> dict[str, float]:
    if not isinstance(value, Mapping):
        raise TypeError
    return {str(key): _figure(figure) for key, figure in cast("Mapping[object, object]", value).items()}


def _figure(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < math.inf:
        raise TypeError
    return value


def measure_background(articles: Iterable[ArchivedArticle], profiles: Sequence[Profile]) -> Background:
    """The background that a window of archived articles gives for the keywords of the profiles.

    Raises:
        ProfileSyntaxError: When a profile cannot be used, see `check_profile`.
    """
    terms = [terms_of(profile) for profile in profiles]
    matcher = matcher_of(terms)
    readings = (read_article(a.article, matcher) for a in articles if a.article.kind != "note")
    return background_of(readings, terms)


def matcher_of(terms: Iterable[Terms]) -> Matcher:
    """One automaton for all words of all keywords, exclusions too."""
    return Matcher(words for each in terms for words in each.words())


def background_of(readings: Iterable[Reading], terms: Iterable[Terms]) -> Background:
    """The background that articles already read give for the keywords of `terms` that add to a score."""
    documents = 0
    adding = (keyword.expression for each in terms for keyword in each.adding)
    frequencies = Counter(
        dict.fromkeys((words.key for expression in adding for words in words_of(expression)), 0)
    )
    totals, holders = Counter[Zone](), Counter[Zone]()
    for reading in readings:
        documents += 1
        frequencies.update(key for key in reading.sightings if key in frequencies)
        totals.update(reading.lengths)
        holders.update(zone for zone, length in reading.lengths.items() if length)
    lengths: dict[Zone, float] = {zone: totals[zone] / holders[zone] for zone in ZONES if holders[zone]}
    return Background(documents, dict(frequencies), lengths)
