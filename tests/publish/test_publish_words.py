from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.model import Article, Clip, Folio, Hit, Reason
from digest.publish.citation import cite, page_name
from digest.publish.inert import inert, one_line, plain
from digest.publish.marks import marked, paragraph_spans
from digest.publish.phrases import counted
from digest.publish.reasons import keywords, shown_points, shown_score, why
from digest.publish.shorten import sentence_end, shortened
from digest.publish.wrap import WIDTH, columns, wrapped
from tests.publish import publish_samples as samples

TEXTS = st.text(st.characters(), max_size=80)


def clip(*points: float, score: float | None = None) -> Clip:
    reasons = tuple(Reason(f"词{n}", points) for n, points in enumerate(points))
    return Clip(UUID(int=1), UUID(int=2), sum(points) if score is None else score, reasons)


@given(TEXTS)
def test_inert_text_can_be_encoded_and_stays_inert(text: str) -> None:
    kept = inert(text)
    assert kept.encode().decode() == kept
    assert inert(kept) == kept
    assert "\r" not in kept


@given(TEXTS)
def test_one_line_is_one_line(text: str) -> None:
    assert len(one_line(text).splitlines()) <= 1


def test_ordinary_signs_stay_as_printed() -> None:
    printed = "“两会”　聚焦①：５％，㎡……R&D 👩‍🌾"
    assert one_line(printed) == inert(printed) == printed


def test_plain_leaves_arithmetic_and_blanks_alone() -> None:
    assert plain("1 < 2 & 3") == "1 < 2 & 3"


@given(TEXTS, st.lists(st.tuples(st.integers(-5, 90), st.integers(-5, 90)), max_size=6))
def test_marking_loses_no_text_and_closes_every_mark(text: str, spans: list[tuple[int, int]]) -> None:
    html = marked(text, spans)
    assert html.count("<mark>") == html.count("</mark>")
    assert html.replace("<mark>", "").replace("</mark>", "") == marked(text, ())


def test_overlapping_hits_are_one_mark() -> None:
    assert marked("数字经济发展", [(0, 4), (2, 6)]) == "<mark>数字经济发展</mark>"


def test_hits_in_the_lead_are_marked_where_the_lead_stands_in_the_body() -> None:
    article = Article(
        "news", "题", lead="合作社春播。", paragraphs=("小标题", "【记者】合作社春播。", "合作社春播。")
    )
    hit = Clip(UUID(int=1), UUID(int=2), 1.0, (Reason("合作社", 1.0, (Hit("lead", 0, 0, 3),)),))
    assert [paragraph_spans(article, hit, n) for n in range(3)] == [(), ((4, 7),), ()]


def test_a_body_without_lead_is_marked_by_its_own_hits() -> None:
    hit = Clip(
        UUID(int=1), UUID(int=2), 1.0, (Reason("春", 1.0, (Hit("body", 0, 1, 2), Hit("lead", 0, 0, 1))),)
    )
    assert paragraph_spans(Article("news", "题", paragraphs=("立春",)), hit, 0) == ((1, 2),)


def test_points_shown_add_up_to_the_score_shown() -> None:
    shown = shown_points(clip(10.4, 10.4, 10.4))
    assert shown == (11, 10, 10)
    assert sum(shown) == shown_score(clip(10.4, 10.4, 10.4))


@given(st.lists(st.floats(-20, 60), max_size=8))
def test_points_are_never_off_by_more_than_one(points: list[float]) -> None:
    made = clip(*points)
    assert sum(shown_points(made)) == shown_score(made)
    assert all(abs(exact - whole) <= 1 for exact, whole in zip(points, shown_points(made), strict=True))


def test_points_that_do_not_add_up_are_rounded_one_by_one() -> None:
    assert shown_points(clip(10.6, 3.2, score=90.0)) == (11, 3)


def test_an_adjustment_has_a_name_in_each_language_and_an_unknown_one_its_own() -> None:
    made = Clip(UUID(int=1), UUID(int=2), 4.0, (Reason("prominence", 3.0), Reason("holiday", 1.0)))
    assert why(made, "zh-CN") == ("版面位置：+3分", "holiday：+1分")
    assert why(made, "en") == ("prominence: +3 points", "holiday: +1 points")


def test_keywords_are_those_that_hit_without_weights_and_once() -> None:
    assert keywords(samples.NEWS_CLIPPING.clip) == ("数字经济", "大数据")


@pytest.mark.parametrize(
    ("folio", "chinese", "english"),
    [
        (Folio(), "", ""),
        (Folio("山川日报"), "《山川日报》", "山川日报"),
        (Folio(None, date(2025, 3, 4)), "2025-03-04", "2025-03-04"),
        (Folio(None, None, 3), "第3版", "page 3"),
        (Folio(None, None, 4, "A4"), "第A4版", "page A4"),
        (Folio("山川日报", None, 4, "第四版"), "《山川日报》 第四版", "山川日报, page 4"),
        (Folio(None, None, None, "副刊版"), "副刊版", ""),
    ],
)
def test_a_source_names_what_is_known(folio: Folio, chinese: str, english: str) -> None:
    assert (cite(folio, "zh-CN"), cite(folio, "en")) == (chinese, english)


def test_the_year_is_left_out_when_it_is_this_one() -> None:
    folio = Folio("山川日报", date(2024, 12, 31))
    assert cite(folio, "zh-CN", near=date(2025, 1, 2)) == "《山川日报》2024年12月31日"
    assert cite(folio, "zh-CN", near=date(2024, 1, 2)) == "《山川日报》12月31日"
    assert page_name(folio, "zh-CN") == ""


def test_one_clipping_is_singular() -> None:
    assert [counted(n, "en") for n in (0, 1, 2)] == ["0 clippings", "1 clipping", "2 clippings"]


@given(TEXTS, st.integers(2, 40))
def test_cutting_keeps_a_beginning_of_at_most_the_limit(text: str, limit: int) -> None:
    assert sentence_end(text, limit) <= min(limit, len(text))
    assert len(shortened(text, limit)) <= limit


def test_a_cut_includes_the_closing_quotation_mark() -> None:
    text = "他说：“春耕不等人。”社员们抢抓农时，连夜播种，一刻也不停歇。"
    assert text[: sentence_end(text, 16)] == "他说：“春耕不等人。”"


def test_a_point_inside_a_number_ends_no_sentence() -> None:
    assert sentence_end("增长3.5个百分点以上的有十二个县", 8) == 8


@given(TEXTS)
def test_wrapping_loses_nothing_but_blanks(text: str) -> None:
    assert "".join(wrapped(one_line(text)).split()) == "".join(one_line(text).split())


@given(st.text("春耕生产，。（“”）", max_size=120))
def test_lines_keep_the_width_but_for_hanging_punctuation(text: str) -> None:
    for line in wrapped(text, "  ").splitlines():
        assert columns(line.rstrip("，。”）")) <= WIDTH


def test_no_line_begins_with_closing_punctuation_or_ends_with_an_opening_bracket() -> None:
    lines = wrapped("春耕生产，" * 20 + "（播种）" * 20, width=20).splitlines()
    assert not [line for line in lines if line[0] in "，）" or line[-1] == "（"]


def test_latin_words_and_addresses_stay_whole() -> None:
    address = "https://clips.example.org/articles/" + "a" * 80
    assert address in wrapped(f"全文见 {address} 。", width=20).splitlines()[1]


def test_a_combining_accent_takes_no_column() -> None:
    assert columns("e\u0301") == 1


@pytest.mark.parametrize("word", ["×1", "Élysée", "Größe", "Москва", "naïve-café"])
def test_words_of_any_letters_stay_whole_at_the_end_of_a_line(word: str) -> None:
    for width in range(len(word) + 2, len(word) + 12):
        assert word in wrapped(f"in the text {word} stands", width=width).replace("\n", " ").split()
