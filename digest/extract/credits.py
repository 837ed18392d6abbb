"""The grammar of credits: who wrote, photographed or sent a piece; it judges form, it knows no names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from digest.extract.datelines import Dateline
from digest.extract.glyphs import HAN, ends_sentence
from digest.extract.names import and_parted, looks_like_name, parted_names, unpadded

_OUTLET = (
    rf"(?:本[报刊台网社]|新华社|中新社|[{HAN}]{{1,10}}?(?:日报|晚报|早报|晨报|商报|时报|快报|都市报|周报|青年报|"
    rf"电视台|广播电台|通讯社|新闻社|客户端|融媒体中心|融媒|报社?|社|网))"
)
_RANK = (
    "(?:见习|实习|学生|校园|签约|首席|特约|特派|资深|高级|驻站"
    "|全媒体|融媒体|融媒|全媒|数字|摄影|文字|视频|本地)"
)
_ROLES = (
    rf"(?:{_OUTLET}[ \u3000]*)?{_RANK}*(?:记者|通讯员|实习生|评论员|特派员|撰稿人?|观察员|主笔|读者|市民)"
    rf"|(?:综合)?(?:作者|采访|撰文|撰写|采写|执笔|摄影报道|摄影|供图|编译|翻译|整理|漫画|制图|插图|口述|文字|图片|图文)"
)
_ROLE = re.compile(_ROLES)
_REPORTER = re.compile(rf"(?:{_OUTLET}[ \u3000]*)?{_RANK}*(?:记者|通讯员|实习生|特派员|作者)")
_PHOTO_TAIL = re.compile(r"(?:文\s*[/／、并及和与]?\s*)?(?:[/／]\s*)?(?:摄影报道|摄影|摄|供图|图)$")
_WORK = re.compile(
    r"(?:文\s*[/／、并及和与]?\s*[图摄](?:影)?|图\s*[/／、]?\s*文|[/／]\s*[文图摄])$|^(?:文|图|摄)(?:\s*[/／、]\s*[文图摄])?\s*[:：/／|｜]"
)
_MARKER = re.compile(r"^[□■●○◎◇◆▲△★☆▌►▶•◀◁▷—\s]+|[□■●○◎◇◆▲△★☆]+$")
_SEPARATORS = re.compile(r"[、，,;；/／|｜:：\s　&]+")
_HAN_NAME = re.compile(rf"[{HAN}]{{2,3}}|[{HAN}]{{1,10}}(?:[·•・．][{HAN}]{{1,10}}){{1,3}}")
_IN_NO_LIST = re.compile(r"[\d。！？《》“”]")
_AND = frozenset({"和", "及", "与"})
_DONE = re.compile(
    r"(?:^|(?<=[\s\u3000、，；]))(?P<done>[文图摄](?:\s*[/／、]\s*[文图摄])?)"
    r"(?:\s*[:：/／|｜]|(?<=[/／、][文图摄])[ \u3000])\s*(?=\S)(?![文图摄]{1,2}(?:[/／、\s]|$))"
)
"""文/ and 图/ before the names of those who wrote and those who took the pictures."""

_FROM = re.compile(r"(?:稿件|文章|信息|消息)?来源\s*[:：]\s*[^\s\u3000|｜：:]{2,24}")
"""Where a piece was taken from; 记者： may stand beside it."""

_EDITED = re.compile(rf"(?:责任|本版)?(?:编辑|责编)\s*[:：/／|｜ ]\s*[{HAN}]{{2,3}}$")
_ASKED = re.compile(r"[ \u3000](?:受访|指导|审核|访谈|本期)(?:专家|嘉宾|对象|医生|人)\s*[:：/／].+$")
"""Who was asked, told beside who asked."""

_SENT = re.compile(rf"(?P<sent>{_OUTLET}\s*(?:供图|发))\s*[（(](?P<inner>[^（）()]{{2,40}})[）)]$")
_AMID = re.compile(rf"(?<=[{HAN}])[ \u3000]+[文图][/／]?(?=[ \u3000]+[{HAN}])")
_DREW = re.compile("摄|插图|漫画")
_LAST_WORK = re.compile(r"[ \u3000]+[文图摄]$")
_SIGNED: Final = frozenset("□—")
"""What stands before the name of someone who signs; other signs stand before columns as well."""

_COLUMN_SIGNS: Final = frozenset("■●○◎◇◆▲△★☆【")
_WIDE_NAME: Final = 4
_ENGLISH = re.compile(
    r"(?:By|BY|by) (?P<names>[A-Z][\w.'’\-]*(?:,? (?:and )?[A-Z][\w.'’\-]*){0,11})(?: in [A-Z]\w+)?$"
)
_CONTRIBUTED = re.compile(
    r"(?P<names>[A-Z][\w.'’\-]*(?:,? (?:and )?[A-Z][\w.'’\-]*){0,11})"
    r" contributed to this (?:story|report|article)\.?$"
)
_ENGLISH_AND = re.compile(r",? and |, ")
_LATIN_NAME = re.compile(r"[A-Z][A-Za-z.'’\-]*(?: [A-Z][A-Za-z.'’\-]*){0,3}")
_OPENERS: Final = frozenset("（(【[〔〖")
_CLOSERS: Final = frozenset("）)】]〕〗")
"""Brackets around a credit; OCR mixes them."""

_NOT_NAMES: Final = re.compile(
    r"完|待续|全文完|图|文|左|右|上|下|中|一|二|三|四|五|六"
    r"|略|摘要|节选|全文|连载|续|资料图|资料图片|图片|新华社|本报|有删节|据新华社|未完待续|附图|附表"
    r"|见图|如图|下图|上图|右图|左图|网络图|试行|暂行|摘登|特此通告|特此公告|特此通知|此致|敬礼|手记"
    r"|观察|调查|日记|来信|札记|感言|点评|连线|视点|看台|随笔|了解|获悉|注意|看到|采访"
    r"|发现|.{0,6}报道"
)
"""What stands where names do: continuation marks, pictures, kinds of columns, what reporters do."""

_SOURCE = re.compile(
    r"(?:据|摘自|转自|选自|原载|来源[:：]|综合)\s*.{2,40}|作者(?:(?:单位|简介)\s*[:：]|(?:分别|均)?[为系是]).{2,60}|.{2,12}供本[报刊](?:专稿|特稿)|《[^《》]{2,20}》.{0,16}(?:刊发|刊载|刊登|报道|发表)|(?:图片|文字|文图|图文)?来源[:：].{2,30}"
    rf"|[{HAN}]{{4,20}}(?:供稿|供图|提供)"
)
_LONGEST: Final = 90
_MOST_NAMES: Final = 16


@dataclass(frozen=True, slots=True)
class Credit:
    """What a credit says.

    Attributes:
        names: People's names without padding; for a piece signed by its office that office (本报评论员).
        photo: Whether it names who took a picture.
        role: Whether it says what those people are (记者, 摄), not their names alone.
        comment: Whether a commentator signs.
    """

    names: tuple[str, ...]
    photo: bool = False
    role: bool = False
    comment: bool = False


def parse_credit(text: str) -> Credit | None:
    """The credit that `text` is, the whole of it; None when it is something else.

    >>> parse_credit("本报记者 吕 游 通讯员 刘佳 摄")
    Credit(names=('吕游', '刘佳'), photo=True, role=True, comment=False)
    >>> parse_credit("为美好生活出发") is None
    True
    """
    bare = text.strip()
    if not bare or len(bare) > _LONGEST:
        return None
    if found := _ENGLISH.match(bare) or _CONTRIBUTED.match(bare):
        return Credit(tuple(_ENGLISH_AND.split(found.group("names"))), role=True)
    marked = _MARKER.sub("", bare).strip()
    inner = _unbracketed(marked)
    if _SOURCE.fullmatch(inner) and inner != bare:
        return Credit((), role=True)
    if found := _SENT.match(inner):
        return _parsed(found.group("inner"), certain=True)
    inner = _EDITED.sub("", inner).rstrip(" \u3000|｜/／") or inner
    inner = _ASKED.sub("", inner).rstrip(" \u3000|｜/／") or inner
    if found := _FROM.search(inner):
        rest = (inner[: found.start()] + " " + inner[found.end() :]).strip(" \u3000|｜/")
        return _parsed(rest, certain=True) if rest else Credit((), role=True)
    credit = _parsed(inner, certain=inner != bare)
    return credit if credit and _plausible(credit, bare, marked) else None


def _plausible(credit: Credit, bare: str, marked: str) -> bool:
    """Whether these names may stand under these signs: 【深读】, ◆深读 and ◆记者蹲点 are columns."""
    named = all(map(looks_like_name, credit.names))
    if credit.role:
        return named or bare[0] not in _COLUMN_SIGNS or credit.comment
    if marked[:1] in "【[":
        return False
    sure = bare[0] in _SIGNED or marked[:1] in "（("
    return named or (sure and all(len(name) < _WIDE_NAME for name in credit.names))


def _unbracketed(text: str) -> str:
    bracketed = text[:1] in _OPENERS and text[-1:] in _CLOSERS
    return text[1:-1].strip() if bracketed and text[1:-1] else text


def _parsed(text: str, *, certain: bool) -> Credit | None:
    if _IN_NO_LIST.search(text):
        return None
    rest, photo, work = _without_work(text)
    roles = _ROLE.findall(rest)
    comment = any("评论员" in role or "观察员" in role for role in roles)
    names = _names(_ROLE.sub(" 、", rest))
    if names is None:
        return None
    role = work or bool(roles)
    certain = certain or work or _ROLE.match(rest) is not None
    if not names and comment and roles:
        return Credit((squeezed_role(roles[0]),), role=True, comment=True)
    if not names or not certain:
        return None
    return Credit(names, photo or _DREW.search("".join(roles)) is not None, role, comment)


def squeezed_role(role: str) -> str:
    """The office that signs, without padding."""
    return "".join(role.split())


def _without_work(text: str) -> tuple[str, bool, bool]:
    """The text without 摄, 文/图 at names; whether they name photographers alone; whether any stood there."""
    if works := [found.group("done") for found in _DONE.finditer(text)]:
        wrote = any("文" in work for work in works)
        return _LAST_WORK.sub("", _DONE.sub("、", text)).strip("、 "), not wrote or works == ["文/图"], True
    if found := _WORK.search(text):
        rest = text[: found.start()] if found.start() else text[found.end() :]
        return rest.strip(), "摄" in found.group() or "图" in found.group(), True
    if found := _PHOTO_TAIL.search(text):
        rest = text[: found.start()].rstrip()
        if rest:
            return _AMID.sub("、", rest), True, True
    return text, False, False


def _names(text: str) -> tuple[str, ...] | None:
    """The names listed in `text`, padding taken out; None when something in it is no name."""
    if not text.strip(" 、"):
        return ()
    if _LATIN_NAME.fullmatch(text.strip(" 、")):
        return (text.strip(" 、"),)
    tokens = unpadded([token for token in _SEPARATORS.split(text) if token])
    names = [
        name
        for token in tokens
        if token not in _AND
        for part in and_parted(token)
        for name in parted_names(part)
    ]
    if len(names) > _MOST_NAMES or not all(map(_is_name, names)):
        return None
    return tuple(dict.fromkeys(names))


def _is_name(token: str) -> bool:
    if _NOT_NAMES.fullmatch(token):
        return False
    return looks_like_name(token) or bool(_HAN_NAME.fullmatch(token) or _LATIN_NAME.fullmatch(token))


_INSIDE: Final = r"[^（）()【】\[\]〔〕〖〗]"
_TAIL = re.compile(rf"[（(【\[〔]({_INSIDE}{{2,{_LONGEST}}})[）)】\]〕]$")
_PHOTO_END = re.compile(
    rf"(?<=[。！？”）)])[ \u3000]*((?:{_REPORTER.pattern})?[ \u3000]*[{HAN}·、，, \u3000]{{2,24}}"
    r"(?:文\s*[/／]?\s*)?(?:(?:[/／]\s*)?(?:摄影报道|摄影|摄|供图)|[/／]图))$"
)


PHOTO_SIGNS: Final = ("摄", "图", "摄影", "报道")


def tail_credit(text: str) -> tuple[str, str, Credit] | None:
    """A credit at the end of a paragraph: what stands before it, the credit as printed, what it says.

    >>> tail_credit("活动持续三天。（李俊、王小明）")[:2]
    ('活动持续三天。', '（李俊、王小明）')
    """
    end = text[-_LONGEST - 4 :]
    offset = len(text) - len(end)
    found = _TAIL.search(end) if end[-1:] in _CLOSERS else None
    if found and _after_sentence(end[: found.start()]):
        credit = parse_credit(found.group())
        if credit:
            return text[: offset + found.start()].rstrip(), found.group(), credit
    found = _PHOTO_END.search(end) if end.endswith(PHOTO_SIGNS) else None
    if found:
        credit = parse_credit(found.group(1))
        if credit:
            return text[: offset + found.start(1)].rstrip(), found.group(1), credit
    return None


def _after_sentence(before: str) -> bool:
    before = before.rstrip()
    return not before or ends_sentence(before) or before[-1] in "）)；"


_HEAD = re.compile(rf"\s*(?P<open>[（(【\[〔])(?P<inner>{_INSIDE}{{2,90}})[）)】\]〕]\s*[:：]?\s*")
_BARE_HEAD = re.compile(
    rf"\s*((?:{_REPORTER.pattern})[ \u3000]*[{HAN}·、， \u3000]{{2,30}}?(?:报道|摄影报道)?)\s*[:：]"
)


def head_credit(text: str) -> tuple[str, str, Credit] | None:
    """A credit right after a dateline: the credit as printed, the text after it, what it says."""
    if found := _HEAD.match(text):
        credit = _parsed(found.group("inner").strip(), certain=True)
        if credit and (credit.role or (found.group("open") in "（(" and not credit.photo)):
            return found.group().strip(), text[found.end() :], credit
    if found := _BARE_HEAD.match(text):
        credit = parse_credit(found.group(1).removesuffix("报道"))
        if credit:
            return found.group().strip(), text[found.end() :], credit
    return None


_BRACKETED_REPORT = re.compile(
    rf"[【\[〔（(]\s*(?P<credit>{_REPORTER.pattern}[ \u3000]*[{HAN}·、， \u3000]{{2,40}}?)"
    rf"(?:[ \u3000]*[/／][ \u3000]*(?P<place>[{HAN}]{{0,6}}?))?[ \u3000]*"
    r"(?:(?:综合|现场|独家)?报[道导]|专?[电讯])[】\]〕）)][ \u3000]*"
)
"""〔记者林小满／松城报导〕 before a text."""

_REPORT = re.compile(
    rf"(?P<credit>{_REPORTER.pattern}[ \u3000]*[{HAN}·、， \u3000]{{2,40}}?)[ \u3000]+"
    rf"(?P<place>(?!摄影|综合|采访|图文|现场|独家)[{HAN}]{{2,8}}(?:、[{HAN}]{{2,6}}){{0,3}})(?P<kind>(?:综合)?报道)(?=[\s:：，,“]|[{HAN}\d]|$)[:：]?"
)


def head_report(text: str) -> tuple[str, Credit, Dateline, str] | None:
    """Who reports from where before a text: credit as printed, what it says, the dateline, the text after it.

    >>> credit, _, dateline, rest = head_report("本报记者 林小满 周禾 松城报道 清晨，渡口很静。")
    >>> credit, dateline.text, dateline.place, rest
    ('本报记者 林小满 周禾', '松城报道', '松城', '清晨，渡口很静。')
    """
    if text[:1] in _OPENERS:
        return _bracketed_report(text)
    if "报道" not in text[:_LONGEST] or not (found := _REPORT.match(text[:_LONGEST])):
        return None
    credit = parse_credit(found.group("credit"))
    if credit is None:
        return None
    printed = found.group()[found.start("place") :]
    dateline = Dateline(printed, found.group("place"), None, None)
    return found.group("credit"), credit, dateline, text[found.end() :].lstrip()


def _bracketed_report(text: str) -> tuple[str, Credit, Dateline, str] | None:
    found = _BRACKETED_REPORT.match(text[:_LONGEST])
    if not found or not (credit := parse_credit(found.group("credit"))):
        return None
    dateline = Dateline("", found.group("place") or None, None, None)
    return found.group().strip(), credit, dateline, text[found.end() :]
