"""The public scorer's total on fictional PDF pages, in the styles rules were made with and in others."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.held_out import Scorer, as_found, load_scorer
from digest.extract import extract_page
from digest.inbox.documents.pdf_page import read_pdf
from tests.inbox.newsprint import gold
from tests.inbox.pdf_press import Style
from tests.inbox.press_pages import STYLES, Printed, printed_pages
from tests.inbox.unseen_styles import UNSEEN

_REACHED = {"seen": (STYLES, 0.999), "unseen": (UNSEEN, 0.99)}
_ALLOWANCE = 0.01


def squeezed(text: str) -> str:
    return "".join(text.split())


def total(page: Printed, scorer: Scorer) -> float:
    text = read_pdf(page.content)[0].text
    truth = gold(page.name, page.pieces)
    lines = list(map(squeezed, text.split("\n")))
    for article in truth["articles"]:
        own = list(map(squeezed, article["paragraphs"]))
        article["lines"] = [[n, n] for n, line in enumerate(lines, 1) if any(part in line for part in own)]
    found = {"page": page.name, "articles": list(map(as_found, extract_page(text).articles))}
    figures, _, _ = scorer.score_page(truth, found, frozenset(), lambda _: None)
    return scorer.total(figures)


@pytest.mark.parametrize("name", _REACHED)
def test_total_on_pdf_pages_is_no_lower_than_before(corpus: Path, name: str) -> None:
    styles, reached = _REACHED[name]
    assert mean_total(styles, load_scorer(corpus)) >= reached - _ALLOWANCE


def mean_total(styles: tuple[Style, ...], scorer: Scorer) -> float:
    totals = [total(page, scorer) for style in styles for page in printed_pages(style, range(1))]
    return sum(totals) / len(totals)
