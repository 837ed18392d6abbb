from __future__ import annotations

from datetime import date

import pytest

from digest.extract import extract_page, parse_folio
from digest.extract.credits import head_report, parse_credit, tail_credit
from digest.extract.datelines import head_dateline, tail_dateline, year_of
from digest.extract.derive import derived_headline
from digest.extract.folio import folio_piece
from digest.extract.furniture import furniture
from digest.extract.jumps import head_jump, tail_jump
from digest.extract.numerals import chinese, number_of
from digest.model import Folio


@pytest.mark.parametrize(
    ("line", "folio"),
    [
        ("山川日报 2025年3月4日 星期二 第3版", Folio("山川日报", date(2025, 3, 4), 3, "3")),
        ("A4 要闻 2025年3月4日 星期二 山川晨报", Folio("山川晨报", date(2025, 3, 4), 4, "A4")),
        ("二〇二五年三月四日 星期二 第十二版 山川日报", Folio("山川日报", date(2025, 3, 4), 12, "十二")),
        ("山 川 日 报 2025-03-04 03版", Folio("山川日报", date(2025, 3, 4), 3, "03")),
        ("2025.3.4 星期二 乙巳年二月初五 04 综合", Folio(None, date(2025, 3, 4), 4, "04")),
        ("松城晚报 四版 文化", Folio("松城晚报", None, 4, "四")),
        ("20250304 山川日报 B12", Folio("山川日报", date(2025, 3, 4), 12, "B12")),
        ("SONGCHENG TIMES  Tuesday, March 4, 2025 | 3", Folio("SONGCHENG TIMES", date(2025, 3, 4), 3, "3")),
        ("Yundu Harbour Post 4 March 2025 Page 3", Folio("Yundu Harbour Post", date(2025, 3, 4), 3, "3")),
        ("山川日报 中华民国一一四年三月四日 第3版", Folio("山川日报", date(2025, 3, 4), 3, "3")),
        (
            "3 要闻 责编：秋水 美编：长天 电话：0351-1234567 山川日报 2025年3月4日",
            Folio("山川日报", date(2025, 3, 4), 3, "3"),
        ),
    ],
)
def test_folio_is_read_in_the_notations_of_papers(line: str, folio: Folio) -> None:
    assert parse_folio(line) == folio


@pytest.mark.parametrize(
    "line",
    [
        "",
        "2025年3月4日，全县召开大会。",
        "《山川日报》8月6日二版刊发",
        "山川日报记者林小满昨日获评全国先进工作者 2025年3月4日在松城举行颁奖仪式并作报告",
        "2025年13月40日 星期二",
        "松城 4",
        "山川日报" * 40,
    ],
)
def test_other_lines_are_no_folio(line: str) -> None:
    assert parse_folio(line) is None


def test_what_is_known_of_a_page_comes_before_its_folio_line() -> None:
    known = Folio(paper="山川晨报", number=5, label="A5")
    folio = extract_page("山川日报 2025年3月4日 星期二 第3版", known).folio
    assert folio == Folio("山川晨报", date(2025, 3, 4), 5, "A5")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("（记者 林小满 周禾）", ("林小满", "周禾")),
        ("本报记者林小满 通讯员 周 禾 文/图", ("林小满", "周禾")),
        ("（山川日报全媒体记者 林小满、见习记者 周禾）", ("林小满", "周禾")),
        ("□ 林小满", ("林小满",)),
        ("陆 川 摄", ("陆川",)),
        ("作者：艾丽娅·哈桑", ("艾丽娅·哈桑",)),
        ("(尹青、牛曙、薛立文/摄)", ("尹青", "牛曙", "薛立")),
        ("记者 John Smith", ("John Smith",)),
        ("□ 本报评论员", ("本报评论员",)),
        ("●《山川日报》3月4日二版刊发", ()),
        ("本报记者 林小满 文/ 周禾 图", ("林小满", "周禾")),
        ("读者 周禾", ("周禾",)),
        ("Liu Heng and Zhou He contributed to this story.", ("Liu Heng", "Zhou He")),
    ],
)
def test_credits_are_read(text: str, names: tuple[str, ...]) -> None:
    credit = parse_credit(text)
    assert credit is not None
    assert credit.names == names


@pytest.mark.parametrize(
    "text",
    [
        "记者手记",
        "为美好生活出发",
        "（试行）",
        "当日例行记者会上，有记",
        "记者：建冰场的主意是怎么来的？",
        "",
        "（完）",
        "□" + "长" * 90,
    ],
)
def test_other_texts_are_no_credit(text: str) -> None:
    assert parse_credit(text) is None


@pytest.mark.parametrize(
    ("text", "before"),
    [
        ("集市持续到月底。（贺兰心）", "集市持续到月底。"),
        ("集市持续到月底。 本报记者 贺兰心 摄", "集市持续到月底。"),
        ("他说：“好。”（贺兰心、周禾文/图）", "他说：“好。”"),
    ],
)
def test_a_credit_is_taken_off_the_end_of_a_paragraph(text: str, before: str) -> None:
    found = tail_credit(text)
    assert found is not None
    assert found[0] == before


@pytest.mark.parametrize("text", ["谁来担责（见图）", "草案（征求意见稿）。", "全文共六章。（待续）"])
def test_brackets_that_name_nobody_stay(text: str) -> None:
    assert tail_credit(text) is None


@pytest.mark.parametrize(
    ("text", "place", "day"),
    [
        ("本报讯（记者林小满）今天", None, None),
        ("本报松城5月15日讯（记者", "松城", "05-15"),
        ("新华社松城 5月 15 日电 今天", "松城", "05-15"),
        ("本报讯 日前", None, None),
        ("据新华社松城15日电 今天", "松城", None),
        ("山川日报讯：今天", None, None),
        ("本报青石专电（记者", "青石", None),
        ("【本报讯】今天", None, None),
        ("【本报松城5月15日电】今天", "松城", "05-15"),
        ("【综合报导】今天", None, None),
        ("综合新华社报道 九国船只", None, None),
        ("新华社“雪鸮”号3月3日电（记者", "“雪鸮”号", "03-03"),
    ],
)
def test_datelines_are_read(text: str, place: str | None, day: str | None) -> None:
    found = head_dateline(text)
    assert found is not None
    assert (found[0].place, found[0].date) == (place, day)


@pytest.mark.parametrize(
    "text",
    [
        "本报讲述的故事",
        "中国电信发布公告",
        "电影节开幕了",
        "人民网电商平台上线",
        "【深读】今天",
        "综合报道组成立",
    ],
)
def test_other_beginnings_are_no_dateline(text: str) -> None:
    assert head_dateline(text) is None


@pytest.mark.parametrize(
    ("text", "names", "place"),
    [
        ("〔记者林小满／松城报导〕今天", ("林小满",), "松城"),
        ("【本报记者林小满、周禾报导】今天", ("林小满", "周禾"), None),
        ("（记者 林小满 现场报道）今天", ("林小满",), None),
        ("本报记者 林小满 松城报道 今天", ("林小满",), "松城"),
    ],
)
def test_reporters_may_stand_before_the_text(text: str, names: tuple[str, ...], place: str | None) -> None:
    found = head_report(text)
    assert found is not None
    printed, credit, dateline, rest = found
    assert (credit.names, dateline.place, rest) == (names, place, "今天")
    assert "".join((printed + dateline.text + rest).split()) == "".join(text.split())


def test_a_dateline_may_stand_at_the_end() -> None:
    found = tail_dateline("会议明年再开。（新华社松城5月9日电 记者林小满）")
    assert found is not None
    assert (found[0], found[1].place, found[1].date) == ("会议明年再开。", "松城", "05-09")
    assert tail_dateline("他订了《松城晚报》（本报有售）") is None


@pytest.mark.parametrize(
    ("month", "day", "page", "dated"),
    [
        (12, 31, date(2025, 1, 1), date(2024, 12, 31)),
        (1, 1, date(2024, 12, 31), date(2025, 1, 1)),
        (3, 3, date(2025, 3, 4), date(2025, 3, 3)),
        (2, 29, date(2025, 3, 1), date(2024, 2, 29)),
        (2, 30, date(2025, 3, 1), None),
    ],
)
def test_the_year_is_that_nearest_to_the_page(month: int, day: int, page: date, dated: date | None) -> None:
    assert year_of(month, day, page) == dated


@pytest.mark.parametrize(
    ("text", "way", "number", "label"),
    [
        ("（下转第4版）", "on", 4, "4"),
        ("(下转四版)", "on", 4, "四"),
        ("【下转A04版】", "on", 4, "A04"),
        ("（转第二版）", "on", 2, "二"),
        ("（上接第1版）", "from", 1, "1"),
        ("(上接8版《新桥通车》)", "from", 8, "8"),
        ("▶下转第3版", "on", 3, "3"),
        ("（紧接第一版）", "from", 1, "一"),
    ],
)
def test_jumps_are_read_in_all_notations(text: str, way: str, number: int, label: str) -> None:
    head, tail = head_jump(text), tail_jump("正文。" + text)
    assert head is not None
    assert tail is not None
    assert head[0] == tail[1]
    assert tail[0] == "正文。"
    assert (tail[1].way, tail[1].number, tail[1].label) == (way, number, label)


@pytest.mark.parametrize(
    ("text", "way", "number"),
    [
        ("See GOJI, page 6", "on", 6),
        ("Continued on page A6", "on", 6),
        ("From page 1", "from", 1),
        ("Continued from page 1", "from", 1),
    ],
)
def test_english_jumps_stand_alone(text: str, way: str, number: int) -> None:
    found = head_jump(text)
    assert found is not None
    assert (found[0].text, found[0].way, found[0].number, found[1]) == (text, way, number, "")
    assert head_jump(text + " of the book") is None


@pytest.mark.parametrize("text", ["他接过第4版样稿", "下转", "（见第4条）", "（下转第版）"])
def test_other_texts_are_no_jump(text: str) -> None:
    assert head_jump(text) is None
    assert tail_jump(text) is None


@pytest.mark.parametrize(
    ("lead", "headline"),
    [
        ("近日，记者从县水务局获悉，河湾新桥全线贯通，年底通车。", "河湾新桥全线贯通"),
        ("3月2日，云岭县茶园开采，比去年早了九天。", "云岭县茶园开采，比去年早了九天"),
        ("短", "短"),
        ("“以后想几点进城就几点进城，”菜农说，“不用等船。”", "“以后想几点进城就几点进城，”菜农说"),
    ],
)
def test_a_missing_headline_is_a_clause_of_the_lead(lead: str, headline: str) -> None:
    assert derived_headline(lead).startswith(headline[:6])
    assert derived_headline(lead) in lead


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("责任编辑：秋水 版式：长天", "editors"),
        ("本版责编 秋水", "editors"),
        ("新闻热线：0351-1234567", "editors"),
        ("国内统一连续出版物号 CN 14-0000", "masthead"),
        ("今日8版 第12345期", "masthead"),
        ("今日导读", "index"),
        ("天气预报", "weather"),
        ("松城 晴转多云 3～8℃", "weather"),
        ("公益广告", "advertisement"),
        ("◆◆◆", "markup"),
        ("山川日报 2025年3月4日 第3版", "folio"),
    ],
)
def test_furniture_is_told_with_its_reason(line: str, reason: str) -> None:
    assert furniture(line) == reason


@pytest.mark.parametrize("line", ["气温骤降10℃", "编辑部里的故事", "河湾新桥建成通车", "责任编辑由他担任。"])
def test_headings_are_no_furniture(line: str) -> None:
    assert furniture(line) is None


@pytest.mark.parametrize(
    ("numeral", "value"),
    [("十", 10), ("二十三", 23), ("一百零五", 105), ("二〇二五", 2025), ("头", None), ("", None)],
)
def test_chinese_numerals(numeral: str, value: int | None) -> None:
    assert chinese(numeral) == value


def test_page_labels_are_numbers_without_their_section() -> None:
    assert [number_of(label) for label in ("4", "A04", "B12", "四", "版")] == [4, 4, 12, 4, None]


@pytest.mark.parametrize(
    ("page", "text"),
    [
        ("本报讯（记者 林小满）湖水清澈，采用 environ-\nmental 标准，水质达到三类。", "environmental"),
        ("本报讯（记者 林小满）新系统名为 Open\nWater，今天起在全县使用，可以实时查看。", "Open Water"),
    ],
)
def test_latin_words_are_put_together_over_line_ends(page: str, text: str) -> None:
    assert text in extract_page(page + "\n" * 2 + "新系统上线").articles[0].lead


@pytest.mark.parametrize(
    ("line", "folio"),
    [
        ("A3 城事", Folio(number=3, label="A3")),
        ("02要闻·县域", Folio(number=2, label="02")),
        ("4", Folio(number=4, label="4")),
        ("第三版", Folio(number=3, label="三")),
        ("2025年3月4日 星期二 综合新闻", Folio(date=date(2025, 3, 4))),
        ("2025年3月1日", None),
        ("10项措施惠民", None),
        ("SONGCHENG REVIEW", Folio("SONGCHENG REVIEW")),
        ("Tuesday, March 4, 2025", Folio(None, date(2025, 3, 4))),
        ("Night trains return", None),
        ("March 4, 2025", None),
        ("河湾新桥建成通车", None),
        ("2025年3月4日，星期二。", None),
        ("", None),
    ],
)
def test_pieces_of_a_folio_are_read(line: str, folio: Folio | None) -> None:
    assert folio_piece(line) == folio


def test_a_folio_may_be_set_on_several_lines() -> None:
    page = "A3 城事\n\n2025年3月4日 星期二\n\n## 河湾新桥建成通车\n\n本报讯（记者 林小满）新桥昨日建成通车。"
    extraction = extract_page(page, Folio(paper="山川晨报"))
    assert extraction.folio == Folio("山川晨报", date(2025, 3, 4), 3, "A3")
    assert [leftover.reason for leftover in extraction.leftovers] == ["folio", "folio"]


def test_a_note_may_begin_with_its_label() -> None:
    page = "## 凌晨四点的松城\n\n编者按：城市里有许多不起眼的行当。本报今起推出报道，敬请关注。"
    (note,) = extract_page(page).articles
    assert (note.kind, note.column) == ("note", "编者按：")
    assert note.lead.startswith("城市里")


def test_a_part_printed_twice_is_printed_once() -> None:
    page = "本报讯（记者 林小满）新桥昨日建成通车，两岸往来方便。\n\n河湾新桥建成通车建成通车"
    assert extract_page(page).articles[0].headline == "河湾新桥建成通车"


def test_a_notice_parts_from_its_heading_without_a_blank() -> None:
    heading = "青石县水利局河湾渠停水通告"
    first = f"{heading}\n为保障春灌安全，河湾渠定\n于3月10日至3月16日停水检修，\n请沿线各村蓄水。"
    other = "本报讯（记者 林小满）河湾新\n桥建成通车，两岸往来只要五分\n钟，公交线路同日开通，票价两\n元。"
    notice = extract_page(f"{first}\n\n{other}").articles[0]
    assert (notice.kind, notice.headline) == ("notice", heading)
