"""What an article is about, as words with weights; it compares and decides nothing."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Final, Protocol

from digest.model import Article
from digest.rank.fold import is_unspaced, key_of
from digest.rank.segments import frequency, segment

READ: Final = 1200
"""Characters of the body that are read; what a report is about stands at its beginning."""
HEADING: Final = 3
LEAD: Final = 2
"""How many times a word counts that stands in the headings, or in the lead."""
PRIOR_DOCUMENTS: Final = 300
"""How many articles the dictionary's frequencies weigh."""
_WORDS_IN_ARTICLE: Final = 400
_WORDS_OF_DICTIONARY: Final = 60_000_000
_UNKNOWN: Final = 0.002
_WORDS: Final = re.compile(r"[^\W_]+")
_DIGITS: Final = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words of an article of two letters or more.

    Words that the dictionary lacks, names above all, come as the pairs of letters they consist of.

    Attributes:
        counts: Each word with how much it counts.
        heading: The words of headline and kicker.
    """

    counts: Mapping[str, int]
    heading: frozenset[str]


@lru_cache(maxsize=2048)
def vocabulary_of(article: Article) -> Vocabulary:
    """What an article is about; remembered, as a month's articles are asked for with every page that comes.

    >>> sorted(vocabulary_of(Article(kind="news", headline="云溪大桥通车")).heading)
    ['云溪', '大桥', '通车']
    """
    heading = _counted("\n".join((article.headline, *article.kicker)))
    counts = Counter({word: HEADING * count for word, count in heading.items()})
    counts.update(dict.fromkeys(_counted(article.lead), LEAD - 1))
    counts.update(_counted("\n".join(article.paragraphs or (article.lead,))[:READ]))
    return Vocabulary(counts, frozenset(heading))


def _counted(text: str) -> Counter[str]:
    return Counter(word for run in _WORDS.findall(key_of(text)) for word in _cut(run))


def _cut(run: str) -> Iterable[str]:
    """The words of a run of letters; single characters are joined with the next single one."""
    starts = segment(run).starts
    words = [run[start:end] for start, end in pairwise(starts)]
    for word, following in zip(words, [*words[1:], ""], strict=True):
        if len(word) > 1:
            if not _DIGITS.search(word):
                yield word
        elif is_unspaced(word) and len(following) == 1 and is_unspaced(following):
            yield word + following


class Counts(Protocol):
    """How many articles have which words, as kept elsewhere."""

    @property
    def articles(self) -> int:
        """How many were counted."""
        ...

    def holders(self, words: Collection[str]) -> Mapping[str, int]:
        """How many of them have each of these words; 0 may be left out."""
        ...


class Rarity:
    """How rare words are: over a window of articles, mixed with the dictionary's frequencies."""

    def __init__(self, articles: Iterable[Vocabulary], kept: Counts | None = None) -> None:
        """Counts `articles`, beside those that `kept` has counted."""
        self._kept = kept
        self._holders = Counter[str]()
        self._articles = kept.articles if kept else 0
        self._known: dict[str, float] = {}
        for vocabulary in articles:
            self._articles += 1
            self._holders.update(vocabulary.counts.keys())

    def of(self, word: str) -> float:
        """The inverse document frequency, above 0."""
        known = self._known.get(word)
        if known is None:
            self.learn((word,))
            known = self._known[word]
        return known

    def learn(self, words: Iterable[str]) -> None:
        """Looks up together what is kept of words that will be asked for."""
        unknown = [word for word in dict.fromkeys(words) if word not in self._known]
        kept: Mapping[str, int] = self._kept.holders(unknown) if self._kept and unknown else {}
        for word in unknown:
            holders = kept.get(word, 0) + self._holders[word] + PRIOR_DOCUMENTS * _prior(word)
            self._known[word] = math.log((self._articles + PRIOR_DOCUMENTS) / holders)

    def weighed(self, vocabulary: Vocabulary) -> dict[str, float]:
        """The words with their weights, as a vector of length one."""
        self.learn(vocabulary.counts)
        weights = {word: (1 + math.log(count)) * self.of(word) for word, count in vocabulary.counts.items()}
        length = math.sqrt(sum(weight * weight for weight in weights.values())) or 1.0
        return {word: weight / length for word, weight in weights.items()}


@lru_cache(maxsize=65_536)
def _prior(word: str) -> float:
    """The share of articles that have a word, by the dictionary; one it lacks is in one of five hundred."""
    return max(_UNKNOWN, -math.expm1(-frequency(word) * _WORDS_IN_ARTICLE / _WORDS_OF_DICTIONARY))


def cosine(one: Mapping[str, float], other: Mapping[str, float]) -> float:
    """How alike two weighed vocabularies are, 0 to 1."""
    if len(other) < len(one):
        one, other = other, one
    return sum(weight * other[word] for word, weight in one.items() if word in other)
