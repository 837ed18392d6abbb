"""Makes sets of articles whose stories are known: reprints, and other events told in the same words."""

from __future__ import annotations

import gzip
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from difflib import SequenceMatcher
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any, Final, cast
from uuid import UUID

from digest.model import ArchivedArticle, Article, Folio
from tests.typesetting.manuscripts import seeded, write

_SHORTEST: Final = 120
_GRAM: Final = 8
_ALIKE: Final = 0.3
"""Originals that share more of their runs of eight characters with an earlier one are left out."""
_EVENTS: Final = 0.6
_BOILERPLATE: Final = 0.2
"""Of how many originals another event is told in the same words, or in part of them."""
_CUT: Final = 0.4
_ADDED: Final = 0.4
_HEADED: Final = 0.6
"""How many reprints are cut, lengthened, or headed otherwise."""
_MOST_CHANGED: Final = 0.1
_SHORTEST_CUT: Final = 0.5
_LEAST_OTHER: Final = 0.04
_APART: Final = 4
"""One in so many originals only lends text to others."""
_READ: Final = 200
"""Originals from which characters and names are drawn."""
_FIRST_DAY: Final = datetime(2031, 5, 5, 6, tzinfo=UTC)
_DIGITS: Final = re.compile(r"\d+")
_NAMES: Final = ("nr", "ns", "nt", "nz", "nrt", "nrfg")

Paragraphs = tuple[str, ...]


@dataclass(frozen=True)
class Specimen:
    """An article, the story it tells and how it was made."""

    archived: ArchivedArticle
    story: int
    made: str


@dataclass(frozen=True)
class Original:
    headline: str
    paragraphs: Paragraphs

    @property
    def text(self) -> str:
        return "".join(self.paragraphs)


def read_originals(path: Path) -> list[Original]:
    """The articles of a JSONL file long enough to be told apart, without those that repeat another."""
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        records = [cast("Mapping[str, Any]", json.loads(line)) for line in lines if line.strip()]
    found = [Original(record["headline"], tuple(record.get("paragraphs", ()))) for record in records]
    return _unlike([original for original in found if len(original.text) >= _SHORTEST])


def fictional_originals(count: int, seed: int) -> list[Original]:
    """Invented news from one grammar: many share whole phrases."""
    stories = (write("news", seeded("reprints", seed, n), length=4 + n % 6) for n in range(count))
    return [Original(story.headline or "无题", story.paragraphs) for story in stories]


def _unlike(originals: Iterable[Original]) -> list[Original]:
    seen: set[str] = set()
    kept: list[Original] = []
    for original in originals:
        text = original.text
        runs = {text[place : place + _GRAM] for place in range(len(text) - _GRAM + 1)}
        if len(runs & seen) < _ALIKE * len(runs):
            kept.append(original)
        seen |= runs
    return kept


def halves(originals: Sequence[Original], seed: int) -> tuple[list[Original], list[Original]]:
    """The originals for tuning and those held out, drawn by chance."""
    drawn = list(originals)
    Random(f"halves {seed}").shuffle(drawn)  # noqa: S311 - which half, not a secret
    return drawn[::2], drawn[1::2]


class Maker:
    """Makes specimens out of originals, the same from the same seed."""

    def __init__(self, originals: Sequence[Original], seed: int) -> None:
        self._chance = Random(f"specimens {seed}")  # noqa: S311 - test texts, not a secret
        apart = max(1, len(originals) // _APART)
        self._originals = originals[apart:]
        self._others, self._lenders = list(originals[: apart // 2]), originals[apart // 2 : apart]
        self._characters = "".join(original.text for original in originals[:_READ])
        self._names = _names_by_sort(originals[:_READ])
        self._stories = 0
        self._specimens: list[Specimen] = []

    def make(self) -> list[Specimen]:
        """One to four printings of each original; of half of them also other events told alike."""
        for original in self._originals:
            self._family(original, "reprint", self._chance.randint(1, 4))
            event = self._other_event(original)
            if self._chance.random() < _EVENTS and _differ(original, event):
                self._family(event, "other event", self._chance.randint(1, 2))
            if self._chance.random() < _BOILERPLATE and self._others:
                self._family(self._other_body(original), "same boilerplate", self._chance.randint(1, 2))
        self._chance.shuffle(self._specimens)
        return self._specimens

    def _family(self, original: Original, made: str, size: int) -> None:
        self._stories += 1
        self._add(original, f"{made}, first")
        for _ in range(size - (made != "reprint")):
            self._add(self._variant(original), made)

    def _add(self, original: Original, made: str) -> None:
        number = len(self._specimens) + 1
        day = _FIRST_DAY + timedelta(days=self._chance.randint(0, 3))
        article = Article(
            kind="news",
            headline=original.headline,
            lead=original.paragraphs[0],
            paragraphs=original.paragraphs,
        )
        identity = UUID(int=self._chance.getrandbits(128))
        folio = Folio(f"第{number % 7}报", day.date(), self._chance.randint(1, 8))
        archived = ArchivedArticle(identity, identity, article, folio, day, day)
        self._specimens.append(Specimen(archived, self._stories, made))

    def _variant(self, original: Original) -> Original:
        """A reprint: characters misread, the end cut, a paragraph added, another headline."""
        paragraphs = original.paragraphs
        if self._chance.random() < _CUT:
            paragraphs = _cut(paragraphs, self._chance.uniform(_SHORTEST_CUT, 1))
        if self._chance.random() < _ADDED:
            paragraphs = self._with_another(paragraphs)
        share = self._chance.uniform(0, _MOST_CHANGED)
        headline = original.headline
        if self._chance.random() < _HEADED:
            headline = self._chance.choice(self._originals).headline
        return Original(headline, tuple(self._misread(text, share) for text in paragraphs))

    def _with_another(self, paragraphs: Paragraphs) -> Paragraphs:
        """With a paragraph of another article, mostly at the end."""
        other = self._chance.choice(self._chance.choice(self._lenders).paragraphs)
        place = self._chance.choice(
            (len(paragraphs), len(paragraphs), self._chance.randint(0, len(paragraphs)))
        )
        return (*paragraphs[:place], other[:300], *paragraphs[place:])

    def _misread(self, text: str, share: float) -> str:
        drawn = (self._chance.random() < share for _ in text)
        return "".join(
            self._chance.choice(self._characters) if changed else character
            for character, changed in zip(text, drawn, strict=True)
        )

    def _other_event(self, original: Original) -> Original:
        """The same words about another event: names, places, organisations and figures are others."""
        texts = (original.headline, *original.paragraphs)
        changes: dict[str, str] = {}
        for word, sort in _named(" ".join(texts)):
            if word not in changes:
                changes[word] = self._another(word, sort)
        named = [_replaced(text, changes) for text in texts]
        figures: dict[str, str] = {}
        headline, *paragraphs = (self._other_figures(text, figures) for text in named)
        return replace(original, headline=headline, paragraphs=tuple(paragraphs))

    def _another(self, word: str, sort: str) -> str:
        others = [other for other in self._names[sort] if other != word]
        return self._chance.choice(others) if others else word

    def _other_figures(self, text: str, known: dict[str, str]) -> str:
        def other(match: re.Match[str]) -> str:
            figure = match.group()
            year = len(figure) == 4 and figure.startswith("20")  # noqa: PLR2004 - years stay what they are
            known.setdefault(
                figure, figure if year else str(self._chance.randint(1, 10 ** min(len(figure), 6)))
            )
            return known[figure]

        return _DIGITS.sub(other, text)

    def _other_body(self, original: Original) -> Original:
        """A part of the text, as boilerplate, beside the middle of another article."""
        other = self._others.pop()
        whole = original.text
        kept = whole[-int(len(whole) * self._chance.uniform(0.3, 0.5)) :]
        size = max(_SHORTEST, int(len(kept) * self._chance.uniform(0.8, 1.6)))
        return Original(other.headline, (other.text[:size], kept))


def _differ(original: Original, other: Original) -> bool:
    """Whether enough is other for a reader to see another event."""
    length = max(len(original.text), len(other.text))
    same = sum(match.size for match in SequenceMatcher(None, original.text, other.text).get_matching_blocks())
    return length - same >= _LEAST_OTHER * length


def _cut(paragraphs: Paragraphs, share: float) -> Paragraphs:
    left = int(sum(map(len, paragraphs)) * share)
    kept: list[str] = []
    for paragraph in paragraphs:
        if left > 0:
            kept.append(paragraph[:left])
        left -= len(paragraph)
    return tuple(kept)


def _replaced(text: str, changes: Mapping[str, str]) -> str:
    if not changes:
        return text
    known = "|".join(map(re.escape, sorted(changes, key=len, reverse=True)))
    return re.sub(known, lambda match: changes[match.group()], text)


def _named(text: str) -> Iterator[tuple[str, str]]:
    """Names of people, places and organisations, with their sort."""
    posseg: Any = import_module("jieba.posseg")  # loads its dictionary, half a second; it has no types
    cut = cast("Iterable[tuple[str, str]]", posseg.cut(text))
    for word, flag in cut:
        if flag in _NAMES and len(word) > 1:
            yield word, flag[:2]


def _names_by_sort(originals: Iterable[Original]) -> dict[str, list[str]]:
    found: defaultdict[str, set[str]] = defaultdict(set)
    for original in originals:
        for word, sort in _named(original.text[:600]):
            found[sort].add(word)
    return {sort: sorted(words) for sort, words in found.items()}
