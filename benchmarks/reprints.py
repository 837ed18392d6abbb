"""Measures how well reprints are told from other events told alike, side by side with datasketch.

DIGEST_CORPUS=… python -m benchmarks.reprints [--articles FILE.jsonl[.gz]] [--count 300] [--half held-out]

Without articles the texts are invented. datasketch is compared when it can be imported.
"""

from __future__ import annotations

import argparse
import os
import re
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from importlib import import_module
from math import comb
from pathlib import Path
from typing import Any, Final
from uuid import UUID

from benchmarks.reprint_variants import Maker, Original, Specimen, fictional_originals, halves, read_originals
from digest.model import ArchivedArticle
from digest.rank.reprints import fold_reprints

Grouping = Mapping[UUID, object]
"""For each article the story it was put into."""
Method = Callable[[Sequence[ArchivedArticle]], Grouping]

_DATASKETCH_THRESHOLDS: Final = (0.3, 0.4, 0.5, 0.6)
_PUNCTUATION: Final = re.compile(r"[\W_]+")


@dataclass(frozen=True)
class Figures:
    """How a grouping agrees with the truth; precision and recall are of pairs."""

    ari: float
    precision: float
    recall: float
    wrong: int
    missed: int


def figures_of(truth: Grouping, found: Grouping) -> Figures:
    """Adjusted Rand index (Hubert and Arabie 1985) and pairs."""
    both = _pairs(Counter((truth[key], found[key]) for key in truth))
    true, said = _pairs(Counter(truth.values())), _pairs(Counter(found[key] for key in truth))
    expected = true * said / max(1, comb(len(truth), 2))
    ari = (both - expected) / ((true + said) / 2 - expected)
    return Figures(ari, both / max(1, said), both / max(1, true), said - both, true - both)


def _pairs(sizes: Counter[Any]) -> int:
    return sum(comb(size, 2) for size in sizes.values())


def ours(articles: Sequence[ArchivedArticle]) -> Grouping:
    folded = fold_reprints(articles)
    return {archived.id: folded.get(archived.id, archived.id) for archived in articles}


def datasketch_method(threshold: float) -> Method:
    """MinHash of runs of three characters, LSH, and whoever is found together is one story."""
    datasketch: Any = import_module("datasketch")  # not one of the project's libraries

    def grouped(articles: Sequence[ArchivedArticle]) -> Grouping:
        index = datasketch.MinHashLSH(threshold=threshold, num_perm=128)
        group: dict[UUID, UUID] = {}
        for archived in articles:
            text = _PUNCTUATION.sub("", "".join(archived.article.paragraphs))
            sketch = datasketch.MinHash(num_perm=128)
            sketch.update_batch([text[place : place + 3].encode() for place in range(len(text) - 2)])
            near = [_root(group, other) for other in index.query(sketch)]
            group[archived.id] = archived.id
            for root in near:
                group[root] = archived.id
            index.insert(archived.id, sketch)
        return {key: _root(group, key) for key in group}

    return grouped


def _root(group: dict[UUID, UUID], key: UUID) -> UUID:
    while group[key] != key:
        key = group[key]
    return key


def methods() -> dict[str, Method]:
    found: dict[str, Method] = {"fold_reprints": ours}
    try:
        for threshold in _DATASKETCH_THRESHOLDS:
            found[f"datasketch {threshold}"] = datasketch_method(threshold)
    except ImportError:
        print("datasketch is not installed; pip install it in another environment to compare")
    return found


def measure(name: str, method: Method, specimens: Sequence[Specimen]) -> None:
    """Prints a method's figures."""
    articles = [specimen.archived for specimen in specimens]
    begun = time.perf_counter()
    found = method(articles)
    seconds = time.perf_counter() - begun
    result = figures_of({specimen.archived.id: specimen.story for specimen in specimens}, found)
    print(
        f"{name:18} ARI {result.ari:.3f}  precision {result.precision:.3f}  recall {result.recall:.3f}  "
        f"{len(articles) / seconds:7,.0f} articles/s"
    )


def default_articles() -> Path | None:
    """The collection of newspaper articles under DIGEST_CORPUS, if there is one."""
    root = os.environ.get("DIGEST_CORPUS")
    path = Path(root or ".") / "ranking" / "interests" / "articles.jsonl.gz"
    return path if root and path.is_file() else None


def _originals(path: Path | None, count: int, seed: int) -> list[Original]:
    return read_originals(path) if path else fictional_originals(2 * count, seed)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--articles", type=Path, default=default_articles())
    parser.add_argument(
        "--fictional", action="store_true", help="invented texts, even where there are others"
    )
    parser.add_argument("--count", type=int, default=300, help="originals taken")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--half", choices=("tuning", "held-out"), default="held-out")
    args = parser.parse_args()
    originals = _originals(None if args.fictional else args.articles, args.count, args.seed)
    tuning, held_out = halves(originals, args.seed)
    chosen = (tuning if args.half == "tuning" else held_out)[: args.count]
    specimens = Maker(chosen, args.seed).make()
    kinds = Counter(specimen.made for specimen in specimens)
    print(f"{len(chosen)} originals, {len(specimens)} articles: {dict(kinds)}")
    for name, method in methods().items():
        measure(name, method, specimens)


if __name__ == "__main__":
    main()
