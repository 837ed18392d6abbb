"""Landmarks of articles that stand for themselves, by which reprints find them; it never compares texts.

They are kept by the day of the last printing, so that what is written together stands together and a day
that leaves the window goes at once. An article that changes gets another number; the old one is left
empty, so that what its landmarks lead to is nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from typing import Final
from uuid import UUID

from sqlalchemy import Connection, bindparam, delete, func, insert, select, text, update

from digest.store.tables import landmarks, standing

_CHUNK: Final = 500
"""SQLite takes a limited number of parameters in a statement."""
_NO_DAY: Final = 4_000_000
"""Later than any day; with the days that were filled added, the day of number 0, which is no article's."""


def filled(tx: Connection) -> int:
    """Of how many days all that stand are kept; 0 before the first pass, and after an upgrade."""
    row = tx.execute(select(standing.c.day).where(standing.c.number == 0)).scalar()
    return 0 if row is None else row - _NO_DAY


def set_filled(tx: Connection, days: int) -> None:
    """Notes that of so many days all that stand are kept."""
    tx.execute(delete(standing).where(standing.c.number == 0))
    tx.execute(insert(standing).values(number=0, day=_NO_DAY + days))


def holders(tx: Connection, marks: Collection[int], since: int, most: int) -> dict[int, list[UUID]]:
    """Which articles last printed on day `since` or later have each of these landmarks.

    Newest days first; one that more than `most` have is not looked for any further.
    """
    found: defaultdict[int, list[UUID]] = defaultdict(list)
    wanted = set(marks)
    for day in _days(tx, since):
        for mark, article_id in tx.execute(_HOLDERS, {"day": day, "marks": _listed(wanted)}):
            found[mark].append(article_id)
        wanted = {mark for mark in wanted if len(found.get(mark, ())) <= most}
    return found


_HOLDERS = text(
    "SELECT landmarks.mark, standing.article_id FROM json_each(:marks) AS wanted "
    "CROSS JOIN landmarks ON landmarks.day = :day AND landmarks.mark = wanted.value "
    "CROSS JOIN standing ON standing.number = landmarks.number "
    "WHERE standing.article_id IS NOT NULL"
).columns(landmarks.c.mark, standing.c.article_id)


def _listed(numbers: Collection[int]) -> str:
    """As one parameter, however many there are."""
    return f"[{','.join(map(str, numbers))}]"


def _days(tx: Connection, since: int) -> list[int]:
    query = select(standing.c.day).where(standing.c.day.between(since, _NO_DAY - 1)).distinct()
    return sorted(tx.execute(query).scalars(), reverse=True)


def days_of(tx: Connection, ids: Sequence[UUID]) -> dict[UUID, int]:
    """The days by which these articles are kept; those that are not are left out."""
    query = select(standing.c.article_id, standing.c.day)
    return {
        row.article_id: row.day
        for start in range(0, len(ids), _CHUNK)
        for row in tx.execute(query.where(standing.c.article_id.in_(ids[start : start + _CHUNK])))
    }


def keep(tx: Connection, found_by: Mapping[UUID, tuple[int, Sequence[int]]]) -> None:
    """Keeps articles under a day by their landmarks, in place of what was kept of them."""
    forget(tx, list(found_by))
    first = 1 + (tx.execute(select(func.max(standing.c.number))).scalar() or 0)
    numbered = list(enumerate(found_by.items(), first))
    rows = [{"number": number, "article_id": key, "day": day} for number, (key, (day, _)) in numbered]
    if rows:
        tx.execute(insert(standing), rows)
    for number, (_, (day, marks)) in numbered:
        tx.execute(_MARK, {"day": day, "marks": _listed(marks), "number": number})


_MARK = text(
    "INSERT INTO landmarks (day, mark, number) "
    "SELECT :day, value, :number FROM json_each(:marks) ORDER BY value"
)


def forget(tx: Connection, ids: Sequence[UUID]) -> None:
    """Makes these articles be found no more."""
    for start in range(0, len(ids), _CHUNK):
        here = standing.c.article_id.in_(ids[start : start + _CHUNK])
        tx.execute(update(standing).where(here).values(article_id=None))


def forget_before(tx: Connection, day: int) -> None:
    """Drops what was last printed before."""
    for table in (standing, landmarks):
        tx.execute(delete(table).where(table.c.day < bindparam("before")), {"before": day})
