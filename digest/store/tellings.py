"""What clips tell of, in words, as later reports of a story are compared with; it never compares them.

Words are found by their checksums and by the day of first sight, so that what is written together stands
together and a day that leaves the window goes at once. A clip that changes gets another number; the old one
is left empty, so that what its words lead to is nothing.
"""

from __future__ import annotations

import zlib
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, insert, select, text, update

from digest.rank.stories import Told
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


def none_kept(tx: Connection) -> bool:
    """Whether nothing is kept at all: before the first clip, and after an upgrade."""
    return tx.execute(select(tellings.c.number).limit(1)).first() is None


def missing(tx: Connection, ids: Iterable[UUID], since: date) -> list[UUID]:
    """Those of these articles, first seen since, that stand for themselves and are not kept."""
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
    rows = tx.execute(_COUNTED, {"words": _listed(asked)})
    return {asked[row.word]: row.holders for row in rows}


_COUNTED = text(
    "SELECT word_holders.word, word_holders.holders FROM json_each(:words) AS wanted "
    "CROSS JOIN word_holders ON word_holders.word = wanted.value"
).columns(word_holders.c.word, word_holders.c.holders)


def with_word(tx: Connection, words: Collection[str], printed: range, since: date) -> set[UUID]:
    """The clips with any of these words that were printed on these days (ordinals) and first seen since."""
    days = select(tellings.c.day).where(tellings.c.day >= since.toordinal()).distinct()
    asked: dict[str, Any] = {
        "days": _listed(tx.execute(days).scalars()),
        "words": _listed(map(checksum, words)),
        "first": printed.start,
        "last": printed.stop - 1,
    }
    return set(tx.execute(_WITH_WORD, asked).scalars())


_WITH_WORD = text(
    "SELECT DISTINCT tellings.article_id FROM json_each(:days) AS days "
    "CROSS JOIN json_each(:words) AS wanted "
    "CROSS JOIN told_words ON told_words.day = days.value AND told_words.word = wanted.value "
    "CROSS JOIN tellings ON tellings.number = told_words.number "
    "WHERE tellings.article_id IS NOT NULL AND tellings.printed BETWEEN :first AND :last"
).columns(tellings.c.article_id)


def headed(tx: Connection, words: Collection[str], since: date) -> dict[str, list[UUID]]:
    """For each of these words the clips it leads to, first seen since."""
    asked = {checksum(word): word for word in words}
    found: defaultdict[str, list[UUID]] = defaultdict(list)
    for row in tx.execute(_HEADED, {"words": _listed(asked), "since": since.toordinal()}):
        found[asked[row.word]].append(row.article_id)
    return found


_HEADED = text(
    "SELECT heading_words.word, tellings.article_id FROM json_each(:words) AS wanted "
    "CROSS JOIN heading_words ON heading_words.word = wanted.value "
    "CROSS JOIN tellings ON tellings.number = heading_words.number "
    "WHERE tellings.article_id IS NOT NULL AND tellings.day >= :since"
).columns(heading_words.c.word, tellings.c.article_id)


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
            row.article_id, date.fromordinal(row.printed), _unpacked(row.words), row.first_id
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
    words = sorted(
        (each.seen.toordinal(), checksum(word), number)
        for number, each in numbered
        for word in each.told.vocabulary.counts
    )
    # Two words of one checksum in one text are the same to us.
    tx.execute(insert(told_words), [{"day": d, "word": w, "number": n} for d, w, n in dict.fromkeys(words)])
    headings = {(checksum(word), number) for number, each in numbered for word in each.leads}
    if headings:
        tx.execute(insert(heading_words), [{"word": w, "number": n} for w, n in sorted(headings)])
    _count(tx, Counter(word for each in kept for word in each.told.vocabulary.counts))


def _row(number: int, each: Telling) -> dict[str, Any]:
    return {
        "number": number,
        "article_id": each.told.id,
        "day": each.seen.toordinal(),
        "printed": each.told.day.toordinal(),
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
        words.subtract(_unpacked(packed).counts.keys())
    if words:
        _count(tx, words)


def _count(tx: Connection, changes: Mapping[str, int]) -> None:
    by_checksum = Counter[int]()
    for word, change in changes.items():
        by_checksum[checksum(word)] += change
    known = tx.execute(_COUNTED, {"words": _listed(by_checksum)})
    before = {row.word: row.holders for row in known}
    new = [{"word": word, "holders": n} for word, n in by_checksum.items() if word not in before]
    old = [{"which": word, "now": before[word] + n} for word, n in by_checksum.items() if word in before]
    if new:
        tx.execute(insert(word_holders), new)
    if old:
        tx.execute(_RECOUNT, old)


_RECOUNT = (
    update(word_holders).where(word_holders.c.word == bindparam("which")).values(holders=bindparam("now"))
)


def checksum(word: str) -> int:
    """By which a word is found, 32 bits with a sign."""
    return zlib.crc32(word.encode()) - _SIGN


def _listed(numbers: Iterable[int]) -> str:
    """As one parameter, however many there are."""
    return f"[{','.join(map(str, numbers))}]"


def _packed(vocabulary: Vocabulary) -> bytes:
    """The words of the heading, all words, and how much each counts."""
    words = " ".join(vocabulary.counts)
    counts = " ".join(map(str, vocabulary.counts.values()))
    return zlib.compress("\n".join((" ".join(sorted(vocabulary.heading)), words, counts)).encode())


def _unpacked(packed: bytes) -> Vocabulary:
    heading, words, counts = zlib.decompress(packed).decode().split("\n")
    numbers = map(int, counts.split())
    return Vocabulary(dict(zip(words.split(), numbers, strict=True)), frozenset(heading.split()))
