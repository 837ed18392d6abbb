"""Measures which pieces of a page speak of the same thing, by pairs of characters; it decides nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
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
        self._pairs = [_pairs(unit.text) for unit in units]
        bodies = [pairs for unit, pairs in zip(units, self._pairs, strict=True) if unit.sort == "body"]
        self._seen = Counter(chain.from_iterable(bodies))
        count = max(1, len(bodies))
        self._worth = [log(1 + count / (1 + seen)) for seen in range(count + 1)]
        self._totals: dict[int, float] = {}
        self._cohesions: dict[int, float] = {}
        self._sides: dict[int, tuple[float, float, float]] = {}

    def overlap(self, index: int, others: Sequence[int]) -> float:
        """Share of a unit's pairs that stand in the other units, 0..1."""
        pairs = self._pairs[index]
        if not pairs or not others:
            return 0.0
        there = pairs.intersection(set[str]().union(*[self._pairs[other] for other in others]))
        if index not in self._totals:
            self._totals[index] = self._weight(pairs)
        return self._weight(there) / self._totals[index]

    def _weight(self, pairs: Iterable[str]) -> float:
        seen, worth = self._seen, self._worth
        return sum([worth[seen[pair]] for pair in pairs])

    def cohesion(self, index: int) -> float:
        """How much the bodies from `index` on speak of what the bodies before it spoke of, 0..1."""
        if index not in self._cohesions:
            after = self._bodies_from(index, 1, _TOPIC_AHEAD)
            before = self._bodies_from(index - 1, -1, _TOPIC_BEHIND)
            self._cohesions[index] = max((self.overlap(body, before) for body in after), default=0.0)
        return self._cohesions[index]

    def pull(self, index: int) -> float:
        """Above 0 a heading shares more with the bodies before it than with those after it, -1..1."""
        before, after, _ = self._sides_of(index)
        return before - after

    def touch(self, index: int) -> float:
        """How much a short line or a caption shares with the bodies around it, 0..1."""
        return self._sides_of(index)[2]

    def _sides_of(self, index: int) -> tuple[float, float, float]:
        if index not in self._sides:
            before, after = self._around(index, -1, _BEHIND), self._around(index, 1, _AHEAD)
            self._sides[index] = (
                self.overlap(index, before),
                self.overlap(index, after),
                self.overlap(index, before + after),
            )
        return self._sides[index]

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


def _pairs(text: str) -> set[str]:
    characters = "".join(_WORD.findall(text))
    return {characters[place : place + 2] for place in range(len(characters) - 1)}
