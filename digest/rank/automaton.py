"""Finds all of very many strings in one pass, though more are added; never knows a word from a string.

An automaton cannot change, and building one of all strings takes half a second where they are hundreds of
thousands. So there are a few, each much smaller than the next: what is added goes into the smallest, which is
built anew in less than a millisecond, and when one is full it goes into the next.
"""

from __future__ import annotations

from collections.abc import Iterable
from operator import itemgetter
from typing import Final

import ahocorasick_rs

SIZES: Final = (512, 16_384)
"""How many strings the smaller automata hold at most; 16,384 are built in 15 ms."""
SCATTERED: Final = 0.1
"""The share of strings outside of the largest automaton from which it is worth building anew."""

Span = tuple[str, int, int]
"""A string with its start and end in a text."""


class GrowingAutomaton:
    """Strings to look for; each is added once. `sizes` are those of the smaller automata, smallest first."""

    def __init__(self, sizes: tuple[int, ...] = SIZES) -> None:
        self._sizes = sizes
        self._parts = [_Part(()) for _ in (*sizes, None)]
        self._added: list[str] = []

    def add(self, pattern: str) -> None:
        """Looks for the string from the next text on."""
        self._added.append(pattern)

    def rebuild(self, patterns: Iterable[str]) -> None:
        """Looks for these strings and no others, with one automaton."""
        self._added = []
        self._parts = [*(_Part(()) for _ in self._sizes), _Part(tuple(patterns))]

    @property
    def is_scattered(self) -> bool:
        """Whether building it anew would make reading faster."""
        outside = len(self._added) + sum(len(part.patterns) for part in self._parts[:-1])
        return outside > SCATTERED * len(self._parts[-1].patterns)

    def find(self, text: str) -> list[Span]:
        """All occurrences, overlapping ones too, in the order of their ends; of one end the longest first."""
        if self._added:
            self._take_in()
        found = [spans for part in self._parts if (spans := part.find(text))]
        if len(found) < 2:  # noqa: PLR2004 - the usual case: all from the large one, in order
            return found[0] if found else []
        return sorted((span for spans in found for span in spans), key=itemgetter(2, 1))

    def _take_in(self) -> None:
        """Builds the smallest automaton that has room for what was added and for those that are smaller."""
        patterns = tuple(self._added)
        self._added = []
        for place, part in enumerate(self._parts):
            patterns = part.patterns + patterns
            if place == len(self._sizes) or len(patterns) <= self._sizes[place]:
                self._parts[place] = _Part(patterns)
                return
            self._parts[place] = _Part(())


class _Part:
    def __init__(self, patterns: tuple[str, ...]) -> None:
        self.patterns = patterns
        self._automaton = _build(patterns) if patterns else None

    def find(self, text: str) -> list[Span]:
        if self._automaton is None:
            return []
        spans = self._automaton.find_matches_as_indexes(text, overlapping=True)
        patterns = self.patterns
        return [(patterns[place], start, end) for place, start, end in spans]


def _build(patterns: tuple[str, ...]) -> ahocorasick_rs.AhoCorasick:
    """Contiguous, as the library chooses it only for few patterns: at 300,000 it reads six times as fast."""
    contiguous = ahocorasick_rs.Implementation.ContiguousNFA
    return ahocorasick_rs.AhoCorasick(patterns, implementation=contiguous, store_patterns=False)
