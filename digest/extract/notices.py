"""Tells the titles of notices by their last word; whether a notice follows is the layout's to decide."""

from __future__ import annotations

import re
from typing import Final

from digest.extract.glyphs import squeezed

_TITLE: Final = re.compile(
    r"(?:公告|通告|通知|启事|声明|公示|讣告|招标书?|招聘|拍卖|须知|更正|致歉)(?:[（(].{1,12}[）)])?$"
)
_ALONE: Final = re.compile(
    r"[^，。：；！？]{0,40}(?:公告|通告|启事|公示|讣告|停[水电气热]通知)(?:[（(].{1,12}[）)])?$"
)


_REACHED: Final = re.compile(
    r"(?:联系|咨询|服务|监督|举报|报名|详询)?(?:电话|热线|方式|人)\s*[:：]|详询\s*[:：\d]"
)
_REACHED_FIRST: Final = frozenset("联电咨服监举报详热")


def tells_whom_to_ask(line: str) -> bool:
    """Whether a line begins as those in which notices say whom to ask; alone it is an advertisement's.

    >>> tells_whom_to_ask("联系电话：5520000"), tells_whom_to_ask("电话里说不清")
    (True, False)
    """
    return line[0] in _REACHED_FIRST and _REACHED.match(line) is not None


def ends_as_notice(headline: str) -> bool:
    """Whether a headline ends with a word that notices are called by.

    >>> ends_as_notice("关于停水的通告"), ends_as_notice("停水两天")
    (True, False)
    """
    return _TITLE.search(squeezed(headline)) is not None


def names_notice(line: str) -> bool:
    """Whether a line alone can only be the title of a notice.

    >>> names_notice("招领启事"), names_notice("特此公告。"), names_notice("特此公告")
    (True, False, False)
    """
    bare = squeezed(line)
    return not bare.startswith("特此") and _ALONE.fullmatch(bare) is not None
