"""The single characters of Chinese keywords, as evidence of being near a subject; they never select.

A profile with 渔船 and 渔港 is about 渔: an article with 休渔 and 渔民 is nearer to it than one without. A
character counts only where the background shows that it keeps company with the keywords: outside of them, it
must be likelier in the articles that have one than in the others.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import sha256
from typing import Final, TypeAlias

from digest.rank.expression import Expression, Without, Words, parts_of
from digest.rank.fold import is_unspaced
from digest.rank.keyword import Keyword
from digest.rank.reading import Reading
from digest.rank.terms import Terms

DOUBT: Final = 4
"""Articles with a keyword and without the character that are imagined, so that few articles prove nothing."""
TELLING: Final = 1.0
"""The log-odds at which a character counts fully; at 0 it stands everywhere alike and counts nothing."""

SETTLED: Final = 400
"""From so many articles of background on characters count fully; what keeps company shows in many only."""

FEW: Final = 500
"""Characters that are looked for one by one."""

Name: TypeAlias = tuple[str, str]
"""What is counted over the articles of a background: a subject and a detail of it."""
ARTICLES: Final[Name] = ("", "articles")

Weights: TypeAlias = Mapping[str, float]
"""By character what it counts; those that count nothing are missing."""


def characters_of(keywords: Iterable[Keyword]) -> dict[str, float]:
    """The characters of the Chinese words of two or more, with the weights of their keywords together.

    Secondary keywords and exclusions give none, nor do words that must not stand in the article.

    >>> from digest.rank.keyword import plain_keyword
    >>> characters_of([plain_keyword("渔船"), plain_keyword("渔港", 2), plain_keyword("5G")])
    {'渔': 3.0, '船': 1.0, '港': 2.0}
    """
    weights: defaultdict[str, float] = defaultdict(float)
    for keyword in keywords:
        if keyword.part in ("wanted", "required"):
            words = [each.folded for each in _wanted_words(keyword.expression) if len(each.folded) > 1]
            for character in dict.fromkeys(filter(is_unspaced, "".join(words))):
                weights[character] += keyword.weight
    return dict(weights)


def _wanted_words(expression: Expression) -> Iterator[Words]:
    """The words that may make the expression hold, none of a `Without`."""
    if isinstance(expression, Words):
        yield expression
    elif not isinstance(expression, Without):
        for part in parts_of(expression):
            yield from _wanted_words(part)


@dataclass(frozen=True, slots=True)
class _Company:
    """Of a profile: its characters and its words; `subject` is what it is counted under."""

    weights: Weights
    words: dict[str, str]
    subject: str

    def names(self, reading: Reading, text: str, present: frozenset[str]) -> Iterator[Name]:
        covered = Counter[str]()
        for key in self.words.keys() & reading.sightings.keys():
            for character in self.words[key]:
                covered[character] += len(reading.sightings[key])
        yield self.subject, "articles"
        for each in present & self.weights.keys():
            yield self.subject, "with " + each
            if text.count(each) > covered[each]:
                yield self.subject, "outside " + each


class Companies:
    """Which characters keep company with the keywords of which profile, by counts over articles."""

    def __init__(self, terms: Iterable[Terms]) -> None:
        self._by_profile: dict[tuple[str, ...], _Company] = {}
        self._holders: defaultdict[str, list[_Company]] = defaultdict(list)
        for each in terms:
            self._begin(each)
        self._wanted = frozenset(c for each in self._by_profile.values() for c in each.weights)
        self._having: dict[str, Name] = {each: (_having(each), "") for each in self._wanted}

    def _begin(self, terms: Terms) -> None:
        found = (words for each in terms.primary for words in _wanted_words(each.expression))
        words = {words.key: words.folded for words in found}
        weights = characters_of(terms.primary)
        if weights and terms.profile.keywords not in self._by_profile:
            subject = "company " + sha256("\n".join(terms.profile.keywords).encode()).hexdigest()[:32]
            company = self._by_profile[terms.profile.keywords] = _Company(weights, words, subject)
            for key in words:
                self._holders[key].append(company)

    @property
    def subjects(self) -> frozenset[str]:
        """All that names are of, but what is counted in any case."""
        companies = (each.subject for each in self._by_profile.values())
        return frozenset((*companies, *map(_having, self._wanted)))

    def names(self, reading: Reading) -> Iterator[Name]:
        """What one more article of the background counts for, each once."""
        text = "".join(reading.texts.values())
        present = _present(self._wanted, text)
        yield ARTICLES
        yield from map(self._having.__getitem__, present)
        holders = {id(each): each for key in reading.sightings for each in self._holders.get(key, ())}
        for company in holders.values():
            yield from company.names(reading, text, present)

    def weights(
        self, counts: Mapping[Name, int], rarity: Callable[[int], float]
    ) -> dict[tuple[str, ...], Weights]:
        """By the keywords of a profile, what each of its characters counts; `rarity` is of a frequency."""
        weighed = {keywords: _weights(each, counts, rarity) for keywords, each in self._by_profile.items()}
        return {keywords: weights for keywords, weights in weighed.items() if weights}


def _present(wanted: frozenset[str], text: str) -> frozenset[str]:
    """Which characters stand in the text; a few are looked for one by one, which is several times faster."""
    if len(wanted) > FEW:
        return wanted.intersection(text)
    return frozenset([each for each in wanted if each in text])


def _having(character: str) -> str:
    return "character " + character


def _weights(company: _Company, counts: Mapping[Name, int], rarity: Callable[[int], float]) -> Weights:
    telling = {each: _telling(company, each, counts) for each in company.weights}
    sure = min(counts.get(ARTICLES, 0) / SETTLED, 1.0)
    return {
        each: sure * weight * telling[each] * rarity(counts.get((_having(each), ""), 0))
        for each, weight in company.weights.items()
        if telling[each]
    }


def _telling(company: _Company, character: str, counts: Mapping[Name, int]) -> float:
    """0 to 1 for how much likelier the character is in articles with a keyword than in the others."""
    articles = counts.get((company.subject, "articles"), 0)
    having = counts.get((_having(character), ""), 0)
    others = having - counts.get((company.subject, "with " + character), 0)
    odds = _log_odds(counts.get((company.subject, "outside " + character), 0), articles + DOUBT)
    return min(max(odds - _log_odds(others, counts.get(ARTICLES, 0) - articles), 0.0) / TELLING, 1.0)


def _log_odds(hits: int, of: int) -> float:
    return math.log((hits + 0.5) / (of - hits + 0.5))
