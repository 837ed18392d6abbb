"""Measures how surely short lines set one above the other are one line; it joins nothing.

The page as a whole tells: whether blanks part what belongs to different parts of a heading, and which
characters it sets side by side, so that a break between them cuts a word.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, pairwise
from typing import Final

from digest.extract.headings import surely_two
from digest.extract.units import Unit

_LEAST: Final = 2
_ENOUGH: Final = 3
_ONE_PART: Final = 2.0
_OTHER_PART: Final = -1.0
_WORD: Final = 2.5
_SAMPLE: Final = 50_000
_BOUND: Final = 0.3
"""Share of a character's uses that stand beside another one when both are a word."""


def set_joints(units: Sequence[Unit]) -> None:
    """Sets `joint` of every short line under another one: above 0 for one line, below for two."""
    runs = [list(run) for short, run in groupby(units, lambda unit: unit.sort == "short") if short]
    parted, words = _parted(runs), _Words(units)
    for over, under in (pair for run in runs for pair in pairwise(run)):
        gap = under.lines[0].gap
        under.joint = parted * (_OTHER_PART if gap else _ONE_PART)
        if not gap or not parted:
            under.joint += _WORD * words.cut(over.text, under.text)


def _parted(runs: Sequence[Sequence[Unit]]) -> float:
    """How surely blanks part kicker, headline and deck on this page, 0..1: both stand within one heading."""
    seen = 0
    for run in runs:
        gaps = [bool(unit.lines[0].gap) for unit in run[1:]]
        seen += any(gaps) and not all(gaps)
        seen -= sum(
            not under.lines[0].gap and surely_two(over.lines[0], under.lines[0])
            for over, under in pairwise(run)
        )
    return min(1.0, max(0, seen - 1) / (_ENOUGH - 1))


class _Words:
    """Characters that a page's bodies set side by side; of an overlong file, those of its start."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._text = "\n".join([unit.text for unit in units if unit.sort == "body"])[:_SAMPLE]

    def cut(self, over: str, under: str) -> bool:
        """Whether a break cuts a word."""
        last, first = over[-1:], under[:1]
        seen = self._text.count(last + first) if last and first else 0
        return seen >= _LEAST and seen >= _BOUND * min(self._text.count(last), self._text.count(first))
