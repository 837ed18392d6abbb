"""Join: parts of an article on two pages of one paper and date become one article.

for each paper and date with new or changed articles:
    pair heads and tails
    the part seen first keeps its identity and stands for both
    a pair that is no more stands apart again
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection

from digest.extract.joining import join, pair_jumps
from digest.extract.revision import materially_changed
from digest.pipeline.desk import Desk
from digest.store import jumps, pages
from digest.store.jumps import StoredHalf


def join_jumps(desk: Desk) -> int:
    """Joins what belongs together among new articles; returns how many joined articles there are of it."""
    now = desk.clock()
    with desk.store.write() as tx:
        return sum(_join_issue(tx, paper, day, now) for paper, day in jumps.issues_to_join(tx))


def _join_issue(tx: Connection, paper: str, day: date, now: datetime) -> int:
    stored = {each.half.id: each for each in jumps.halves(tx, paper, day)}
    pairs = pair_jumps([each.half for each in stored.values()])
    paired = {half.id for pair in pairs for half in pair}
    for head, tail in pairs:
        _join_pair(tx, stored[head.id], stored[tail.id], now)
    for each in stored.values():
        if each.half.id not in paired and (each.joined or each.joined_into):
            jumps.set_joined(tx, each.half.id, None, pages.distinct_instant(tx, now))
    return len(pairs)


def _join_pair(tx: Connection, head: StoredHalf, tail: StoredHalf, now: datetime) -> None:
    base, other = sorted((head, tail), key=lambda each: each.first_seen)
    whole = join(head.half.article, tail.half.article, base.half.article.parts)
    shown = base.joined or base.half.article
    changed = base.joined_into is not None or materially_changed(shown, whole)
    if changed or base.joined != whole:
        correction = changed and not base.unseen
        jumps.set_joined(tx, base.half.id, whole, pages.distinct_instant(tx, now) if correction else None)
    jumps.absorb(tx, other.half.id, base.half.id)
