"""Which article of a page read again is which of those known before, and whether it materially changed.

Pure: it compares texts, it never looks anything up.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import TypeVar

from digest.model import Article

Key = TypeVar("Key")

_LEAST_OVERLAP = 0.3
"""Below this share of common trigrams two articles are different items."""


def materially_changed(old: Article, new: Article) -> bool:
    """Whether a reader would see another text: the one test for corrections, in feeds and mail alike.

    Line numbers, confidence and white space do not count.

    >>> materially_changed(Article("news", "春 耕"), Article("news", "春耕"))
    False
    """
    return _readable(old) != _readable(new)


def _readable(article: Article) -> tuple[str, ...]:
    texts = (
        article.kind,
        *article.kicker,
        "headline",
        article.headline,
        *article.deck,
        article.column or "",
        *article.byline,
        article.dateline or "",
        "body",
        *article.paragraphs,
        "captions",
        *article.captions,
    )
    return tuple("".join(text.split()) for text in texts)


def carry_identities(known: Mapping[Key, Article], found: Sequence[Article]) -> list[Key | None]:
    """For each found article the key of the known one it continues, or None for a new one.

    Pairs the largest text overlap first, each key at most once. A common headline counts as much as
    overlap, so that a short notice whose figure was corrected keeps its identity.
    """
    grams = {key: _grams(article) for key, article in known.items()}
    candidates = sorted(
        (
            (-_similarity(known[key], grams[key], article, found_grams), order, index, key)
            for index, article in enumerate(found)
            for found_grams in (_grams(article),)
            for order, key in enumerate(known)
        ),
        key=lambda row: row[:3],
    )
    keys: list[Key | None] = [None] * len(found)
    taken: set[Key] = set()
    for similarity, _, index, key in candidates:
        if -similarity >= _LEAST_OVERLAP and keys[index] is None and key not in taken:
            keys[index] = key
            taken.add(key)
    return keys


def _grams(article: Article) -> Counter[str]:
    text = "".join("".join(article.paragraphs or (article.headline,)).split())
    return Counter(text[i : i + 3] for i in range(max(1, len(text) - 2)))


def _similarity(old: Article, old_grams: Counter[str], new: Article, new_grams: Counter[str]) -> float:
    """F1 of common trigrams, and a half more when the printed headline is the same."""
    common = (old_grams & new_grams).total()
    overlap = 2 * common / ((old_grams.total() + new_grams.total()) or 1)
    same_headline = old.headline_source == "printed" and old.headline == new.headline
    return overlap + (0.5 if same_headline else 0.0)
