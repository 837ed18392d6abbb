"""What is usual in the archive, keywords and lengths of articles; never one day's chance alone.

A single day makes a word look rare or worthless at random. So the figures of a window are mixed with a
static prior, as if a number of ordinary articles had been read before the first.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from digest.model import ArchivedArticle, Profile
from digest.rank.counting import CHARACTERS, Counting, word_name
from digest.rank.expression import AnyOf, Expression, Without, Words, parts_of
from digest.rank.matcher import Matcher
from digest.rank.parts import ARTICLES, Name, Weights
from digest.rank.reading import Reading, read_article
from digest.rank.terms import Terms, terms_of

PRIOR_DOCUMENTS: Final = 100
"""How many articles the prior weighs."""
PRIOR_SHARE: Final = 0.02
"""The share of articles in which a keyword of a profile stands, before anything is known."""
PRIOR_LENGTH: Final = 1000
"""Characters of an article."""


@dataclass(frozen=True, slots=True)
class Background:
    """Counts over a window of articles.

    Attributes:
        documents: How many articles were read.
        frequencies: By keyword key, in how many of them it stands; a key that was not looked for is missing.
        mean_length: Characters of the zones of an article together.
        parts: By the keywords of a profile, what single characters of them count; see `digest.rank.parts`.
    """

    documents: int = 0
    frequencies: Mapping[str, int] = field(default_factory=dict[str, int])
    mean_length: float = PRIOR_LENGTH
    parts: Mapping[tuple[str, ...], Weights] = field(default_factory=dict[tuple[str, ...], Weights])

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

    @property
    def length(self) -> float:
        """The usual length of an article in characters."""
        seen = self.documents * self.mean_length
        return (PRIOR_DOCUMENTS * PRIOR_LENGTH + seen) / (PRIOR_DOCUMENTS + self.documents)

    def to_json(self) -> dict[str, object]:
        """The figures as JSON values, to be kept with the clips that were scored with them."""
        return {
            "documents": self.documents,
            "frequencies": dict(self.frequencies),
            "mean_length": self.mean_length,
            "parts": [
                {"keywords": list(keywords), "weights": dict(weights)}
                for keywords, weights in self.parts.items()
            ],
        }


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
    counting, counts = Counting(terms), Counter[Name]()
    for reading in readings:
        counts.update(counting.of(reading))
    return background_from(counting, counts)


def background_from(counting: Counting, counts: Mapping[Name, int]) -> Background:
    """The background that the counts of articles, added up, make; names that are missing count 0."""
    articles = counts.get(ARTICLES, 0)
    frequencies = {key: counts.get(word_name(key), 0) for key in sorted(counting.keys)}
    length = counts.get(CHARACTERS, 0) / articles if articles else PRIOR_LENGTH
    counted = Background(articles, frequencies, length)
    return replace(counted, parts=counting.companies.weights(counts, counted.rarity_at))
