"""Looks for texts that break an invariant of the extraction, and keeps the smallest it finds as cases.

nice python -m tests.extract.fuzzing --seconds 600 --seed 1
"""

from __future__ import annotations

import argparse
import hashlib
import time
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Final

from digest.extract.traditional import exchanged
from tests.extract.invariants import broken
from tests.typesetting.manuscripts import seeded
from tests.typesetting.press import set_page
from tests.typesetting.styles import STYLES

CASES: Final = Path(__file__).parent / "cases"
SIGNS: Final = (
    "\n \u3000\t\r\x0b\x0c\x85\u2028\u200b\ufeff\x00\ue000\u00ad，。、；：！？“”‘’（）()【】《》〈〉[]{}<>|"
    "#*_-—…·•~～%℃□■●▲△◎▼↑→"
    "一二三四上下左右版讯电摄文图日月年记者社报本第转接a1A9é"
)
PIECES: Final = (
    *SIGNS,
    "本报讯",
    "（记者 林小满）",
    "新华社松城3月3日电",
    "（下转第4版）",
    "（上接第1版）",
    "本报记者 周 禾 摄",
    "文/林小满 图/周禾",
    "□ 周禾",
    "![](a.png)",
    "**",
    "## ",
    "# ",
    "> ",
    "| 表 |",
    "|---|",
    "&nbsp;",
    "&amp;",
    "<br>",
    "http://a.example/b",
    "2025年3月4日 星期二",
    "第3版",
    "责任编辑：",
    "导读",
    "广告",
    "今日天气 多云 3～8℃",
    "图为",
    "编者按",
    "特此公告。",
    "记者：",
    "By Lin Xiaoman",
    "Liu Heng contributed to this story.",
    "See GOJI, page 6",
    "Harbour Post March 4, 2025 | 3",
    "【本报讯】",
    "〔记者林小满／松城报导〕",
    "综合新华社报道 ",
    "■地铁末班车延后",
    "编辑同志：",
    "（本报记者 林小满）",
    "本報訊（記者陳詠詩）",
    "（轉第六版）",
    "山川日報 中華民國一一四年三月四日 第3版",
    "词-\n语",
    "en-\nvironment",
    "河湾新桥河湾新桥",
    "社社区区食食堂堂",
    "作 等 情 况",
    "红红火火",
    "\n\n",
    "\n\n\n",
    "\r\n",
)
"""What is put into pages: every sign that some rule looks at."""
_MOST_CHANGES: Final = 12
_LONGEST_SOUP: Final = 60
_TRADITIONAL: Final = 0.15
"""The share of pages in traditional characters."""


def fuzzed(rng: Random) -> str:
    """A text to try: a set page with lines and signs cut, moved and put in, or a soup of signs."""
    if rng.random() < 0.3:
        return "".join(rng.choice(PIECES) for _ in range(rng.randint(0, _LONGEST_SOUP)))
    page = set_page(rng.choice(STYLES), rng.randrange(1000)).text
    if rng.random() < _TRADITIONAL:
        page = exchanged(page)
    start = rng.randrange(len(page))
    page = page[start : start + rng.choice((60, 300, 1500))]
    for _ in range(rng.randint(1, _MOST_CHANGES)):
        page = rng.choice(_CHANGES)(page, rng)
    return page


def _put(page: str, rng: Random) -> str:
    at = rng.randint(0, len(page))
    return page[:at] + rng.choice(PIECES) * rng.choice((1, 1, 1, 3)) + page[at:]


def _cut(page: str, rng: Random) -> str:
    at = rng.randint(0, len(page))
    return page[:at] + page[at + rng.randint(1, 30) :]


def _moved(page: str, rng: Random) -> str:
    lines = page.split("\n")
    line = lines.pop(rng.randrange(len(lines)))
    lines.insert(rng.randint(0, len(lines)), line)
    return "\n".join(lines)


def _repeated(page: str, rng: Random) -> str:
    at = rng.randint(0, len(page))
    size = rng.randint(1, 12)
    return page[: at + size] + page[at:]


def _broken_lines(page: str, rng: Random) -> str:
    at = rng.randint(0, len(page))
    return page[:at] + "\n" + page[at:]


_CHANGES: Final[tuple[Callable[[str, Random], str], ...]] = (
    _put,
    _put,
    _cut,
    _moved,
    _repeated,
    _broken_lines,
)


def fault(page: str) -> str | None:
    """In words, what is wrong with the page's extraction, an exception too; None when nothing is."""
    try:
        return broken(page)
    except Exception as error:  # noqa: BLE001 - whatever it raises is what is looked for
        return f"{type(error).__name__}: {error}"


def smallest(page: str, still: Callable[[str], bool]) -> str:
    """The page with everything left out without which `still` holds."""
    size = len(page) // 2
    while size:
        at = 0
        while at < len(page):
            shorter = page[:at] + page[at + size :]
            if still(shorter):
                page = shorter
            else:
                at += size
        size //= 2
    return page


def main() -> None:
    """Fuzzes for a while and writes what it finds to the folder of cases."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    end, tried, kinds = time.monotonic() + args.seconds, 0, set[str]()
    while time.monotonic() < end:
        page = fuzzed(seeded(args.seed, tried))
        tried += 1
        found = fault(page)
        kind = found.split(" ")[0] if found else ""
        if found and kind not in kinds:
            kinds.add(kind)
            _keep(page, kind)
    print(f"{tried} pages tried, {len(kinds)} kinds of fault")  # noqa: T201 - this is a command


def _keep(page: str, kind: str) -> None:
    case = smallest(page, lambda text: (fault(text) or "").startswith(kind))
    CASES.mkdir(exist_ok=True)
    name = hashlib.sha256(case.encode()).hexdigest()[:12]
    (CASES / f"{name}.txt").write_text(case, encoding="utf-8", newline="")
    print(f"{name}: {fault(case)}: {case!r}", flush=True)  # noqa: T201 - this is a command


if __name__ == "__main__":
    main()
