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
