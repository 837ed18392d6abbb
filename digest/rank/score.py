"""The score of an article for a profile, and the reasons that add up to it; never reads a clock.

Relevance is BM25F: the hits of a keyword are counted over the zones, weighted by zone and by the article's
length, then saturated, then multiplied by the keyword's weight and rarity. Single characters of the keywords
add a little where they keep company with them. Prominence and age multiply the relevance. A saturating curve
turns the result into 0..100, so that scores compare across profiles and days. The keywords share the points
of the bare relevance in proportion; each adjustment is what it adds or takes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from digest.model import ArchivedArticle, Article, Clip, Hit, Kind, Reason, Zone
from digest.rank.background import Background
from digest.rank.choice import choose, fired, holding
from digest.rank.evidence import Found, View, evidence
from digest.rank.keyword import Keyword
from digest.rank.reading import Reading, Sighting
from digest.rank.terms import Terms

SCORING_VERSION: Final = 5
"""Raise it when the same article and profile would get another score."""

ZONE_WEIGHTS: Final[dict[Zone, float]] = {
    "headline": 4.0,
    "kicker": 3.0,
    "deck": 3.0,
    "lead": 2.0,
    "body": 1.0,
}
LENGTH_SHARE: Final = 0.9
"""BM25's b: 0 takes a hit as it is, 1 divides it by the article's length over the usual."""
CONDITION_HITS: Final = 4.0
"""The weighted hits of a keyword that holds by conditions or a byline alone: one in a headline."""
SHORTEST: Final = 0.2
"""Of the usual length; no article is taken for shorter, or one line would outdo a headline."""
SATURATION: Final = 7.0
"""BM25's k1: the weighted hits at which a keyword has half of its points."""
PART_SHARE: Final = 0.6
"""What a single character of a keyword is worth against a keyword as telling and as rare."""
PART_SATURATION: Final = 16.0
"""The same as `SATURATION` for single characters, which stand in more words."""
POINTS_SCALE: Final = 2.2
"""The relevance that scores 63 by keywords alone; twice as much scores 86, three times 95."""
PARTS_STRETCH: Final = 1.75
PARTS_STRETCH_HALF: Final = 0.1
"""Where characters count, the scale is longer by so much, half of it when they could add this share of what
the keywords could: else a threshold would let through far more for Chinese keywords than for Latin ones, and
more in an old archive than in a new one."""

PARTS: Final = "parts"
"""The label of the reason that single characters of keywords make up."""

FRONT_PAGE: Final = 1.15
HEADING_LINE: Final = 1.03
"""For each kicker and deck, up to `HEADING_LINES`."""
HEADING_LINES: Final = 3
KIND_WEIGHTS: Final[dict[Kind, float]] = {"photo": 0.9, "notice": 0.8}
AGED: Final = 0.6
"""What is left of the relevance of an article that is very old."""
HALF_LIFE_DAYS: Final = 7.0


@dataclass(frozen=True, slots=True)
class _Share:
    """A keyword's part of the relevance."""

    keyword: Keyword
    hits: tuple[Hit, ...]
    relevance: float


def score_article(
    archived: ArchivedArticle, reading: Reading, terms: Terms, background: Background, now: datetime
) -> Clip | None:
    """The article as a clip of the profile, or None when the profile does not select it.

    The profile's threshold is not applied. Age counts from `first_seen` to `now`; both are aware.
    """
    chosen = choose(terms, View(archived, reading))
    return None if chosen is None else _clip(chosen, archived, reading, terms, background, now)


def score_near(
    archived: ArchivedArticle, reading: Reading, terms: Terms, background: Background, now: datetime
) -> Clip | None:
    """An article that is not selected as if it were, by what nearly matched; None when nothing did.

    For evaluation and for people who look for what a profile misses; such an article is never clipped.
    Nothing is near that an exclusion shuts out or that lacks a required keyword.
    """
    view = View(archived, reading)
    if fired(terms, view) or any(evidence(each.expression, view) is None for each in terms.required):
        return None
    found = [(keyword, each) for keyword, each in holding(terms, view) if any(map(_in_zone, each))]
    clip = _clip(found, archived, reading, terms, background, now)
    return clip if clip.score > 0 else None


def _in_zone(sighting: Sighting) -> bool:
    return sighting.in_zone


def _clip(  # noqa: PLR0913, PLR0917 - what a score is made of
    found: Sequence[tuple[Keyword, Found]],
    archived: ArchivedArticle,
    reading: Reading,
    terms: Terms,
    background: Background,
    now: datetime,
) -> Clip:
    shares = [
        _Share(
            keyword,
            tuple(sighting.hit for sighting in each if sighting.in_zone),
            _relevance(keyword, each, reading, background),
        )
        for keyword, each in found
    ]
    near = math.fsum(relevance for _, relevance in part_relevances(reading, terms, background))
    scale = points_scale(terms, background)
    reasons = (*_reasons(shares, near, scale), *_adjustments(shares, near, scale, archived, now))
    score = math.fsum(reason.points for reason in reasons)
    return Clip(terms.profile.id, archived.id, score, reasons)


def _relevance(
    keyword: Keyword, found: Sequence[Sighting], reading: Reading, background: Background
) -> float:
    weighted = math.fsum(each.credit * ZONE_WEIGHTS[each.hit.zone] for each in found if each.in_zone)
    weighted = weighted / _length_factor(reading, background) or CONDITION_HITS
    return keyword.weight * background.rarity_of(keyword.expression) * weighted / (SATURATION + weighted)


def _length_factor(reading: Reading, background: Background) -> float:
    """What hits are divided by: 1 in an article of the usual length, more in a longer one."""
    return 1 + LENGTH_SHARE * (max(reading.length / background.length, SHORTEST) - 1)


def part_relevances(reading: Reading, terms: Terms, background: Background) -> list[tuple[str, float]]:
    """The single characters of the profile's keywords that stand in the article, with what each adds."""
    weights = background.parts.get(terms.profile.keywords)
    if not weights:
        return []
    factor = _length_factor(reading, background)
    zones = [(ZONE_WEIGHTS[zone] / factor, text) for zone, text in reading.texts.items()]
    relevances: list[tuple[str, float]] = []
    for character, weight in weights.items():
        weighted = 0.0
        for worth, text in zones:
            if character in text:
                weighted += worth * text.count(character)
        if weighted:
            relevances.append((character, PART_SHARE * weight * weighted / (PART_SATURATION + weighted)))
    return relevances


def points_scale(terms: Terms, background: Background) -> float:
    """The relevance that scores 63 for the profile: more where its characters count beside its keywords."""
    weights = background.parts.get(terms.profile.keywords)
    if not weights:
        return POINTS_SCALE
    whole = sum(each.weight * background.rarity_of(each.expression) for each in terms.primary)
    share = PART_SHARE * sum(weights.values()) / whole
    return POINTS_SCALE * (1 + PARTS_STRETCH * share / (share + PARTS_STRETCH_HALF))


def _points(relevance: float, scale: float) -> float:
    return -100 * math.expm1(-relevance / scale)


def _reasons(shares: Sequence[_Share], near: float, scale: float) -> list[Reason]:
    """The keywords with their points, most first, then what their characters add elsewhere."""
    total = math.fsum(share.relevance for share in shares) + near
    worth = _points(total, scale) / total if total else 0.0
    reasons = [Reason(share.keyword.text, worth * share.relevance, share.hits) for share in shares]
    parts = [Reason(PARTS, worth * near)] if near else []
    return sorted(reasons, key=lambda reason: -reason.points) + parts


def _adjustments(
    shares: Sequence[_Share], near: float, scale: float, archived: ArchivedArticle, now: datetime
) -> list[Reason]:
    bare = math.fsum(share.relevance for share in shares) + near
    prominent = bare * prominence(archived)
    aged = prominent * recency(archived, now)
    changes = (
        Reason("prominence", _points(prominent, scale) - _points(bare, scale)),
        Reason("recency", _points(aged, scale) - _points(prominent, scale)),
    )
    return [reason for reason in changes if reason.points]


def prominence(archived: ArchivedArticle) -> float:
    """How prominently the paper set the article, as a factor around 1: front page, lines of heading, kind."""
    article = archived.article
    front = FRONT_PAGE if archived.folio.number == 1 else 1.0
    return front * HEADING_LINE ** _heading_lines(article) * KIND_WEIGHTS.get(article.kind, 1.0)


def _heading_lines(article: Article) -> int:
    return min(len(article.kicker) + len(article.deck), HEADING_LINES)


def recency(archived: ArchivedArticle, now: datetime) -> float:
    """What age leaves of an article's relevance: 1 when first seen, falling by half-lives towards `AGED`.

    Whole days count, so that a pass that died and is run again gives the same scores.
    """
    days = max(0, (now - archived.first_seen).days)
    return AGED + (1 - AGED) * 0.5 ** (days / HALF_LIFE_DAYS)
