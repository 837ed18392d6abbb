"""Tells by their form the texts that speak of a picture beside them; it finds no picture."""

from __future__ import annotations

import re
from typing import Final

from digest.extract.glyphs import HAN

_OPENING: Final = re.compile(
    r"\s*(?:[▲△↑↓▼▽◀◁▶▷←→◤◢]\s*\S"
    r"|(?:[上下左右本题首末大小]|[左右][上下])?图(?:片|①|一)?(?:为|：|:|是)|(?:[上下左右]|[左右][上下])图[，、]?"
    r"|[（(【](?:资料|新闻|图片|本报)?(?:图片?|照片|配图)[）)】])"
)
_SCENE: Final = re.compile(
    rf"[{HAN}\d“”]{{4,26}}(?:一角|一隅|现场|场景|外景|夜景|全景|鸟瞰|掠影|示意图|效果图)。"
)
_LONGEST: Final = 160


def is_caption(text: str) -> bool:
    """Whether the form of a paragraph says that it tells of a picture beside it.

    >>> is_caption("图为渡口一角。"), is_caption("河湾渡口一角。"), is_caption("如图所示，渡口很静。")
    (True, True, False)
    """
    if len(text) > _LONGEST:
        return False
    return bool(_OPENING.match(text) or (text.endswith("。") and _SCENE.fullmatch(text)))
