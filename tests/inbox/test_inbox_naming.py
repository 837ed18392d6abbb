from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import ConfigError
from digest.inbox.naming import compile_patterns, folio_of_path, page_number
from digest.model import Folio

PATTERNS = ("{paper}/{date}/{page}.txt", "{paper}_{date}_{page}.txt")
DAY = date(2025, 3, 4)


def folio(path: str, *patterns: str) -> Folio:
    return folio_of_path(path, compile_patterns(patterns or PATTERNS))


@pytest.mark.parametrize(
    "day", ["2025-03-04", "20250304", "2025年3月4日", "2025.3.4", "2025-3-4", "２０２５０３０４"]
)
@pytest.mark.parametrize("template", ["晨报/{}/3.txt", "晨报_{}_3.md", "sub/folder/晨报/{}/3.TXT"])
def test_dates_are_read_in_every_usual_form(day: str, template: str) -> None:
    assert folio(template.format(day)) == Folio("晨报", DAY, 3, "3")


@pytest.mark.parametrize(
    ("label", "number"),
    [
        ("3", 3),
        ("03", 3),
        ("A4", 4),
        ("b12", 12),
        ("第3版", 3),
        ("第四版", 4),
        ("四", 4),
        ("十", 10),
        ("十二版", 12),
        ("第二十版", 20),
        ("二十三", 23),
        ("一百零二", 102),
        ("A01版", 1),
    ],
)
def test_page_labels_are_read_in_every_usual_form_without_padding(label: str, number: int) -> None:
    assert folio(f"晨报/2025-03-04/{label}.txt") == Folio("晨报", DAY, number, label.replace("0", ""))


@pytest.mark.parametrize(
    "path",
    [
        "scan.txt",
        "晨报/2025-13-04/3.txt",
        "晨报/2025-02-30/3.txt",
        "晨报/2025-03.04/3.txt",
        "晨报/2025-03-04/0.txt",
        "晨报/2025-03-04/目录.txt",
        "晨报/2025-03-04/3.pdf",
        "_20250304_3.txt",
        "2025-03-04/3.txt",
    ],
)
def test_names_made_otherwise_say_nothing(path: str) -> None:
    assert folio(path) == Folio()


def test_first_pattern_that_fits_decides() -> None:
    assert folio("a_20250304_3.txt", "{date}_{page}", "{paper}_{date}_{page}").paper == "a"
    assert folio("a_20250304_3.txt", "a_{date}_{page}", "{paper}_{date}_{page}").paper is None


def test_paper_may_hold_the_separator() -> None:
    assert folio("青石_晚报_20250304_B2.txt").paper == "青石_晚报"


def test_placeholders_may_stand_side_by_side() -> None:
    assert folio("晨报20250304第2版.txt", "{paper}{date}{page}") == Folio("晨报", DAY, 2, "第2版")


def test_suffix_in_the_pattern_is_optional() -> None:
    for pattern in ("{paper}-{page}", "{paper}-{page}.txt", "{paper}-{page}.MD"):
        assert folio("晨报-2.md", pattern) == Folio("晨报", None, 2, "2")


def test_other_suffixes_can_be_given() -> None:
    patterns = compile_patterns(["{paper}-{page}.ocr"], (".ocr", ".ocr.md"))
    assert folio_of_path("晨报-2.ocr.md", patterns).number == 2


def test_pattern_text_is_literal() -> None:
    assert folio("x+(a|b)3.txt", ".+(a|b){page}") == Folio()
    assert folio(".+(a|b)3.txt", ".+(a|b){page}").number == 3
    assert folio("{3}.txt", "{{{page}}}").number == 3


@pytest.mark.parametrize(
    ("pattern", "said"),
    [
        ("{paper}/{dat}/{page}.txt", "did you mean {date}?"),
        ("{number}", "placeholders are {paper}, {date}, {page}"),
        ("{}", "unknown placeholder {}"),
        ("{page:03}", "unknown placeholder"),
        ("{page!r}", "unknown placeholder"),
        ("{page.real}", "unknown placeholder"),
        ("{page}_{page}", "{page} twice"),
        ("{page", "brace without its counterpart"),
        ("page}", "brace without its counterpart"),
        ("", "no relative path"),
        (".txt", "no relative path"),
        ("/seeds/{page}", "no relative path"),
        ("../{page}", "no relative path"),
    ],
)
def test_wrong_pattern_is_refused_with_its_remedy(pattern: str, said: str) -> None:
    with pytest.raises(ConfigError) as caught:
        compile_patterns([pattern])
    assert said in str(caught.value)
    assert caught.value.key == "inbox.patterns"


def test_hostile_names_take_no_time() -> None:
    patterns = compile_patterns(["{paper}{date}_{page}", *PATTERNS])
    start = time.process_time()
    for name in ("1" * 20_000, "_20250304" * 3_000, "第一" * 10_000, "2025-03-04_" * 2_000):
        folio_of_path(name + ".txt", patterns)
    assert time.process_time() - start < 2


@given(st.text(max_size=40))
def test_any_pattern_compiles_or_is_a_config_error(pattern: str) -> None:
    try:
        compiled = compile_patterns([pattern])
    except ConfigError:
        return
    assert isinstance(folio_of_path(pattern + ".txt", compiled), Folio)


@given(st.text(max_size=80))
def test_any_path_has_a_folio(path: str) -> None:
    assert isinstance(folio(path), Folio)


@given(st.integers(1, 199))
def test_chinese_numerals_are_read(number: int) -> None:
    digits = "零一二三四五六七八九"
    hundred, tens, ones = number // 100, number // 10 % 10, number % 10
    text = "一百" * hundred
    text += digits[tens] + "十" if tens else "零" * bool(hundred and ones)
    text += digits[ones] if ones else ""
    assert page_number(f"第{text}版") == number


def test_label_without_a_number_has_none() -> None:
    assert page_number("目录") is None
