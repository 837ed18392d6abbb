"""Suggests keywords from articles a profile's reader kept; it proposes, it never changes a profile."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Final, Protocol

from digest.model import ArchivedArticle, Clip, Profile
from digest.rank.expression import words_of
from digest.rank.fold import is_unspaced, key_of
from digest.rank.keyword import parse_keyword, plain_keyword
from digest.rank.segments import segment
from digest.rank.zones import zone_texts

LEAST_KEPT: Final = 2
"""A word of a single article says more of that article than of the subject."""
LONGEST_PHRASE: Final = 6
"""Characters of two words that stand together."""
PHRASE_SHARE: Final = 0.6
"""A phrase is one when so many of the kept articles with its rarer word have it."""
PHRASES: Final = 60
"""So many phrases are looked for in the whole archive."""
SECONDARY: Final = 0.35
"""What a suggested word that stands in all kept articles weighs, for each unit of strength."""
DOUBT: Final = 20
"""So many kept articles give a suggested word half its weight: a few are about themselves."""

GENERAL: Final = 300
"""So many articles of all kinds the usage of the language weighs, beside those of the archive."""

SURE: Final = 60.0
"""Clips with this score stand for what a profile wants."""
FEWEST_SURE, MOST_SURE = 5, 300
"""When fewer clips are sure, so many of the best; when more, no more than that."""


class Usage(Protocol):
    """What is known of words beside the archive, which may be small or of one subject."""

    def share(self, word: str) -> float:
        """In which share of articles of all kinds the word stands, 0 to 1."""
        ...


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A word that could become a keyword.

    Attributes:
        term: The word.
        kept: How many of the kept articles have it.
        adds: How many further articles of the archive it would find.
        strength: Log-odds of standing in a kept article against any other; the higher the more telling.
        weight: What it could weigh as a secondary keyword.
    """

    term: str
    kept: int
    adds: int
    strength: float
    weight: float


class WordCounts:
    """In how many articles of an archive each word stands; counted once for all profiles."""

    def __init__(self, archive: Iterable[ArchivedArticle]) -> None:
        self._texts: list[str] = []
        self._words = Counter[str]()
        for archived in archive:
            text = _text(archived)
            self._texts.append(text)
            self._words.update(set(_words(text)))

    @property
    def articles(self) -> int:
        """How many articles the archive has."""
        return len(self._texts)

    def having(self, term: str) -> int:
        """In how many it stands."""
        return self._words[term] or sum(term in text for text in self._texts)


def suggest(
    kept: Sequence[ArchivedArticle],
    archive: WordCounts,
    known: Iterable[str] = (),
    most: int = 10,
    usage: Usage | None = None,
) -> tuple[Suggestion, ...]:
    """Words that tell the kept articles from the rest of the archive, the most telling first.

    Words are those of the dictionary and two that often stand together, of two to six characters.

    Args:
        kept: What readers found right, or the best clips; they are in the archive too.
        archive: Everything.
        known: Keywords there are already; words they contain, or that contain them, are not suggested.
        most: How many at most.
        usage: Tells words that are common anyway, which a small archive cannot.
    """
    keys = [key_of(term) for term in known]
    counts = {term: count for term, count in _candidates(kept).items() if not _is_known(term, keys)}
    weighed = (_weighed(term, count, len(kept), archive, usage) for term, count in counts.items())
    telling = [each for each in weighed if each.strength > 0]
    return tuple(sorted(telling, key=lambda each: (-each.strength * each.kept, each.term))[:most])


def surest(clips: Sequence[Clip]) -> Sequence[Clip]:
    """Of clips, best first, those that stand for what their profile wants."""
    sure = sum(clip.score >= SURE for clip in clips)
    return clips[: min(max(sure, FEWEST_SURE), MOST_SURE)]


def with_suggestions(profile: Profile, suggestions: Iterable[Suggestion]) -> Profile:
    """The profile with the suggested words as secondary keywords: they add to scores, they select nothing.

    >>> from uuid import UUID
    >>> plain = Profile(UUID(int=1), "lowalt", "低空经济", ("低空经济",))
    >>> with_suggestions(plain, [Suggestion("航线", 9, 4, 3.1, 0.25)]).keywords
    ('低空经济', '?航线^0.25')
    """
    added = (str(plain_keyword(each.term, each.weight, "secondary")) for each in suggestions)
    return replace(profile, keywords=(*profile.keywords, *added))


def words_in(profile: Profile) -> list[str]:
    """The words of a profile's keywords, exclusions too."""
    keywords = [keyword for keyword in map(parse_keyword, profile.keywords) if keyword is not None]
    return [words.text for keyword in keywords for words in words_of(keyword.expression)]


def _weighed(term: str, kept: int, of: int, archive: WordCounts, usage: Usage | None) -> Suggestion:
    having = max(archive.having(term), kept)
    rest = max(archive.articles - of, 0)
    others = min(having - kept, rest)
    usual = GENERAL * usage.share(term) if usage else 0.0
    strength = _log_odds(kept, of) - math.log((others + usual + 0.5) / (rest - others + 0.5))
    rarity = math.log1p((archive.articles - min(having, archive.articles) + 0.5) / (having + 0.5))
    trust = SECONDARY * of / (of + DOUBT)
    weight = trust * max(strength, 0.0) * math.sqrt(kept / of) / max(rarity, 0.5)
    return Suggestion(term, kept, others, strength, min(max(round(weight, 2), 0.01), 1.0))


def _log_odds(hits: int, of: int) -> float:
    """Smoothed by half an article each way, so that none and all stay finite."""
    return math.log((hits + 0.5) / (of - hits + 0.5))


def _is_known(term: str, keys: Iterable[str]) -> bool:
    return any(term in other or other in term for other in keys)


def _candidates(kept: Iterable[ArchivedArticle]) -> dict[str, int]:
    """The words and phrases of at least two kept articles, with how many have them."""
    words, phrases = Counter[str](), Counter[tuple[str, str]]()
    for archived in kept:
        found = _words(_text(archived))
        words.update(set(found))
        phrases.update({pair for pair in pairwise(found) if all(pair) and _length(pair) <= LONGEST_PHRASE})
    whole = {
        "".join(pair): count
        for pair, count in phrases.most_common(PHRASES)
        if count >= max(LEAST_KEPT, PHRASE_SHARE * min(words[pair[0]], words[pair[1]]))
    }
    single = {word: count for word, count in words.items() if word and count >= LEAST_KEPT}
    return single | whole


def _length(pair: tuple[str, str]) -> int:
    return len(pair[0]) + len(pair[1])


def _words(text: str) -> list[str]:
    """The words of a text in order; what is no Chinese word of two characters or more is empty."""
    starts = segment(text).starts
    return [text[a:b] if b - a > 1 and all(map(is_unspaced, text[a:b])) else "" for a, b in pairwise(starts)]


def _text(archived: ArchivedArticle) -> str:
    return "\n".join(key_of(piece.text) for piece in zone_texts(archived.article))
