"""Tells what stands on a page but in no article, such as folio, editors, weather; it judges single lines."""

from __future__ import annotations

import re
from typing import Final

from digest.extract.folio import FIGURE, parse_folio
from digest.extract.glyphs import HAN, squeezed
from digest.model import LeftoverReason

_SHORT: Final = 80
_WORDS = re.compile(
    r"@|<|版|编辑|值班|责编|主编|美编|视觉|设计|校对|检校|校检|审校|统筹|策划|监制|制图|图编|一读|二读|审读|审签|终审|签发"
    r"|热线|电话|邮箱|信箱|E(?i:-?mail)|e(?i:-?mail)|传真|微信|QQ|qq|Qq|qQ|手机|T(?i:el)|t(?i:el)|地址"
    r"|国内统一|统一刊号|国际标准刊号|ISSN|CN|邮发代号|总第|第(?=\d{3,6}[期号])|今日(?=[\d一二三四五六七八九十])|零售"
    r"|每份|全年定价|许可证|法律顾问|印刷|主办|承办|主管|社址|出版|http|www"
    r"|遗失|广告|分类信息|折|面议|招商|招租|诚聘|欲购|转让|出租|导读|看点|目录|索引"
    r"|有责|做起|同行|有我|参与|利[国家民]|不容缓|长鸣|千秋|万家|新风|天气|气象|风(?=[力\d])|风(?<=[东南西北微]风)|级(?<=\d级)|℃|°|度(?<=\d度)"
)
"""Of which one stands in every line that the grammars below know by its words; blanks left out."""

_DESK_WORDS = (
    "责任编辑|执行编辑|本版编辑|值班编辑|值班主任|值班编委|编辑|责编|主编|副主编|执行主编|美编|美术编辑|版式|版式设计|"
    "视觉|视觉设计|设计|校对|检校|校检|组版|排版|审校|统筹|策划|监制|制图|图编|图片编辑|一读|二读|审读|审签|终审|签发"
)
_EDITORS = re.compile(
    rf"(?:本版|本期|今日|本报|值班)?(?:{_DESK_WORDS})(?:[、/／](?:{_DESK_WORDS}))*\s*[:：/／|｜\s]\s*\S"
)
_EDITORS_BARE = re.compile(rf"(?:本版|今日|本报)(?:{_DESK_WORDS})[{HAN}\s]{{2,14}}$")
_DESK_REACH = re.compile(
    r"(?:新闻热线|热线电话|联系电话|投稿邮箱|投稿信箱|本版邮箱|电子邮箱|电子信箱|邮箱|信箱|E-?mail|电话|传真|微信号?|QQ群?)"
    r"\s*[:：]?\s*[\w.@+\-()（） ]{5,60}$",
    re.IGNORECASE,
)
_MASTHEAD = re.compile(
    r"国内统一(?:连续出版物|刊)号|统一刊号|国际标准刊号|\bISSN\b|\bCN\s?\d\d[-—]\d{4}|邮发代号|总第\s*\d+\s*[期号]|第\s*\d{3,6}\s*[期号]"
    r"|今日\s*\d+\s*版|今日[一二三四五六七八九十]{1,3}版|零售价?\s*(?:每份|[:：]|\d)|每份\s*[\d.]+\s*元|全年定价|广告经营许可证|广告许可证|法律顾问[:：]"
    r"|印刷[:：]|[主承]办[:：]|主管主办|社址[:：]|本报地址[:：]|(?:编辑)?出版[:：]|https?://\S+$|www\.\S+$"
)
_INDEX = re.compile(
    r"(?:今日)?(?:导读|看点|要闻导读|今日看点|今日导读|版面导读|本期导读|内容导读|目录|索引)$"
)
_WEATHER = (
    re.compile(r"晴|多云|阴|[小中大暴阵]雨|[小中大暴阵]雪|雷阵雨|雨夹雪"),
    re.compile(r"[东南西北]+风|微风|风力?\s*\d|\d\s*[～~\-—至到]\s*\d\s*级"),
    re.compile(r"-?\d+\s*(?:℃|°C?|度)?\s*[～~\-—至到/]\s*-?\d+\s*(?:℃|°C|度)"),
)
_SIGNS_OF_WEATHER: Final = 2
_FORECAST = re.compile(r"(?:今|明|后)[天日晚夜]|未来|预计|全市|全省|本市")
_FORECAST_SIGNS = (*_WEATHER[:2], re.compile(r"-?\d+\s*(?:℃|°C)"))
_LONGEST_FORECAST: Final = 70
_WEATHER_HEAD = re.compile(r"(?:今日|明日|今明|市区|[^，。]{0,6})?(?:天气(?:预报)?|气象信息|气象预报)$")
_ADVERTISEMENT = re.compile(
    r"^(?:广告|公益广告|分类广告|分类信息(?:[·・]?公告)?|·?广告·?|【广告】|（广告）|遗失声明)$"
    r"|^[^。]{2,30}[ \u3000]公益广告$"
)
_OFFER = re.compile(
    r"全场\s*[\d.一二三四五六七八九]+\s*折|[\d一二三四五六七八九]\s*折起|价格面议|面议[，,]|招商加盟|招租|诚聘|欲购从速|低价转让|吉房出租"
)
_REACH = re.compile(
    r"(?:电话|热线|手机|传真|Tel)\s*[:：]?\s*\d[\d\-—－ ]{6,}|热线\s?\d{5}|(?:^|\s)地址\s*[:：]",
    re.IGNORECASE,
)
_VOID = re.compile(r"遗失.{2,60}(?:作废|挂失)[。.]?$")
_SHORTEST_SLOGAN: Final = 7
_LONGEST_VOID: Final = 90
_LONGEST_OFFER: Final = 50
_ENTRY = re.compile(
    rf"^[^。]{{4,36}}?(?:(?:详见|[▶►>→]+|[.…·]{{2,}}|[ \u3000])[ \u3000]*|(?<=[{HAN}”》！？]))"
    r"第?[A-Z]?\d{1,2}[ \u3000]*版"
)
_ENTRY_SURE = re.compile(
    r"(?:详见|[▶►>→…”》！？ \u3000]|\.\.)[ \u3000]*第?[A-Z]?\d{1,2}[ \u3000]*版$"
    r"|\d[ \u3000]*版[ \u3000]\S.*\d[ \u3000]*版$"
)
_JUMP_WORD = re.compile(r"[转接]\s*第?[A-Z]?\d{1,2}\s*版|^[（(【\[]")
_PAGE_NUMBER = re.compile(
    r"[-—–·~]+ ?\d{1,3} ?[-—–·~]+$|第 ?\d{1,3} ?页(?: ?[/／] ?共 ?\d{1,3} ?页)?$"
    r"|Page \d{1,3}$|\d{1,3} ?[/／] ?\d{1,3}$"
)
_PAGE_TAG = re.compile(r"<(?P<tag>header|footer|page[_-]?number|page_header|page_footer)>[^<>]*</(?P=tag)>$")
_SLOGAN = re.compile(
    r"^[^\d。；：:]{2,40}(?:人人有责|从我做起|你我同行|有你有我|人人参与|利国利民|利国利家|刻不容缓|警钟长鸣|功在千秋|幸福万家)[！!]?$"
    r"|^讲文明[，、 ]?树新风$"
)
_MAIL = re.compile(r"(?:^|[^\w.+\-])[\w.+\-]{2,40}@[\w\-]{2,40}\.[\w.]{2,20}$")
_SIGNS = re.compile(r"^[\W_]+$")


def furniture(text: str) -> LeftoverReason | None:
    """Why a line belongs to no article, or None when it may.

    >>> furniture("责任编辑：张三 版式：李四")
    'editors'
    """
    if len(text) > _SHORT:
        return None
    if text.endswith(("。", "！", "？")):
        return _told_in_a_sentence(text)
    bare = squeezed(text)
    if not _WORDS.search(bare):
        return "folio" if FIGURE.search(text) and _tells_page(text) else _without_words(text)
    if _of_the_desk(text):
        return "editors"
    return _of_the_paper(text) or _beside_the_news(text, bare)


def declares_void(text: str) -> bool:
    """Whether a short text says no more than that papers are lost and void."""
    return len(text) <= _LONGEST_VOID and "遗失" in text and _VOID.search(text) is not None


def _told_in_a_sentence(text: str) -> LeftoverReason | None:
    """Papers declared void, and a forecast that tells sky, wind and temperatures."""
    if "遗失" in text and _VOID.search(text):
        return "advertisement"
    forecast = _FORECAST.match(text) and len(text) <= _LONGEST_FORECAST
    return "weather" if forecast and all(sign.search(text) for sign in _FORECAST_SIGNS) else None


def _of_the_desk(text: str) -> bool:
    """Who edited the page and how they are reached."""
    return bool(
        _EDITORS.match(text) or _EDITORS_BARE.match(text) or _DESK_REACH.match(text) or _MAIL.search(text)
    )


def _beside_the_news(text: str, bare: str) -> LeftoverReason | None:
    if _advertises(text):
        return "advertisement"
    if _INDEX.match(bare) or _is_entry(text):
        return "index"
    if len(bare) > _SHORTEST_SLOGAN and _SLOGAN.match(text) and bare != text:
        return "slogan"
    return "weather" if _WEATHER_HEAD.match(bare) or _tells_weather(bare) else None


def _advertises(text: str) -> bool:
    """The label of advertisements, or an offer, an address or a telephone with no sentence around it."""
    if "遗失" in text and _VOID.search(text):
        return True
    if _ADVERTISEMENT.match(text):
        return True
    return len(text) <= _LONGEST_OFFER and bool(_OFFER.search(text) or _REACH.search(text))


def _is_entry(text: str) -> bool:
    """A line of the index: a headline and the page on which it stands."""
    if not text.endswith("版") or _JUMP_WORD.search(text):
        return False
    return bool(_ENTRY.match(text) and _ENTRY_SURE.search(text))


def _tells_weather(bare: str) -> bool:
    """Two of sky, wind and a range of temperatures make a forecast; one may be a headline's."""
    return sum(pattern.search(bare) is not None for pattern in _WEATHER) >= _SIGNS_OF_WEATHER


def _of_the_paper(text: str) -> LeftoverReason | None:
    if _tells_page(text):
        return "folio"
    return "masthead" if _MASTHEAD.search(text) else _without_words(text)


def _tells_page(text: str) -> bool:
    return bool(parse_folio(text) or _PAGE_NUMBER.match(text) or _PAGE_TAG.match(text))


def _without_words(text: str) -> LeftoverReason | None:
    return None if text[0].isalnum() or not _SIGNS.match(text) else "markup"
