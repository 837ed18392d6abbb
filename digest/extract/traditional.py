"""Lets the grammar read pages in traditional characters; what is displayed stays as printed.

The grammar is written in simplified characters. On a traditional page each character that it knows changes
places with its traditional form, one for one, before the page is read, and again afterwards.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from digest.model import Article, Extraction, Folio, Leftover, Repair

_SIMPLIFIED: Final = (
    "万与专业丛东两严个丰为举乐乔习乡书亿从价会传体储党兰关内写农冯况准划刘删别办务动劳区华单卖卢卫历厉县参发叶号后吕启吴员围"
    "国图场坚坛声头夹娄娱孙学宁实审宫对导将尧巩带并广庄应庞废开张强当录总户执报担挂据摄撑数时暂术机杂条来杨标栏栾桥检楼欧毕气"
    "汇汤济温游湾满点热牵独环现电画监盖礼窦笃笔筹签简类紧红约级纪线组终绍经结绕络统续综编缪网罗聂联腊艺节芦苏荆荣获营蒋蓝蔺见"
    "观视觉计讣让议讯记讲许论设访证评译试诚话详语诸读谁调谈谌谢谭财责购贯费贺贾资赖赵车轩转载较辑辕辞达连迟选遗邓邝邬邮邹郑采"
    "钟钱锐长闫问闰间闵闻阚队阳阴阵际陆陈随静韦韩页项须顾预领频题颜风饶马驻骆鲁鲍鸟麦黄齐龙龚"
)
_TRADITIONAL: Final = (
    "萬與專業叢東兩嚴個豐為舉樂喬習鄉書億從價會傳體儲黨蘭關內寫農馮況準劃劉刪別辦務動勞區華單賣盧衛歷厲縣參發葉號後呂啟吳員圍"
    "國圖場堅壇聲頭夾婁娛孫學寧實審宮對導將堯鞏帶並廣莊應龐廢開張強當錄總戶執報擔掛據攝撐數時暫術機雜條來楊標欄欒橋檢樓歐畢氣"
    "匯湯濟溫遊灣滿點熱牽獨環現電畫監蓋禮竇篤筆籌簽簡類緊紅約級紀線組終紹經結繞絡統續綜編繆網羅聶聯臘藝節蘆蘇荊榮獲營蔣藍藺見"
    "觀視覺計訃讓議訊記講許論設訪證評譯試誠話詳語諸讀誰調談諶謝譚財責購貫費賀賈資賴趙車軒轉載較輯轅辭達連遲選遺鄧鄺鄔郵鄒鄭採"
    "鐘錢銳長閆問閏間閔聞闞隊陽陰陣際陸陳隨靜韋韓頁項須顧預領頻題顏風饒馬駐駱魯鮑鳥麥黃齊龍龔"
)
_EXCHANGE: Final = str.maketrans(_SIMPLIFIED + _TRADITIONAL, _TRADITIONAL + _SIMPLIFIED)
_SOME_TRADITIONAL = re.compile(f"[{_TRADITIONAL}]")
_SOME_SIMPLIFIED = re.compile(f"[{_SIMPLIFIED}]")
_SAMPLE: Final = 20_000
"""Characters from the start of a page that tell how it is written."""


def is_traditional(text: str) -> bool:
    """Whether a page is in traditional characters, as far as its beginning tells.

    >>> is_traditional("本報訊（記者林小滿）新橋昨日通車"), is_traditional("本报讯（记者林小满）“龍”字展开幕")
    (True, False)
    """
    start = text[:_SAMPLE]
    if not _SOME_TRADITIONAL.search(start):
        return False
    return len(_SOME_TRADITIONAL.findall(start)) > len(_SOME_SIMPLIFIED.findall(start))


def exchanged(text: str) -> str:
    """The text with both forms of each character changed for one another; doing it twice changes nothing.

    >>> exchanged("本報訊"), exchanged(exchanged("本報訊，电"))
    ('本报讯', '本報訊，电')
    """
    return text.translate(_EXCHANGE)


def exchanged_back(found: Extraction) -> Extraction:
    """What was found on an exchanged page, with every text as it is printed."""
    return Extraction(
        tuple(map(_article, found.articles)),
        tuple(_leftover(leftover) for leftover in found.leftovers),
        tuple(_repair(repair) for repair in found.repairs),
        _folio(found.folio),
    )


def _article(article: Article) -> Article:
    return replace(
        article,
        headline=exchanged(article.headline),
        kicker=_each(article.kicker),
        deck=_each(article.deck),
        column=_maybe(article.column),
        byline=_each(article.byline),
        byline_text=_maybe(article.byline_text),
        dateline=_maybe(article.dateline),
        place=_maybe(article.place),
        lead=exchanged(article.lead),
        paragraphs=_each(article.paragraphs),
        captions=_each(article.captions),
        jumps=_each(article.jumps),
        continues_on_label=_maybe(article.continues_on_label),
        continued_from_label=_maybe(article.continued_from_label),
    )


def _leftover(leftover: Leftover) -> Leftover:
    return replace(leftover, text=exchanged(leftover.text))


def _repair(repair: Repair) -> Repair:
    return replace(repair, text=exchanged(repair.text))


def _folio(folio: Folio) -> Folio:
    return replace(folio, paper=_maybe(folio.paper), label=_maybe(folio.label))


def _each(texts: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(map(exchanged, texts))


def _maybe(text: str | None) -> str | None:
    return exchanged(text) if text else text
