from __future__ import annotations

from datetime import date

from digest.extract import extract_page, extract_sheets
from digest.model import Folio

HEAD = "山川日报 2025年3月4日 星期二 第{}版\n\n# {}\n\n本报讯（记者 林小满）昨日，{}。两岸居民都来看。\n"
BARE = "# 渡口改造\n\n本报松城3月3日讯（记者 周禾）昨日，渡口改造完工。两岸居民都来看。\n"


def page(number: int, what: str) -> str:
    return HEAD.format(number, what, what)


def test_sheets_are_read_as_pages_of_their_own() -> None:
    texts = {1: page(1, "新桥建成通车"), 2: page(2, "菜价连续回落")}
    assert extract_sheets(texts, Folio()) == [extract_page(text) for text in texts.values()]


def test_what_a_sheet_does_not_say_its_neighbours_do() -> None:
    _, bare, _ = extract_sheets({1: page(5, "新桥建成通车"), 2: BARE, 4: page(8, "菜价连续回落")}, Folio())
    assert bare.folio == Folio("山川日报", date(2025, 3, 4), 6, "6")
    assert bare.articles[0].dated == date(2025, 3, 3)


def test_numbers_are_not_guessed_where_sheets_disagree_or_sections_count() -> None:
    for others in ((1, 7), ("A1", "A3")):
        texts = {1: HEAD.format(others[0], "新桥建成通车", "新桥通车"), 2: BARE}
        texts[3] = HEAD.format(others[1], "菜价连续回落", "菜价回落")
        assert extract_sheets(texts, Folio())[1].folio.number is None


def test_number_in_the_name_of_a_file_with_several_sheets_is_none_of_theirs() -> None:
    known = Folio("山川晨报", date(2025, 3, 5), 9, "9")
    first, second = extract_sheets({1: page(1, "新桥建成通车"), 2: page(2, "菜价连续回落")}, known)
    assert (first.folio.number, second.folio.number) == (1, 2)
    assert (first.folio.paper, first.folio.date) == ("山川晨报", date(2025, 3, 5))
    (alone,) = extract_sheets({1: BARE}, known)
    assert alone.folio.number == 9
