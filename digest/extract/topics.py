"""Measures which pieces of a page speak of the same thing, by pairs of characters; it decides nothing."""

from __future__ import annotations

import re
from array import array
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain, repeat
from math import log
from typing import Final

from digest.extract.glyphs import HAN
from digest.extract.units import Unit

_WORD = re.compile(rf"[{HAN}A-Za-z0-9]+")
_BEHIND: Final = 14
_AHEAD: Final = 6
_REACH: Final = 4
_TOPIC_BEHIND: Final = 8
_TOPIC_AHEAD: Final = 3


class Topics:
    """Overlaps between the units of one page; rare pairs of characters count more."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = units
        self._pairs = [_pairs(unit.text) if unit.text else set[int]() for unit in units]
        bodies = [pairs for unit, pairs in zip(units, self._pairs, strict=True) if unit.sort == "body"]
        self._seen: dict[int, int] = Counter(chain.from_iterable(bodies))
        count = max(1, len(bodies))
        self._worth = [log(1 + count / (1 + seen)) for seen in range(count + 1)]
        self._totals: dict[int, float] = {}
        self._cohesions: dict[int, float] = {}
        self._sides: dict[int, tuple[float, float, float]] = {}

    def cohesion(self, index: int) -> float:
        """How much the bodies from `index` on speak of what the bodies before it spoke of, 0..1."""
        if index not in self._cohesions:
            self._cohesions[index] = self._cohesion(index)
        return self._cohesions[index]

    def _cohesion(self, index: int) -> float:
        after = self._around(index - 1, 1, _TOPIC_AHEAD)
        if not after:
            return 0.0
        if after[0] == index + 1 and self._units[index].sort != "body":
            return self.cohesion(index + 1)
        before = self._bodies_from(index - 1, -1, _TOPIC_BEHIND)
        told = set[int]().union(*[self._pairs[body] for body in before])
        return max(self._share(body, self._pairs[body] - told) for body in after)

    def pull(self, index: int) -> float:
        """Above 0 a heading shares more with the bodies before it than with those after it, -1..1."""
        before, after, _ = self._sides_of(index)
        return before - after

    def touch(self, index: int) -> float:
        """How much a short line or a caption shares with the bodies around it, 0..1."""
        return self._sides_of(index)[2]

    def _sides_of(self, index: int) -> tuple[float, float, float]:
        if index not in self._sides:
            pairs = self._pairs[index]
            after = self._around(index, 1, _AHEAD)
            unseen = self._missing(pairs, self._around(index, -1, _BEHIND))
            self._sides[index] = (
                self._share(index, unseen),
                self._share(index, self._missing(pairs, after)),
                self._share(index, self._missing(unseen, after)),
            )
        return self._sides[index]

    def _missing(self, pairs: set[int], others: Iterable[int]) -> set[int]:
        """The pairs that stand in none of the other units."""
        for other in others:
            pairs = pairs - self._pairs[other]
        return pairs

    def _share(self, index: int, missing: set[int]) -> float:
        """What a unit's pairs that are not missing are worth among all of them."""
        pairs = self._pairs[index]
        if len(missing) == len(pairs):
            return 0.0
        if index not in self._totals:
            self._totals[index] = self._weight(pairs)
        return 1.0 - self._weight(missing) / self._totals[index] if missing else 1.0

    def _weight(self, pairs: Iterable[int]) -> float:
        return sum(map(self._worth.__getitem__, map(self._seen.get, pairs, repeat(0))))

    def _bodies_from(self, index: int, step: int, limit: int) -> list[int]:
        found: list[int] = []
        reach = _REACH * limit
        while 0 <= index < len(self._units) and len(found) < limit and reach:
            if self._units[index].sort == "body":
                found.append(index)
            index, reach = index + step, reach - 1
        return found

    def _around(self, index: int, step: int, limit: int) -> list[int]:
        """Bodies next to a unit on one side, up to the end of their article as far as its form tells."""
        found: list[int] = []
        here, reach = index + step, _REACH * limit
        while 0 <= here < len(self._units) and len(found) < limit and reach:
            unit = self._units[here]
            if unit.sort == "body":
                if step > 0 and found and unit.dated_at_start:
                    break
                found.append(here)
                if _closes(unit, step):
                    break
            elif found and (unit.lines[0].level or unit.sort == "credit"):
                break
            here, reach = here + step, reach - 1
        return found


def _closes(unit: Unit, step: int) -> bool:
    """Whether an article surely reaches no further than this body."""
    return unit.signed or unit.goes_on if step > 0 else unit.dated_at_start or unit.comes_from


def _pairs(text: str) -> set[int]:
    """Characters that stand side by side, each two as one number: 16 bits each, read at both offsets."""
    code = "".join(_WORD.findall(text)).encode("utf-16-le", "replace")
    pairs = set(array("I", code[: len(code) & -4]))
    pairs.update(array("I", code[2 : 2 + ((len(code) - 2) & -4)] if code else b""))
    return pairs
