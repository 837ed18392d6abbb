"""Finds the articles of later days that go on with a story; reprints of the same text are not its business.

Two reports tell of one story when they share many rare words: the names of people, places and things it is
about. Each is compared with the story's latest article that is most alike and with its first one, so that a
story does not drift away from where it began.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Final
from uuid import UUID

from digest.model import ArchivedArticle
from digest.rank.vocabulary import Rarity, Vocabulary, cosine, vocabulary_of

ALIKE: Final = 0.38
"""How alike a report and an earlier one must be (cosine of their words weighed by rarity)."""
ALIKE_FIRST: Final = 0.25
"""The same for the story's first article."""
RARE: Final = 4.0
"""Words whose inverse document frequency is above this lead to candidates."""
HEADING_SAID: Final = 0.6
"""How much of one report's heading the other must have, by the rarity of its words: formulas of routine news
(visits, obituaries, dismissals) are alike but for what stands in the heading."""
LEAST_SHARED: Final = 4
"""Rare words that two reports of a story must share."""


def follow_stories(
    articles: Sequence[ArchivedArticle], days: int, known: Mapping[UUID, UUID | None] | None = None
) -> dict[UUID, UUID]:
    """For each article that goes on with a story of an earlier day, the first article of that story.

    A story is gone on with for so many days after its last article. Articles in `known` are not decided
    again; None says that one begins a story or stands alone. The order given does not matter; days are the
    printed ones, else those of first sight.
    """
    decided = known or {}
    counted = {archived.id: vocabulary_of(archived.article) for archived in articles}
    rarity = Rarity(counted.values())
    stories = _Stories(rarity, timedelta(days=days))
    for archived in sorted(articles, key=lambda a: (printed_on(a), a.first_seen, a.id)):
        stories.take(archived, counted[archived.id], decided)
    return stories.first


def printed_on(archived: ArchivedArticle) -> date:
    """The day of the page, or of first sight where it is not known."""
    return archived.folio.date or archived.first_seen.date()


_Vector = Mapping[str, float]


class _Stories:
    """The articles taken so far, looked up by their rare words."""

    def __init__(self, rarity: Rarity, window: timedelta) -> None:
        self.first: dict[UUID, UUID] = {}
        self._rarity = rarity
        self._window = window
        self._vectors: dict[UUID, dict[str, float]] = {}
        self._headings: dict[UUID, frozenset[str]] = {}
        self._days: dict[UUID, date] = {}
        self._holders: defaultdict[str, list[UUID]] = defaultdict(list)

    def take(
        self, archived: ArchivedArticle, vocabulary: Vocabulary, known: Mapping[UUID, UUID | None]
    ) -> None:
        vector = self._rarity.weighed(vocabulary)
        rare = [word for word in vector if self._rarity.of(word) >= RARE]
        day = printed_on(archived)
        decided = archived.id in known
        first = known[archived.id] if decided else self._story(vector, vocabulary.heading, rare, day)
        if first is not None:
            self.first[archived.id] = first
        self._vectors[archived.id] = vector
        self._headings[archived.id] = vocabulary.heading
        self._days[archived.id] = day
        for word in rare:
            self._holders[word].append(archived.id)

    def _story(self, vector: _Vector, heading: frozenset[str], rare: Sequence[str], day: date) -> UUID | None:
        """The first article of the story told of on an earlier day, if there is one."""
        shared = Counter[UUID]()
        for word in rare:
            shared.update(self._holders.get(word, ()))
        likeness = {
            other: cosine(vector, self._vectors[other])
            for other, count in shared.items()
            if count >= LEAST_SHARED
            and timedelta() < day - self._days[other] <= self._window
            and self._says_the_heading(vector, heading, other)
        }
        best = max(likeness, key=lambda other: (likeness[other], other), default=None)
        if best is None or likeness[best] < ALIKE:
            return None
        first = self.first.get(best, best)
        there = self._vectors.get(first)
        return first if there is None or cosine(vector, there) >= ALIKE_FIRST else None

    def _says_the_heading(self, vector: _Vector, heading: frozenset[str], other: UUID) -> bool:
        """Whether one of the two reports has most of the words that stand over the other."""
        one, there = self._said(heading, self._vectors[other]), self._said(self._headings[other], vector)
        return max(one, there) >= HEADING_SAID

    def _said(self, heading: frozenset[str], vector: _Vector) -> float:
        whole = sum(self._rarity.of(word) for word in heading)
        return sum(self._rarity.of(word) for word in heading if word in vector) / whole if whole else 0.0
