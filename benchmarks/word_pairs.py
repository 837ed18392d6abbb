"""Writes the table of characters that stand together within words, from jieba's dictionary alone.

python -m benchmarks.word_pairs > digest/extract/word_pairs.py
"""

from __future__ import annotations

import math
import re
import sys
from collections import Counter, defaultdict
from itertools import pairwise
from pathlib import Path
from typing import Final

import jieba

_NAMES: Final = ("nr", "ns", "nt", "nz")
_LEAST: Final = 500
"""Uses of a pair within words; what is rarer would make the table long and seldom serve."""
_ODDS: Final = 3.0
"""Log odds of a pair within a word against a word's end beside a word's beginning."""
_SMOOTHING: Final = 3
_LINE: Final = 50
_HAN = re.compile(r"[一-鿿]{2}")
_HEAD: Final = '''\
"""Characters that stand together within words far oftener than across them: benchmarks/word_pairs.py.

Counted in the dictionary of jieba (MIT licence) without its names.
"""

from __future__ import annotations

from typing import Final

_TABLE: Final = """\\
'''
_TAIL: Final = '''"""
"""Groups parted by blanks: a character, then each that follows it."""

WORD_PAIRS: Final = frozenset(group[0] + second for group in _TABLE.split() for second in group[1:])
'''


def pairs_within_words() -> list[str]:
    """The pairs of characters between which a break surely cuts a word."""
    within: Counter[str] = Counter()
    first: Counter[str] = Counter()
    last: Counter[str] = Counter()
    for line in (Path(jieba.__file__).parent / "dict.txt").read_text(encoding="utf-8").splitlines():
        word, uses, sort = line.split()
        if sort.startswith(_NAMES):
            continue
        first[word[0]] += int(uses)
        last[word[-1]] += int(uses)
        within.update({"".join(pair): int(uses) for pair in pairwise(word)})
    every = first.total()
    return [
        pair
        for pair, uses in within.items()
        if uses >= _LEAST
        and _HAN.fullmatch(pair)
        and _odds(uses, last[pair[0]] * first[pair[1]] / every) > _ODDS
    ]


def _odds(within: float, across: float) -> float:
    return math.log((within + _SMOOTHING) / (across + _SMOOTHING))


def as_module(pairs: list[str]) -> str:
    """The source of the table."""
    seconds: dict[str, str] = defaultdict(str)
    for pair in sorted(pairs):
        seconds[pair[0]] += pair[1]
    lines = [""]
    for first, rest in seconds.items():
        group = first + rest
        if len(lines[-1]) + len(group) >= _LINE and lines[-1]:
            lines.append("")
        while len(group) > _LINE:
            lines[-1] += group[:_LINE]
            lines.append("")
            group = first + group[_LINE:]
        lines[-1] += group + " "
    return _HEAD + "\n".join(line.rstrip() for line in lines if line) + "\n" + _TAIL


if __name__ == "__main__":
    sys.stdout.write(as_module(pairs_within_words()))
