"""The demo pages, in two house styles the corpus does not have, against what is printed on them."""

from __future__ import annotations

import json
from pathlib import Path

from benchmarks.held_out import Scorer, load_scorer
from digest.codec import extraction_to_json
from digest.extract import extract_page
from digest.inbox.naming import compile_patterns, folio_of_path
from digest.shipped import shipped

PATTERNS = compile_patterns(("{paper}/{date}/{page}", "{paper}_{date}_{page}"))
REACHED = 0.92
"""The mean total when this was last raised."""


def test_demo_pages_are_read_as_well_as_before(corpus: Path) -> None:
    score = load_scorer(corpus)
    golds = sorted((Path(__file__).parents[1] / "golden" / "seeds").glob("*.json"))
    assert len(golds) == 8
    totals = {gold.stem: _total(score, gold) for gold in golds}
    assert sum(totals.values()) / len(totals) >= REACHED - 0.005, totals


def _total(score: Scorer, path: Path) -> float:
    gold = json.loads(path.read_text(encoding="utf-8"))
    [page] = [p for p in shipped("seeds").rglob(gold["page"]) if p.is_file()]
    folio = folio_of_path(page.relative_to(shipped("seeds")).as_posix(), PATTERNS)
    found = extraction_to_json(extract_page(page.read_text(encoding="utf-8"), folio))
    figures, _, _ = score.score_page(gold, found, frozenset(), lambda _: None)
    return score.total(figures)
