"""A profile's keywords as readers see them; the profile language itself is read by the ranking stage."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

_WEIGHTED = re.compile(r"(.+)\^([0-9.]+)")


@dataclass(frozen=True, slots=True)
class Chip:
    """A keyword, its weight as written (empty when it has none), and whether it keeps articles out."""

    text: str
    weight: str
    excluded: bool


def keyword_chips(keywords: Sequence[str]) -> list[Chip]:
    """The wanted keywords first, then the excluded.

    >>> [(chip.text, chip.weight, chip.excluded) for chip in keyword_chips(["-招聘", "数字经济^3"])]
    [('数字经济', '3', False), ('招聘', '', True)]
    """
    return sorted(map(_chip, keywords), key=lambda chip: chip.excluded)


def _chip(keyword: str) -> Chip:
    excluded = keyword.startswith("-")
    term = keyword.removeprefix("-")
    weighted = _WEIGHTED.fullmatch(term)
    return Chip(weighted[1], weighted[2], excluded) if weighted else Chip(term, "", excluded)
