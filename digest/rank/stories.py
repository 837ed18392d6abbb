"""Finds the articles of later days that go on with a story; reprints of the same text are not its business.

Two reports tell of one story when they share many rare words: the names of people, places and things it is
about. Each is compared with the story's latest article that is most alike and with its first one, so that a
story does not drift away from where it began.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Final, Protocol
from uuid import UUID

from digest.model import ArchivedArticle
from digest.rank.vocabulary import Counts, Rarity, Vocabulary, cosine, vocabulary_of

ALIKE: Final = 0.38
"""How alike a report and an earlier one must be (cosine of their words weighed by rarity)."""
ALIKE_FIRST: Final = 0.25
"""The same for the story's first article."""
RARE: Final = 4.0
"""Words whose inverse document frequency is above this are rare."""
HEADING_SAID: Final = 0.6
"""How much of one report's heading the other must have, by the rarity of its words: formulas of routine news
(visits, obituaries, dismissals) are alike but for what stands in the heading."""
LEAST_SHARED: Final = 4
"""Rare words that two reports of a story must share."""
LED_TO: Final = 0.6
"""The share of its heading, in rarest words, by which a kept report is found from the words of another. It
would be `1 - HEADING_SAID` did rarity never change; the rest is for what became common since."""
_AT_ONCE: Final = 100
"""Reports whose candidates are looked up together."""


@dataclass(frozen=True, slots=True)
class Told:
    """A report as it is compared.

    Attributes:
        day: On which it was printed, else first seen.
        first: The first report of its story; None when it begins one or stands alone.
    """

    id: UUID
    day: date
    vocabulary: Vocabulary
    first: UUID | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """What a heading says, to be looked for in other reports.

    Attributes:
        words: With their rarity.
        leads: Words of which a report has one if it has enough.
        enough: The rarity that a report's words of the heading must come to.
    """

    words: Mapping[str, float]
    leads: Collection[str]
    enough: float


class Reports(Protocol):
    """Earlier reports, decided, which need not be in memory."""

    def saying(self, heading: Heading, since: date, before: date) -> Collection[UUID]:
        """Those printed from `since` to the day before `before` that have enough words of a heading."""
        ...

    def headed(self, words: Collection[str]) -> Mapping[str, Collection[UUID]]:
        """For each of these words the reports that it leads to, see `leads`."""
        ...

    def headings(self, ids: Collection[UUID]) -> Mapping[UUID, Collection[str]]:
        """The words of their headings; reports that do not count any more may be left out."""
        ...

    def told(self, ids: Collection[UUID]) -> Mapping[UUID, Told]:
        """These reports; those that do not count any more are left out."""
        ...


class Kept(Reports, Counts, Protocol):
    """Reports whose words are counted."""


def follow_stories(
    articles: Sequence[ArchivedArticle], days: int, known: Mapping[UUID, UUID | None] | None = None
) -> dict[UUID, UUID]:
    """For each article that goes on with a story of an earlier day, the first article of that story.

    A story is gone on with for so many days after its last article. Articles in `known` are not decided
    again; None says that one begins a story or stands alone. The order given does not matter; days are the
    printed ones, else those of first sight.
    """
    return follow_new(articles, days, known or {}, None)


def follow_new(
    articles: Sequence[ArchivedArticle], days: int, known: Mapping[UUID, UUID | None], kept: Kept | None
) -> dict[UUID, UUID]:
    """As `follow_stories` among these articles and those that are kept, as if all were given.

    What it costs depends on the new articles and those that share what is rare in a heading.
    """
    ordered = sorted(articles, key=lambda a: (printed_on(a), a.first_seen, a.id))
    reports = [Told(a.id, printed_on(a), vocabulary_of(a.article)) for a in ordered]
    stories = _Stories(Rarity((each.vocabulary for each in reports), kept), timedelta(days=days), kept)
    for start in range(0, len(reports), _AT_ONCE):
        stories.take(reports[start : start + _AT_ONCE], known)
    return stories.first


def printed_on(archived: ArchivedArticle) -> date:
    """The day of the page, or of first sight where it is not known."""
    return archived.folio.date or archived.first_seen.date()


def leads(heading: Iterable[str], rarity: Rarity, share: float) -> list[str]:
    """The rarest words of a heading that make up more than a share of its rarity."""
    rarest = sorted(heading, key=lambda word: (-rarity.of(word), word))
    most = share * sum(map(rarity.of, rarest))
    found: list[str] = []
    weight = 0.0
    for word in rarest:
        if weight > most:
            break
        found.append(word)
        weight += rarity.of(word)
    return found


class _Batch:
    """New reports in the order of days, to be looked up like those that are kept."""

    def __init__(self) -> None:
        self._told: dict[UUID, Told] = {}
        self._latest: list[Told] = []
        self._with_word: defaultdict[str, list[UUID]] = defaultdict(list)
        self._headed: defaultdict[str, list[UUID]] = defaultdict(list)

    def add(self, report: Told, rarity: Rarity) -> None:
        """Adds a report; those of the latest day, which nothing goes on with yet, are found later."""
        if self._latest and self._latest[0].day < report.day:
            self._index(rarity)
        self._told[report.id] = report
        self._latest.append(report)

    def _index(self, rarity: Rarity) -> None:
        for report in self._latest:
            for word in report.vocabulary.counts:
                self._with_word[word].append(report.id)
            for word in leads(report.vocabulary.heading, rarity, 1 - HEADING_SAID):
                self._headed[word].append(report.id)
        self._latest = []

    def saying(self, heading: Heading, since: date, before: date) -> Collection[UUID]:
        found = {other for word in heading.leads for other in self._with_word.get(word, ())}
        return [other for other in found if since <= self._told[other].day < before]

    def headed(self, words: Collection[str]) -> Mapping[str, Collection[UUID]]:
        return {word: self._headed[word] for word in words if word in self._headed}

    def headings(self, ids: Collection[UUID]) -> Mapping[UUID, Collection[str]]:
        return {other: self._told[other].vocabulary.heading for other in ids}

    def told(self, ids: Collection[UUID]) -> Mapping[UUID, Told]:
        return {other: self._told[other] for other in ids if other in self._told}


_Vector = Mapping[str, float]


class _Stories:
    """The articles taken so far, new and kept."""

    def __init__(self, rarity: Rarity, window: timedelta, kept: Kept | None) -> None:
        self.first: dict[UUID, UUID] = {}
        self._rarity = rarity
        self._window = window
        self._batch = _Batch()
        self._kept = kept
        self._vectors: dict[UUID, _Vector] = {}

    def take(self, reports: Sequence[Told], known: Mapping[UUID, UUID | None]) -> None:
        """Decides on these reports, unless they are known."""
        self._rarity.learn(word for report in reports for word in report.vocabulary.counts)
        earlier = self._candidates(reports)
        for report in reports:
            self._batch.add(report, self._rarity)
            first = known[report.id] if report.id in known else self._story(report, earlier[report.id])
            if first is not None:
                self.first[report.id] = first

    def _candidates(self, reports: Sequence[Told]) -> dict[UUID, list[Told]]:
        """For each report those that are kept and have most of a heading in common with it."""
        if self._kept is None:
            return {report.id: [] for report in reports}
        ids = self._led_to(self._kept, reports)
        told = self._kept.told(set[UUID]().union(*ids.values()))
        return {key: [told[other] for other in found if other in told] for key, found in ids.items()}

    def _led_to(self, where: Reports, reports: Sequence[Told]) -> dict[UUID, set[UUID]]:
        """For each report those that have most of its heading, and those most of whose heading it has."""
        headed = where.headed({word for report in reports for word in report.vocabulary.counts})
        headings = where.headings(set[UUID]().union(*headed.values()))
        self._rarity.learn(word for heading in headings.values() for word in heading)
        found: dict[UUID, set[UUID]] = {}
        for report in reports:
            words = report.vocabulary.counts
            others = set[UUID]().union(*(headed[word] for word in words.keys() & headed.keys()))
            said = {other for other in others if self._said(headings.get(other, ()), words) >= HEADING_SAID}
            found[report.id] = said.union(self._saying(where, report))
        return found

    def _saying(self, where: Reports, report: Told) -> Collection[UUID]:
        """One that has none of the rarest words of the heading that make up the rest has too little."""
        words = {word: self._rarity.of(word) for word in report.vocabulary.heading}
        rarest = leads(words, self._rarity, 1 - HEADING_SAID)
        heading = Heading(words, rarest, HEADING_SAID * sum(words.values()))
        return where.saying(heading, report.day - self._window, report.day)

    def _story(self, report: Told, earlier: Sequence[Told]) -> UUID | None:
        """The first article of the story told of on an earlier day, if there is one."""
        new = self._led_to(self._batch, (report,))[report.id]
        others = [*earlier, *self._batch.told(new).values()]
        rare = [word for word in report.vocabulary.counts if self._rarity.of(word) >= RARE]
        alike = [other for other in others if self._may_go_on(report, rare, other)]
        likeness = {other.id: self._alike(report, other) for other in alike}
        best = max(likeness, key=lambda other: (likeness[other], other), default=None)
        if best is None or likeness[best] < ALIKE:
            return None
        first = next(other.first or self.first.get(best, best) for other in alike if other.id == best)
        there = self._told(first)
        return first if there is None or self._alike(report, there) >= ALIKE_FIRST else None

    def _told(self, article_id: UUID) -> Told | None:
        new = self._batch.told((article_id,))
        known = self._kept.told((article_id,)) if self._kept and not new else new
        return known.get(article_id)

    def _may_go_on(self, report: Told, rare: Sequence[str], other: Told) -> bool:
        """Whether the other is of an earlier day, shares rare words and says what the heading does."""
        words = other.vocabulary.counts
        return (
            timedelta() < report.day - other.day <= self._window
            and sum(1 for word in rare if word in words) >= LEAST_SHARED
            and max(
                self._said(report.vocabulary.heading, words),
                self._said(other.vocabulary.heading, report.vocabulary.counts),
            )
            >= HEADING_SAID
        )

    def _said(self, heading: Collection[str], words: Collection[str]) -> float:
        """How much of a heading there is among words."""
        whole = sum(map(self._rarity.of, heading))
        return sum(self._rarity.of(word) for word in heading if word in words) / whole if whole else 0.0

    def _alike(self, report: Told, other: Told) -> float:
        return cosine(self._vector(report), self._vector(other))

    def _vector(self, report: Told) -> _Vector:
        if report.id not in self._vectors:
            self._vectors[report.id] = self._rarity.weighed(report.vocabulary)
        return self._vectors[report.id]
