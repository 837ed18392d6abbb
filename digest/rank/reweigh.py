"""Proposes weights of keywords from what readers kept and refused; it never changes a profile."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from digest.model import ArchivedArticle, Profile
from digest.rank.background import matcher_of
from digest.rank.evidence import View, evidence
from digest.rank.keyword import HEAVIEST_WEIGHT, Keyword
from digest.rank.matcher import Matcher
from digest.rank.reading import read_article
from digest.rank.terms import Terms, terms_of

LEAST_VERDICTS: Final = 3
"""So many articles with the keyword must have been judged, and so many of each kind in all."""
BOLDNESS: Final = 0.25
"""How far a weight moves: doubled where the odds of being kept are e⁴ times those without the keyword."""
FURTHEST: Final = 2.0
"""No proposal multiplies or divides a weight by more."""
LEAST_CHANGE: Final = 0.1
"""Of the weight; smaller changes are not proposed."""


@dataclass(frozen=True, slots=True)
class Reweighed:
    """A proposal for one keyword.

    Attributes:
        before, after: The keyword as it is and as it could be, in the profile language.
        kept, refused: How many kept articles, and how many that readers refused, have it.
    """

    before: str
    after: str
    kept: int
    refused: int


def reweigh(
    profile: Profile, kept: Sequence[ArchivedArticle], refused: Sequence[ArchivedArticle]
) -> tuple[Reweighed, ...]:
    """Keywords that should weigh more or less, the largest change first; none when too little was said.

    A keyword that stands in kept articles more than in refused ones gains, and the other way round.
    Required keywords and exclusions are left alone.

    Raises:
        ProfileSyntaxError: When the profile cannot be used.
    """
    if min(len(kept), len(refused)) < LEAST_VERDICTS:
        return ()
    terms = terms_of(profile)
    matcher = matcher_of([terms])
    mine, others = ([_held(terms, matcher, each) for each in articles] for articles in (kept, refused))
    found: list[tuple[float, Reweighed]] = []
    for place, keyword in enumerate(terms.keywords):
        counts = sum(held[place] for held in mine), sum(held[place] for held in others)
        factor = _factor(counts, (len(mine), len(others)))
        if keyword.part in {"wanted", "secondary"} and factor != 1:
            found.append((factor, Reweighed(str(keyword), _weighing(keyword, factor), *counts)))
    found.sort(key=lambda each: -abs(math.log(each[0])))
    return tuple(each for _, each in found if each.before != each.after)


def _held(terms: Terms, matcher: Matcher, archived: ArchivedArticle) -> list[bool]:
    """Of each keyword whether it holds in the article."""
    view = View(archived, read_article(archived.article, matcher))
    return [evidence(keyword.expression, view) is not None for keyword in terms.keywords]


def _factor(counts: tuple[int, int], of: tuple[int, int]) -> float:
    if sum(counts) < LEAST_VERDICTS:
        return 1.0
    odds = _log_odds(counts[0], of[0]) - _log_odds(counts[1], of[1])
    factor = min(max(2 ** (BOLDNESS * odds), 1 / FURTHEST), FURTHEST)
    return factor if abs(factor - 1) >= LEAST_CHANGE else 1.0


def _log_odds(hits: int, of: int) -> float:
    """Smoothed by an article each way: a few verdicts say little."""
    return math.log((hits + 1) / (of - hits + 1))


def _weighing(keyword: Keyword, factor: float) -> str:
    weight = min(max(round(keyword.weight * factor, 1), 0.1), HEAVIEST_WEIGHT)
    return str(replace(keyword, weight=weight))
