from __future__ import annotations

from datetime import date

from digest.extract import extract_page
from digest.extract.traditional import exchanged
from digest.model import Folio

PAGE = """海角日報　2025年3月4日　第4版

渡輪碼頭擬遷址

本報訊（記者 陳詠詩 黃家俊）使用逾四十年的海角渡輪碼頭因結構老化，擬於明年遷往新填海區。後天起諮詢街坊。
（下轉第六版）
"""


def test_traditional_page_is_read_and_shown_as_printed() -> None:
    found = extract_page(PAGE)
    (article,) = found.articles
    assert article.headline == "渡輪碼頭擬遷址"
    assert article.byline == ("陳詠詩", "黃家俊")
    assert article.dateline == "本報訊"
    assert article.jumps == ("（下轉第六版）",)
    assert article.continues_on == 6
    assert article.paragraphs[0].startswith("使用逾四十年的")
    assert article.lead == article.paragraphs[0]
    assert found.folio == Folio("海角日報", date(2025, 3, 4), 4, "4")


def test_what_is_known_of_a_traditional_page_is_not_changed() -> None:
    assert extract_page(PAGE, Folio(paper="海角报")).folio.paper == "海角报"


def test_exchanging_twice_restores_every_character() -> None:
    text = "".join(map(chr, range(0x4E00, 0x9FFF)))
    assert exchanged(text) != text
    assert exchanged(exchanged(text)) == text
    assert len(set(exchanged(text))) == len(text)
