"""Which parts on two pages make one article."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from uuid import UUID

from digest.extract.joining import Half, join, pair_jumps
from digest.model import Article, Folio, Part

DAY = date(2031, 5, 6)
HEAD = Article("news", "新桥昨日通车", paragraphs=("新桥昨日通",), byline=("林一舟",), continues_on=4)
TAIL = Article(
    "news", "新桥昨日通车", paragraphs=("车。", "桥长千米。"), byline=("王小满",), continued_from=1
)


def half(number: int, page: int, article: Article, label: str | None = None) -> Half:
    return Half(UUID(int=number), Folio("晨报", DAY, page, label or str(page)), article)


def ids(pairs: list[tuple[Half, Half]]) -> list[tuple[int, int]]:
    return [(head.id.int, tail.id.int) for head, tail in pairs]


def test_parts_that_name_each_other_are_paired_in_whichever_order() -> None:
    parts = [half(1, 1, HEAD), half(2, 4, TAIL)]
    assert ids(pair_jumps(parts)) == [(1, 2)]
    assert ids(pair_jumps(parts[::-1])) == [(1, 2)]


def test_tail_without_a_headline_is_paired_by_the_pages_it_names() -> None:
    tail = replace(TAIL, headline="桥长千米", headline_source="derived")
    assert ids(pair_jumps([half(1, 1, HEAD), half(2, 4, tail)])) == [(1, 2)]


def test_several_jumps_between_two_pages_are_told_by_their_headlines() -> None:
    other_head = replace(HEAD, headline="城东小学迎新", paragraphs=("开学了。",))
    other_tail = replace(TAIL, headline="城东小学迎新")
    parts = [half(1, 1, HEAD), half(2, 1, other_head), half(3, 4, other_tail), half(4, 4, TAIL)]
    assert sorted(ids(pair_jumps(parts))) == [(1, 4), (2, 3)]


def test_headless_tail_goes_to_the_head_no_other_tail_claims() -> None:
    other = replace(HEAD, headline="城东小学迎新", paragraphs=("孩子们走进",))
    headless = replace(TAIL, headline="教室", headline_source="derived")
    parts = [half(1, 1, HEAD), half(2, 1, other), half(3, 4, TAIL), half(4, 4, headless)]
    assert sorted(ids(pair_jumps(parts))) == [(1, 3), (2, 4)]


def test_jump_that_names_another_page_is_not_paired() -> None:
    assert pair_jumps([half(1, 1, HEAD), half(2, 4, replace(TAIL, continued_from=2))]) == []
    assert pair_jumps([half(1, 1, HEAD), half(2, 5, TAIL)]) == []


def test_sections_of_a_paper_are_told_apart() -> None:
    head = replace(HEAD, continues_on_label="A4")
    assert pair_jumps([half(1, 1, head, "A1"), half(2, 4, TAIL, "B4")]) == []
    assert ids(pair_jumps([half(1, 1, head, "A1"), half(2, 4, TAIL, "A4")])) == [(1, 2)]


def test_tail_that_names_no_page_needs_the_same_headline() -> None:
    silent = replace(TAIL, continued_from=None)
    assert ids(pair_jumps([half(1, 1, HEAD), half(2, 4, silent)])) == [(1, 2)]
    assert pair_jumps([half(1, 1, HEAD), half(2, 4, replace(silent, headline="粮价平稳"))]) == []


def test_whole_has_the_heading_of_the_head_and_both_bodies() -> None:
    whole = join(HEAD, TAIL, (Part("paragraph", 3, 4),))
    assert whole.paragraphs == ("新桥昨日通车。", "桥长千米。")
    assert whole.lead == "新桥昨日通车。"
    assert whole.byline == ("林一舟", "王小满")
    assert (whole.continues_on, whole.continued_from) == (4, 1)
    assert whole.lines == ((3, 4),)


def test_headline_that_only_the_tail_prints_is_taken() -> None:
    head = replace(HEAD, headline="新桥昨日通", headline_source="derived")
    assert join(head, TAIL, ()).headline == "新桥昨日通车"


def test_paragraphs_that_end_are_not_run_together() -> None:
    ended = replace(HEAD, paragraphs=("新桥昨日通车。",))
    assert join(ended, TAIL, ()).paragraphs == ("新桥昨日通车。", "车。", "桥长千米。")
