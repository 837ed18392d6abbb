"""What the words of a heading line say of its part: lead-ins, supplements, news; it knows no other line."""

from __future__ import annotations

import re
from typing import Final

from digest.extract.glyphs import HAN, squeezed, width

_LEADS_ON = re.compile(r"(?:强调|指出|要求|表示|提出|——|—|：|:)$")
_DASH = re.compile(r"^(?:——|—|--)")
_SUFFIX = re.compile(r"[（(][^（）()]{1,24}[）)]$")
_ATTENDED = re.compile(r"(?:出席|参加|主持|讲话|致辞|带队|发言|陪同|作报告|批示|出席会议|见证签约)$")
_WHO_ATTENDED = re.compile(r"^[^，。：:\s]{2,8}(?:出席|主持|致辞|讲话|宣布|见证|监誓|作报告)")
_WHEN = re.compile(
    r"^(?:前?\d{0,2}个?月份?|前[一二三四五六七八九十两]+个?[月季]度?|[一二三四]季度|上半年|下半年|截至.{2,8}|从.{3,14}起.{0,10}|今[日天年起]+|.{2,8}(?:期间|假期))$"
)
_SUPPLEMENT = re.compile(
    r"^(?:涉及|包括|占|达到?|相当于|其中|主要|同比|环比|累计|已|共|每|不|不含|约|超|近|比上年|较上年|为|将于|提交|提供|支持|覆盖|惠及|[^，：:]{2,20}负责人[：:])"
)
_OPENING = re.compile(
    r"^(?:聚焦|围绕|破解|依托|立足|着眼|瞄准|紧扣|坚持|循着?|从.{2,12}到|以.{2,14}为(?:抓手|支撑|载体|引领|契机|主线|依托|重点|导向|目标|牵引))"
)
_FIGURE = re.compile(r"\d|[一二三四五六七八九十百千万两]{2,}|[一二三四五六七八九十两][次个人条项亿万成倍家]")
_HAPPENED = re.compile(
    r"(?:举行|举办|启动|发布|开幕|闭幕|召开|落幕|登场|揭晓|成立|上线|亮相|开工|竣工|通车|投产|投用|投运|启用|开通|开放|落成|出炉|公布|印发|实施|施行|签署|结束|完成|成功|出台|开建|出版|发行|通报|获批|增长|下降|回升|回落)$"
    r"|[\d一二三四五六七八九十百千万亿余多.]{2,10}(?:人次|亩|公里|吨)$"
    r"|(?:增|升|降|达|为|超|破|至|近|逾|约)[\d.,]+.{0,5}$"
)
_COUPLET = re.compile(rf"[{HAN}”）] [{HAN}“（]")
_NAMED: Final = 12
_VISITED = re.compile(r"(?:调研|视察|考察|督导|检查|慰问|走访)$")
_DAY = re.compile(r"[\d〇○零一二三四五六七八九十]{1,4}[年月日]")


def leads_on(text: str) -> bool:
    """Whether a line ends so that the next one tells what it announces."""
    return bool(_LEADS_ON.search(text))


def sets_the_time(text: str) -> bool:
    """Whether a line only says when."""
    return bool(_WHEN.match(squeezed(text)))


def begins_with_dash(text: str) -> bool:
    """Whether a line begins as decks do."""
    return bool(_DASH.match(text))


def names_column(text: str) -> bool:
    """Whether a line ends with a column's name in brackets, as headlines do."""
    found = _SUFFIX.search(text)
    return bool(found) and not _DAY.search(found.group())


def without_column(text: str) -> str:
    """The line without a column's name in brackets at its end."""
    return _SUFFIX.sub("", text)


def tells_who_came(text: str) -> bool:
    """Whether a line ends with what somebody did at a meeting."""
    return bool(_ATTENDED.search(text))


def names_guest(text: str) -> bool:
    """Whether a line begins with who came to a meeting, led it or spoke."""
    return bool(_WHO_ATTENDED.match(text))


def tells_event(text: str) -> bool:
    """Whether a line ends as news does, with what happened or a figure that was reached."""
    return bool(_HAPPENED.search(text))


def tells_visit(text: str) -> bool:
    """Whether a line ends with an official's visit, after which the headline says what it was for."""
    return bool(_VISITED.search(text))


def supplements(text: str) -> bool:
    """Whether a line begins without a subject, as what is added to a line above it."""
    return bool(_SUPPLEMENT.match(text))


def opens(text: str) -> bool:
    """Whether a line is a phrase that only leads to a sentence."""
    return bool(_OPENING.match(text))


def has_figures(text: str) -> bool:
    """Whether a line gives numbers."""
    return bool(_FIGURE.search(text))


def is_couplet(text: str) -> bool:
    """Whether a blank parts a line into halves, as it does in slogans."""
    return bool(_COUPLET.search(text))


def names_speaker(text: str) -> bool:
    """Whether a line only names, before a colon, of whom or by whom something is told."""
    return text.endswith(("：", ":")) and width(text) <= _NAMED
