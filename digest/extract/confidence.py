"""Says how surely an article's text and headline are right, from signs of trouble; it changes neither.

`python -m benchmarks.confidence` fits the weights on typeset pages; docs/extraction.md has the table.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from math import exp
from typing import Final

from digest.extract.glyphs import HAN
from digest.extract.layout import Placed
from digest.model import Article

_SIGNS = re.compile(rf"[^{HAN}A-Za-z0-9]+")
_ENDED = re.compile(r"[。！？!?…”’）)》：:—.]$")
_LONG: Final = 18
_SHORT_HEADLINE: Final = 6
_LONG_HEADLINE: Final = 28
_TINY: Final = 40
_DEAR: Final = 4.0

BIAS: Final = 2.18

WEIGHTS: Final[dict[str, float]] = {
    "derived headline": -0.85,
    "kicker": 0.08,
    "deck": -0.15,
    "kickers": -0.69,
    "decks": -0.97,
    "headline in body": 0.81,
    "kicker more in body": -1.09,
    "deck more in body": -0.06,
    "short headline": -0.37,
    "long headline": -0.12,
    "comma in headline": 0.32,
    "ends openly": -1.53,
    "open paragraphs": -0.30,
    "anonymous": -0.35,
    "one paragraph": -0.53,
    "tiny": -0.60,
    "photo": -0.14,
    "commentary": 0.29,
    "roles cost": 0.16,
    "dearest role": -0.31,
    "beginning cost": 0.03,
    "crossheads": -0.41,
    "page: ends openly": -0.69,
    "page: derived headlines": -0.16,
    "page: crowded headings": -0.49,
}
"""What each sign adds to the log odds of an article being right."""


@dataclass(frozen=True, slots=True)
class PageSigns:
    """The shares of a page's articles that end openly, lack a headline, have a crowded heading."""

    open: float
    derived: float
    crowded: float


def with_confidence(made: Sequence[tuple[Article, Sequence[Placed]]]) -> list[Article]:
    """A page's articles, each with its confidence; with each stands what it was made of."""
    page = page_signs([article for article, _ in made])
    return [
        replace(article, confidence=confidence(signs_of(article, placed, page))) for article, placed in made
    ]


def page_signs(articles: Sequence[Article]) -> PageSigns:
    """The signs of a page as a whole; notes do not count."""
    counted = [article for article in articles if article.kind != "note"]
    share = 1 / max(1, len(counted))
    return PageSigns(
        open=share * sum(not _ENDED.search(article.paragraphs[-1]) for article in counted),
        derived=share * sum(article.headline_source == "derived" for article in counted),
        crowded=share * sum(len(article.kicker) > 1 or len(article.deck) > 1 for article in counted),
    )


def confidence(signs: dict[str, float]) -> float:
    """How likely an article with these signs has the right text and the right headline, 0..1."""
    odds = BIAS + sum(WEIGHTS.get(name, 0.0) * value for name, value in signs.items())
    return round(1 / (1 + exp(-max(-30.0, min(30.0, odds)))), 3)


def signs_of(article: Article, placed: Sequence[Placed], page: PageSigns) -> dict[str, float]:
    """The signs by name; 0 where a sign is missing."""
    return {
        **_heading_signs(article),
        **_body_signs(article),
        **_layout_signs(placed),
        "page: ends openly": page.open,
        "page: derived headlines": page.derived,
        "page: crowded headings": page.crowded,
    }


def _heading_signs(article: Article) -> dict[str, float]:
    body = _SIGNS.sub("", "".join(article.paragraphs))
    shared = _shared(article.headline, body)
    return {
        "derived headline": article.headline_source == "derived",
        "kicker": bool(article.kicker),
        "deck": bool(article.deck),
        "kickers": len(article.kicker) > 1,
        "decks": len(article.deck) > 1,
        "headline in body": shared,
        "kicker more in body": any(_shared(kicker, body) > shared for kicker in article.kicker),
        "deck more in body": any(_shared(deck, body) > shared for deck in article.deck),
        "short headline": len(article.headline) < _SHORT_HEADLINE,
        "long headline": len(article.headline) > _LONG_HEADLINE,
        "comma in headline": "，" in article.headline or "," in article.headline,
    }


def _body_signs(article: Article) -> dict[str, float]:
    texts = article.paragraphs
    unended = [not _ENDED.search(text) and len(text) > _LONG for text in texts]
    return {
        "ends openly": unended[-1] and not article.jumps,
        "open paragraphs": sum(unended) / len(unended),
        "anonymous": not article.byline and not article.dateline,
        "one paragraph": len(texts) == 1,
        "tiny": sum(map(len, texts)) < _TINY,
        "photo": article.kind == "photo",
        "commentary": article.kind == "commentary",
    }


def _layout_signs(placed: Sequence[Placed]) -> dict[str, float]:
    """What spoke against the roles and the boundary that the layout chose."""
    against = [max(0.0, sum(cost for _, cost in item.why)) for item in placed]
    began = sum(cost for _, cost in placed[0].began) if placed else 0.0
    return {
        "roles cost": min(_DEAR, sum(against)),
        "dearest role": min(_DEAR, max(against, default=0.0)),
        "beginning cost": max(-_DEAR, min(_DEAR, began)),
        "crossheads": any(item.role == "crosshead" for item in placed),
    }


def _shared(heading: str, body: str) -> float:
    """The share of a heading's pairs of characters that stand in the body, signs left out."""
    pairs = set(map("".join, pairwise(_SIGNS.sub("", heading))))
    return sum([pair in body for pair in pairs]) / len(pairs) if pairs else 0.0
