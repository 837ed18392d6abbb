"""The figures on real pages with known truth; DIGEST_CORPUS names their folder, no part of the project."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from digest.extract import extract_page
from digest.model import Article

_ALLOWANCE = 0.005
_REACHED = {"pages": ("pages", "gold", 0.984), "typeset": ("typeset/pages", "typeset/gold", 0.962)}


def as_scored(article: Article) -> dict[str, Any]:
    """The keys of an article that the scorer reads."""
    keys = (
        "kind",
        "headline",
        "headline_source",
        "kicker",
        "deck",
        "column",
        "byline",
        "place",
        "date",
        "lead",
    )
    keys += ("paragraphs", "continues_on", "continued_from", "captions", "lines")
    return {key: getattr(article, key) for key in keys}


def total(corpus: Path, pages: str, gold: str, found: Path) -> float:
    with found.open("w", encoding="utf-8") as out:
        for page in sorted((corpus / pages).glob("*.txt")):
            articles = [
                as_scored(article) for article in extract_page(page.read_text(encoding="utf-8")).articles
            ]
            out.write(json.dumps({"page": page.name, "articles": articles}, ensure_ascii=False) + "\n")
    command = [sys.executable, str(corpus / "score.py"), str(found), "--gold", str(corpus / gold), "--json"]
    return json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)["total"]


@pytest.mark.parametrize("name", _REACHED)
def test_total_is_not_below_what_was_reached(corpus: Path, tmp_path: Path, name: str) -> None:
    pages, gold, reached = _REACHED[name]
    assert total(corpus, pages, gold, tmp_path / "found.jsonl") >= reached - _ALLOWANCE
