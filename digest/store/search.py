"""The search index: which articles may satisfy an expression; it never decides whether they do.

Each article in force has an entry at a place; places ascend from the newest day of papers to the oldest,
then come articles without a date. The full-text table finds places by grams. Nothing is ever taken out of
it: an article that changes gets a new entry and its old place is left empty, so what is found there is none.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, Select, TextualSelect, func, insert, select, text, update

from digest.model import ArchivedArticle
from digest.rank.grams import Days, Either, Every, Gram, Need, grams_of
from digest.rank.zones import byline_text, zone_texts
from digest.store.archive import archived_of, archived_query
from digest.store.tables import articles, pages, search_entries

DAY_PLACES: Final = 1 << 16
"""Of each day; an article too many goes to the overflow, which every search within days looks at too."""
UNDATED: Final = (date.max.toordinal() + 1) * DAY_PLACES
OVERFLOW: Final = UNDATED << 1
_END: Final = (1 << 63) - 1

_entry = search_entries.c


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article that may be what is looked for, and its place."""

    place: int
    archived: ArchivedArticle


def index_new(tx: Connection, archived: ArchivedArticle) -> None:
    """Makes the entry of an article that is stored for the first time."""
    if archived.article.kind != "note":
        _enter(tx, archived)


def index_articles(tx: Connection, ids: Sequence[UUID]) -> None:
    """Brings the entries of these articles up to date; for whoever changes them or their folios."""
    known = _known(tx, ids)
    for archived in _read(tx, ids):
        place, checksum = known.get(archived.id, (None, ""))
        if place is not None and place in _day(archived.folio.date) and checksum == _checksum(archived):
            del known[archived.id]
            continue
        _leave(tx, known.pop(archived.id, None))
        _enter(tx, archived)
    for article_id in known:
        _leave(tx, known[article_id])


def index_missing(tx: Connection) -> None:
    """Makes entries for the articles that have none: after an upgrade, all of them."""
    _keep_in_memory(tx, _MUCH)
    known = select(_entry.article_id).where(_entry.article_id == articles.c.id).exists()
    columns = (articles.c.id, pages.c.date)
    rows = tx.execute(_indexed().with_only_columns(*columns).where(~known).order_by(*_ORDER)).all()
    for day, group in groupby(rows, key=lambda row: row.date):
        place = _free_place(tx, day)
        for chunk in _chunks([row.id for row in group]):
            standing = list(_read(tx, chunk))
            places = list(range(place, place + len(standing)))
            if places[-1] not in _day(day):
                places = [_next_in(tx, range(OVERFLOW, _END)) + number for number in range(len(standing))]
            _insert(tx, zip(places, standing, strict=True))
            place = places[-1] + 1
    _keep_in_memory(tx, _LITTLE)


_MUCH: Final = 64 << 20
_LITTLE: Final = 1 << 20
"""FTS5's own default."""


def _keep_in_memory(tx: Connection, most: int) -> None:
    """Bytes of new grams after which FTS5 writes them; the less often, the less there is to merge."""
    query = text("INSERT INTO search_grams (search_grams, rank) VALUES ('hashsize', :most)")
    tx.execute(query, {"most": most})


def _read(tx: Connection, ids: Sequence[UUID]) -> Iterator[ArchivedArticle]:
    """Those of the articles that are to be found, in the order of places."""
    for chunk in _chunks(ids):
        query = _indexed().where(articles.c.id.in_(chunk)).order_by(*_ORDER)
        yield from map(archived_of, tx.execute(query).mappings().all())


_ORDER = (
    pages.c.date.desc().nulls_last(),
    pages.c.number.nulls_last(),
    articles.c.page_id,
    articles.c.position,
)
"""That of places, in which the full-text table is filled fastest."""


def _indexed() -> Select[Any]:
    return archived_query().where(articles.c.kind != "note")


def _known(tx: Connection, ids: Sequence[UUID]) -> dict[UUID, tuple[int, str]]:
    """Place and checksum of each of the articles that has an entry."""
    query = select(_entry.article_id, _entry.place, _entry.checksum)
    return {
        row.article_id: (row.place, row.checksum)
        for chunk in _chunks(ids)
        for row in tx.execute(query.where(_entry.article_id.in_(chunk)))
    }


def _leave(tx: Connection, entry: tuple[int, str] | None) -> None:
    if entry is not None:
        tx.execute(update(search_entries).where(_entry.place == entry[0]).values(article_id=None))


def _chunks(ids: Sequence[UUID]) -> Iterator[Sequence[UUID]]:
    """SQLite takes a limited number of parameters in a statement."""
    return (ids[start : start + 500] for start in range(0, len(ids), 500))


def _enter(tx: Connection, archived: ArchivedArticle) -> None:
    """Makes an entry at the next place of its day."""
    place = _free_place(tx, archived.folio.date)
    _insert(tx, [(place, archived)])


def _insert(tx: Connection, placed: Iterable[tuple[int, ArchivedArticle]]) -> None:
    entries: list[dict[str, Any]] = []
    grams: list[dict[str, Any]] = []
    for place, archived in placed:
        entries.append({"place": place, "article_id": archived.id, "checksum": _checksum(archived)})
        grams.append({"place": place, "grams": " ".join(grams_of(archived))})
    tx.execute(insert(search_entries), entries)
    tx.execute(_GRAMS, grams)


_GRAMS = text("INSERT INTO search_grams (rowid, grams) VALUES (:place, :grams)")


def _checksum(archived: ArchivedArticle) -> str:
    """Of the texts and the folio that grams are made of."""
    article, folio = archived.article, archived.folio
    texts = [(piece.zone, piece.text) for piece in zone_texts(article)]
    found_by = (texts, byline_text(article), article.kind, folio.paper, folio.number)
    return hashlib.blake2b(repr(found_by).encode(), digest_size=16).hexdigest()


def _day(day: date | None) -> range:
    """The places of a day; newer days come first."""
    if day is None:
        return range(UNDATED, OVERFLOW)
    start = (date.max - day).days * DAY_PLACES
    return range(start, start + DAY_PLACES)


def _free_place(tx: Connection, day: date | None) -> int:
    place = _next_in(tx, _day(day))
    return place if place in _day(day) else _next_in(tx, range(OVERFLOW, _END))


def _next_in(tx: Connection, places: range) -> int:
    here = select(func.max(_entry.place)).where(_entry.place.between(places.start, places.stop - 1))
    last = tx.execute(here).scalar()
    return places.start if last is None else last + 1


def places_with(tx: Connection, need: Need | None, days: Days, limit: int, *, after: int = -1) -> list[int]:
    """The next places behind `after` that have what is needed, at most `limit`, newest day first.

    The list is shorter than `limit` only when there are no more. Some may have been left empty since.
    """
    found: list[int] = []
    for places in _within(days, after):
        asked = _asked(need, places, limit - len(found))
        found.extend(tx.execute(_found(need), asked).scalars())
    return found


def candidates_at(tx: Connection, places: Sequence[int]) -> list[Candidate]:
    """The articles at these places, in the order of places."""
    listed = select(_entry.article_id, _entry.place).where(
        _entry.place.in_(places), _entry.article_id.is_not(None)
    )
    place_of = {row.article_id: row.place for row in tx.execute(listed)}
    found = [Candidate(place_of[archived.id], archived) for archived in _read(tx, list(place_of))]
    return sorted(found, key=lambda candidate: candidate.place)


def how_many(tx: Connection, need: Need | None, days: Days, most: int) -> int:
    """How many places have what is needed, counted to `most`; some may have been left empty since."""
    counted = 0
    for places in _within(days):
        found = _found(need).subquery()
        query = select(func.count()).select_from(found)
        counted += tx.execute(query, _asked(need, places, most)).scalar() or 0
    return min(counted, most)


def newest_places(tx: Connection, most: int) -> tuple[int, int]:
    """How many entries the newest are, at most `most`, and the place of the last of them."""
    newest = select(_entry.place).order_by(_entry.place).limit(most).subquery()
    count, last = tx.execute(select(func.count(), func.max(newest.c.place))).one()
    return count, -1 if last is None else last


def how_many_until(tx: Connection, need: Need | None, last: int) -> int:
    """How many places have what is needed, to the place `last`."""
    query = select(func.count()).select_from(_found(need).subquery())
    return tx.execute(query, _asked(need, range(last + 1), _END)).scalar() or 0


def _within(days: Days, after: int = -1) -> Iterator[range]:
    """The places behind `after` where articles of these days are."""
    if days.open:
        yield range(after + 1, _END)
    elif days.first is None or days.last is None or days.first <= days.last:
        start = _day(days.last or date.max).start
        stop = _day(days.first or date.min).stop
        yield range(max(start, after + 1), stop)
        yield range(max(OVERFLOW, after + 1), _END)


def _found(need: Need | None) -> TextualSelect:
    """The places between `first` and `last` that have what is needed, ascending, at most `most`."""
    table = "search_entries WHERE article_id IS NOT NULL AND place" if need is None else _MATCHING
    key = "place" if need is None else "rowid"
    query = f"SELECT {key} AS place FROM {table} BETWEEN :first AND :last ORDER BY {key} LIMIT :most"  # noqa: S608 - words of ours
    return text(query).columns(_entry.place)


_MATCHING = "search_grams WHERE search_grams MATCH :need AND rowid"


def _asked(need: Need | None, places: range, most: int) -> dict[str, Any]:
    bounds = {"first": places.start, "last": places.stop - 1, "most": most}
    return bounds if need is None else {**bounds, "need": _match(need)}


def _match(need: Need) -> str:
    """The need in the language of FTS5; grams hold letters and private characters only."""
    match need:
        case Gram(gram, prefix):
            return f'"{gram}"' + " *" * prefix
        case Every(parts):
            return "(" + " AND ".join(map(_match, parts)) + ")"
        case Either(parts):
            return "(" + " OR ".join(map(_match, parts)) + ")"
