"""The grammar of credits: who wrote, photographed or sent a piece; it judges form, it knows no names."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from digest.extract.glyphs import HAN, ends_sentence

_OUTLET = (
    rf"(?:本[报刊台网社]|新华社|中新社|[{HAN}]{{1,10}}?(?:日报|晚报|早报|晨报|商报|时报|快报|都市报|周报|青年报|"
    rf"电视台|广播电台|通讯社|新闻社|客户端|融媒体中心|融媒|报社?|社|网))"
)
_RANK = "(?:见习|实习|首席|特约|特派|资深|高级|驻站|全媒体|融媒体|融媒|全媒|数字|摄影|文字|视频|本地)"
_ROLES = (
    rf"(?:{_OUTLET}[ \u3000]*)?{_RANK}*(?:记者|通讯员|实习生|评论员|特派员|撰稿人?|观察员|主笔)"
    rf"|(?:综合)?(?:作者|撰文|撰写|采写|执笔|摄影报道|摄影|供图|编译|翻译|整理|漫画|制图|插图|口述|文字|图片|图文)"
)
_ROLE = re.compile(_ROLES)
_REPORTER = re.compile(rf"(?:{_OUTLET}[ \u3000]*)?{_RANK}*(?:记者|通讯员|实习生|特派员|作者)")
_PHOTO_TAIL = re.compile(r"(?:文\s*[/／、并及和与]?\s*)?(?:[/／]\s*)?(?:摄影报道|摄影|摄|供图|图)$")
_WORK = re.compile(
    r"(?:文\s*[/／、并及和与]?\s*[图摄](?:影)?|图\s*[/／、]?\s*文|[/／]\s*[文图摄])$|^(?:文|图|摄)(?:\s*[/／、]\s*[文图摄])?\s*[:：/／|｜]"
)
_MARKER = re.compile(r"^[□■●○◎◇◆▲△★☆▌►▶•◀◁▷—\s]+|[□■●○◎◇◆▲△★☆]+$")
_SEPARATORS = re.compile(r"[、，,;；/／|｜:：\s　和及&]+")
_HAN_NAME = re.compile(rf"[{HAN}]{{2,4}}|[{HAN}]{{1,10}}(?:[·•・．][{HAN}]{{1,10}}){{1,3}}")
_LATIN_NAME = re.compile(r"[A-Z][A-Za-z.'’\-]*(?: [A-Z][A-Za-z.'’\-]*){0,3}")
_PAIRS: Final = frozenset({"（）", "()", "（)", "(）", "【】", "[]"})
"""Brackets around a credit; OCR mixes the round ones."""

_NOT_NAMES: Final = re.compile(
    r"完|待续|全文完|图|文|左|右|上|下|中|一|二|三|四|五|六"
    r"|略|摘要|节选|全文|连载|续|资料图|资料图片|图片|新华社|本报|有删节|据新华社|未完待续|附图|附表"
    r"|见图|如图|下图|上图|右图|左图|网络图|试行|暂行|摘登|特此通告|特此公告|特此通知|此致|敬礼|手记"
    r"|观察|调查|日记|来信|札记|感言|点评|连线|视点|看台|随笔|了解|获悉|注意|看到|采访"
    r"|发现"
)
"""What stands where names do: continuation marks, pictures, kinds of columns, what reporters do."""

_SOURCE = re.compile(
    r"(?:据|摘自|转自|选自|原载|来源[:：]|综合)\s*.{2,40}|《[^《》]{2,20}》.{0,16}(?:刊发|刊载|刊登|报道|发表)|(?:图片|文字|文图|图文)?来源[:：].{2,30}"
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
    marked = _MARKER.sub("", bare).strip()
    inner = _unbracketed(marked)
    if _SOURCE.fullmatch(inner) and inner != bare:
        return Credit((), role=True)
    certain = inner != marked or marked != bare
    return _parsed(inner, certain=certain)


def _unbracketed(text: str) -> str:
    pair = text[:1] + text[-1:]
    return text[1:-1].strip() if pair in _PAIRS and text[1:-1] else text


def _parsed(text: str, *, certain: bool) -> Credit | None:
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
    return Credit(names, photo or "摄" in "".join(roles), role, comment)


def squeezed_role(role: str) -> str:
    """The office that signs, without padding."""
    return "".join(role.split())


def _without_work(text: str) -> tuple[str, bool, bool]:
    """The text without 摄, 文/图 at an end, whether they name a photographer, whether any stood there."""
    if found := _WORK.search(text):
        rest = text[: found.start()] if found.start() else text[found.end() :]
        return rest.strip(), "摄" in found.group() or "图" in found.group(), True
    if found := _PHOTO_TAIL.search(text):
        rest = text[: found.start()].rstrip()
        if rest:
            return rest, True, True
    return text, False, False


def _names(text: str) -> tuple[str, ...] | None:
    """The names listed in `text`, padding taken out; None when something in it is no name."""
    if not text.strip(" 、"):
        return ()
    if _LATIN_NAME.fullmatch(text.strip(" 、")):
        return (text.strip(" 、"),)
    joined = _padded_joined([token for token in _SEPARATORS.split(text) if token])
    if len(joined) > _MOST_NAMES or not all(_is_name(token) for token in joined):
        return None
    return tuple(dict.fromkeys(joined))


def _padded_joined(tokens: list[str]) -> list[str]:
    """吕 游 becomes 吕游: two single characters beside each other are one padded name."""
    joined: list[str] = []
    pending = ""
    for token in tokens:
        if len(token) == 1:
            pending += token
            if len(pending) > 1:
                joined.append(pending)
                pending = ""
            continue
        if pending:
            joined.append(pending)
            pending = ""
        joined.append(token)
    return [*joined, pending] if pending else joined


def _is_name(token: str) -> bool:
    return not _NOT_NAMES.fullmatch(token) and bool(
        _HAN_NAME.fullmatch(token) or _LATIN_NAME.fullmatch(token)
    )


_TAIL = re.compile(rf"[（(]([^（）()]{{2,{_LONGEST}}})[）)]$")
_PHOTO_END = re.compile(
    rf"(?<=[。！？”）)])[ \u3000]*((?:{_REPORTER.pattern})?[ \u3000]*[{HAN}·、，, \u3000]{{2,24}}"
    r"(?:文\s*[/／]?\s*)?(?:摄影报道|摄影|摄|供图|/图|/摄))$"
)


def tail_credit(text: str) -> tuple[str, str, Credit] | None:
    """A credit at the end of a paragraph: what stands before it, the credit as printed, what it says.

    >>> tail_credit("活动持续三天。（李俊、王小明）")[:2]
    ('活动持续三天。', '（李俊、王小明）')
    """
    end = text[-_LONGEST - 4 :]
    offset = len(text) - len(end)
    found = _TAIL.search(end)
    if found and _after_sentence(end[: found.start()]):
        credit = parse_credit(found.group())
        if credit:
            return text[: offset + found.start()].rstrip(), found.group(), credit
    found = _PHOTO_END.search(end)
    if found:
        credit = parse_credit(found.group(1))
        if credit:
            return text[: offset + found.start(1)].rstrip(), found.group(1), credit
    return None


def _after_sentence(before: str) -> bool:
    before = before.rstrip()
    return not before or ends_sentence(before) or before[-1] in "）)；"


_HEAD = re.compile(r"\s*[（(]([^（）()]{2,90})[）)]\s*")
_BARE_HEAD = re.compile(
    rf"\s*((?:{_REPORTER.pattern})[ \u3000]*[{HAN}·、， \u3000]{{2,30}}?(?:报道|摄影报道)?)\s*[:：]"
)


def head_credit(text: str) -> tuple[str, str, Credit] | None:
    """A credit right after a dateline: the credit as printed, the text after it, what it says."""
    if found := _HEAD.match(text):
        credit = _parsed(found.group(1).strip(), certain=True)
        if credit and (credit.role or not credit.photo):
            return found.group().strip(), text[found.end() :], credit
    if found := _BARE_HEAD.match(text):
        credit = parse_credit(found.group(1).removesuffix("报道"))
        if credit:
            return found.group().strip(), text[found.end() :], credit
    return None
