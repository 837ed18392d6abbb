"""How fast pages are read on one core, beside jieba cutting the same text; how time grows with length.

python -m benchmarks.extract [FOLDER]    DIGEST_CORPUS/pages when that is set, else the demo pages
"""

from __future__ import annotations

import argparse
import importlib
import logging
import os
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final, Protocol, cast

from digest.extract import extract_page

_AT_LEAST: Final = 5.0
_GROWTH: Final = 12.0
_ROUND: Final = 0.5
_MEGABYTE: Final = 1_000_000


class Jieba(Protocol):
    """What is used of the library."""

    def setLogLevel(self, log_level: int) -> None: ...  # noqa: N802 - its name

    def initialize(self) -> None: ...

    def lcut(self, sentence: str) -> list[str]: ...


def default_folder() -> Path:
    """The corpus's pages, else those that ship with the project."""
    corpus = os.environ.get("DIGEST_CORPUS")
    return Path(corpus) / "pages" if corpus else Path(__file__).parent.parent / "seeds"


def read_pages(folder: Path) -> list[str]:
    """The text of all pages under the folder."""
    paths = sorted(path for path in folder.rglob("*") if path.suffix in {".txt", ".md"})
    return [path.read_text(encoding="utf-8") for path in paths]


def seconds(work: Callable[[str], object], pages: Sequence[str]) -> float:
    """Processor time of one pass over the pages, over as many passes as fill a round."""
    passes, start = 0, time.process_time()
    while time.process_time() - start < _ROUND:
        for page in pages:
            work(page)
        passes += 1
    return (time.process_time() - start) / passes


def cutter() -> Callable[[str], object]:
    """jieba's own segmenter, its dictionary loaded."""
    jieba = cast("Jieba", importlib.import_module("jieba"))  # has no types, takes a second
    jieba.setLogLevel(logging.CRITICAL)
    jieba.initialize()
    return jieba.lcut


def grown(pages: Sequence[str], size: int) -> str:
    """The pages one after another until the text has `size` bytes."""
    text = "\n\n".join(pages) + "\n\n"
    repeats = size // len(text.encode()) + 1
    return (text * repeats).encode()[:size].decode(errors="ignore")


def once(text: str) -> float:
    """Processor time of reading one text."""
    start = time.process_time()
    extract_page(text)
    return time.process_time() - start


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?", default=default_folder())
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--growth", action="store_true", help="also time 1 MB against 10 MB")
    args = parser.parse_args()
    pages = read_pages(args.folder)
    if not pages:
        sys.exit(f"no pages in {args.folder}")
    cut = cutter()
    pairs = [(seconds(extract_page, pages), seconds(cut, pages)) for _ in range(args.rounds)]
    rate = statistics.median(len(pages) / reading for reading, _ in pairs)
    ratio = statistics.median(cutting / reading for reading, cutting in pairs)
    print(f"{len(pages)} pages, {sum(map(len, pages)):,} characters; median of {args.rounds} rounds")
    print(f"{rate:.0f} pages/s on one core; {ratio:.1f} times as fast as jieba cuts them (bar {_AT_LEAST:g})")

    growth = 0.0
    if args.growth:
        small, large = once(grown(pages, _MEGABYTE)), once(grown(pages, 10 * _MEGABYTE))
        growth = large / small
        print(f"1 MB {small:.2f} s, 10 MB {large:.2f} s: {growth:.1f} times (bar {_GROWTH:g})")
    return 0 if ratio >= _AT_LEAST and growth <= _GROWTH else 1


if __name__ == "__main__":
    sys.exit(main())
