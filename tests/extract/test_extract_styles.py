"""House styles that no rule was written for: the compositor's pages must be read as they were set."""

from __future__ import annotations

import unicodedata

import pytest

from digest.extract import extract_page
from digest.model import Article
from tests.extract.fictional_articles import ARTICLES, Manuscript
from tests.extract.typesetter import STYLES, Style, set_page

_A_PAGE = 5
_MISSES = {"after": (1, 0), "blank lines": (1, 0), "above": (1, 0), "hanging": (1, 0)}
"""Articles whose paragraphs and whose headings may be wrong; every other style is read without a miss."""


def folded(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def read(style: Style) -> list[tuple[Manuscript, Article | None]]:
    """Each manuscript and the article that has its headline or its text."""
    pairs: list[tuple[Manuscript, Article | None]] = []
    for start in range(0, len(ARTICLES), _A_PAGE):
        manuscripts = ARTICLES[start : start + _A_PAGE]
        articles = extract_page(set_page(manuscripts, style)).articles
        assert len(articles) <= len(manuscripts)
        by_lead = {folded(article.lead)[:12]: article for article in articles}
        pairs += [
            (manuscript, by_lead.get(folded(manuscript.paragraphs[0])[:12])) for manuscript in manuscripts
        ]
    return pairs


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_articles_come_out_as_they_were_set(style: Style) -> None:
    pairs = read(style)
    paragraphs = sum(article is None or not same_body(manuscript, article) for manuscript, article in pairs)
    headings = sum(article is None or not same_heading(manuscript, article) for manuscript, article in pairs)
    assert (paragraphs, headings) <= _MISSES.get(style.name, (0, 0))
    assert headings <= _MISSES.get(style.name, (0, 0))[1]


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_authors_are_found_in_every_place_they_stand(style: Style) -> None:
    wrong = [m.headline for m, article in read(style) if article is None or article.byline != m.authors]
    assert len(wrong) <= _MISSES.get(style.name, (0, 0))[1]


@pytest.mark.parametrize("style", [STYLES[0], STYLES[1]], ids=lambda style: style.name)
def test_the_order_of_articles_on_a_page_does_not_matter(style: Style) -> None:
    def headlines(manuscripts: tuple[Manuscript, ...]) -> set[str]:
        return {article.headline for article in extract_page(set_page(manuscripts, style)).articles}

    assert headlines(ARTICLES[:_A_PAGE]) == headlines(ARTICLES[_A_PAGE - 1 :: -1])


def same_body(manuscript: Manuscript, article: Article) -> bool:
    return [folded(text) for text in manuscript.paragraphs] == [folded(text) for text in article.paragraphs]


def same_heading(manuscript: Manuscript, article: Article) -> bool:
    return (
        article.headline_source == "printed"
        and folded(article.headline) == folded(manuscript.headline)
        and folded("".join(article.kicker)) == folded(manuscript.kicker or "")
        and folded("".join(article.deck)) == folded(manuscript.deck or "")
    )
