"""What holds for every page, whatever stands on it: typeset, spoiled, cut up, or no page at all."""

from __future__ import annotations

import sys
import unicodedata
from collections import Counter
from dataclasses import replace
from types import FrameType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.extract import extract_page
from tests.extract.invariants import broken
from tests.typesetting.press import set_page
from tests.typesetting.styles import STYLES, HouseStyle

_SEEDS = 10_000
_GROWTH = 4
_MOST_GROWTH = 1.15
_BY_NAME = {style.name: style for style in STYLES}
_ANY_DEFECT = (
    "stray marks",
    "page numbers",
    "images",
    "tables",
    "entities",
    "invisible",
    "justified",
    "ascii",
    "confused",
    "brackets",
)
_IN_ANY_ORDER = {
    "comment page": 1.0,
    "every line parted": 0.9,
    "heading amid the body": 0.85,
    "letter-spaced weekly": 0.95,
    "ocr of a bad scan": 0.95,
    "ocr plain lines": 0.85,
    "ocr wrapped": 0.9,
    "printed indents": 0.85,
    "unindented flush": 1.0,
}
"""The least share of articles that come out the same, heading and text, wherever they stand on the page."""

styles = st.sampled_from(STYLES)
seeds = st.integers(0, _SEEDS)


@given(styles, seeds)
@settings(max_examples=60, deadline=None)
def test_typeset_pages_lose_nothing(style: HouseStyle, seed: int) -> None:
    assert broken(set_page(style, seed).text) is None


@given(styles, seeds, st.sets(st.sampled_from(_ANY_DEFECT)))
@settings(max_examples=60, deadline=None)
def test_spoiled_pages_lose_nothing(style: HouseStyle, seed: int, defects: set[str]) -> None:
    assert broken(set_page(replace(style, defects=frozenset(defects)), seed).text) is None


@given(styles, seeds, st.data())
@settings(max_examples=60, deadline=None)
def test_pieces_of_pages_lose_nothing(style: HouseStyle, seed: int, data: st.DataObject) -> None:
    lines = set_page(style, seed).text.split("\n")
    kept = data.draw(st.lists(st.sampled_from(lines), max_size=40))
    assert broken("\n".join(kept)) is None


@given(st.text(max_size=300))
@settings(max_examples=200, deadline=None)
def test_no_text_raises_or_loses_anything(text: str) -> None:
    assert broken(text) is None


@given(styles, seeds)
@settings(max_examples=20, deadline=None)
def test_the_same_page_gives_the_same_extraction(style: HouseStyle, seed: int) -> None:
    page = set_page(style, seed).text
    assert extract_page(page) == extract_page(page)


@pytest.mark.parametrize("name", _IN_ANY_ORDER)
def test_articles_are_the_same_in_another_order(name: str) -> None:
    same = total = 0
    for seed in range(4):
        first, second = (_articles(_BY_NAME[name], seed, order) for order in (None, 7))
        same += (first & second).total()
        total += max(first.total(), second.total())
    assert same / total >= _IN_ANY_ORDER[name]


def _articles(style: HouseStyle, seed: int, order: int | None) -> Counter[str]:
    bare = replace(style, folio=(), editors=None, furniture=(), advertisement=False, defects=frozenset())
    found = extract_page(set_page(bare, seed, order=order).text).articles
    return Counter(
        _folded("\n".join((a.headline, *a.kicker, *a.deck, *a.byline, *a.paragraphs))) for a in found
    )


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text)


def calls(page: str) -> int:
    """How many functions are called to read the page: a measure of time that no other program disturbs."""
    count = 0

    def counted(_frame: FrameType, event: str, _arg: object) -> None:
        nonlocal count
        count += event in {"call", "c_call"}

    sys.setprofile(counted)
    try:
        extract_page(page)
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.parametrize("name", ["provincial daily", "ocr daily", "ocr dense lines", "very narrow"])
def test_the_work_grows_with_the_length_and_no_faster(name: str) -> None:
    page = set_page(_BY_NAME[name], 1).text + "\n"
    small = calls(page * _GROWTH)
    assert calls(page * _GROWTH * _GROWTH) <= _GROWTH * _MOST_GROWTH * small
