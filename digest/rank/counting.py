"""What an article adds to the background, as counts that add up over articles and days; never a rate.

A name is a subject with a detail of it. Subjects come and go with profiles, and each can be counted alone, so
a new keyword does not ask for counting everything else again.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from collections.abc import Set as AbstractSet
from typing import Final

from digest.rank.expression import words_of
from digest.rank.parts import ARTICLES, Companies, Name
from digest.rank.reading import Reading
from digest.rank.terms import Terms

CHARACTERS: Final[Name] = (ARTICLES[0], "characters")


class Counting:
    """What is to be counted for some profiles.

    Attributes:
        keys: Of the words that add to a score.
        companies: What single characters of the keywords are counted with.
        subjects: Of all names there are.
    """

    def __init__(self, terms: Iterable[Terms]) -> None:
        wanted = list(terms)
        self.keys: Final = frozenset(
            words.key for each in wanted for keyword in each.adding for words in words_of(keyword.expression)
        )
        self.companies: Final = Companies(wanted)
        words = (word_name(key)[0] for key in self.keys)
        self.subjects: Final = frozenset((ARTICLES[0], *words, *self.companies.subjects))

    def of(self, reading: Reading, subjects: AbstractSet[str] | None = None) -> Counter[Name]:
        """What the article adds to the counts of these subjects, or of all."""
        counts = Counter(self._names(reading))
        counts[CHARACTERS] = reading.length
        if subjects is None:
            return counts
        return Counter({name: count for name, count in counts.items() if name[0] in subjects})

    def _names(self, reading: Reading) -> Iterator[Name]:
        for key in reading.sightings:
            if key in self.keys:
                yield word_name(key)
        yield from self.companies.names(reading)  # among them ARTICLES


def word_name(key: str) -> Name:
    """Under what the articles with a word are counted."""
    return f"word {key}", ""
