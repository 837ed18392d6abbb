from __future__ import annotations

import time
from datetime import date

from digest.inbox.revision import is_revision, overlap
from digest.model import Folio

KNOWN = Folio("晨报", date(2025, 3, 4), 3, "3")
NEXT_DAY = Folio("晨报", date(2025, 3, 5), 3, "3")
OLD = "青石市今年春耕已经开始，各县区的农业部门正在组织人员检查农机。"
NEW = "图书馆的新馆昨天开放，当天接待读者两千多人，馆长向来宾介绍情况。"


def test_same_paper_date_and_page_is_a_revision_whatever_the_text() -> None:
    assert is_revision(KNOWN, OLD, KNOWN, NEW)


def test_another_day_with_another_text_is_a_new_page() -> None:
    assert not is_revision(KNOWN, OLD, NEXT_DAY, NEW)


def test_another_day_with_the_same_text_is_a_revision() -> None:
    assert is_revision(KNOWN, OLD, NEXT_DAY, OLD)


def test_unknown_paper_does_not_hinder() -> None:
    assert is_revision(KNOWN, OLD, Folio(None, date(2025, 3, 4), 3, "第三版"), NEW)


def test_another_paper_is_a_new_page() -> None:
    assert not is_revision(KNOWN, OLD, Folio("晚报", date(2025, 3, 4), 3, "3"), NEW)


def test_pages_of_other_sections_are_different() -> None:
    day = date(2025, 3, 4)
    assert not is_revision(Folio("晨报", day, 4, "A4"), OLD, Folio("晨报", day, 4, "B4"), NEW)
    assert is_revision(Folio("晨报", day, 4, "a4"), OLD, Folio("晨报", day, 4, "A4版"), NEW)


def test_without_a_date_agreement_says_nothing() -> None:
    undated = Folio("晨报", None, 3, "3")
    assert not is_revision(undated, OLD, undated, NEW)


def test_first_half_of_a_page_is_revised_by_the_whole() -> None:
    assert is_revision(Folio(), OLD, Folio(), OLD + NEW)
    assert is_revision(Folio(), OLD + NEW, Folio(), OLD)


def test_wrapping_does_not_count() -> None:
    assert overlap(OLD, "\n".join(OLD)) == 1


def test_half_decides() -> None:
    assert is_revision(Folio(), OLD + NEW[:20], Folio(), OLD + NEW[:19:-1])
    assert not is_revision(Folio(), OLD[:15] + NEW, Folio(), OLD[:15] + NEW[::-1])


def test_empty_texts_do_not_overlap() -> None:
    assert overlap("", "") == 0
    assert overlap("", OLD) == 0
    assert overlap("版", "版") == 1


def test_time_grows_linearly() -> None:
    start = time.process_time()
    overlap("甲" * 300_000, "甲乙" * 150_000)
    assert time.process_time() - start < 2
