"""What each step of the ranking is worth, on two collections with known relevance.

DIGEST_CORPUS=… python -m benchmarks.ranking_quality [--cross-validate]
"""

from __future__ import annotations

import argparse
import importlib.util
import os
from collections import defaultdict
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime, time, timedelta
from functools import cached_property
from itertools import product
from math import log1p
from pathlib import Path
from typing import Any, Final, Protocol, TypeAlias, cast
from unittest.mock import patch

from digest.cli.profile_files import read_profiles
from digest.cli.ranking import SUGGESTIONS, read_articles
from digest.model import ArchivedArticle, Clip, Profile
from digest.rank import background, score
from digest.rank.background import background_of, matcher_of
from digest.rank.reading import Reading, read_article
from digest.rank.score import score_article, score_near
from digest.rank.suggest import WordCounts, suggest, surest, with_suggestions, words_in
from digest.rank.terms import Terms, terms_of

FIGURES: Final = ("AP", "nDCG@20", "P@100")
Figures: TypeAlias = Mapping[str, float]
Ranked: TypeAlias = list[tuple[float, int]]
"""Scores with the articles' places in the file."""
ALIKE: Final = dict.fromkeys(score.ZONE_WEIGHTS, 1.0)


class Scorer(Protocol):
    """What is used of the collections' public scorer."""

    def figures(self, ranked: list[str], relevant: Mapping[str, int], least: int) -> dict[str, float]: ...


def load_scorer(folder: Path) -> Scorer:
    """The public scorer out of the collections' folder."""
    spec = importlib.util.spec_from_file_location("ranking_score", folder / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(folder / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return cast("Scorer", module)


@dataclass(frozen=True)
class Collection:
    """Articles, profiles and who is relevant to whom.

    Attributes:
        least: The least grade that counts as relevant.
        judged_only: Articles that nobody judged are left out of the rankings.
    """

    scorer: Scorer
    folder: Path
    least: int
    judged_only: bool

    @cached_property
    def names(self) -> list[str]:
        """Of the articles, in the file's order."""
        return [name for name, _ in self._articles]

    @cached_property
    def articles(self) -> list[ArchivedArticle]:
        """In the file's order; seen when their paper came out, where that is known."""
        return [_seen(archived) for _, archived in self._articles]

    @cached_property
    def _articles(self) -> list[tuple[str, ArchivedArticle]]:
        return list(read_articles(self.folder / "articles.jsonl.gz"))

    @cached_property
    def profiles(self) -> list[Profile]:
        """As written."""
        return [replace(profile, threshold=0.0) for profile in read_profiles(self.folder / "profiles.toml")]

    @cached_property
    def judged(self) -> Mapping[str, Mapping[str, int]]:
        """By profile and article the grade."""
        grades: defaultdict[str, dict[str, int]] = defaultdict(dict)
        for line in (self.folder / "qrels.tsv").read_text(encoding="utf-8").splitlines():
            profile, article, grade = line.split("\t")
            grades[profile][article] = int(grade)
        return grades

    @cached_property
    def words(self) -> WordCounts:
        """For suggestions."""
        return WordCounts(self.articles)

    def figures_of(self, profile: Profile, ranked: Ranked) -> Figures:
        """How well the articles are ranked; those that are not, stand last in the file's order."""
        ordered = [place for _, place in sorted(ranked, key=lambda pair: (-pair[0], pair[1]))]
        rest = sorted(set(range(len(self.names))) - set(ordered))
        names, judged = [self.names[place] for place in (*ordered, *rest)], self.judged[profile.name]
        if self.judged_only:
            names = [name for name in names if name in judged]
        return self.scorer.figures(names, judged, self.least)


def _seen(archived: ArchivedArticle) -> ArchivedArticle:
    day = archived.folio.date
    seen = datetime.combine(day, time(), UTC) if day else archived.first_seen
    return replace(archived, first_seen=seen)


class Read:
    """A collection read with some profiles, ready to be scored in several ways."""

    def __init__(self, collection: Collection, profiles: Sequence[Profile]) -> None:
        self.collection = collection
        self.terms = [terms_of(profile) for profile in profiles]
        matcher = matcher_of(self.terms)
        self.readings = [read_article(each.article, matcher) for each in collection.articles]
        self.background = background_of(self.readings, self.terms)
        self.now = max(each.first_seen for each in collection.articles) + timedelta(days=1)

    def figures(self, way: Callable[[Read, Terms], Ranked]) -> list[Figures]:
        """Of each profile, ranked in this way."""
        return [self.collection.figures_of(each.profile, way(self, each)) for each in self.terms]

    def __iter__(self) -> Iterator[tuple[int, ArchivedArticle, Reading]]:
        for place, reading in enumerate(self.readings):
            yield place, self.collection.articles[place], reading


def by_counts(read: Read, terms: Terms) -> Ranked:
    """How often the keywords stand in the article."""
    return [(_counted(terms, reading, lambda _: 1.0), place) for place, _, reading in read]


def by_rarity(read: Read, terms: Terms) -> Ranked:
    """The same, each keyword multiplied by its rarity, without a prior."""
    usual = read.background

    def rarity(key: str) -> float:
        frequency = usual.frequencies[key]
        return log1p((usual.documents - frequency + 0.5) / (frequency + 0.5))

    return [(_counted(terms, reading, rarity), place) for place, _, reading in read]


def _counted(terms: Terms, reading: Reading, worth: Callable[[str], float]) -> float:
    return sum(len(reading.sightings.get(words.key, ())) * worth(words.key) for words in terms.words())


def by_score(read: Read, terms: Terms) -> Ranked:
    """As clips are ranked; other articles are left out."""
    return [(clip.score, place) for clip, place in _clips(read, terms)]


def _clips(read: Read, terms: Terms) -> Iterator[tuple[Clip, int]]:
    for place, archived, reading in read:
        if clip := score_article(archived, reading, terms, read.background, _now(read, archived)):
            yield clip, place


def by_all(read: Read, terms: Terms) -> Ranked:
    """As `digest rank` does: articles that are not selected by what nearly matched."""
    near = [
        (clip.score, place)
        for place, archived, reading in read
        if not score_article(archived, reading, terms, read.background, _now(read, archived))
        and (clip := score_near(archived, reading, terms, read.background, _now(read, archived)))
    ]
    return by_score(read, terms) + near


_AGED = False
"""Whether the articles have an age; see `aged`."""


def _now(read: Read, archived: ArchivedArticle) -> datetime:
    return read.now if _AGED else archived.first_seen


@contextmanager
def settings(constants: Mapping[str, Any], *, aged: bool = False) -> Generator[None]:
    """Scores as if the scoring had these constants, and as if all articles were new or not."""
    with ExitStack() as stack:
        for name, value in constants.items():
            stack.enter_context(patch.object(background if name.startswith("PRIOR") else score, name, value))
        stack.enter_context(patch(f"{__name__}._AGED", aged))
        yield


PLAIN: Final[dict[str, Any]] = {
    "ZONE_WEIGHTS": ALIKE,
    "PART_SHARE": 0.0,
    "FRONT_PAGE": 1.0,
    "HEADING_LINE": 1.0,
    "KIND_WEIGHTS": {},
    "PRIOR_DOCUMENTS": 0,
}
"""BM25 of a text without zones, at first."""


@dataclass(frozen=True)
class Step:
    """One more thing that the ranking does; `whole` where words are bounded by words."""

    name: str
    way: Callable[[Read, Terms], Ranked]
    constants: Mapping[str, Any]
    whole: bool = True
    aged: bool = False


def steps() -> list[Step]:
    """From counting to what is shipped, each with all those before."""
    zones = {name: value for name, value in PLAIN.items() if name != "ZONE_WEIGHTS"}
    prior = {name: value for name, value in zones.items() if name != "PRIOR_DOCUMENTS"}
    characters = {name: value for name, value in prior.items() if name != "PART_SHARE"}
    textbook = {"SATURATION": 1.5, "LENGTH_SHARE": 0.75}
    k1, b = score.SATURATION, score.LENGTH_SHARE
    return [
        Step("counts of hits", by_counts, PLAIN, whole=False),
        Step("× rarity", by_rarity, PLAIN, whole=False),
        Step("BM25 (k1 1.5, b 0.75)", by_score, PLAIN | textbook, whole=False),
        Step(f"BM25 (k1 {k1:g}, b {b:g})", by_score, PLAIN, whole=False),
        Step("zones", by_score, zones, whole=False),
        Step("boundaries of words", by_score, zones),
        Step("the background's prior", by_score, prior),
        Step("characters of keywords, in clips", by_score, characters),
        Step("characters of keywords, in all articles", by_all, characters),
        Step("prominence: `digest rank`", by_all, {}),
        Step("recency: as clips are scored", by_all, {}, aged=True),
    ]


def without_boundaries(profile: Profile) -> Profile:
    """The profile with keywords that are found inside of other words too."""
    return replace(profile, keywords=tuple(f"substring:{keyword}" for keyword in profile.keywords))


def extended(read: Read) -> list[Profile]:
    """The profiles with the words that their best articles suggest; judgements are not looked at."""
    profiles: list[Profile] = []
    for terms in read.terms:
        places = {clip.article_id: place for clip, place in _clips(read, terms)}
        ordered = sorted((clip for clip, _ in _clips(read, terms)), key=lambda clip: -clip.score)
        kept = [read.collection.articles[places[clip.article_id]] for clip in surest(ordered)]
        found = suggest(kept, read.collection.words, words_in(terms.profile), SUGGESTIONS)
        profiles.append(with_suggestions(terms.profile, found))
    return profiles


def collections(corpus: Path) -> tuple[Collection, Collection]:
    """Web articles by category, and newspaper articles by interest."""
    folder = corpus / "ranking"
    scorer = load_scorer(folder)
    return Collection(scorer, folder, 1, judged_only=False), Collection(
        scorer, folder / "interests", 2, judged_only=True
    )


def mean(figures: Sequence[Figures]) -> Figures:
    """Of each figure over profiles."""
    return {name: sum(each[name] for each in figures) / len(figures) for name in FIGURES}


def ablation(corpus: Path) -> Iterator[tuple[str, tuple[Figures, Figures]]]:
    """Each step's name with its figures on both collections."""
    both = collections(corpus)
    whole = [Read(each, each.profiles) for each in both]
    cut = [Read(each, [without_boundaries(profile) for profile in each.profiles]) for each in both]
    for step in steps():
        with settings(step.constants, aged=step.aged):
            first, second = (mean(read.figures(step.way)) for read in (whole if step.whole else cut))
            yield step.name, (first, second)
    first, second = (mean(Read(read.collection, extended(read)).figures(by_all)) for read in whole)
    yield "suggestions: `digest rank --suggest`", (first, second)


GRID: Final[Mapping[str, Sequence[Any]]] = {
    "SATURATION": (5.0, score.SATURATION, 10.0),
    "PART_SHARE": (0.3, score.PART_SHARE, 0.9),
    "LENGTH_SHARE": (0.75, score.LENGTH_SHARE),
}
"""What cross-validation chooses from."""


def cross_validate(corpus: Path) -> None:
    """Prints the figures of profiles that had no say in the choice of constants, and of what is shipped."""
    reads = [Read(each, each.profiles) for each in collections(corpus)]
    shipped = [read.figures(by_all) for read in reads]
    tried: dict[tuple[Any, ...], list[list[Figures]]] = {}
    for values in product(*GRID.values()):
        with settings(dict(zip(GRID, values, strict=True))):
            tried[values] = [read.figures(by_all) for read in reads]
    held_out: list[list[Figures]] = [[], []]
    for half in (0, 1):
        best = max(tried, key=lambda values: sum(_worth(each[half::2]) for each in tried[values]))
        print(f"chosen by half {half + 1}:", dict(zip(GRID, best, strict=True)))
        for place, figures in enumerate(tried[best]):
            held_out[place] += figures[1 - half :: 2]
    for name, figures in (("held out", held_out), ("shipped", shipped)):
        print(f"{name:42}", *map(_row, map(mean, figures)), sep=" | ")
    spread = [[_worth(each[place]) / 2 for each in tried.values()] for place in (0, 1)]
    print("AP and nDCG@20 over the grid:", *(f"{min(each):.3f}-{max(each):.3f}" for each in spread))


def _worth(figures: Sequence[Figures]) -> float:
    return mean(figures)["AP"] + mean(figures)["nDCG@20"]


def _row(figures: Figures) -> str:
    return " ".join(f"{figures[name]:.3f}" for name in FIGURES)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--cross-validate", action="store_true")
    corpus = Path(os.environ.get("DIGEST_CORPUS", ""))
    if parser.parse_args().cross_validate:
        cross_validate(corpus)
        return
    print(f"{'':42} | {' '.join(FIGURES)}, web articles | newspaper articles")
    for name, figures in ablation(corpus):
        print(f"{name:42}", *map(_row, figures), sep=" | ", flush=True)


if __name__ == "__main__":
    main()
