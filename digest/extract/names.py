"""What a person's name looks like in print: surname, padding, middle dot; it knows no person."""

from __future__ import annotations

import re
from typing import Final

from digest.extract.glyphs import HAN

_SURNAMES: Final = frozenset(
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何高林罗郑梁谢宋唐许韩冯邓曹彭曾肖田董袁潘于蒋蔡余杜叶程苏魏吕丁任沈姚卢姜崔钟谭陆汪范金石廖贾夏韦付"
    "方白邹孟熊秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严覃武戴莫孔向汤温康施文牛樊葛邢安齐易乔伍庞颜倪庄聂章鲁岳翟殷詹申欧耿关兰焦俞左柳甘祝包"
    "宁尚符舒阮柯纪梅童凌毕单季裴霍涂苗谷盛翁冉骆蓝辛管柴蒙鲍华喻祁蒲房滕屈饶解牟艾尤穆农司卓古吉缪简车项连芦麦褚娄窦戚岑景党费卜"
    "晏席卫米柏宗瞿桂佟应臧闵苟邬卞姬栾隋商刁沙荣巫寇桑郎甄丛仲虞敖巩佘池查麻苑迟邝官封谈匡鞠惠荆冀郁胥储原栗燕楚鄢劳谌奚皮粟冼蔺楼闻厉伊仝郜阚屠朴廉禹井祖漆巴丰"
    "况肇危尧郗赖洪"
)
_COMPOUND: Final = (
    "欧阳|上官|司马|司徒|诸葛|皇甫|东方|尉迟|公孙|慕容|令狐|宇文|长孙|端木|轩辕|夏侯|百里|南宫|独孤"
)
_FOREIGN: Final = re.compile(rf"[{HAN}]{{1,4}}(?:[·•・．‧][{HAN}]{{1,4}}){{1,3}}")
_COMPOUND_NAME: Final = re.compile(rf"(?:{_COMPOUND})[{HAN}]{{1,2}}")
_PLAIN: Final = re.compile(rf"[{HAN}]{{2,3}}")
_BLANK: Final = re.compile(r"[\s\u3000]+")
_TWO_WIDE: Final = (4, 6)
_LONGEST_LIST: Final = 60
_SURE: Final = 2


def looks_like_name(token: str) -> bool:
    """Whether surname and length are those of a person's name, or it has a middle dot.

    >>> looks_like_name("林小满"), looks_like_name("扎西·多吉"), looks_like_name("快人快语")
    (True, True, False)
    """
    if _PLAIN.fullmatch(token):
        return token[0] in _SURNAMES
    return bool(_COMPOUND_NAME.fullmatch(token) or _FOREIGN.fullmatch(token))


def parted_names(token: str) -> tuple[str, ...]:
    """Two names set without a blank, 林小满周禾, one by one; else the token alone.

    >>> parted_names("林小满周禾"), parted_names("欧阳小满")
    (('林小满', '周禾'), ('欧阳小满',))
    """
    low, high = _TWO_WIDE
    if low <= len(token) <= high and not looks_like_name(token):
        for cut in (3, 2):
            if looks_like_name(token[:cut]) and looks_like_name(token[cut:]):
                return token[:cut], token[cut:]
    return (token,)


def and_parted(token: str) -> list[str]:
    """The two names on both sides of an 和 or 及; a name that has one in it, 李和平 or 苏和, stays whole.

    >>> and_parted("林小满和周禾"), and_parted("巴图·苏和"), and_parted("李和平")
    (['林小满', '周禾'], ['巴图·苏和'], ['李和平'])
    """
    for found in re.finditer("[和及]", token[1:-1]):
        first, second = token[: found.start() + 1], token[found.start() + 2 :]
        if looks_like_name(first) and looks_like_name(second):
            return [first, second]
    return [token]


def unpadded(tokens: list[str]) -> list[str]:
    """吕 游 becomes 吕游: two single characters beside each other are one padded name."""
    joined: list[str] = []
    pending = ""
    for token in tokens:
        if len(token) != 1:
            joined += [pending, token] if pending else [token]
            pending = ""
            continue
        pending += token
        if len(pending) > 1:
            joined.append(pending)
            pending = ""
    return [*joined, pending] if pending else joined


_PEN: Final = re.compile(rf"[{HAN}]{{2}}")
_WORKPLACE: Final = re.compile(
    rf"[{HAN}\d]{{2,18}}(?:[院系局委校厅办馆所站部处社级班镇乡村县市州]|大学|[中小]学|公司|集团|中心|协会|医院|街道)"
)


def signature(line: str) -> tuple[str, ...]:
    """The people who sign in a line alone: their names, perhaps after the place where they work.

    >>> signature("林小满"), signature("周 禾"), signature("松城大学 林小满"), signature("新桥 通车")
    (('林小满',), ('周禾',), ('林小满',), ())
    """
    pieces = [piece for piece in _BLANK.split(line) if piece]
    if len(pieces) > 1 and _WORKPLACE.fullmatch(pieces[0]):
        pieces = pieces[1:]
    if len(pieces) == len(line) - 1 == _SURE:
        return ("".join(pieces),) if _PEN.fullmatch("".join(pieces)) else ()
    names = unpadded([part for piece in pieces for part in piece.split("、") if part])
    return tuple(names) if names and all(map(looks_like_name, names)) else ()


def listed_names(line: str) -> tuple[str, ...]:
    """The people whose names, parted by blanks alone, make up the whole line; none when it says more.

    >>> listed_names("陆　朔　金北辰"), listed_names("为 美好 生活")
    (('陆朔', '金北辰'), ())
    """
    if len(line) > _LONGEST_LIST:
        return ()
    pieces = [piece for piece in _BLANK.split(line) if piece]
    names = unpadded(pieces)
    if len(pieces) < _SURE and len(line) != _SURE + 1:
        return ()
    return tuple(names) if names and all(looks_like_name(name) for name in names) else ()
