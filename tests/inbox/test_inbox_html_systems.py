"""Fictional pages as five publishing systems make them, with menus, teasers and share buttons around."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from digest.errors import PageError
from digest.extract import extract_page
from digest.inbox.documents.html_page import read_html
from digest.model import Extraction, Folio

FOLDER = Path(__file__).parent / "html"
DAY = date(2025, 3, 4)


def content_of(name: str) -> bytes:
    """The page in the encoding it names."""
    text = (FOLDER / f"{name}.html").read_text(encoding="utf-8")
    return text.encode("gb18030" if "charset=gb" in text else "utf-8")


def extraction_of(name: str) -> Extraction:
    return extract_page(read_html(content_of(name)))


@pytest.mark.parametrize(
    ("name", "folio", "kicker", "headline", "deck", "byline", "last"),
    [
        (
            "founder_tables",
            Folio("松城日报", DAY, 3, "03"),
            ("百年码头亮起灯",),
            "老渡口开出夜市专线",
            ("首周载客三千人次",),
            ("温以宁",),
            "“以前吃完夜宵要绕桥，现在一抬脚就回家。”市民丁小禾说。",
        ),
        (
            "wordpress",
            Folio("云泽晚报", DAY),
            (),
            "口袋公园走进十二条巷",
            (),
            ("孟青禾",),
            "“自己种下的树，舍不得它渴着。”",
        ),
        (
            "portal",
            Folio("霁州都市报", DAY),
            (),
            "夜间急诊等候缩短到二十分钟",
            (),
            ("庄小芸",),
            "红色立即抢救，黄色半小时内就诊，绿色引导至夜间门诊。急诊科主任简文博说，三成患者其实不需要急诊。",
        ),
        (
            "old_tables",
            Folio(),
            (),
            "石桥镇三千亩油菜花开迎客",
            (),
            ("杜若", "沈一鸣"),
            "花期预计持续到三月下旬。",
        ),
    ],
)
def test_article_of_a_publishing_system_is_read_alone(  # noqa: PLR0913, PLR0917 - what is printed on it
    name: str,
    folio: Folio,
    kicker: tuple[str, ...],
    headline: str,
    deck: tuple[str, ...],
    byline: tuple[str, ...],
    last: str,
) -> None:
    found = extraction_of(name)
    (article,) = found.articles
    assert found.folio == folio
    assert (article.kicker, article.headline, article.deck, article.byline) == (
        kicker,
        headline,
        deck,
        byline,
    )
    assert article.paragraphs[-1] == last
    assert not any(word in "".join(article.paragraphs) for word in ("分享", "版权", "上一篇", "评论", "声明"))


def test_articles_of_a_whole_page_stand_apart() -> None:
    found = extraction_of("whole_page")
    assert [(article.kind, article.headline, article.byline) for article in found.articles] == [
        ("news", "公交夜班车新增四条", ("江一苇",)),
        ("news", "失物招领处搬进地铁站", ("周禾", "林晚")),
        ("photo", "早樱提前五天开放", ("牧云川",)),
    ]
    assert found.articles[0].deck == ("末班车全部延到零点",)
    assert found.folio == Folio("松城早报", DAY, 3, "A03")


def test_page_of_links_to_articles_alone_is_refused() -> None:
    with pytest.raises(PageError, match="save the page with its text"):
        read_html(content_of("layout_only"))


@pytest.mark.parametrize("under", ['<p style="text-align: center">{}</p>', '<p class="pic_tu tu">{}</p>'])
def test_text_under_a_picture_is_marked(under: str) -> None:
    text = "昨日，河湾新桥建成通车，两岸往来只需五分钟，比过去缩短了二十分钟。"
    page = (
        f"<h1>新桥通车</h1><div><p>{text}</p><img src=x>{under.format('图为新桥夜景。')}<p>{text}</p></div>"
    )
    assert "![]()\n\n图为新桥夜景。" in read_html(page.encode())
