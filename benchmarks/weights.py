"""Fits the weights of digest/extract/weights.py on written articles in styles drawn at random; prints them.

One weight after the other is made larger or smaller as long as the pages are read better; styles kept back
say whether others gain too. DIGEST_CORPUS=… python -m benchmarks.weights [--styles 150] [--sweeps 2]
"""

from __future__ import annotations

import argparse
import os
import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final
from unittest.mock import Mock, patch

from benchmarks.held_out import Scorer, as_found, load_scorer
from digest.extract import extract_page, layout, page
from digest.extract.layout import Placed
from digest.extract.units import Unit
from digest.extract.weights import WEIGHTS
from tests.typesetting.drawn import drawn_style
from tests.typesetting.press import SetPage, set_page
from tests.typesetting.styles import STYLES

_FIRST: Final = 1000
"""The first style drawn for fitting; those below stay unseen."""

_KEPT_BACK: Final = 5000
_NAMED_SEEDS: Final = (20, 21)
_FACTORS: Final = (0.7, 1.4)
_GAIN: Final = 2e-4
"""What a page must be read better on the mean for a weight to change."""

_GIVEN: Final = frozenset(
    {
        "most lines belong to an article",
        "loose, yet speaks of the bodies beside it",
        "loose, yet marked as a heading",
        "texts are longer",
        "an article without text",
    }
)
"""Not fitted: written pages have too few lines that belong to no article, and none that only look short."""

_Reading = tuple[tuple[str, bool], ...]


@dataclass
class Sample:
    """A page as far as the layout does not change it; readings that were scored are kept."""

    printed: SetPage
    units: list[Unit]
    known: dict[_Reading, float] = field(default_factory=dict[_Reading, float])


def sample(printed: SetPage) -> Sample:
    """The page with the units that the layout is given."""
    given: list[Unit] = []

    def kept(units: Sequence[Unit]) -> list[Placed]:
        given.extend(units)
        return layout.place(units)

    with patch.object(page, "place", kept):
        extract_page(printed.text)
    return Sample(printed, given)


def worth(kept: Sample, scorer: Scorer) -> float:
    """The total of the page as it is read with the present weights."""
    placed = layout.place(kept.units)
    reading = tuple((item.role, item.starts) for item in placed)
    if reading not in kept.known:
        with patch.object(page, "place", Mock(return_value=placed)):
            articles = extract_page(kept.printed.text).articles
        found = {"page": kept.printed.name, "articles": [as_found(article) for article in articles]}
        figures, _, _ = scorer.score_page(kept.printed.gold, found, kept.printed.blank, Mock())
        kept.known[reading] = scorer.total(figures)
    return kept.known[reading]


def mean(samples: Sequence[Sample], scorer: Scorer) -> float:
    """The mean total of pages with the present weights."""
    return sum(worth(kept, scorer) for kept in samples) / len(samples)


def sweep(samples: Sequence[Sample], scorer: Scorer, best: float, order: random.Random) -> float:
    """Tries each weight once larger and once smaller; the mean total reached."""
    names = [name for name in WEIGHTS if name not in _GIVEN]
    for name in order.sample(names, len(names)):
        for factor in _FACTORS:
            before = WEIGHTS[name]
            WEIGHTS[name] = round(before * factor, 2)
            reached = mean(samples, scorer)
            if reached > best + _GAIN:
                print(f"{reached:.4f}  {name}: {before} → {WEIGHTS[name]}", flush=True)
                best = reached
                break
            WEIGHTS[name] = before
    return best


def drawn(first: int, count: int) -> list[Sample]:
    """A page each of styles drawn at random."""
    return [sample(set_page(drawn_style(first + n), n % 3)) for n in range(count)]


def table(weights: Iterable[tuple[str, float]]) -> str:
    """The weights as they stand in the module."""
    return "\n".join(f'    "{name}": {weight},' for name, weight in weights)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--styles", type=int, default=150)
    parser.add_argument("--sweeps", type=int, default=2)
    args = parser.parse_args()
    scorer = load_scorer(Path(os.environ.get("DIGEST_CORPUS", "")))
    named = [sample(set_page(style, seed)) for style in STYLES for seed in _NAMED_SEEDS]
    samples, kept_back = [*drawn(_FIRST, args.styles), *named], drawn(_KEPT_BACK, args.styles)
    best, order = mean(samples, scorer), random.Random(1)  # noqa: S311 - an order, no secret
    print(f"before: fitted {best:.4f}, kept back {mean(kept_back, scorer):.4f}", flush=True)
    for _ in range(args.sweeps):
        best = sweep(samples, scorer, best, order)
        print(f"after: fitted {best:.4f}, kept back {mean(kept_back, scorer):.4f}", flush=True)
    print(table(WEIGHTS.items()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
