"""Chooses clips so that one story does not take the place of all others; it changes no score.

Maximal marginal relevance (Carbonell and Goldstein 1998): of the clips left, the one is chosen next whose
score, less its likeness to what was chosen before, is highest.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from uuid import UUID

from digest.model import Article
from digest.rank.stories import ALIKE
from digest.rank.vocabulary import Rarity, cosine, vocabulary_of

MOST: Final = 0.9
"""The highest diversity there is: likeness then weighs nine times as much as score."""
_LOOKED_AT: Final = 20
"""For each place so many of the best are looked at, which bounds the work."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A clip that may be chosen.

    Attributes:
        score: 0..100.
        diversity: 0..0.9; 0 leaves likeness out of account.
        profile_id: Whose clip it is, for caps.
    """

    article: Article
    score: float
    diversity: float = 0.0
    profile_id: UUID | None = None


@dataclass(frozen=True, slots=True)
class Chosen:
    """What was chosen, as places in the choices given, in the order chosen.

    Attributes:
        more: For each chosen place how many of those left out tell of the same story.
    """

    places: tuple[int, ...]
    more: Mapping[int, int]


def choose(choices: Sequence[Choice], limit: int, caps: Mapping[UUID, int] | None = None) -> Chosen:
    """At most `limit` of the choices, and of each profile's at most its cap; the best is always the first.

    Of equal values the earlier choice is taken. Without diversity these are the highest scores. When there is
    room for all, all are chosen.

    >>> flood, same = Article("news", "云溪河涨水", lead="云溪河昨夜涨水。"), Article("news", "云溪河又涨水")
    >>> bridge = Article("news", "石桥通车", lead="石桥昨日通车。")
    >>> scored = [(flood, 90.0), (same, 80.0), (bridge, 60.0)]
    >>> choose([Choice(article, score, 0.5) for article, score in scored], 2).places
    (0, 2)
    >>> choose([Choice(article, score) for article, score in scored], 2).places
    (0, 1)
    """
    left = sorted(range(len(choices)), key=lambda place: (-choices[place].score, place))
    pool = left[: limit * _LOOKED_AT]
    alike = _Likeness(choices, pool) if any(choices[place].diversity for place in pool) else None
    chosen = _greedy(choices, pool, limit, caps or {}, alike)
    more = _more(chosen, [place for place in pool if place not in set(chosen)], alike)
    return Chosen(tuple(chosen), more)


class _Likeness:
    """How alike the articles of two choices are, 0 to 1."""

    def __init__(self, choices: Sequence[Choice], places: Sequence[int]) -> None:
        vocabularies = {place: vocabulary_of(choices[place].article) for place in places}
        rarity = Rarity(vocabularies.values())
        self._vectors = {place: rarity.weighed(words) for place, words in vocabularies.items()}

    def of(self, one: int, other: int) -> float:
        return cosine(self._vectors[one], self._vectors[other])


def _greedy(
    choices: Sequence[Choice],
    pool: Sequence[int],
    limit: int,
    caps: Mapping[UUID, int],
    alike: _Likeness | None,
) -> list[int]:
    taken = Counter[UUID | None]()
    nearest: dict[int, float] = dict.fromkeys(pool, 0.0)
    chosen: list[int] = []

    def value(place: int) -> float:
        diversity = min(choices[place].diversity, MOST)
        return choices[place].score / 100 - diversity / (1 - diversity) * nearest[place]

    while nearest and len(chosen) < limit:
        best = max(nearest, key=value)  # the first of equals, which stand in order
        del nearest[best]
        profile_id = choices[best].profile_id
        if profile_id is not None and taken[profile_id] >= caps.get(profile_id, limit):
            continue
        taken[profile_id] += 1
        chosen.append(best)
        if alike:
            nearest = {place: max(known, alike.of(place, best)) for place, known in nearest.items()}
    return chosen


def _more(chosen: Sequence[int], left: Sequence[int], alike: _Likeness | None) -> dict[int, int]:
    """For each chosen place how many of those left are most like it, and alike enough for one story."""
    more = Counter[int]()
    if alike is None:
        return {}
    for place in left:
        likeness = {other: alike.of(place, other) for other in chosen}
        best = max(likeness, key=likeness.__getitem__)
        if likeness[best] >= ALIKE:
            more[best] += 1
    return dict(more)
