"""Suggests keywords from articles a profile's reader kept; it proposes, it never changes a profile."""

from __future__ import annotations

import logging
import math
import tempfile
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from digest.model import ArchivedArticle
from digest.rank.fold import key_of

_TAGS = 40
"""So many telling words are taken from an article."""
_LEAST_KEPT = 2
"""A word of a single article says more of that article than of the subject."""


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A word that could become a keyword.

    Attributes:
        term: The word.
        kept: How many of the kept articles have it.
        adds: How many further articles of the archive it would find.
        strength: Log-odds of standing in a kept article against any other; the higher the more telling.
    """

    term: str
    kept: int
    adds: int
    strength: float


def suggest(
    kept: Sequence[ArchivedArticle],
    archive: Sequence[ArchivedArticle],
    known: Iterable[str] = (),
    most: int = 10,
) -> tuple[Suggestion, ...]:
    """Words that tell the kept articles from the rest of the archive, the most telling first.

    Args:
        kept: What readers found right, or the best clips.
        archive: Everything, the kept articles among them or not.
        known: Keywords there are already; words they contain, or that contain them, are not suggested.
        most: How many at most.
    """
    ids = {article.id for article in kept}
    rest = [_folded(article) for article in archive if article.id not in ids]
    mine = [_folded(article) for article in kept]
    found = (_weighed(term, mine, rest) for term in _candidates(kept) if not _is_known(key_of(term), known))
    telling = [each for each in found if each.kept >= _LEAST_KEPT and each.strength > 0]
    return tuple(sorted(telling, key=lambda each: (-each.strength * each.kept, each.term))[:most])


def _weighed(term: str, mine: Sequence[str], rest: Sequence[str]) -> Suggestion:
    key = key_of(term)
    kept, others = sum(key in text for text in mine), sum(key in text for text in rest)
    strength = _log_odds(kept, len(mine)) - _log_odds(others, len(rest))
    return Suggestion(term, kept, others, strength)


def _log_odds(hits: int, of: int) -> float:
    """Smoothed by half an article each way, so that none and all stay finite."""
    return math.log((hits + 0.5) / (of - hits + 0.5))


def _is_known(key: str, known: Iterable[str]) -> bool:
    return any(key in other or other in key for other in map(key_of, known))


def _candidates(kept: Iterable[ArchivedArticle]) -> list[str]:
    """The telling words of the kept articles, each once, those of many articles first."""
    words = Counter(word for article in kept for word in set(_tags(_text(article))))
    return [word for word, _ in words.most_common()]


def _tags(text: str) -> Iterator[str]:
    for word in _analyse().extract_tags(text, topK=_TAGS):
        if len(word) > 1 and not word.isnumeric():
            yield word


def _folded(article: ArchivedArticle) -> str:
    return key_of(_text(article))


def _text(archived: ArchivedArticle) -> str:
    article = archived.article
    return "\n".join((article.headline, *article.kicker, *article.deck, *article.paragraphs))


@cache
def _analyse() -> ModuleType:
    """Jieba's word weighing, loaded at first use, silent, its cache in a folder nobody else can write."""
    with warnings.catch_warnings():
        # jieba 0.42 leaves its table of weights open, and has invalid escapes when it is compiled.
        warnings.simplefilter("ignore")
        import jieba  # noqa: PLC0415 - half a second, for a command that is rarely used
        import jieba.analyse  # noqa: PLC0415 - as above

        jieba.setLogLevel(logging.ERROR)
        with tempfile.TemporaryDirectory() as folder:
            jieba.dt.tmp_dir = folder
            jieba.dt.initialize()
    return jieba.analyse
