"""The texts of an article in which keywords are looked for; each belongs to exactly one ground."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final, Literal

from digest.model import Article, Zone

ZONES: Final[tuple[Zone, ...]] = ("headline", "kicker", "deck", "lead", "body")


Ground = Zone | Literal["column", "caption", "byline"]
"""Where a keyword can stand: a zone, in which it counts, or a text beside them."""


@dataclass(frozen=True, slots=True)
class ZoneText:
    """A piece of text with its zone and, where a zone has several, its place there (see `Hit`)."""

    zone: Zone
    index: int
    text: str


def zone_texts(article: Article) -> Iterator[ZoneText]:
    """The texts of an article in which keywords count.

    The paragraph of which the lead is a copy counts as lead, and a headline derived from the lead not at all.

    >>> article = Article(kind="news", headline="题", lead="一", paragraphs=("一", "二"))
    >>> [(piece.zone, piece.index, piece.text) for piece in zone_texts(article)]
    [('headline', 0, '题'), ('lead', 0, '一'), ('body', 1, '二')]
    """
    if article.headline_source == "printed":
        yield ZoneText("headline", 0, article.headline)
    for index, text in enumerate(article.kicker):
        yield ZoneText("kicker", index, text)
    for index, text in enumerate(article.deck):
        yield ZoneText("deck", index, text)
    if article.lead:
        yield ZoneText("lead", 0, article.lead)
    copied = article.paragraphs.index(article.lead) if article.lead in article.paragraphs else None
    for index, text in enumerate(article.paragraphs):
        if index != copied:
            yield ZoneText("body", index, text)


def texts_beside(article: Article) -> Iterator[tuple[Ground, int, str]]:
    """The texts in which a keyword adds nothing to the score, but in which an exclusion still holds."""
    if article.column:
        yield "column", 0, article.column
    for index, text in enumerate(article.captions):
        yield "caption", index, text


def byline_text(article: Article) -> str:
    """The credits as printed, else the names."""
    return article.byline_text or "、".join(article.byline)


def text_at(article: Article, ground: Ground, index: int) -> str:
    """The original text in which a keyword was seen."""
    match ground:
        case "kicker" | "deck":
            return (article.kicker if ground == "kicker" else article.deck)[index]
        case "body":
            return article.paragraphs[index]
        case "caption":
            return article.captions[index]
        case "column":
            return article.column or ""
        case "byline":
            return byline_text(article)
        case _:
            return article.headline if ground == "headline" else article.lead
