"""The press says the truth about what it sets, and the extraction reads its styles as well as it did."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from benchmarks.held_out import load_scorer, mean, score, score_style
from tests.typesetting.drawn import drawn_style
from tests.typesetting.hand_set import pages as hand_set
from tests.typesetting.press import SetPage, set_page
from tests.typesetting.styles import STYLES, HouseStyle

_REACHED = {"named": (STYLES, 0.97), "drawn": ([drawn_style(seed) for seed in range(20)], 0.955)}
_HAND_SET = 0.915
_ALLOWANCE = 0.02
_PAGES = 3


def bare(text: str) -> str:
    return re.sub(r"\s|[#*]", "", text)


def clean(style: HouseStyle, seed: int) -> SetPage:
    return set_page(replace(style, defects=frozenset(), doubled="", advertisement=False), seed)


def headings(article: dict[str, Any]) -> Iterator[str]:
    yield from (*article["kicker"], *article["deck"], article["column"] or "", article["headline"] or "")


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_all_that_is_said_to_be_printed_stands_on_the_page(style: HouseStyle) -> None:
    for seed in range(_PAGES):
        page = clean(style, seed)
        text = bare(page.text)
        for article in page.articles:
            for part in (*headings(article), *article["captions"], *article["byline"]):
                assert bare(part) in text


@pytest.mark.parametrize("page", hand_set(), ids=lambda page: page.name)
def test_all_that_is_said_of_pages_set_by_hand_stands_on_them(page: SetPage) -> None:
    text = bare(page.text)
    for article in page.articles:
        for part in (*headings(article), *article["captions"], *article["byline"]):
            assert bare(part) in text


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_the_lines_of_an_article_hold_its_paragraphs_in_order(style: HouseStyle) -> None:
    for seed in range(_PAGES):
        page = clean(style, seed)
        lines = page.text.split("\n")
        for article in page.articles:
            own = bare("".join("".join(lines[first - 1 : last]) for first, last in article["lines"]))
            at = 0
            for paragraph in article["paragraphs"]:
                at = own.index(bare(paragraph), at) + len(bare(paragraph))


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_no_line_belongs_to_two_articles(style: HouseStyle) -> None:
    page = set_page(style, 1)
    lines = [
        n for article in page.articles for first, last in article["lines"] for n in range(first, last + 1)
    ]
    assert len(lines) == len(set(lines))
    assert not set(lines) & page.blank


def test_pages_are_the_same_from_the_same_seed_and_others_from_another() -> None:
    style = STYLES[0]
    assert set_page(style, 1) == set_page(style, 1)
    assert set_page(style, 1).text != set_page(style, 2).text


@pytest.mark.parametrize("seed", range(20))
def test_drawn_styles_are_set_whole(seed: int) -> None:
    page = clean(drawn_style(seed), seed)
    assert drawn_style(seed) == drawn_style(seed)
    assert all(bare(part) in bare(page.text) for article in page.articles for part in headings(article))


def test_styles_have_names_of_their_own() -> None:
    assert len({style.name for style in STYLES}) == len(STYLES) >= 20


@pytest.mark.parametrize("name", _REACHED)
def test_unseen_styles_are_read_no_worse_than_before(corpus: Path, name: str) -> None:
    styles, reached = _REACHED[name]
    scorer = load_scorer(corpus)
    pages = [page for style in styles for page in score_style(style, _PAGES, scorer)]
    assert mean(pages)["total"] >= reached - _ALLOWANCE


def test_pages_set_by_hand_are_read_no_worse_than_before(corpus: Path) -> None:
    scorer = load_scorer(corpus)
    assert mean([score(page, scorer) for page in hand_set()])["total"] >= _HAND_SET - _ALLOWANCE
