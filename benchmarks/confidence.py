"""Fits the weights of digest/extract/confidence.py on typeset pages, prints them and held-out calibration.

DIGEST_CORPUS=… python -m benchmarks.confidence [--pages 8]
"""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from math import exp
from pathlib import Path
from typing import Final
from unittest.mock import patch

from benchmarks.held_out import Scorer, as_found, load_scorer, print_calibration
from digest.extract import extract_page, page
from digest.extract.confidence import page_signs, signs_of
from digest.extract.layout import Placed
from digest.model import Article
from tests.typesetting.drawn import drawn_style
from tests.typesetting.press import SetPage, set_page
from tests.typesetting.styles import STYLES

Row = tuple[dict[str, float], bool]
"""The signs of an article, and whether its text and headline are right."""

_RIGHT: Final = 0.98
_FOLDS: Final = 4
_FIRST_DRAWN: Final = 7000
_DRAWN: Final = 40
_ROUNDS: Final = 120
_RATE: Final = 2.0
_RIDGE: Final = 0.002


def rows_of(printed: SetPage, scorer: Scorer) -> list[Row]:
    """The articles found on a page."""
    made: list[tuple[Article, Sequence[Placed]]] = []

    def kept(articles: Sequence[tuple[Article, Sequence[Placed]]]) -> list[Article]:
        made.extend(articles)
        return [article for article, _ in articles]

    with patch.object(page, "with_confidence", kept):
        extract_page(printed.text)
    signs = page_signs([article for article, _ in made])
    counted = [(article, placed) for article, placed in made if article.kind != "note"]
    gold = [article for article in printed.articles if article["publish"]]
    found = [as_found(article) for article, _ in counted]
    pairs, _ = scorer.match(gold, found)
    right = {
        there: similarity >= _RIGHT
        and bool(scorer.score_article(gold[here], found[there], similarity, printed.blank)["headline"])
        for here, (there, similarity) in pairs.items()
    }
    return [
        (signs_of(article, placed, signs), right.get(index, False))
        for index, (article, placed) in enumerate(counted)
    ]


def chance(signs: dict[str, float], weights: dict[str, float]) -> float:
    """How likely an article with these signs is right; the weight of no name stands for all articles."""
    odds = weights.get("", 0.0) + sum(weights.get(name, 0.0) * value for name, value in signs.items())
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))


def fitted(rows: Sequence[Row]) -> dict[str, float]:
    """The weights of a logistic regression, by gradient descent."""
    weights = dict.fromkeys(["", *rows[0][0]], 0.0)
    for _ in range(_ROUNDS):
        slope = dict.fromkeys(weights, 0.0)
        for signs, right in rows:
            error = chance(signs, weights) - right
            slope[""] += error
            for name, value in signs.items():
                if value:
                    slope[name] += error * value
        for name in weights:
            weights[name] -= _RATE * (slope[name] / len(rows) + (_RIDGE * weights[name] if name else 0.0))
    return weights


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=8, help="pages of each style")
    args = parser.parse_args()
    scorer = load_scorer(Path(os.environ.get("DIGEST_CORPUS", "")))
    by_style = [
        [row for seed in range(args.pages) for row in rows_of(set_page(style, seed), scorer)]
        for style in (*STYLES, *(drawn_style(_FIRST_DRAWN + n) for n in range(_DRAWN)))
    ]
    judged: list[tuple[float, bool]] = []
    for fold in range(_FOLDS):
        weights = fitted([row for n, rows in enumerate(by_style) if n % _FOLDS != fold for row in rows])
        held = [row for n, rows in enumerate(by_style) if n % _FOLDS == fold for row in rows]
        judged += [(chance(signs, weights), right) for signs, right in held]
    print("styles held out:")
    print_calibration(judged)
    weights = fitted([row for rows in by_style for row in rows])
    print(f"BIAS: Final = {weights.pop(''):.2f}")
    print("\n".join(f'    "{name}": {weight:.2f},' for name, weight in weights.items()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
