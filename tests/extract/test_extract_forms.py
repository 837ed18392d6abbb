from __future__ import annotations

from datetime import date

import pytest

from digest.extract import extract_page
from digest.extract.captions import is_caption
from digest.extract.credits import head_report, parse_credit
from digest.extract.datelines import head_dateline
from digest.extract.folio import folio_piece
from digest.extract.furniture import furniture
from digest.extract.latin import latin_column, latin_heading, latin_joins
from digest.extract.names import and_parted, listed_names, looks_like_name, parted_names
from digest.extract.notices import names_notice
from digest.extract.repair import rest_of_twins, undoubled, without_markup
from digest.model import Folio, Repair


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("文/林小满 周禾 图/贺兰心", ("林小满", "周禾", "贺兰心")),
        ("文：林小满 图：周禾", ("林小满", "周禾")),
        ("文/图 林小满", ("林小满",)),
        ("本报记者 林小满 文 周禾 摄", ("林小满", "周禾")),
        ("新华社发（林小满 摄）", ("林小满",)),
        ("来源：山川日报 记者：林小满、周禾", ("林小满", "周禾")),
        ("来源：山川日报", ()),
        ("记者 | 林小满 编辑 | 周禾", ("林小满",)),
        ("（林小满周禾）", ("林小满", "周禾")),
        ("（扎西·多吉 巴图·苏和）", ("扎西·多吉", "巴图·苏和")),
        ("林小满和周禾 摄", ("林小满", "周禾")),
        ("(记者 林小满】", ("林小满",)),
        ("【记者 林小满】", ("林小满",)),
        ("◎林小满", ("林小满",)),
        ("■ 融媒体记者 林小满 周禾", ("林小满", "周禾")),
        ("（河湾县健康教育所供稿）", ()),
        ("By Lin Xiaoman and Zhou He", ("Lin Xiaoman", "Zhou He")),
    ],
)
def test_credits_of_many_houses_are_read(text: str, names: tuple[str, ...]) -> None:
    credit = parse_credit(text)
    assert credit is not None
    assert credit.names == names


@pytest.mark.parametrize(
    "text",
    [
        "【快人快语】",
        "■快人快语",
        "◆深读",
        "◆记者蹲点",
        "By the way, it rained",
        "本报记者 林小满 松城报道 清晨",
    ],
)
def test_columns_and_sentences_are_no_credit(text: str) -> None:
    assert parse_credit(text) is None


def test_those_who_write_and_those_who_take_pictures_are_told_apart() -> None:
    both, pictures = parse_credit("文/林小满 图/周禾"), parse_credit("图/周禾")
    assert both is not None
    assert pictures is not None
    assert (both.photo, pictures.photo) == (False, True)


@pytest.mark.parametrize(
    ("text", "credit", "place"),
    [
        ("本报记者 林小满 周 禾 松城报道 清晨，渡口很静。", "本报记者 林小满 周 禾", "松城"),
        ("本报记者 林小满 松城、云岭报道：清晨，渡口很静。", "本报记者 林小满", "松城、云岭"),
    ],
)
def test_a_reporter_may_report_from_a_place(text: str, credit: str, place: str) -> None:
    found = head_report(text)
    assert found is not None
    assert (found[0], found[2].place, found[3]) == (credit, place, "清晨，渡口很静。")


@pytest.mark.parametrize("text", ["本报记者 林小满 摄影报道 清晨", "本报记者了解到，有报道 说"])
def test_other_reports_name_no_place(text: str) -> None:
    assert head_report(text) is None


def test_a_colon_belongs_to_the_dateline() -> None:
    found = head_dateline("松城网消息：清晨，渡口很静。")
    assert found is not None
    assert found[1] == "清晨，渡口很静。"


def test_names_are_known_by_surname_and_length() -> None:
    told = [looks_like_name(text) for text in ("欧阳小满", "周禾", "快人快语", "深读", "扎西·多吉")]
    assert told == [True, True, False, False, True]
    assert parted_names("林小满周大川") == ("林小满", "周大川")
    assert and_parted("李和平") == ["李和平"]


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("林　峥", ("林峥",)),
        ("陆　朔　金北辰　江云舟", ("陆朔", "金北辰", "江云舟")),
        ("金北辰", ("金北辰",)),
        ("新 桥 通 车", ()),
        ("林" * 70, ()),
    ],
)
def test_a_line_of_padded_names_is_read(line: str, names: tuple[str, ...]) -> None:
    assert listed_names(line) == names


def test_names_alone_under_a_body_sign_it() -> None:
    page = "## 河湾新桥通车\n\n新桥昨日建成通车，两岸往来只要五分钟，票价两元。\n\n陆　朔　金北辰"
    assert extract_page(page).articles[0].byline == ("陆朔", "金北辰")


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("河湾新桥通车 详见2版", "index"),
        ("菌菇撑起“致富伞”2版 食堂里的烟火气4版", "index"),
        ("河湾家具城 全场5折起", "advertisement"),
        ("地址：河湾路18号 电话：0000-1234567", "advertisement"),
        ("河湾小吃店遗失公章一枚，声明作废。", "advertisement"),
        ("河湾小吃店遗失公章一枚，声明作废", "advertisement"),
        ("讲文明 树新风 公益广告", "advertisement"),
        ("欢迎来稿 信箱：desk@example.org", "editors"),
        ("- 3 -", "folio"),
        ("第 3 页", "folio"),
        ("今天白天多云，偏东风2到3级，最高气温24℃。", "weather"),
    ],
)
def test_what_stands_beside_the_news_has_its_reason(line: str, reason: str) -> None:
    assert furniture(line) == reason


@pytest.mark.parametrize(
    "line", ["下转2版", "（下转第4版）", "二版扩为四版", "松城今日最高24℃。", "钱包遗失三年后找回。"]
)
def test_news_and_jumps_are_not_beside_the_news(line: str) -> None:
    assert furniture(line) is None


@pytest.mark.parametrize(
    ("line", "folio"),
    [
        ("第03版：综合新闻", Folio(number=3, label="03")),
        ("评论 07", Folio(number=7, label="07")),
        ("2025-03-04", Folio(date=date(2025, 3, 4))),
        ("2025/03/04 TUE", Folio(date=date(2025, 3, 4))),
        ("松城晚报", Folio(paper="松城晚报")),
        ("国内国际", Folio()),
        ("2025年3月4日", None),
        ("评论区里的暖意", None),
    ],
)
def test_single_pieces_of_a_folio_are_known_at_the_edge(line: str, folio: Folio | None) -> None:
    assert folio_piece(line) == folio


@pytest.mark.parametrize(
    "text", ["图为渡口清晨。", "上图：渡口清晨。", "▲渡口清晨", "河湾渡口一角。", "（资料图片）渡口清晨。"]
)
def test_captions_are_known_by_their_form(text: str) -> None:
    assert is_caption(text)


def test_a_caption_after_the_body_is_no_paragraph() -> None:
    page = "## 河湾新桥通车\n\n本报讯（记者 林小满）新桥昨日建成通车，往来方便。\n\n图为新桥通车时的渡口。"
    (article,) = extract_page(page).articles
    assert (len(article.paragraphs), article.captions) == (1, ("图为新桥通车时的渡口。",))


def test_a_text_that_is_all_caption_stays_the_body() -> None:
    (article,) = extract_page(
        "## 渡口清晨\n\n图为河湾渡口的清晨，船工正在解缆。\n\n本报记者 林小满 摄"
    ).articles
    assert article.paragraphs == ("图为河湾渡口的清晨，船工正在解缆。",)


def test_notices_are_called_by_few_words() -> None:
    assert [names_notice(text) for text in ("招领启事", "特此公告", "停水两天")] == [True, False, False]


def test_every_glyph_may_stand_twice() -> None:
    repairs: list[Repair] = []
    assert undoubled("河河湾湾新新桥桥通通车车", 1, repairs) == "河湾新桥通车"
    assert repairs == [Repair("doubled", "河湾新桥通车", 1)]
    assert undoubled("红红火火 平平安安", 1, []) is None
    assert (rest_of_twins("通通车车", 2, []), rest_of_twins("通车", 2, [])) == ("通车", None)


def test_a_doubled_line_may_go_on_in_a_short_one() -> None:
    page = "河河湾湾新新桥桥昨昨日日建建成成\n通通车车\n\n本报讯（记者 林小满）河湾新桥建成，往来方便。"
    assert "通车" in extract_page(page).articles[0].headline
    assert "通通" not in extract_page(page).articles[0].headline


@pytest.mark.parametrize(
    ("line", "bare"),
    [
        (r"同比增长$12.7\%$，创新高", "同比增长12.7%，创新高"),
        (r"$5 0 0$名学生", "500名学生"),
        ("from $5 million to $6 million", "from $5 million to $6 million"),
        ("<!-- image -->渡口", "渡口"),
    ],
)
def test_formulas_and_comments_of_ocr_are_markup(line: str, bare: str) -> None:
    assert without_markup(line, 1, [])[0].strip() == bare


ENGLISH = """Night library opens to all

By Lin Xiaoman

A new night library opened in Songcheng
on Tuesday, ending years of waiting for
more than 75 families in the villages
around.

“We never thought it would happen in our
lifetime,” said Gu Wangshu, who has lived
in Songcheng for 53 years.

New bridge changes life

By Zhou He

Residents of Meixi have been queueing
since dawn this week to see the bridge,
which took 29 days to build.
"""


def test_an_english_page_is_read() -> None:
    first, second = extract_page(ENGLISH).articles
    assert (first.headline, first.byline) == ("Night library opens to all", ("Lin Xiaoman",))
    assert first.paragraphs[1].startswith("“We never thought it would happen in our lifetime,” said Gu")
    assert (second.headline, len(second.paragraphs)) == ("New bridge changes life", 1)


def test_latin_lines_go_on_where_the_next_word_had_no_room() -> None:
    assert latin_column(["a line"] * 4) == 0
    assert not latin_joins("It rained.", "The rest stayed.", 40, 0)
    assert latin_joins("It rained on the", "bridge", 40, 1)
    assert (latin_heading("Rain at last"), latin_heading("It rained.")) == (True, False)


def test_a_column_of_comments_makes_a_commentary() -> None:
    page = "河湾时评\n\n## 把好事办好\n\n□ 林小满\n\n道理并不复杂，重在一个“实”字。期待更多地方这样做。"
    assert extract_page(page).articles[0].kind == "commentary"


def test_names_under_a_dateline_that_fills_its_line_are_its_credit() -> None:
    page = "河湾新桥通车\n\n据新华社松城11月2日电\n（记者 林小满 周　禾）\n清晨，渡口很静，\n新桥昨日通车。"
    (article,) = extract_page(page).articles
    assert (article.dateline, article.byline) == ("据新华社松城11月2日电", ("林小满", "周禾"))
    assert article.lead == "清晨，渡口很静，新桥昨日通车。"


def test_a_reporters_place_may_be_broken_over_two_lines() -> None:
    page = "河湾新桥通车\n\n本报记者 林小满 周大川 河\n湾报道 清晨，渡口静静的，\n新桥昨日通车，往来方便。"
    (article,) = extract_page(page).articles
    assert (article.place, article.byline) == ("河湾", ("林小满", "周大川"))


def test_a_text_signed_by_its_photographer_beside_a_report_is_a_caption() -> None:
    page = (
        "## 河湾新桥通车\n\n本报讯（记者 林小满）新桥昨日建成通车，往来方便。\n\n"
        "船工在新桥边检查缆绳。本报记者 周大川 摄"
    )
    (article,) = extract_page(page).articles
    assert article.byline == ("林小满",)
    assert article.captions == ("船工在新桥边检查缆绳。 本报记者 周大川 摄",)


def test_reporters_in_brackets_may_begin_a_text_without_a_dateline() -> None:
    page = "# 河湾新桥建成通车\n\n（本报记者 林小满）昨日，河湾新桥建成通车，两岸居民都来看。\n"
    (article,) = extract_page(page).articles
    assert article.byline == ("林小满",)
    assert article.lead == "昨日，河湾新桥建成通车，两岸居民都来看。"
    (other,) = extract_page(page.replace("本报记者 林小满", "资料图片")).articles
    assert other.byline == ()


def test_salutation_of_a_letter_is_no_headline() -> None:
    page = "# 充电桩为何不通电\n\n编辑同志：\n\n我住在河湾区槐荫里小区。充电桩装了半年，一直没有通电。\n"
    (article,) = extract_page(page).articles
    assert article.headline == "充电桩为何不通电"
    assert article.paragraphs[0] == "编辑同志："


def test_marked_lines_above_short_items_are_no_part_of_their_text() -> None:
    page = (
        "■地铁末班车延后半小时\n即日起，地铁2号线周五末班车延\n后至23时30分。其余时刻不变。\n"
        "■免费疫苗开放预约\n65岁以上老人可在社区医院预约\n免费流感疫苗，首批共4万支。\n"
        "■三轮车撞上限高杆民警送医\n前晚8时许，一辆三轮车撞上了\n建设路限高杆，车主额头受伤。\n"
    )
    found = extract_page(page).articles
    lines = [text for article in found for text in (article.headline, *article.paragraphs)]
    assert [line for line in lines if line[0] == "■"] == [
        line for line in page.split("\n") if line[:1] == "■"
    ]
