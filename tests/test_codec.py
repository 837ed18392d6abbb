"""Articles and reasons survive the way to JSON and back."""

from __future__ import annotations

import json
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.codec import (
    article_from_json,
    article_to_json,
    extraction_to_json,
    leftovers_from_json,
    reasons_from_json,
    reasons_to_json,
    repairs_from_json,
)
from digest.errors import DigestError
from digest.model import Article, Extraction, Folio, Hit, Leftover, Part, Reason, Repair

texts = st.text(max_size=12)
lists = st.lists(texts, max_size=3).map(tuple)
articles = st.builds(
    Article,
    kind=st.sampled_from(["news", "photo", "notice"]),
    headline=texts,
    kicker=lists,
    deck=lists,
    column=st.none() | st.text(min_size=1, max_size=5),
    byline=lists,
    dated=st.none() | st.dates(),
    lead=st.text(min_size=1, max_size=12),
    paragraphs=lists,
    continues_on=st.none() | st.integers(1, 40),
    parts=st.lists(
        st.builds(
            Part,
            role=st.sampled_from(["paragraph", "headline"]),
            first=st.integers(1, 9),
            last=st.integers(9, 99),
        ),
        max_size=3,
    ).map(tuple),
    confidence=st.floats(0, 1),
)


@given(articles)
def test_article_survives_json(article: Article) -> None:
    assert article_from_json(json.loads(json.dumps(article_to_json(article)))) == article


def test_reasons_survive_json() -> None:
    reasons = (Reason("数字经济", 31.5, (Hit("body", 2, 4, 8),)), Reason("recency", -1.0))
    assert reasons_from_json(json.loads(json.dumps(reasons_to_json(reasons)))) == reasons


def test_extraction_is_told_whole() -> None:
    extraction = Extraction(
        articles=(Article("news", "春耕"),),
        leftovers=(Leftover("folio", "晨报", 1, 1),),
        repairs=(Repair("markup", "#", 3),),
        folio=Folio("晨报", date(2031, 5, 6), 4, "四"),
    )
    record = json.loads(json.dumps(extraction_to_json(extraction)))
    assert record["folio"] == {"paper": "晨报", "date": "2031-05-06", "number": 4, "label": "四"}
    assert leftovers_from_json(record["leftovers"]) == extraction.leftovers
    assert repairs_from_json(record["repairs"]) == extraction.repairs
    assert record["articles"][0]["headline"] == "春耕"


@pytest.mark.parametrize("record", [{"headline": 3}, {"headline": "a", "paragraphs": "text"}])
def test_wrong_type_names_its_key(record: dict[str, object]) -> None:
    with pytest.raises(DigestError, match=r"headline|paragraphs"):
        article_from_json(record)
