"""Scores the extraction on pages of house styles that no rule was made for, by the public scorer's method.

DIGEST_CORPUS=… python -m benchmarks.held_out [--pages 10] [--style NAME] [--calibration] [--verbose]
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import os
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final, Protocol, cast

from digest.extract import extract_page
from digest.model import Article
from tests.typesetting.drawn import drawn_style
from tests.typesetting.hand_set import pages as hand_set
from tests.typesetting.manuscripts import Manuscript, seeded
from tests.typesetting.press import SetPage, set_page
from tests.typesetting.styles import STYLES, HouseStyle

_FIGURES: Final = ("segmentation", "headline", "lead", "byline", "paragraphs", "exact")
_WORST: Final = 5
_SHEAF: Final = 6
_LONGEST: Final = 9
_SHORT: Final = 22
_RIGHT: Final = 0.98
_BINS: Final = 10


class Scorer(Protocol):
    """What is used of the corpus's score.py."""

    def score_page(
        self, gold: dict[str, Any], found: dict[str, Any], blank: frozenset[int], say: Callable[[str], None]
    ) -> tuple[dict[str, float], int, int]: ...

    def total(self, figures: dict[str, float]) -> float: ...

    def match(
        self, gold: list[dict[str, Any]], found: list[dict[str, Any]]
    ) -> tuple[dict[int, tuple[int, float]], list[int]]: ...

    def score_article(
        self, g: dict[str, Any], f: dict[str, Any], similarity: float, blank: frozenset[int]
    ) -> dict[str, float]: ...


@dataclass(frozen=True)
class Scored:
    """A page's figures, and every difference in words."""

    page: SetPage
    figures: dict[str, float]
    spurious: int
    differences: tuple[str, ...]


def load_scorer(corpus: Path) -> Scorer:
    """The public scorer out of the corpus's folder."""
    spec = importlib.util.spec_from_file_location("corpus_score", corpus / "score.py")
    if spec is None or spec.loader is None:
        raise FileNotFoundError(corpus / "score.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return cast("Scorer", module)


def as_found(article: Article) -> dict[str, Any]:
    """An article with the keys that the scorer reads."""
    return {**asdict(article), "lines": [list(part) for part in article.lines]}


def score(page: SetPage, scorer: Scorer) -> Scored:
    """How well the page is read."""
    found = {
        "page": page.name,
        "articles": [as_found(article) for article in extract_page(page.text).articles],
    }
    differences: list[str] = []
    figures, _, spurious = scorer.score_page(page.gold, found, page.blank, differences.append)
    return Scored(page, figures | {"total": scorer.total(figures)}, spurious, tuple(differences))


def mean(scored: Sequence[Scored]) -> dict[str, float]:
    """The mean of each figure over pages."""
    return {key: sum(page.figures[key] for page in scored) / len(scored) for key in scored[0].figures}


def score_style(
    style: HouseStyle, pages: int, scorer: Scorer, articles: Sequence[Manuscript] = ()
) -> list[Scored]:
    """The first pages of a house style, scored; of `articles` where there are any, else of written ones."""
    sheaves = [seeded(style.name, seed).sample(articles, _SHEAF) if articles else [] for seed in range(pages)]
    return [score(set_page(style, seed, manuscripts=sheaf), scorer) for seed, sheaf in enumerate(sheaves)]


def printed_articles(corpus: Path) -> list[Manuscript]:
    """Articles that were printed, from the truth of the corpus, to be set anew."""
    found: list[Manuscript] = []
    for path in sorted((corpus / "typeset" / "gold").glob("*.json")):
        articles = json.loads(path.read_text(encoding="utf-8"))["articles"]
        found += [_as_manuscript(a) for a in articles if a["publish"] and not a["continued_from"]]
    return list(
        {text.paragraphs[0]: text for text in found if text.headline or text.kind == "photo"}.values()
    )


def _as_manuscript(gold: dict[str, Any]) -> Manuscript:
    texts = tuple(gold["paragraphs"][:_LONGEST])
    crossheads = frozenset(
        n for n, text in enumerate(texts) if n and len(text) < _SHORT and text[-1] not in "。！？”"
    )
    authors = tuple(gold["byline"])
    return Manuscript(
        gold["kind"],
        gold["headline"],
        texts,
        crossheads if len(texts) - 1 not in crossheads else frozenset(),
        kicker="".join(gold["kicker"]) or None,
        deck=" ".join(gold["deck"]) or None,
        authors=authors or ("林小满",),
        photographer=authors[0] if authors else "周禾",
        captions=tuple(gold["captions"]),
        place="松城",
    )


def confidences(pages: Sequence[SetPage], scorer: Scorer) -> list[tuple[float, bool]]:
    """For every article found: its confidence, and whether text and headline are right."""
    judged: list[tuple[float, bool]] = []
    for page in pages:
        articles = [article for article in extract_page(page.text).articles if article.kind != "note"]
        gold = [article for article in page.articles if article["publish"]]
        found = [as_found(article) for article in articles]
        pairs, _ = scorer.match(gold, found)
        right = {
            there: bool(scorer.score_article(gold[here], found[there], similarity, page.blank)["headline"])
            and similarity >= _RIGHT
            for here, (there, similarity) in pairs.items()
        }
        judged += [(article.confidence, right.get(index, False)) for index, article in enumerate(articles)]
    return judged


def print_calibration(judged: Sequence[tuple[float, bool]]) -> None:
    """Of the articles in each bin of confidence, how many are right."""
    print("confidence   articles   mean confidence   right")
    for step in range(_BINS):
        low, high = step / _BINS, (step + 1) / _BINS
        inside = [item for item in judged if low <= item[0] < high or (high == 1 and item[0] == 1)]
        if inside:
            confidence = sum(item[0] for item in inside) / len(inside)
            right = sum(item[1] for item in inside) / len(inside)
            print(f"{low:.1f}–{high:.1f}   {len(inside):10}   {confidence:15.3f}   {right:5.3f}")
    print(f"all       {len(judged):10}   {'':15}   {sum(item[1] for item in judged) / len(judged):5.3f}")


def _print_row(name: str, figures: dict[str, float], spurious: int) -> None:
    numbers = "  ".join(f"{figures[key]:8.3f}" for key in ("total", *_FIGURES))
    print(f"{name:24}  {numbers}  {spurious:5}")


def _print_table(by_style: dict[str, list[Scored]]) -> None:
    print(f"{'house style':24}  " + "  ".join(f"{key[:8]:>8}" for key in ("total", *_FIGURES)) + "  wrong")
    for name, scored in by_style.items():
        _print_row(name, mean(scored), sum(page.spurious for page in scored))
    every = [page for scored in by_style.values() for page in scored]
    _print_row("MEAN", mean(every), sum(page.spurious for page in every))


def _print_worst(scored: Sequence[Scored], count: int) -> None:
    for page in sorted(scored, key=lambda page: page.figures["total"])[:count]:
        print(f"\n{page.page.name}  total {page.figures['total']:.3f}")
        print("\n".join(page.differences))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pages", type=int, default=10, help="pages of each style")
    parser.add_argument("--style", help="this style alone")
    parser.add_argument("--hand-set", action="store_true", help="the pages set by hand instead")
    parser.add_argument("--drawn", type=int, default=0, help="this many styles drawn at random instead")
    parser.add_argument(
        "--printed", action="store_true", help="set the corpus's articles instead of written ones"
    )
    parser.add_argument(
        "--calibration", action="store_true", help="how often articles of a confidence are right"
    )
    parser.add_argument(
        "--worst", type=int, default=_WORST, help="how many pages to show with their differences"
    )
    parser.add_argument("--show", action="store_true", help="print the pages of the style too")
    args = parser.parse_args()
    corpus = Path(os.environ.get("DIGEST_CORPUS", ""))
    if not (corpus / "score.py").is_file():
        sys.exit("name the folder with score.py in DIGEST_CORPUS")
    scorer = load_scorer(corpus)
    every = [drawn_style(seed) for seed in range(args.drawn)] if args.drawn else STYLES
    styles = [
        style for style in every if args.style in {None, style.name} and not (args.printed and style.english)
    ]
    articles = printed_articles(corpus) if args.printed else []
    by_style = (
        {page.name: [score(page, scorer)] for page in hand_set()}
        if args.hand_set
        else {style.name: score_style(style, args.pages, scorer, articles) for style in styles}
    )
    if args.show:
        print("\n".join(page.page.text for scored in by_style.values() for page in scored))
    _print_table(by_style)
    _print_worst([page for scored in by_style.values() for page in scored], args.worst)
    if args.calibration:
        pages = [page.page for scored in by_style.values() for page in scored]
        print_calibration(confidences(pages, scorer))
    return 0


if __name__ == "__main__":
    sys.exit(main())
