"""Cuts texts for mail where a reader would: at the end of a sentence; it never adds words."""

from __future__ import annotations

import re

_SENTENCE_END = re.compile(r"[。！？!?…；]+[”’」』）)]*|\.(?=\s)")
ELLIPSIS = "…"


def sentence_end(text: str, limit: int) -> int:
    """Where to cut so that at most `limit` characters stay: after the last whole sentence that fits.

    When none of at least a third of the limit fits, the cut is at the limit.

    >>> text = "春耕开始了。今年墒情好，社员们抢抓农时。夏粮丰收有望。"
    >>> text[: sentence_end(text, 22)]
    '春耕开始了。今年墒情好，社员们抢抓农时。'
    >>> sentence_end("一二三四五六七八九十", 6)
    6
    """
    if len(text) <= limit:
        return len(text)
    ends = [found.end() for found in _SENTENCE_END.finditer(text, 0, limit)]
    return ends[-1] if ends and ends[-1] * 3 >= limit else limit


def shortened(text: str, limit: int) -> str:
    """The text, or its beginning with an ellipsis, at most `limit` characters.

    >>> shortened("云岭数字经济产业园开园", 8)
    '云岭数字经济产…'
    """
    return text if len(text) <= limit else text[: limit - 1].rstrip() + ELLIPSIS
