from __future__ import annotations

import pytest

from digest.errors import PageError
from digest.extract import extract_page
from digest.inbox.documents.html_blocks import MOST_ELEMENTS
from digest.inbox.documents.html_page import read_html

LEAD = "昨日，河湾新桥建成通车，两岸往来只需五分钟，比过去缩短了二十分钟。"
NEXT = "工程队连夜完成最后一段护栏的安装，货车绕行的里程每天减少四千公里。"
HARVEST = "机手从清晨一直忙到月亮升起，合作社把烘干设备开到了田边。"

EPAPER = f"""<!DOCTYPE html><html><head><meta charset="utf-8"><title>河湾新桥建成通车--河湾日报</title>
<meta name="author" content="林小满"><meta name="publishdate" content="2026-05-14">
<meta property="og:site_name" content="河湾日报"><script>var a = "脚本不是文字，不应出现。";</script></head>
<body><div class="nav"><a href="/">首页</a> <a href="/2">新闻</a></div>
<div class="pages"><p>第03版：要闻</p>
<ul><li><a href="1">河湾新桥建成通车</a></li></ul></div>
<div class="article-box"><div class="article"><h3>两岸往来只需五分钟</h3><h1>河湾新桥建成通车</h1>
<h2>工程历时两年零三个月</h2>
<p class="sec">本报记者 林小满 通讯员 顾青<span>《河湾日报》（2026年05月14日 第 03 版）</span></p>
<div id="ozoom"><p>　　本报河湾5月13日电&nbsp;（记者林小满）{LEAD}</p><p>　　<b>难题怎样解开</b></p>
<p>　　{NEXT}</p><p style="display: none">隐藏的文字，不应该出现在任何地方。</p></div></div></div>
<div class="footer">版权所有 河湾日报社，未经授权不得转载，违者必究其法律责任。</div></body></html>"""

FOUNDER = f"""<html><head><meta http-equiv="Content-Type"
content="text/html; charset=gb2312"><title>河湾日报数字报</title></head><body><table>
<tr><td class="font02"><founder-introtitle>民生一线见闻</founder-introtitle></td></tr>
<tr><td class="font01"><strong><founder-title>河湾新桥建成通车</founder-title></strong></td></tr>
<tr><td class="font02"><founder-subtitle>工程历时两年</founder-subtitle></td></tr>
<tr><td><div id="ozoom"><founder-content>
<P>　　{LEAD}</P><P>　　{NEXT}</P><P>　　（骆砚）</P></founder-content>
</div></td></tr></table><a href="x">上一篇</a> <a href="y">下一篇</a></body></html>"""

SEVERAL = f"""<html><body><h1 class="logo"><a href="/">河湾日报</a></h1>
<article><h2>河湾新桥建成通车</h2><p class="subtitle">工程历时两年</p>
<p>本报讯（记者 林小满）{LEAD}</p><p>{NEXT}</p></article>
<article><h2>柳溪小麦抢晴开镰</h2><p>{HARVEST}<br>今年亩产比去年高出三十多斤，大家都很高兴。（顾青）</p>
<figure><img src="x">
<figcaption>图为收割现场。 秦朗 摄</figcaption></figure></article></body></html>"""

ENGLISH = """<!doctype html><html lang="en"><head>
<title>Ferry Terminal Opens | Yundu Post</title><meta name="author" content="Ada Linden"></head>
<body><header><a href="/">Yundu Post</a></header><main><article><h1>Ferry Terminal Opens</h1>
<p class="standfirst">Commuters save a quarter of an hour</p>
<p>Officials said on Monday that the terminal had exceeded every forecast &amp; more was to come.</p>
<p>The council has set aside 40,000 yuan for the first boat, enough to last until winter.</p></article>
<section class="related"><h2>Related</h2><p>Wheat harvest beats the rain in Liuxi, and more.</p></section>
</main></body></html>"""


def lines_of(page: str, encoding: str = "utf-8") -> list[str]:
    return [line for line in read_html(page.encode(encoding)).split("\n") if line]


def test_page_of_an_electronic_paper_becomes_folio_headings_byline_and_text() -> None:
    assert lines_of(EPAPER) == [
        "河湾日报 2026年5月14日 第03版",
        "### 两岸往来只需五分钟",
        "# 河湾新桥建成通车",
        "### 工程历时两年零三个月",
        "本报记者 林小满 通讯员 顾青",
        f"本报河湾5月13日电 （记者林小满）{LEAD}",
        "难题怎样解开",
        NEXT,
    ]


def test_extraction_reads_what_is_written() -> None:
    extraction = extract_page(read_html(EPAPER.encode()))
    (article,) = extraction.articles
    assert (article.kicker, article.headline, article.deck) == (
        ("两岸往来只需五分钟",),
        "河湾新桥建成通车",
        ("工程历时两年零三个月",),
    )
    assert article.byline == ("林小满", "顾青")
    assert (extraction.folio.paper, extraction.folio.number) == ("河湾日报", 3)


def test_founders_tags_name_the_parts_of_a_heading() -> None:
    assert lines_of(FOUNDER, "gb18030") == [
        "### 民生一线见闻",
        "# 河湾新桥建成通车",
        "### 工程历时两年",
        LEAD,
        NEXT,
        "（骆砚）",
    ]


def test_every_article_of_a_page_has_its_headline() -> None:
    assert lines_of(SEVERAL) == [
        "# 河湾新桥建成通车",
        "### 工程历时两年",
        f"本报讯（记者 林小满）{LEAD}",
        NEXT,
        "# 柳溪小麦抢晴开镰",
        HARVEST,
        "今年亩产比去年高出三十多斤，大家都很高兴。（顾青）",
        "![]()",
        "图为收割现场。 秦朗 摄",
    ]


def test_english_article_gets_the_author_only_machines_are_told() -> None:
    assert lines_of(ENGLISH) == [
        "# Ferry Terminal Opens",
        "### Commuters save a quarter of an hour",
        "By Ada Linden",
        "Officials said on Monday that the terminal had exceeded every forecast & more was to come.",
        "The council has set aside 40,000 yuan for the first boat, enough to last until winter.",
    ]


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>{}</script>",
        "<style>{}</style>",
        "<!-- {} -->",
        "<template><p>{}</p></template>",
        "<noscript>{}</noscript>",
        "<p hidden>{}</p>",
        '<p aria-hidden="true">{}</p>',
        '<p style="color:red; DISPLAY : none">{}</p>',
        '<div style="visibility:hidden"><p>{}</p></div>',
        '<span style="font-size:0">{}</span>',
        "<textarea>{}</textarea>",
        "<nav><p>{}</p></nav>",
        '<div class="related-news"><p>{}</p></div>',
        '<div id="comments"><p>{}</p></div>',
    ],
)
def test_what_readers_do_not_see_is_left_out(hidden: str) -> None:
    unseen = "此处的文字看不见，读者从来没有读到过它们。"
    page = f"<h1>河湾新桥建成通车</h1><div><p>{LEAD}</p>{hidden.format(unseen)}<p>{NEXT}</p></div>"
    assert lines_of(page) == ["# 河湾新桥建成通车", LEAD, NEXT]


def test_title_stands_in_where_no_heading_is_printed() -> None:
    page = f"<title>河湾新桥建成通车_河湾日报</title><p>{LEAD}</p><p>{NEXT}</p>"
    assert lines_of(page)[0] == "# 河湾新桥建成通车"


def test_teasers_around_the_article_are_left_out() -> None:
    teasers = "".join(f'<li><a href="{n}">柳溪小麦抢晴开镰，机手跨区作业忙收割。</a></li>' for n in range(9))
    page = (
        f"<ul>{teasers}</ul><h1>河湾新桥建成通车</h1><div><p>{LEAD}</p><p>{NEXT}</p></div><ul>{teasers}</ul>"
    )
    assert lines_of(page) == ["# 河湾新桥建成通车", LEAD, NEXT]


def test_entities_are_decoded_and_markup_in_text_is_text() -> None:
    page = f"<h1>A &amp; B&#65306;&#x6865;</h1><p>{LEAD}&lt;script&gt;</p>"
    assert lines_of(page) == ["# A & B：桥", LEAD + "<script>"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_encoding_is_found_without_being_named(encoding: str) -> None:
    page = f"<html><body><h1>河湾新桥建成通车</h1><p>{LEAD}</p></body></html>"
    assert lines_of(page, encoding) == ["# 河湾新桥建成通车", LEAD]


@pytest.mark.parametrize(
    ("named", "encoding"), [("gbk", "gb18030"), ("big5", "cp950"), ("gb2312", "utf-8"), ("nonsense", "utf-8")]
)
def test_named_encoding_is_used_if_it_fits(named: str, encoding: str) -> None:
    text = "今年的春耕已在山中各地進行，大家都很高興。"
    page = f"<meta charset={named}><h1>山中日月</h1><p>{text}</p>"
    assert lines_of(page, encoding) == ["# 山中日月", text]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"<html></html>", "no_text"),
        (b"", "empty"),
        (b"<p>short</p>", "no_text"),
        (b"\0" * 100, "binary"),
        (b"<i></i>" * (MOST_ELEMENTS + 1), "too_complex"),
    ],
)
def test_page_without_an_article_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(PageError) as caught:
        read_html(content)
    assert caught.value.reason == reason


def test_impossible_date_makes_no_folio() -> None:
    assert not lines_of(EPAPER.replace("2026-05-14", "2026-15-44"))[0].startswith("河湾日报")
