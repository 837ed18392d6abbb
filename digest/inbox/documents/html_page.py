"""Finds the articles in an HTML page and writes them as Markdown; menus, teasers and footers are left out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from digest.errors import PageError
from digest.extract.credits import parse_credit
from digest.extract.folio import folio_piece, parse_folio
from digest.inbox.documents.html_blocks import Block, HtmlPage, read_blocks

_PROSE: Final = 20
_SENTENCE = re.compile(r"[。！？；，]|[.!?,;]\s|[.!?]$")
_MOST_LINKED: Final = 0.35
_MAIN: Final = 0.8
_ABOVE: Final = 12
_TITLE_CLASS = re.compile(
    r"founder-title|(?:^|[\s_-])(?:title|headline|biaoti|zhengti|main-title)(?:$|[\s_-])", re.IGNORECASE
)
_BESIDE_TITLE = re.compile(
    r"founder-(?:intro|sub)title|intro-?title|sub-?title|sub-?head|kicker|eyebrow|deck|standfirst|dek|yinti|futi|shoulder",
    re.IGNORECASE,
)
_AUTHOR = re.compile(
    r"(?:本报|[\u4e00-\u9fff]{1,8}报)?(?:见习|实习|首席|特约)?(?:记者|作者|通讯员|撰文)[:： ]{0,3}"
    r"(?:[\u4e00-\u9fff·]{2,12}[、，, ]{0,2}){1,6}|\b[Bb]y [A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}"
)
_AFTER_NAMES = re.compile("(?:文章|信息|稿件)?来源|编辑|责编|点击|更新|发布|阅读|浏览|时间")
_CHROME = re.compile(
    r"^(?:上一[篇版期]|下一[篇版期]|返回|打印|字号|分享|收藏|放大|缩小|默认|点击|相关(?:阅读|新闻|报道)|更多|版权|来源[:：]|发布时间|阅读[:：量]|声明[:：]|免责|扫一扫|扫码|【?(?:关闭|打印|纠错)|Share|Print|Advertisement)"
)
_RIGHTS = re.compile(r"版权所有|版权声明|未经.{0,8}(?:许可|授权)|All [Rr]ights [Rr]eserved|网安备|ICP备")
_SENTENCE_END = re.compile(r"[。！？!?.][”’」』）)]*$")
_STAMP = re.compile(r"(?P<year>(?:19|20)\d\d)\s?[年./-]\s?(?P<month>\d{1,2})\s?[月./-]\s?(?P<day>\d{1,2})")
_ISSUED: Final = (
    "article:published_time",
    "publishdate",
    "pubdate",
    "publish-date",
    "datepublished",
    "date",
    "apub:time",
)
_AUTHORS: Final = ("author", "article:author", "byl")
_PAPER_NAMES: Final = ("og:site_name", "application-name", "source", "mediaid")
_LABEL = re.compile(r"(?:第\s?(?=[A-Z]?\d)|(?<![A-Za-z\d])(?=[A-Z]))([A-Z]?\d{1,3})\s?版")
_DIGITAL = re.compile(r"(?:数字报|电子报|电子版|数字版|手机报)$")
_PARTING = re.compile(r"[\s|_–—-]+")
_WEEKDAY = re.compile("星期|周[一二三四五六日]")
_TOP: Final = 30
_NAME = re.compile(
    r"[\u4e00-\u9fff·]{2,12}(?:[、，, ][\u4e00-\u9fff·]{2,12}){0,5}|[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]+){1,3}"
)


def read_html(content: bytes) -> str:
    """The articles of a page in Markdown, a paragraph a line, headlines marked by `#`.

    Raises:
        PageError: `no_text` where there is no prose, or as `read_blocks`.
    """
    page = read_blocks(content)
    blocks = _main(page.blocks)
    if not any(map(_is_prose, blocks)):
        raise PageError("no_text", "the HTML page has no text of an article; save the page with its text")
    lines = [_folio(page), *_articles(page, blocks)]
    return "\n\n".join(line for line in lines if line) + "\n"


def _is_prose(block: Block) -> bool:
    return (
        not block.level
        and len(block.text) >= _PROSE
        and _SENTENCE.search(block.text) is not None
        and block.linked <= _MOST_LINKED * len(block.text)
        and not _is_chrome(block.text)
    )


def _is_chrome(text: str) -> bool:
    """Whether a text serves the site, not the article."""
    return (_CHROME.match(text) is not None and not _AUTHOR.search(text)) or _RIGHTS.search(text) is not None


def _main(blocks: Sequence[Block]) -> list[Block]:
    """The blocks of the element that holds most of the prose, and what stands above it up to the headline."""
    weights: Counter[int] = Counter()
    total = 0
    for block in blocks:
        if _is_prose(block):
            total += len(block.text)
            for home in block.homes:
                weights[home] += len(block.text)
    # Elements are numbered from the outside in, so the last that still holds most is the innermost.
    home = max((home for home, weight in weights.items() if weight >= _MAIN * total), default=0)
    inside = [index for index, block in enumerate(blocks) if home in block.homes]
    if not inside:
        return []
    return [*_above(blocks, inside[0]), *(blocks[index] for index in inside)]


def _above(blocks: Sequence[Block], first: int) -> list[Block]:
    """From the headline down to the main text, when that stands in an element of its own."""
    before = list(blocks[max(0, first - _ABOVE) : first])
    heads = [index for index, block in enumerate(before) if _is_head(block)] or _loudest(before, len(before))
    if not heads:
        return []
    start = heads[-1]
    while start and (_is_head(before[start - 1]) or _BESIDE_TITLE.search(before[start - 1].classes)):
        start -= 1
    return before[start:]


def _is_head(block: Block) -> bool:
    if block.linked > _MOST_LINKED * len(block.text) or _names_page(block.text):
        return False
    return bool(block.level) or _TITLE_CLASS.search(block.classes) is not None


def _names_page(text: str) -> bool:
    """Whether a heading is the paper's name or the page's label."""
    return parse_folio(text) is not None or folio_piece(text) is not None


def _articles(page: HtmlPage, blocks: Sequence[Block]) -> Iterator[str]:
    heads = _headlines(page, blocks)
    if not heads and page.title:
        yield "# " + _bare_title(page)
    last_prose = max(index for index, block in enumerate(blocks) if _is_prose(block))
    author = _said_author(page, blocks) if len(heads) < 2 else ""  # noqa: PLR2004 - whose it would be is not said
    opened = not heads
    for index, block in enumerate(blocks[: last_prose + _FOOT]):
        place = _place(index, heads, blocks)
        opened = opened or place != "text"
        if not opened or (index > last_prose and not _may_end(block)):
            continue
        if author and place == "text":
            yield author
            author = ""
        yield _line(block, place)


def _may_end(block: Block) -> bool:
    """What may stand after the last prose: a picture's text, a credit, a short sentence."""
    if block.pictured or parse_credit(block.text):
        return True
    return not block.linked and _SENTENCE_END.search(block.text) is not None


_KICKERS: Final = 2
_FOOT: Final = 4
"""Blocks after the last prose in which a credit is looked for."""


def _headlines(page: HtmlPage, blocks: Sequence[Block]) -> list[int]:
    """Which blocks are headlines: what the page calls its title, or the highest level with text below."""
    titled = _titled(page, blocks)
    if titled is not None and not blocks[titled].level:
        return [titled]
    leads = [index for index, block in enumerate(blocks) if _is_head(block) and _leads(blocks, index)]
    levels = [blocks[index].level for index in leads if blocks[index].level]
    if not levels:
        return leads[:1] or _loudest(blocks, next(i for i, block in enumerate(blocks) if _is_prose(block)))
    best = blocks[titled].level if titled is not None else min(levels)
    return [index for index in leads if blocks[index].level == best]


def _loudest(blocks: Sequence[Block], first: int) -> list[int]:
    """Where nothing is marked up as a heading: the last bold or large line above the text at `first`."""
    loud = [
        index
        for index, block in enumerate(blocks[:first])
        if block.loud and not block.linked and len(block.text) >= _SHORTEST_HEADLINE
    ]
    return loud[-1:]


_SHORTEST_HEADLINE: Final = 4


def _titled(page: HtmlPage, blocks: Sequence[Block]) -> int | None:
    """The block that says what the page calls its title."""
    names = [_squeezed(name) for name in (page.meta.get("og:title", ""), page.title) if name]
    for index, block in enumerate(blocks):
        text = _squeezed(block.text)
        if _is_prose(block):
            return None
        if _names_page(block.text):
            continue
        if len(text) > 3 and any(name.startswith(text) or text.startswith(name) for name in names):  # noqa: PLR2004
            return index
    return None


def _leads(blocks: Sequence[Block], index: int) -> bool:
    """Whether prose follows before another heading of this level or above."""
    level = blocks[index].level or 1
    for block in blocks[index + 1 :]:
        if _is_prose(block):
            return True
        if block.level and block.level <= level:
            return False
    return False


def _place(index: int, heads: Sequence[int], blocks: Sequence[Block]) -> str:
    """`headline`, `beside` it (kicker, deck, what stands between headline and text), or `text`."""
    if index in heads:
        return "headline"
    above = next((head for head in reversed(heads) if head < index), None)
    below = next((head for head in heads if head > index), None)
    if above is not None and not any(map(_is_prose, blocks[above + 1 : index + 1])):
        return "beside"
    if below is not None and below - index <= _KICKERS and not any(map(_is_prose, blocks[index:below])):
        return "beside"
    return "text"


def _line(block: Block, place: str) -> str:
    """How a block is written; empty when it is no part of an article."""
    if place == "headline":
        return "# " + block.text
    if _is_chrome(block.text):
        return ""
    if place == "beside" and not _is_prose(block):
        return _beside_headline(block)
    if block.linked > _MOST_LINKED * len(block.text):
        return ""
    return f"![]()\n\n{block.text}" if block.pictured else block.text


def _beside_headline(block: Block) -> str:
    if parse_credit(block.text) or block.pictured:
        return block.text
    if author := _AUTHOR.search(block.text):
        return _AFTER_NAMES.split(author.group())[0].strip(" 、，,")
    if block.linked > _MOST_LINKED * len(block.text):
        return ""
    if block.level or _BESIDE_TITLE.search(block.classes):
        return "### " + block.text
    return "" if _STAMP.search(block.text) else block.text


def _said_author(page: HtmlPage, blocks: Sequence[Block]) -> str:
    """The author a page names only for machines, as a byline; empty where readers see one too."""
    if any(_AUTHOR.search(block.text) or (parse_credit(block.text) is not None) for block in blocks):
        return ""
    name = next((page.meta[key] for key in _AUTHORS if page.meta.get(key)), "")
    if not _NAME.fullmatch(name):
        return ""
    return f"By {name}" if name.isascii() else f"作者：{name}"


def _folio(page: HtmlPage) -> str:
    """Paper, date and page as a folio line; empty unless paper and date are known."""
    stamps = (_STAMP.search(page.meta.get(key, "")) for key in _ISSUED)
    said = next(filter(None, stamps), None) or _printed_stamp(page)
    paper = next((page.meta[key] for key in _PAPER_NAMES if page.meta.get(key)), "") or _printed_paper(page)
    if not said or not paper or len(paper) > 20:  # noqa: PLR2004 - a name, not a slogan
        return ""
    try:
        day = date(int(said["year"]), int(said["month"]), int(said["day"]))
    except ValueError:
        return ""
    label = next((found.group(1) for block in page.blocks[:_TOP] if (found := _LABEL.search(block.text))), "")
    return f"{paper} {day.year}年{day.month}月{day.day}日" + (f" 第{label}版" if label else "")


def _printed_stamp(page: HtmlPage) -> re.Match[str] | None:
    """The date in the page's head; without its day of the week it may be that of anything."""
    dated = (_STAMP.search(block.text) for block in page.blocks[:_TOP] if _WEEKDAY.search(block.text))
    return next(filter(None, dated), None)


def _printed_paper(page: HtmlPage) -> str:
    """The name of a paper in the page's title or head."""
    pieces = (*_PARTING.split(page.title), *(block.text for block in page.blocks[:_TOP]))
    folios = (folio_piece(_DIGITAL.sub("", piece)) for piece in pieces)
    return next((folio.paper for folio in folios if folio and folio.paper), "")


def _bare_title(page: HtmlPage) -> str:
    """The page's title without the name of its paper."""
    title = page.meta.get("og:title") or page.title
    return re.split(r"\s*[|_–—]\s*|\s+-\s*|-(?=[^-]*(?:报|网|news)$)", title)[0].strip() or title


def _squeezed(text: str) -> str:
    return "".join(text.split())
