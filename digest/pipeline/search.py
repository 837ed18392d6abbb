"""Search: articles of the archive for a line that people type; stores nothing.

query -> what its articles must have, and the days they must be of
by date    the next places that have it, newest first -> rank -> those that hold, until the page is full
by score   places with it in the headline, then the newest others, so many -> rank -> the best

An article is found when the matcher says so; the index only spares looking at the others.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, Literal

from sqlalchemy import Connection

from digest.model import ArchivedArticle, Clip, Kind
from digest.rank import rank
from digest.rank.background import Background
from digest.rank.expression import Dated, Expression, InPaper, OfKind, words_of
from digest.rank.grams import need_of
from digest.rank.query import Query, read_query
from digest.rank.terms import terms_of
from digest.store import Store, search
from digest.store.search import Candidate

Sort = Literal["score", "date"]
Certainty = Literal["exact", "about", "over"]

AT_ONCE: Final = 20
LOOKED_AT: Final = 5
"""Articles that are looked at for one that is shown, at most: what bounds the time of a search."""
COUNTED: Final = 10_000
BACKGROUND: Final = 10_000
"""The newest articles, in which words are counted to tell how rare they are."""
MOST_WORDS: Final = 30
"""That are counted."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What to search for.

    Attributes:
        since, until: Days of papers, both included.
        paper: The whole name.
        limit: How many articles to give.
        start: Where to go on, as `Found.rest` says; 0 at the beginning.
    """

    text: str
    since: date | None = None
    until: date | None = None
    paper: str | None = None
    kind: Kind | None = None
    sort: Sort = "score"
    limit: int = AT_ONCE
    start: int = 0


@dataclass(frozen=True, slots=True)
class Total:
    """How many articles there are: exactly, about so many, or more."""

    number: int
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Result:
    """An article for which the search holds, with its score and reasons as a profile would have them."""

    archived: ArchivedArticle
    clip: Clip


@dataclass(frozen=True, slots=True)
class Found:
    """What was found.

    Attributes:
        total: None where the search goes on by date.
        rest: Where to go on; None when nothing is left.
        best_of: By score: how many articles were compared when there are more; None when all were.
    """

    query: Query
    results: tuple[Result, ...]
    total: Total | None
    rest: int | None
    best_of: int | None = None


def search_archive(store: Store, asked: Asked, now: datetime) -> Found:
    """The articles for which the search holds.

    By date, they come newest first and following `rest` gives all of them. By score, they are the best of
    all when there are not many, else of those with the words in the headline and the newest others.

    Raises:
        ProfileSyntaxError: The search cannot be understood; the position is one in `asked.text`.
        StoreError: The database failed.
    """
    query = read_query(asked.text, _filters(asked))
    with store.read() as tx:
        looking = _Looking(tx, query, _background(tx, query), now)
        return _by_date(looking, asked) if asked.sort == "date" else _by_score(looking, asked)


def looked_at(asked: Asked) -> int:
    """How many articles a search looks at, at most."""
    return LOOKED_AT * max(asked.limit, AT_ONCE)


def _filters(asked: Asked) -> Iterator[Expression]:
    if asked.since or asked.until:
        yield Dated(asked.since, asked.until)
    if asked.paper:
        yield InPaper(asked.paper)
    if asked.kind:
        yield OfKind(asked.kind)


def _background(tx: Connection, query: Query) -> Background:
    """How frequent the words are among the newest articles; a word that stands in none of them counts 0."""
    documents, last = search.newest_places(tx, BACKGROUND)
    words = {
        words.key: words
        for keyword in terms_of(query.profile).adding
        for words in words_of(keyword.expression)
    }
    counted = list(words.items())[:MOST_WORDS]
    frequencies = {
        key: search.how_many_until(tx, need, last)
        for key, each in counted
        if (need := need_of(each)) is not None
    }
    return Background(documents, frequencies)


@dataclass(frozen=True, slots=True)
class _Looking:
    """A search under way."""

    tx: Connection
    query: Query
    background: Background
    now: datetime

    def places(self, limit: int, after: int) -> list[int]:
        return search.places_with(self.tx, self.query.need, self.query.days, limit, after=after)

    def headed_places(self, limit: int) -> list[int]:
        if self.query.headed is None:
            return []
        return search.places_with(self.tx, self.query.headed, self.query.days, limit)

    def ranked(self, candidates: list[Candidate]) -> list[Result]:
        """Those for which the search holds, best first."""
        by_id = {candidate.archived.id: candidate.archived for candidate in candidates}
        clips = rank(by_id.values(), [self.query.profile], self.now, self.background)
        return [Result(by_id[clip.article_id], clip) for clip in clips]

    def total(self, held: int, looked: int) -> Total:
        """About how many there are when `held` of `looked` candidates were good."""
        counted = search.how_many(self.tx, self.query.need, self.query.days, COUNTED)
        number = rounded(counted * held / max(1, looked))
        return Total(number, "over" if counted == COUNTED and number else "about")


def rounded(number: float) -> int:
    """The number with two digits that count, rounded down: an estimate should not look like more.

    >>> rounded(1289), rounded(41.7)
    (1200, 41)
    """
    digits = max(0, len(str(int(number))) - 2)
    return int(number) // 10**digits * 10**digits


def _by_date(looking: _Looking, asked: Asked) -> Found:
    found, looked, after = _newest(looking, asked)
    shown = found[: asked.limit]
    rest = after
    if len(found) > asked.limit:
        rest = shown[-1][0]
    total = None
    if asked.start == 0:
        total = Total(len(found), "exact") if after is None else looking.total(len(found), looked)
    results = tuple(result for _, result in shown)
    return Found(looking.query, results, total, None if rest is None else rest + 1)


def _newest(looking: _Looking, asked: Asked) -> tuple[list[tuple[int, Result]], int, int | None]:
    """The next results with their places, at least one more than asked for where there are so many.

    Then how many candidates were looked at, and the place of the last; None when there are no more.
    """
    found: list[tuple[int, Result]] = []
    most, looked, after = looked_at(asked), 0, asked.start - 1
    few = asked.start == 0 and len(looking.places(most + 1, -1)) <= most
    step = most + 1 if few else asked.limit + 1
    while len(found) <= asked.limit and looked < most:
        places = looking.places(step, after)
        candidates = search.candidates_at(looking.tx, places)
        good = {result.archived.id: result for result in looking.ranked(candidates)}
        found += [(each.place, good[each.archived.id]) for each in candidates if each.archived.id in good]
        looked += len(places)
        if len(places) < step:
            return found, looked, None
        after = places[-1]
    return found, looked, after


def _by_score(looking: _Looking, asked: Asked) -> Found:
    most = looked_at(asked)
    newest = looking.places(most + 1, -1)
    everything = len(newest) <= most
    places = newest if everything else [*looking.headed_places(most), *newest]
    chosen = list(dict.fromkeys(places))[:most]
    results = looking.ranked(search.candidates_at(looking.tx, chosen))
    end = asked.start + asked.limit
    total = Total(len(results), "exact") if everything else looking.total(len(results), len(chosen))
    return Found(
        query=looking.query,
        results=tuple(results[asked.start : end]),
        total=total,
        rest=end if end < len(results) else None,
        best_of=None if everything else len(chosen),
    )
