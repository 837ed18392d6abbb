"""Hand-written articles in plain house styles come out as they were set: text, heading and authors."""

from __future__ import annotations

import unicodedata
from typing import Any

import pytest

from digest.extract import extract_page
from digest.model import Article
from tests.typesetting.hand_written import ARTICLES
from tests.typesetting.plain_styles import PLAIN_STYLES
from tests.typesetting.press import set_page
from tests.typesetting.styles import HouseStyle

_A_PAGE = 5
_MISSES = {"after": 1, "narrow": 2, "ocr signed": 3}
"""Articles that are not read as they were set; every other style is read without a fault."""


def folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def told(headline: str, parts: list[list[str]], body: list[str], names: list[str]) -> tuple[object, ...]:
    return (
        folded(headline),
        tuple(folded("".join(part)) for part in parts),
        tuple(map(folded, body)),
        tuple(names),
    )


def as_set(truth: dict[str, Any]) -> tuple[object, ...]:
    return told(truth["headline"], [truth["kicker"], truth["deck"]], truth["paragraphs"], truth["byline"])


def as_read(article: Article) -> tuple[object, ...]:
    printed = article.headline if article.headline_source == "printed" else ""
    return told(printed, [[*article.kicker], [*article.deck]], [*article.paragraphs], [*article.byline])


@pytest.mark.parametrize("style", PLAIN_STYLES, ids=lambda style: style.name)
def test_articles_come_out_as_they_were_set(style: HouseStyle) -> None:
    wrong = 0
    for start in range(0, len(ARTICLES), _A_PAGE):
        page = set_page(style, start, manuscripts=ARTICLES[start : start + _A_PAGE])
        found = list(map(as_read, extract_page(page.text).articles))
        assert len(found) == len(page.articles) == _A_PAGE
        wrong += sum(as_set(truth) not in found for truth in page.articles)
    assert wrong <= _MISSES.get(style.name, 0)
