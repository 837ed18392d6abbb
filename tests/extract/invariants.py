"""What holds for the extraction of any text at all; it judges no page's meaning."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from digest.extract import extract_page
from digest.model import Article, Extraction


def characters(text: str) -> Counter[str]:
    """How often each character stands in the text, white space aside."""
    return Counter(char for char in text if not char.isspace())


def broken(page: str) -> str | None:
    """In words, the first invariant that the page's extraction breaks; None when all hold."""
    extraction = extract_page(page)
    return next(_faults(page, extraction), None)


def _faults(page: str, extraction: Extraction) -> Iterator[str]:
    source, found = characters(page), characters("".join(_texts(extraction)))
    if lost := source - found:
        yield f"lost {dict(lost)}"
    if doubled := found - source:
        yield f"used twice {dict(doubled)}"
    last = page.count("\n") + 1
    for article in extraction.articles:
        yield from _article_faults(article)
    for spot in (*extraction.leftovers, *(part for article in extraction.articles for part in article.parts)):
        if not 1 <= spot.first <= spot.last <= last:
            yield f"lines {spot.first}–{spot.last} are not on the page"


def _article_faults(article: Article) -> Iterator[str]:
    if not article.headline.strip():
        yield "an empty headline"
    if not article.paragraphs or article.lead != article.paragraphs[0]:
        yield "the lead is not the first paragraph"
    if not article.parts:
        yield f"{article.headline!r} stands nowhere"
    if not 0 <= article.confidence <= 1:
        yield f"confidence {article.confidence}"
    if any(not name.strip() for name in article.byline):
        yield "an empty name"


def _texts(extraction: Extraction) -> Iterator[str]:
    for article in extraction.articles:
        yield from (*article.kicker, *article.deck, *article.paragraphs, *article.captions, *article.jumps)
        yield from (article.column or "", article.byline_text or "", article.dateline or "")
        yield article.headline if article.headline_source == "printed" else ""
    yield from (leftover.text for leftover in extraction.leftovers)
    yield from (repair.text for repair in extraction.repairs)
