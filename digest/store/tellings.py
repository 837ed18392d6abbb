"""What clips tell of, in words, as later reports of a story are compared with; it never compares them.

Words are found by their checksums and by the day of first sight, so that what is written together stands
together and a day that leaves the window goes at once. A clip that changes gets another number; the old one
is left empty, so that what its words lead to is nothing.
"""

from __future__ import annotations

import json
import zlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, delete, func, insert, select, text, update

from digest.rank.stories import Heading, Told
from digest.rank.vocabulary import Vocabulary
from digest.store.archive import IN_FORCE
from digest.store.tables import (
    articles,
    clips,
    follow_ups,
    heading_words,
    tellings,
    told_words,
    word_holders,
)

_CHUNK: Final = 500
"""SQLite takes a limited number of parameters in a statement."""
_NO_DAY: Final = 4_000_000
"""Later than any day; with the days that were filled added, the day of number 0, which is no clip's."""
_SIGN: Final = 1 << 31


@dataclass(frozen=True, slots=True)
class Telling:
    """A clip to be kept.

    Attributes:
        seen: The day of first sight, by which it is kept.
        leads: The words of its heading that lead to it.
    """

    told: Told
    seen: date
    leads: Collection[str]


def filled(tx: Connection) -> int:
    """Of how many days all clips are kept; 0 before the first pass, and after an upgrade."""
    row = tx.execute(select(tellings.c.day).where(tellings.c.number == 0)).scalar()
    return 0 if row is None else row - _NO_DAY


def set_filled(tx: Connection, days: int) -> None:
    """Notes that of so many days all clips are kept."""
    tx.execute(delete(tellings).where(tellings.c.number == 0))
    tx.execute(insert(tellings).values(number=0, day=_NO_DAY + days, printed=0, heading="", words=b""))


def missing(tx: Connection, ids: Iterable[UUID], since: date) -> list[UUID]:
    """Those of these articles, first seen since, that stand and are not kept."""
    wanted = list(dict.fromkeys(ids))
    query = select(articles.c.id, articles.c.first_seen).join_from(
        articles, tellings, tellings.c.article_id == articles.c.id, isouter=True
    )
    query = query.where(tellings.c.number.is_(None), articles.c.reprint_of.is_(None), IN_FORCE)
    return [
        row.id
        for start in range(0, len(wanted), _CHUNK)
        for row in tx.execute(query.where(articles.c.id.in_(wanted[start : start + _CHUNK])))
        if row.first_seen.date() >= since
    ]


def how_many(tx: Connection) -> int:
    """How many clips are kept."""
    return tx.execute(select(func.count(tellings.c.article_id))).scalar() or 0


def holders(tx: Connection, words: Collection[str]) -> dict[str, int]:
    """How many of them have each of these words."""
    asked = {checksum(word): word for word in words}
    return {asked[word]: count for word, count in tx.execute(_COUNTED, {"words": _listed(asked)})}


_COUNTED = text(
    "SELECT word_holders.word, word_holders.holders FROM json_each(:words) AS wanted "
    "CROSS JOIN word_holders ON word_holders.word = wanted.value"
).columns(word_holders.c.word, word_holders.c.holders)


def saying(tx: Connection, heading: Heading, printed: range, since: date) -> set[UUID]:
    """The clips with enough words of a heading, printed on these days (ordinals) and first seen since."""
    days = select(tellings.c.day).where(tellings.c.day.between(since.toordinal(), _NO_DAY - 1)).distinct()
    asked: dict[str, Any] = {
        "days": _listed(tx.execute(days).scalars()),
        "leads": _checksums(heading.leads),
        "words": json.dumps([(checksum(word), rarity) for word, rarity in heading.words.items()]),
        "enough": heading.enough - _ROUNDING,
        "first": printed.start,
        "last": printed.stop - 1,
    }
    return set(tx.execute(_SAYING, asked).scalars())


_ROUNDING: Final = 1e-9
_SAYING = text(
    "WITH led AS (SELECT DISTINCT tellings.number, tellings.day, tellings.article_id "
    "FROM json_each(:days) AS days CROSS JOIN json_each(:leads) AS lead "
    "CROSS JOIN told_words ON told_words.day = days.value AND told_words.word = lead.value "
    "CROSS JOIN tellings ON tellings.number = told_words.number "
    "WHERE tellings.article_id IS NOT NULL AND tellings.printed BETWEEN :first AND :last) "
    "SELECT led.article_id FROM led CROSS JOIN json_each(:words) AS wanted "
    "CROSS JOIN told_words ON told_words.day = led.day AND told_words.number = led.number "
    "AND told_words.word = json_extract(wanted.value, '$[0]') "
    "GROUP BY led.number HAVING sum(json_extract(wanted.value, '$[1]')) >= :enough"
).columns(tellings.c.article_id)


def headed(tx: Connection, words: Collection[str], since: date) -> dict[str, list[UUID]]:
    """For each of these words the clips it leads to, first seen since."""
    asked = {checksum(word): word for word in words}
    found: defaultdict[str, list[UUID]] = defaultdict(list)
    for word, article_id in tx.execute(_HEADED, {"words": _listed(asked), "since": since.toordinal()}):
        found[asked[word]].append(article_id)
    return found


_HEADED = text(
    "SELECT heading_words.word, tellings.article_id FROM json_each(:words) AS wanted "
    "CROSS JOIN heading_words ON heading_words.word = wanted.value "
    "CROSS JOIN tellings ON tellings.number = heading_words.number "
    "WHERE tellings.article_id IS NOT NULL AND tellings.day >= :since"
).columns(heading_words.c.word, tellings.c.article_id)


def headings(tx: Connection, ids: Collection[UUID]) -> dict[UUID, list[str]]:
    """The words of the headings of these clips."""
    wanted = list(ids)
    query = select(tellings.c.article_id, tellings.c.heading)
    return {
        article_id: heading.split()
        for start in range(0, len(wanted), _CHUNK)
        for article_id, heading in tx.execute(
            query.where(tellings.c.article_id.in_(wanted[start : start + _CHUNK]))
        )
    }


def told(tx: Connection, ids: Collection[UUID]) -> dict[UUID, Told]:
    """These clips; those withdrawn, folded into another or no clip any more are left out."""
    wanted = list(ids)
    clipped = select(clips.c.article_id).where(clips.c.article_id == articles.c.id).exists()
    query = (
        select(tellings, follow_ups.c.first_id)
        .join(articles, articles.c.id == tellings.c.article_id)
        .join(follow_ups, follow_ups.c.article_id == articles.c.id, isouter=True)
        .where(IN_FORCE, articles.c.reprint_of.is_(None), clipped)
    )
    return {
        row.article_id: Told(
            row.article_id, date.fromordinal(row.printed), _unpacked(row.heading, row.words), row.first_id
        )
        for start in range(0, len(wanted), _CHUNK)
        for row in tx.execute(query.where(tellings.c.article_id.in_(wanted[start : start + _CHUNK])))
    }


def keep(tx: Connection, kept: Sequence[Telling]) -> None:
    """Keeps clips, in place of what was kept of them, and counts their words."""
    forget(tx, [each.told.id for each in kept])
    if not kept:
        return
    first = 1 + (tx.execute(select(func.max(tellings.c.number))).scalar() or 0)
    numbered = list(enumerate(kept, first))
    tx.execute(insert(tellings), [_row(number, each) for number, each in numbered])
    for number, each in numbered:
        words = {
            "day": each.seen.toordinal(),
            "words": _checksums(each.told.vocabulary.counts),
            "number": number,
        }
        tx.execute(_TELL, words)
        tx.execute(_HEAD, {"words": _checksums(each.leads), "number": number})
    _count(tx, Counter(word for each in kept for word in each.told.vocabulary.counts))


_TELL = text(
    "INSERT INTO told_words (day, word, number) "
    "SELECT DISTINCT :day, value, :number FROM json_each(:words) ORDER BY value"
)
_HEAD = text("INSERT INTO heading_words (word, number) SELECT DISTINCT value, :number FROM json_each(:words)")


def _row(number: int, each: Telling) -> dict[str, Any]:
    return {
        "number": number,
        "article_id": each.told.id,
        "day": each.seen.toordinal(),
        "printed": each.told.day.toordinal(),
        "heading": " ".join(sorted(each.told.vocabulary.heading)),
        "words": _packed(each.told.vocabulary),
    }


def forget(tx: Connection, ids: Sequence[UUID]) -> None:
    """Drops these clips and takes their words back."""
    for start in range(0, len(ids), _CHUNK):
        here = tellings.c.article_id.in_(ids[start : start + _CHUNK])
        _take_back(tx, here)
        tx.execute(update(tellings).where(here).values(article_id=None, words=b""))


def forget_before(tx: Connection, day: date) -> None:
    """Drops the clips first seen before."""
    gone = tellings.c.day < day.toordinal()
    _take_back(tx, gone)
    if tx.execute(delete(tellings).where(gone)).rowcount > 0:
        tx.execute(delete(told_words).where(told_words.c.day < day.toordinal()))
        tx.execute(delete(heading_words).where(heading_words.c.number.not_in(select(tellings.c.number))))
        tx.execute(delete(word_holders).where(word_holders.c.holders <= 0))


def _take_back(tx: Connection, gone: ColumnElement[bool]) -> None:
    words = Counter[str]()
    for packed in tx.execute(
        select(tellings.c.words).where(gone, tellings.c.article_id.is_not(None))
    ).scalars():
        words.subtract(_unpacked("", packed).counts.keys())
    if words:
        _count(tx, words)


def _count(tx: Connection, changes: Mapping[str, int]) -> None:
    by_checksum = Counter[int]()
    for word, change in changes.items():
        by_checksum[checksum(word)] += change
    tx.execute(_RECOUNT, {"changes": json.dumps(sorted(by_checksum.items()))})


_RECOUNT = text(
    "INSERT INTO word_holders (word, holders) "
    "SELECT json_extract(value, '$[0]'), json_extract(value, '$[1]') FROM json_each(:changes) WHERE true "
    "ON CONFLICT (word) DO UPDATE SET holders = holders + excluded.holders"
)


def checksum(word: str) -> int:
    """By which a word is found, 32 bits with a sign."""
    return zlib.crc32(word.encode()) - _SIGN


def _checksums(words: Iterable[str]) -> str:
    return _listed(map(checksum, words))


def _listed(numbers: Iterable[int]) -> str:
    """As one parameter, however many there are."""
    return f"[{','.join(map(str, numbers))}]"


def _packed(vocabulary: Vocabulary) -> bytes:
    """All words, and how much each counts."""
    counts = " ".join(map(str, vocabulary.counts.values()))
    return zlib.compress(f"{' '.join(vocabulary.counts)}\n{counts}".encode())


def _unpacked(heading: str, packed: bytes) -> Vocabulary:
    words, counts = zlib.decompress(packed).decode().split("\n")
    numbers = map(int, counts.split())
    return Vocabulary(dict(zip(words.split(), numbers, strict=True)), frozenset(heading.split()))
