"""The score of an article for a profile, and the reasons that add up to it; never reads a clock.

Relevance is BM25F: the hits of a keyword are counted over the zones, weighted by zone and by the zone's
length, then saturated, then multiplied by the keyword's weight and rarity. Prominence and age multiply
the relevance. A saturating curve turns the result into 0..100, so that scores compare across profiles and
days. The keywords share the points of the bare relevance in proportion; each adjustment is what it adds
or takes.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from digest.model import ArchivedArticle, Article, Clip, Hit, Kind, Reason, Zone
from digest.rank.background import Background
from digest.rank.choice import choose
from digest.rank.evidence import View
from digest.rank.keyword import Keyword
from digest.rank.reading import Reading, Sighting
from digest.rank.terms import Terms

SCORING_VERSION: Final = 2
"""Raise it when the same article and profile would get another score."""

ZONE_WEIGHTS: Final[dict[Zone, float]] = {
    "headline": 6.0,
    "kicker": 3.0,
    "deck": 3.0,
    "lead": 2.5,
    "body": 1.0,
}
LENGTH_SHARES: Final[dict[Zone, float]] = {
    "headline": 0.4,
    "kicker": 0.4,
    "deck": 0.4,
    "lead": 0.6,
    "body": 0.9,
}
"""BM25F's b: 0 takes a hit as it is, 1 divides it by the zone's length over the usual."""
CONDITION_HITS: Final = 6.0
"""The weighted hits of a keyword that holds by conditions or a byline alone: one in a headline."""
SHORTEST: Final = 0.2
"""Of the usual length; no zone is taken for shorter, or a body of one line would outdo a headline."""
SATURATION: Final = 8.0
"""BM25's k1: the weighted hits at which a keyword has half of its points."""
POINTS_SCALE: Final = 1.8
"""The relevance that scores 63; twice as much scores 86, three times 95."""

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
    if chosen is None:
        return None
    shares = [
        _Share(
            keyword,
            tuple(sighting.hit for sighting in found if sighting.in_zone),
            _relevance(keyword, found, reading, background),
        )
        for keyword, found in chosen
    ]
    reasons = (*_keyword_reasons(shares), *_adjustments(shares, archived, now))
    score = math.fsum(reason.points for reason in reasons)
    return Clip(terms.profile.id, archived.id, score, reasons)


def _relevance(
    keyword: Keyword, found: Sequence[Sighting], reading: Reading, background: Background
) -> float:
    weighted = math.fsum(_weighted(sighting, reading, background) for sighting in found if sighting.in_zone)
    weighted = weighted or CONDITION_HITS
    return keyword.weight * background.rarity_of(keyword.expression) * weighted / (SATURATION + weighted)


def _weighted(sighting: Sighting, reading: Reading, background: Background) -> float:
    zone = sighting.hit.zone
    relative = max(reading.lengths[zone] / background.length(zone), SHORTEST)
    return sighting.credit * ZONE_WEIGHTS[zone] / (1 + LENGTH_SHARES[zone] * (relative - 1))


def _points(relevance: float) -> float:
    return -100 * math.expm1(-relevance / POINTS_SCALE)


def _keyword_reasons(shares: Sequence[_Share]) -> list[Reason]:
    """The keywords with their points, most first."""
    total = math.fsum(share.relevance for share in shares)
    points = _points(total)
    reasons = [Reason(share.keyword.text, points * share.relevance / total, share.hits) for share in shares]
    return sorted(reasons, key=lambda reason: -reason.points)


def _adjustments(shares: Sequence[_Share], archived: ArchivedArticle, now: datetime) -> list[Reason]:
    bare = math.fsum(share.relevance for share in shares)
    prominent = bare * prominence(archived)
    aged = prominent * recency(archived, now)
    changes = (
        Reason("prominence", _points(prominent) - _points(bare)),
        Reason("recency", _points(aged) - _points(prominent)),
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
