"""Time grows linearly: pages made to make a careless parser slow."""

from __future__ import annotations

import time

import pytest

from digest.extract import extract_page
from tests.typesetting.press import set_page
from tests.typesetting.styles import STYLES

_UNIT = 6_000
_TIMES = 4
_LARGE = 20_000
_AT_TEN = 12.0
_TRIES = 4
_AT_MOST = 10.0
"""Times as long for four times the text; a quadratic parser takes sixteen."""

HOSTILE = {
    "one line": "中",
    "one heading": "# 中",
    "short lines": "新桥通车\n",
    "headings": "## 新桥通车\n\n",
    "articles": "本报讯（记者 林小满） 昨日，河湾新桥建成通车。\n\n",
    "credits": "本报记者 林小满\n",
    "brackets": "（",
    "figures": "1",
    "pairs": "红红火火",
    "tags": "<",
    "bars": "|",
    "rules": "|-",
    "stars": "*",
    "images": "![a](",
    "blanks": " ",
    "hashes": "#",
    "paragraph": "两岸往来方便，新桥今日通车。",
    "latin": "a",
    "reporters": "记者",
    "credits of many": "本报记者 林 小 满 ",
    "datelines": "本报松城3月4日",
    "places": "新华社松城",
    "jumps": "（下转第4版",
    "folios": "山川日报 2025年3月4日 第3版 ",
    "names": "林小满、",
    "English names": "By Lin Xiaoman and ",
    "English papers": "Harbour Post ",
    "formulas": "$1",
    "entities": "&nbsp",
    "open tags": "<a href=",
    "comments": "<!--",
    "old brackets": "〔记者林小满／",
    "quotes": "> ",
    "middle dots": "林·",
    "bracketed": "（林）",
    "traditional": "渡輪碼頭",
}


def seconds(page: str) -> float:
    start = time.process_time()
    extract_page(page)
    return time.process_time() - start


@pytest.mark.parametrize("piece", HOSTILE.values(), ids=HOSTILE)
def test_time_grows_with_length_not_faster(piece: str) -> None:
    small = piece * (_UNIT // len(piece))
    extract_page(small)
    base = min(seconds(small) for _ in range(2))
    assert seconds(small * _TIMES) <= _AT_MOST * base + 0.05


def test_ten_times_the_pages_take_at_most_twelve_times_as_long() -> None:
    issue = "".join(set_page(style, 1).text for style in STYLES[::4])
    small = issue * (_LARGE // len(issue) + 1)
    extract_page(small)
    assert any(_grows_by(small, 10) <= _AT_TEN for _ in range(_TRIES))


def _grows_by(small: str, times: int) -> float:
    """How many times as long a text so many times as long takes, both measured now: other work slows both."""
    base = min(seconds(small) for _ in range(3))
    return seconds(small * times) / base
