"""Measures what matching costs where the archive is large, and what reading the whole window would.

python -m benchmarks.matching_pass [--articles 10000 40000] [--new 50]

The articles are those of `fictional_archive`, spread over the days of the window.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from uuid import UUID

from sqlalchemy import bindparam, text, update

from benchmarks.fictional_archive import Language, fill
from digest.config import Config
from digest.model import ArchivedArticle, Profile
from digest.pipeline.census import ARCHIVE_WINDOW, window_start
from digest.pipeline.desk import Desk
from digest.pipeline.match import match
from digest.pipeline.profiles import profile_id
from digest.pipeline.stories import links_of
from digest.rank.background import measure_background
from digest.store import Store, archive, profiles
from digest.store.tables import articles

PROFILES: Final = 20
KEYWORDS: Final = 6
_COMMONEST: Final = 200
_APART: Final = 37
"""Places in the list of words between keywords: some are common, most are rare."""


def profiles_in(language: Language) -> list[Profile]:
    """Profiles of words that the articles have."""
    words = [language.frequent(_COMMONEST + _APART * place) for place in range(PROFILES * KEYWORDS)]
    groups = [words[start::PROFILES] for start in range(PROFILES)]
    return [
        Profile(profile_id(f"p{place}"), f"p{place}", "关注", tuple(dict.fromkeys(group)), threshold=20.0)
        for place, group in enumerate(groups)
    ]


def desk_with(store: Store) -> Desk:
    with store.read() as tx:
        [latest] = archive.latest_updates(tx, 1)
    return Desk(Config(), store, clock=lambda: latest.first_seen + timedelta(hours=1))


def spread(store: Store, many: int) -> None:
    """Moves first sights apart, so that the articles fill the window."""
    step = (ARCHIVE_WINDOW - timedelta(days=1)) / many
    change = update(articles).where(articles.c.id == bindparam("article"))
    with store.write() as tx:
        ids = [
            (row.id, row.first_seen) for row in tx.execute(articles.select().order_by(articles.c.first_seen))
        ]
        rows = [{"article": key, "seen": seen + step * place} for place, (key, seen) in enumerate(ids)]
        tx.execute(change.values(first_seen=bindparam("seen"), updated=bindparam("seen")), rows)


def timed(label: str, work: Callable[[], object]) -> None:
    started = time.process_time()
    work()
    print(f"  {label:58}{time.process_time() - started:8.2f} s")


def hold_back(desk: Desk, many: int) -> list[UUID]:
    """Takes the newest articles off, to come later."""
    with desk.store.write() as tx:
        ids = [each.id for each in archive.latest_updates(tx, many)]
        tx.execute(update(articles).where(articles.c.id.in_(ids)).values(withdrawn=desk.clock()))
    return ids


def bring(desk: Desk, ids: Sequence[UUID]) -> list[ArchivedArticle]:
    """Makes articles that were held back new."""
    with desk.store.write() as tx:
        change = update(articles).where(articles.c.id.in_(ids))
        tx.execute(change.values(withdrawn=None, unmatched=True))
        return archive.unmatched(tx)


def size(store: Store) -> float:
    """Bytes that are kept to find reprints and stories by."""
    kept = ("standing", "landmarks", "tellings", "told_words", "heading_words", "word_holders")
    query = text("SELECT coalesce(sum(pgsize), 0) FROM dbstat WHERE name = :name")
    with store.read() as tx:
        return sum(tx.execute(query, {"name": name}).scalar() or 0 for name in kept)


def whole_window(desk: Desk) -> None:
    with desk.store.read() as tx:
        window = archive.seen_since(tx, window_start(desk.clock()))
        measure_background(window, profiles.list_profiles(tx))


def measure(many: int, new: int) -> None:
    with TemporaryDirectory() as name:
        store = Store.open(Path(name))
        language = fill(store, many + 3 * new)
        spread(store, many + 3 * new)
        desk = desk_with(store)
        wanted = profiles_in(language)
        later = hold_back(desk, 3 * new)
        with store.write() as tx:
            profiles.replace_profiles(tx, wanted, desk.clock())
        print(f"\n{many:,} articles in the window, {len(wanted)} profiles")
        timed("first matching: all profiles with the archive", lambda: match(desk))
        timed("background by reading the whole window", lambda: whole_window(desk))
        bring(desk, later[2 * new :])
        timed(f"the first pass with {new} new articles", lambda: match(desk))
        bring(desk, later[new : 2 * new])
        timed(f"a pass with {new} new articles", lambda: match(desk))
        coming = bring(desk, later[:new])
        timed("  of which finding reprints and stories", lambda: links_of(desk, coming))
        print(f"  kept for it: {size(store) / 1e6:.0f} MB")
        changed = [replace(wanted[0], keywords=(*wanted[0].keywords, language.frequent(5_000))), *wanted[1:]]
        with store.write() as tx:
            profiles.replace_profiles(tx, changed, desk.clock())
        timed("a pass with one changed profile", lambda: match(desk))
        timed("a pass with nothing to do", lambda: match(desk))
        store.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=int, nargs="+", default=[10_000, 40_000])
    parser.add_argument("--new", type=int, default=50)
    chosen = parser.parse_args()
    for many in chosen.articles:
        measure(many, chosen.new)


if __name__ == "__main__":
    main()
