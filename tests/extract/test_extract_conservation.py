from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.extract import extract_page
from digest.model import Extraction
from tests.extract import invariants
from tests.extract.extract_golden import FOLDER, sections
from tests.extract.invariants import broken
from tests.typesetting.hand_set import pages as hand_set
from tests.typesetting.hand_written import ARTICLES
from tests.typesetting.plain_styles import PLAIN_STYLES
from tests.typesetting.press import SetPage, set_page
from tests.typesetting.styles import HouseStyle

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
        st.sampled_from(FRAGMENTS).map("{}\n\n".format),
        st.sampled_from(["\n", "\n\n", "\n\n\n\n", " ", ""]),
        st.text(max_size=12),
        st.text(alphabet="中国新桥通车，。“”（）《》 \n#*|-版讯电摄记者0123", max_size=60),
    ),
    min_size=5,
    max_size=30,
).map("".join)


@given(pages)
@settings(max_examples=300, deadline=None)
def test_every_character_stands_in_exactly_one_place(page: str) -> None:
    assert broken(page) is None


@given(pages)
@settings(max_examples=50, deadline=None)
def test_extraction_is_deterministic(page: str) -> None:
    assert extract_page(page) == extract_page(page)


@pytest.mark.parametrize("style", PLAIN_STYLES, ids=lambda style: style.name)
def test_set_pages_lose_nothing(style: HouseStyle) -> None:
    assert broken(set_page(style, 1, manuscripts=ARTICLES).text) is None


@pytest.mark.parametrize("page", hand_set(), ids=lambda page: page.name)
def test_pages_set_by_hand_lose_nothing(page: SetPage) -> None:
    assert broken(page.text) is None


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_golden_pages_lose_nothing(path: Path) -> None:
    assert broken(sections(path)["page"]) is None


@pytest.mark.parametrize("page", ["", " \n\t\n", "\u3000", "\n" * 50])
def test_empty_text_has_no_articles(page: str) -> None:
    assert extract_page(page) == Extraction()


PAGE = "# 河湾新桥建成通车\n\n本报讯（记者 林小满）昨日，河湾新桥建成通车。两岸居民都来看。\n\n广告\n"


def lossy(found: Extraction) -> Extraction:
    return replace(found, leftovers=())


def doubling(found: Extraction) -> Extraction:
    return replace(found, articles=found.articles * 2)


def headless(found: Extraction) -> Extraction:
    return replace(found, articles=tuple(replace(article, headline=" ") for article in found.articles))


def leaderless(found: Extraction) -> Extraction:
    return replace(found, articles=tuple(replace(article, lead="") for article in found.articles))


def homeless(found: Extraction) -> Extraction:
    return replace(found, articles=tuple(replace(article, parts=()) for article in found.articles))


def misplaced(found: Extraction) -> Extraction:
    return replace(found, leftovers=tuple(replace(left, last=99) for left in found.leftovers))


@pytest.mark.parametrize("spoil", [lossy, doubling, headless, leaderless, homeless, misplaced])
def test_broken_extraction_is_noticed(
    spoil: Callable[[Extraction], Extraction], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert broken(PAGE) is None

    def spoiled(page: str) -> Extraction:
        return spoil(extract_page(page))

    monkeypatch.setattr(invariants, "extract_page", spoiled)
    assert broken(PAGE)


def test_pages_made_of_fragments_hold_articles() -> None:
    """Else all that is said of any page would be said of leftovers."""
    held: list[int] = []

    @given(pages)
    @settings(max_examples=100, deadline=None, derandomize=True, database=None)
    def collect(page: str) -> None:
        held.append(len(extract_page(page).articles))

    collect()
    assert sum(count > 0 for count in held) > len(held) / 4
