"""Census: the counts of the window of the archive, kept up to date by what is new, gone and asked for anew.

counts of the days in the window, as stored
− what articles counted before that changed or went were counted for
+ what new and changed articles count for
+ what all others count for, of subjects that were not asked for before
= the counts of all articles in force in the window, as if each had been read
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from uuid import UUID

from sqlalchemy import Connection

from digest.model import ArchivedArticle
from digest.rank.counting import Counting
from digest.rank.parts import Name
from digest.rank.reading import Reading
from digest.store import counts
from digest.store.counts import Counted

ARCHIVE_WINDOW: Final = timedelta(days=60)
"""How far back the background is measured and a changed profile is applied, and the rest of that day."""


def window_start(now: datetime) -> datetime:
    """The beginning, in UTC, of the first day of the window."""
    return datetime.combine((now - ARCHIVE_WINDOW).astimezone(UTC).date(), time.min, UTC)


class Census:
    """The counts of the window, with changes that are not stored until `save`."""

    def __init__(self, tx: Connection, counting: Counting, since: date) -> None:
        self._counting = counting
        self._since = since
        self._known = counts.subjects(tx)
        self._kept = self._known & counting.subjects
        self._stored = counts.totals(tx, since)
        self._changes: defaultdict[date, Counter[Name]] = defaultdict(Counter)
        self._rows: dict[UUID, Counted] = {}
        self._gone: set[UUID] = set()

    @property
    def unknown(self) -> frozenset[str]:
        """Subjects that only articles counted from now on would be counted for."""
        return self._counting.subjects - self._known

    def leave(self, gone: Mapping[UUID, Counted]) -> None:
        """Takes back what these articles were counted for."""
        for article_id, was in gone.items():
            self._changes[was.day].subtract(self._kept_of(was))
            self._gone.add(article_id)

    def enter(self, archived: ArchivedArticle, reading: Reading) -> None:
        """Counts an article that is not counted, or was taken back."""
        self._put(archived, {}, self._counting.of(reading))

    def complete(self, was: Mapping[UUID, Counted], read: Iterable[tuple[ArchivedArticle, Reading]]) -> None:
        """Counts articles for the `unknown` subjects, beside what they were counted for."""
        unknown = self.unknown
        for archived, reading in read:
            kept = self._kept_of(was[archived.id]) if archived.id in was else {}
            self._put(archived, kept, self._counting.of(reading, unknown))

    def _kept_of(self, was: Counted) -> dict[Name, int]:
        """Of what it was counted for what still is: a subject given up may be asked for again."""
        return {name: count for name, count in was.counts.items() if name[0] in self._kept}

    def _put(self, archived: ArchivedArticle, kept: Mapping[Name, int], new: Mapping[Name, int]) -> None:
        day = archived.first_seen.astimezone(UTC).date()
        if day >= self._since and new:
            self._rows[archived.id] = Counted(day, {**kept, **new})
            self._changes[day].update(new)

    def totals(self) -> Counter[Name]:
        """The counts of the window."""
        totals = Counter(self._stored)
        for day, changes in self._changes.items():
            if day >= self._since:
                totals.update(changes)
        return totals

    def save(self, tx: Connection) -> None:
        """Stores the changes, and drops what is no longer asked for or older than the window."""
        counts.drop_subjects(tx, self._known - self._counting.subjects)
        counts.add_subjects(tx, self.unknown)
        counts.mark_left(tx, list(self._gone - self._rows.keys()))
        counts.save_counted(tx, self._rows)
        counts.change_days(tx, self._changes)
        counts.forget_before(tx, self._since)
