"""Time grows linearly: pages made to make a careless parser slow."""

from __future__ import annotations

import time

import pytest

from digest.extract import extract_page

_UNIT = 6_000
_TIMES = 4
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
