"""What pages set by hand showed to be missing, on pages as small as can be."""

from __future__ import annotations

from digest.extract import extract_page

_TEXT = "一盘石磨立在院子里，磨齿早已被岁月啃得发亮。每年腊月，豆浆便顺着磨沿淌下来。\n"


def test_a_name_alone_under_a_headline_signs_the_piece() -> None:
    article = extract_page(f"# 外婆的院子\n\n林小满\n\n{_TEXT}").articles[0]
    assert (article.headline, article.byline) == ("外婆的院子", ("林小满",))


def test_a_place_of_work_may_stand_before_the_name() -> None:
    article = extract_page(f"# 外婆的院子\n\n松城第二中学 周 禾\n\n{_TEXT}").articles[0]
    assert article.byline == ("周禾",)


def test_a_name_that_the_text_speaks_of_is_no_credit() -> None:
    article = extract_page(f"# 人物\n\n林小满\n\n林小满推开院门。{_TEXT}").articles[0]
    assert article.byline == ()


def test_where_an_author_works_is_no_name_and_no_text() -> None:
    article = extract_page(f"# 外婆的院子\n\n林小满\n\n{_TEXT}\n（作者单位：松城大学）\n").articles[0]
    assert (article.byline, len(article.paragraphs)) == (("林小满",), 1)


def test_one_character_a_line_is_one_heading() -> None:
    upright = "\n".join("新桥今日通车")
    page = f"{upright}\n\n本报讯（记者 林小满） 昨日，河湾新桥建成，两岸往来只需五分钟。\n"
    assert extract_page(page).articles[0].headline == "新桥今日通车"


def test_a_folio_in_pieces_is_left_over() -> None:
    page = f"理 论\n2025年9月16日\n星期二\n海屏日报\n6\n\n外婆的院子\n{_TEXT}"
    found = extract_page(page)
    assert [left.reason for left in found.leftovers] == ["folio"] * 5
    assert found.articles[0].headline == "外婆的院子"


def test_plain_short_lines_under_a_marked_heading_are_verse() -> None:
    page = "# 渡口\n\n□林小满\n\n船还系在老柳树下\n撑船的人去了南方\n河水每天都来问一遍\n"
    assert extract_page(page).articles[0].paragraphs == (
        "船还系在老柳树下",
        "撑船的人去了南方",
        "河水每天都来问一遍",
    )


def test_a_telephone_under_a_notice_is_part_of_it() -> None:
    page = (
        "拍卖公告\n\n受委托，我公司定于七月二日公开拍卖机器设备一批，参考价八十六万元，"
        "有意者请于前一日办理登记手续。\n\n联系电话：0998－5530077\n"
    )
    assert extract_page(page).articles[0].paragraphs[-1] == "联系电话：0998－5530077"


def test_a_sentence_marked_as_a_heading_is_text() -> None:
    page = "# 蓝莓开花\n\n# 近日，走进青石乡蓝莓基地，一串串白色的小花缀满枝头，蜜蜂穿梭其间。\n"
    assert extract_page(page).articles[0].lead.startswith("近日，走进")


def test_a_scanners_header_is_left_over() -> None:
    page = (
        f"<header>松城日报 2025年3月4日</header>\n\n# 外婆的院子\n\n{_TEXT}\n<page_number>7</page_number>\n"
    )
    assert [left.reason for left in extract_page(page).leftovers] == ["folio", "folio"]
