"""How fast searches of a large archive answer, how large its index is, and what adding an article costs.

python -m benchmarks.search [--articles 100000] [--folder FOLDER] [--rounds 20]

With a folder the archive is kept there, and used again when it is there.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from sqlalchemy import text

from benchmarks.fictional_archive import PER_PAGE, Language, fill, index
from digest.model import ArchivedArticle, Folio, Page
from digest.pipeline.search import Asked, Sort, search_archive
from digest.store import Store, pages

_NOW: Final = datetime(2031, 5, 7, tzinfo=UTC)
_BAR: Final = 100.0
_ADDED: Final = 30
_SORTS: Final[tuple[Sort, ...]] = ("score", "date")


def queries(language: Language) -> Mapping[str, list[str]]:
    """Searches of each sort; no two share a word, so that none finds another's pages in the cache."""
    word = language.frequent
    near = [word(place) for place in (300, 400, 420, 440, 460, 480)]
    return {
        "rare word": [word(place) for place in (20_000, 25_000, 30_000)],
        "usual word": [word(place) for place in (700, 1_000, 2_000)],
        "common word": [word(place) for place in (5, 30, 60)],
        "single character": [word(place)[0] for place in (50, 5_000, 20_000)],
        "phrase": [f'"{word(a)}{word(b)}"' for a, b in ((8, 35), (65, 90), (700, 1_000))],
        "A & B": [f"{word(a)} {word(b)}" for a, b in ((12, 40), (500, 800), (15, 3_000))],
        "A & B, seldom together": [f"{word(a)} {word(b)}" for a, b in ((900, 1_100), (1_500, 600))],
        "A | B": [f"{word(a)}|{word(b)}|{word(c)}" for a, b, c in ((20, 50, 80), (400, 4_000, 9_000))],
        "A NEAR/5 B": [f"{a} NEAR/5 {b}" for a, b in zip(near[::2], near[1::2], strict=True)],
        "headline:A": [f"headline:{word(place)}" for place in (25, 550, 5_000)],
        "A of a month": [
            f"{word(place)} date:{month}" for place, month in ((45, "2031-03"), (650, "2030-12"))
        ],
        "A of a paper, front pages": [f"{word(place)} paper:山川3报 page:1" for place in (55, 750)],
        "A -B": [f"{word(a)} -{word(b)}" for a, b in ((70, 10), (850, 1_200))],
        "nothing but a page": ["page:2..3"],
    }


def measure(store: Store, language: Language, rounds: int) -> float:
    """Prints times in milliseconds by kind; returns the worst 95th percentile."""
    worst = 0.0
    print(f"{'':28}{'found':>12}{'median':>9}{'p95':>9}   by {' and '.join(_SORTS)}")
    for kind, asked in queries(language).items():
        times: list[float] = []
        told = ""
        for query in asked:
            for sort in _SORTS:
                found = search_archive(store, Asked(query, sort=sort), _NOW)
                if found.total:
                    told = f"{found.total.certainty} {found.total.number}"
                times += [_milliseconds(store, Asked(query, sort=sort)) for _ in range(rounds)]
        p95 = statistics.quantiles(times, n=20)[-1]
        worst = max(worst, p95)
        print(f"{kind:28}{told:>12}{statistics.median(times):9.1f}{p95:9.1f}", flush=True)
    return worst


def _milliseconds(store: Store, asked: Asked) -> float:
    start = time.perf_counter()
    search_archive(store, asked, _NOW)
    return 1000 * (time.perf_counter() - start)


def adding(store: Store, language: Language) -> tuple[float, float]:
    """Milliseconds of storing an article, page by page, and those of them that the index takes."""
    taken = 0.0
    indexing = pages.search.index_new

    def timed(*args: Any) -> None:  # noqa: ANN401 - as index_new takes them
        nonlocal taken
        start = time.perf_counter()
        indexing(*args)
        taken += time.perf_counter() - start

    pages.search.index_new = timed
    start = time.perf_counter()
    for number in range(_ADDED):
        _store_page(store, language, number)
    pages.search.index_new = indexing
    each = 1000 / (_ADDED * PER_PAGE)
    return (time.perf_counter() - start) * each, taken * each


def _store_page(store: Store, language: Language, number: int) -> None:
    salt = time.time_ns()
    folio = Folio("山川9报", date(2031, 5, 7) + timedelta(days=number % 3), 1, "1")
    page = Page(UUID(int=salt), f"{salt}.txt", f"{salt:064}", 1, folio, "", _NOW, _NOW)
    with store.write() as tx:
        pages.save_page(tx, page)
        instant = pages.distinct_instant(tx, _NOW)
        for position in range(PER_PAGE):
            moment = instant + position * pages.DISTINCT
            article = language.article()
            archived = ArchivedArticle(UUID(int=salt + position), page.id, article, folio, moment, moment)
            pages.save_article(tx, archived, position, changed=True)


def sizes(store: Store) -> tuple[float, float]:
    """Megabytes of the index, and of all else."""
    with store.read() as tx:
        rows = tx.execute(text("SELECT name, sum(pgsize) FROM dbstat GROUP BY name"))
        parts = {str(name): int(size) for name, size in rows}
    own = sum(size for name, size in parts.items() if "search_" in name)
    return own / 1e6, (sum(parts.values()) - own) / 1e6


def benchmark(folder: Path, count: int, rounds: int) -> bool:
    """Prints everything; whether the worst 95th percentile is under the bar."""
    fresh = not (folder / "digest.db").exists()
    store = Store.open(folder)
    language = Language()
    if fresh:
        start = time.perf_counter()
        fill(store, count)
        filled = time.perf_counter()
        index(store)
        print(f"articles stored in bulk: {1000 * (filled - start) / count:.2f} ms each")
        print(f"indexed as by an upgrade: {1000 * (time.perf_counter() - filled) / count:.2f} ms each")
    own, rest = sizes(store)
    print(f"{count} articles: index {own:.0f} MB ({1000 * own / count:.2f} kB each), all else {rest:.0f} MB")
    worst = measure(store, language, rounds)
    stored, taken = adding(store, language)
    print(f"storing an article, {PER_PAGE} a page: {stored:.2f} ms, of which the index {taken:.2f} ms")
    print(f"worst p95 {worst:.0f} ms (bar {_BAR:.0f})")
    store.close()
    return worst < _BAR


def main() -> None:
    """Reads the command line."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=int, default=100_000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--rounds", type=int, default=20)
    options = parser.parse_args()
    if options.folder:
        good = benchmark(options.folder, options.articles, options.rounds)
    else:
        with tempfile.TemporaryDirectory() as folder:
            good = benchmark(Path(folder), options.articles, options.rounds)
    sys.exit(not good)


if __name__ == "__main__":
    main()
