"""Which pages of which paper and day were read; it does not know which ones there should be."""

from __future__ import annotations

from collections import defaultdict
from datetime import date
from typing import Final

from sqlalchemy import Connection, select

from digest.store import archive
from digest.store.tables import pages

_MOST_PAGES: Final = 400
"""Of one paper on one day; a higher number is a misread one."""


def pages_read(tx: Connection, since: date, until: date) -> dict[str, dict[date, frozenset[int]]]:
    """The numbers of the pages read, by paper and printed day from `since` to `until`."""
    return {paper: days for paper in archive.papers(tx) if (days := _of_paper(tx, paper, since, until))}


def _of_paper(tx: Connection, paper: str, since: date, until: date) -> dict[date, frozenset[int]]:
    """One paper at a time: so the index on papers and days is used."""
    here = (pages.c.paper == paper) & pages.c.date.between(since, until)
    numbers = pages.c.number.between(1, _MOST_PAGES)
    found: defaultdict[date, set[int]] = defaultdict(set)
    for day, number in tx.execute(select(pages.c.date, pages.c.number).where(here, numbers)):
        found[day].add(number)
    return {day: frozenset(numbers) for day, numbers in found.items()}
