"""Folds the same story printed several times into one; never folds articles that merely resemble a third.

Candidates share a whole clause, which is found by looking it up, so the work grows with the text and not with
the number of pairs. Each is then compared with the article that would represent it, by the runs of
three characters both have.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final
from uuid import UUID

from digest.model import ArchivedArticle, Article
from digest.rank.fold import key_of

SAME_TEXT: Final = 0.55
"""Of all runs of two articles, the share that both have, from which they are the same story (Jaccard)."""
PART_OF_TEXT: Final = 0.8
"""The same for the shorter one's runs alone, so that a cut or lengthened reprint is found.

Two routine notices of different events share up to 0.7."""
SHORTEST_CLAUSE: Final = 6
SHORTEST_TEXT: Final = 30
"""Characters; shorter articles, such as a lone caption, are told apart by too little."""
COMMONEST_CLAUSE: Final = 50
"""Clauses that represent more stories than this are boilerplate and lead to no candidates."""
MOST_CANDIDATES: Final = 4
_RUN: Final = 3
_CLAUSE_END = re.compile(r"[\W_]+")


def fold_reprints(articles: Sequence[ArchivedArticle]) -> dict[UUID, UUID]:
    """For each article that repeats another's story, the article that represents it.

    Articles that stand for themselves or for others are not keys. The representative is the one printed
    first, on the foremost page, whatever the order given. Every folded article was compared with
    its representative itself: a chain of small changes does not fold its ends together.
    """
    stories = _Stories()
    folded: dict[UUID, UUID] = {}
    for archived in sorted(articles, key=_precedence):
        representative = stories.match(archived)
        if representative is not None:
            folded[archived.id] = representative
    return folded


def _precedence(archived: ArchivedArticle) -> tuple[date, float, float, UUID]:
    page = archived.folio.number
    printed = archived.folio.date or archived.first_seen.date()
    return (printed, float("inf") if page is None else page, archived.first_seen.timestamp(), archived.id)


class _Stories:
    """The representatives so far, with their clauses looked up by text."""

    def __init__(self) -> None:
        self._texts: dict[UUID, str] = {}
        self._runs_of: dict[UUID, frozenset[str]] = {}
        self._holders: dict[str, list[UUID]] = {}

    def match(self, archived: ArchivedArticle) -> UUID | None:
        """The story this article repeats; None when it is a new one, which from now on represents itself."""
        text = _text(archived.article)
        if len(text) < SHORTEST_TEXT:
            return None
        clauses = _clauses(text)
        candidates = self._candidates(clauses)
        if candidates:
            runs = runs_of(text)
            best = max(candidates, key=lambda other: containment(runs, self._runs(other)))
            if is_same_story(runs, self._runs(best)):
                return best
        self._add(archived.id, text, clauses)
        return None

    def _candidates(self, clauses: Iterable[str]) -> list[UUID]:
        shared = Counter[UUID]()
        for clause in clauses:
            holders = self._holders.get(clause, [])
            if len(holders) <= COMMONEST_CLAUSE:
                shared.update(holders)
        return [other for other, _ in shared.most_common(MOST_CANDIDATES)]

    def _runs(self, story: UUID) -> frozenset[str]:
        """The story's runs, cut at first use: most articles are never compared with any other."""
        if story not in self._runs_of:
            self._runs_of[story] = runs_of(self._texts[story])
        return self._runs_of[story]

    def _add(self, story: UUID, text: str, clauses: Iterable[str]) -> None:
        self._texts[story] = text
        for clause in clauses:
            holders = self._holders.setdefault(clause, [])
            if len(holders) <= COMMONEST_CLAUSE:
                holders.append(story)


def is_same_story(one: frozenset[str], other: frozenset[str]) -> bool:
    """Whether two texts, given as their runs, are printings of one story."""
    shared = len(one & other)
    return shared >= SAME_TEXT * len(one | other) or shared >= PART_OF_TEXT * min(len(one), len(other))


def containment(one: frozenset[str], other: frozenset[str]) -> float:
    """The share of the smaller set that the larger has too; 0 when one is empty."""
    return len(one & other) / max(1, min(len(one), len(other)))


def _text(article: Article) -> str:
    """The body as it is compared; headlines differ between papers that print the same story."""
    return key_of("\n".join(article.paragraphs or (article.lead,)))


def _clauses(text: str) -> list[str]:
    """The clauses long enough to be told apart, each once, in order."""
    return list(dict.fromkeys(part for part in _CLAUSE_END.split(text) if len(part) >= SHORTEST_CLAUSE))


def runs_of(text: str) -> frozenset[str]:
    """All stretches of three letters of the text, without punctuation."""
    solid = _CLAUSE_END.sub("", text)
    return frozenset(solid[place : place + _RUN] for place in range(len(solid) - _RUN + 1))
