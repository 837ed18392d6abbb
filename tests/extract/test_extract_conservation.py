from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.extract import extract_page
from digest.model import Article, Extraction
from tests.extract.extract_golden import FOLDER, sections
from tests.extract.fictional_articles import ARTICLES
from tests.extract.typesetter import STYLES, Style, set_page

FRAGMENTS = (
    "本报讯（记者 林小满 周禾）昨日，河湾新桥建成通车。",
    "新华社松城3月3日电（记者苏北辰）断流十年的湿地重新蓄水，",
    "（上接第1版）",
    "（下转A4版）",
    "(下转\n第四版)",
    "本报记者 贺 兰 通讯员 苏北辰 摄",
    "□ 本报评论员",
    "(尹青、牛曙文/摄)",
    "## 松城夜间图书馆亮灯到零点",
    "# 题 #",
    "河湾新桥河湾新桥建成通车建成通车",
    "红红火火恍恍惚惚",
    "作 等 情 况 汇 报 。",
    "开\n栏\n语",
    "【编者按】",
    "责任编辑：秋水",
    "山川日报 2025年3月4日 星期二 第3版",
    "![图](a.png)",
    "| 表 | 格 |",
    "|---|---|",
    "> 引文",
    "**加粗**",
    "<br>",
    "\u200b\ufeff\x00\ue000",
    "\u3000\u3000",
    "environ-\nment 5G网络",
    "记者：怎么来的？",
    "——访馆长方宁",
    "（新华社松城3月9日电）",
    "《“）—…、",
    "2025年3月1日",
    "来源：山川日报",
    "今日导读",
    "晴转多云 3～8℃ 东北风3～4级",
)

pages = st.lists(
    st.one_of(
        st.sampled_from(FRAGMENTS),
        st.sampled_from(["\n", "\n\n", "\n\n\n\n", " ", ""]),
        st.text(max_size=12),
        st.text(alphabet="中国新桥通车，。“”（）《》 \n#*|-版讯电摄记者0123", max_size=60),
    ),
    max_size=30,
).map("".join)


def characters(text: str) -> Counter[str]:
    return Counter(char for char in text if not char.isspace())


def fields(article: Article) -> Counter[str]:
    texts = [*article.kicker, *article.deck, *article.paragraphs, *article.captions, *article.jumps]
    texts += [article.column or "", article.byline_text or "", article.dateline or ""]
    if article.headline_source == "printed":
        texts.append(article.headline)
    return characters("".join(texts))


def everything(extraction: Extraction) -> Counter[str]:
    found = Counter[str]()
    for article in extraction.articles:
        found += fields(article)
    for leftover in extraction.leftovers:
        found += characters(leftover.text)
    for repair in extraction.repairs:
        found += characters(repair.text)
    return found


@given(pages)
@settings(max_examples=300, deadline=None)
def test_every_character_stands_in_exactly_one_place(page: str) -> None:
    assert everything(extract_page(page)) == characters(page)


@given(pages)
@settings(max_examples=100, deadline=None)
def test_articles_are_whole_and_point_at_lines_of_the_page(page: str) -> None:
    last = page.count("\n") + 1
    for article in extract_page(page).articles:
        assert article.headline.strip()
        assert article.lead == article.paragraphs[0]
        assert article.parts
        assert all(1 <= part.first <= part.last <= last for part in article.parts)


@given(pages)
@settings(max_examples=50, deadline=None)
def test_extraction_is_deterministic(page: str) -> None:
    assert extract_page(page) == extract_page(page)


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_set_pages_lose_nothing(style: Style) -> None:
    page = set_page(ARTICLES, style)
    assert everything(extract_page(page)) == characters(page)


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_golden_pages_lose_nothing(path: Path) -> None:
    page = sections(path)["page"]
    assert everything(extract_page(page)) == characters(page)


@pytest.mark.parametrize("page", ["", " \n\t\n", "\u3000", "\n" * 50])
def test_empty_text_has_no_articles(page: str) -> None:
    assert extract_page(page) == Extraction()
