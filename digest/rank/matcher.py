"""Finds all words of all profiles in one pass over a text; never decides what a hit is worth."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Final, NamedTuple

from digest.rank.automaton import GrowingAutomaton
from digest.rank.expression import Words
from digest.rank.fold import MatchForm, is_spaced, is_unspaced, match_form
from digest.rank.segments import Segments, frequency, is_word, segment

COMPOUND_CREDIT: Final = 0.8
"""What a hit counts that is a part of one longer word: 学生 in 大学生."""
LONGEST_IDIOM: Final = 4
"""Characters; longer words of the dictionary are names put together from others."""

RARE_PHRASE: Final = 10
"""Words no more frequent than this are phrases that happen to stand in the dictionary."""


class Match(NamedTuple):
    """A keyword found, its span in the original text, and 0..1 for how surely it is the word meant."""

    key: str
    start: int
    end: int
    credit: float = 1.0


@dataclass(frozen=True, slots=True)
class Matches:
    """All keywords found in a text, and the text as it was matched, without stray white space."""

    found: tuple[Match, ...]
    text: str


class _Wanted(NamedTuple):
    """Words with what has to be asked where they stand.

    Attributes:
        letter_first, letter_last: They begin or end with a letter or digit that must not have one beside it.
        cut: An end is in Chinese, so the cut of the text is asked.
        cased: As they must stand when capitals count, else None.
    """

    key: str
    letter_first: bool
    letter_last: bool
    cut: bool
    cased: str | None


def _asked(words: Words) -> _Wanted:
    first, last = words.folded[0], words.folded[-1]
    return _Wanted(
        words.key,
        letter_first=is_spaced(first),
        letter_last=is_spaced(last) and not words.prefix,
        cut=not words.substring and (is_unspaced(first) or is_unspaced(last)),
        cased=words.cased if words.case else None,
    )


class Matcher:
    """Words to look for, of which some can come and go between two texts.

    An end in a script with spaces must be the end of a word (mac is not in machine, 5G is in 5G网络), but for
    a prefix; an end in Chinese must not cut through a word of jieba's (服装 is not in 和服装饰, where 和服
    ends in its middle) unless every substring is asked for, though words may be made of several.
    """

    def __init__(self, words: Iterable[Words] = ()) -> None:
        self._uses: dict[str, int] = {}
        self._wanted: dict[
            str, tuple[_Wanted, ...]
        ] = {}  # by folded text; empty when nobody wants it any more
        self._automaton = GrowingAutomaton()
        for each in words:
            self.add(each)

    def add(self, words: Words) -> None:
        """Looks for the words from the next text on; added twice, they are to be removed twice."""
        uses = self._uses.get(words.key, 0)
        self._uses[words.key] = uses + 1
        if not uses:
            wanted = self._wanted.get(words.folded)
            if wanted is None:
                self._automaton.add(words.folded)
            self._wanted[words.folded] = tuple(sorted((*(wanted or ()), _asked(words))))

    def remove(self, words: Words) -> None:
        """Takes back one `add` of equal words.

        Raises:
            KeyError: They were not added.
        """
        self._uses[words.key] -= 1
        if not self._uses[words.key]:
            del self._uses[words.key]
            kept = tuple(each for each in self._wanted[words.folded] if each.key != words.key)
            self._wanted[words.folded] = kept

    def uses(self, key: str) -> int:
        """How often the words of this key were added and not removed."""
        return self._uses.get(key, 0)

    def tidy(self) -> None:
        """Puts what came and went since into one automaton, for moments of rest; never needed for truth."""
        if self._automaton.is_scattered:
            self._wanted = {pattern: wanted for pattern, wanted in self._wanted.items() if wanted}
            self._automaton.rebuild(self._wanted)

    def find(self, text: str) -> tuple[Match, ...]:
        """All occurrences, overlapping ones too, in the order of their ends.

        >>> matcher = Matcher(map(Words, ["5g", "mac", "大同"]))
        >>> matcher.find("大同小异的 Ｍａｃ、machine 和５Ｇ网络")
        (Match(key='mac', start=6, end=9, credit=1.0), Match(key='5g', start=19, end=21, credit=1.0))
        """
        return self.read(text).found

    def read(self, text: str, *, names: bool = False) -> Matches:
        """The occurrences as `find` gives them, with the text in which they were looked for.

        In `names` of people no dictionary tells where a word ends.
        """
        form = match_form(text)
        spans = self._automaton.find(form.text)
        if not spans:
            return Matches((), form.text)
        ends, original = _Ends(text, form), form.original
        found = [
            Match(wanted.key, *original(start, end), credit)
            for pattern, start, end in spans
            for wanted in self._wanted.get(pattern, ())
            if (credit := ends.credit(wanted, start, end, names=names))
        ]
        return Matches(tuple(found), form.text)


class _Ends:
    """Judges whether occurrences in one text are the words meant; cuts the text only when it must."""

    def __init__(self, text: str, form: MatchForm) -> None:
        self._original = text
        self._text = form.text

    @cached_property
    def _segments(self) -> Segments:
        return segment(self._text)

    @cached_property
    def _bounds(self) -> frozenset[int]:
        return frozenset(self._segments.starts)

    @cached_property
    def _cased(self) -> str:
        return match_form(self._original, cased=True).text

    def credit(self, wanted: _Wanted, start: int, end: int, *, names: bool) -> float:
        text = self._text
        if wanted.letter_first and start > 0 and is_spaced(text[start - 1]):
            return 0.0
        if wanted.letter_last and end < len(text) and is_spaced(text[end]):
            return 0.0
        if wanted.cased is not None and self._cased[start:end] != wanted.cased:
            return 0.0
        if names or not wanted.cut or (start in self._bounds and end in self._bounds):
            return 1.0
        return _credit(self._segments, start, end)


def _credit(words: Segments, start: int, end: int) -> float:
    """What a Chinese hit counts: 1 on word boundaries, less inside a compound, 0 where it cuts a word."""
    first, last = words.word_at(start), words.word_at(end - 1)
    starts_well = start == first[0] or is_spaced(words.text[start])
    ends_well = end == last[1] or is_spaced(words.text[end - 1])
    if starts_well and ends_well:
        return 1.0
    if first == last:
        whole = words.text[slice(*first)]
        return COMPOUND_CREDIT if _is_compound(whole, start - first[0], end - first[0]) else 0.0
    at_seams = (starts_well or _is_seam(words.text, first, start)) and (
        ends_well or _is_seam(words.text, last, end)
    )
    return 1.0 if at_seams or _reads_better(words, start, end) else 0.0


def _is_seam(text: str, word: tuple[int, int], position: int) -> bool:
    """Whether two words make up the word and meet at `position`: 环境 and 保护 in 环境保护."""
    return _is_long_word(text[word[0] : position]) and _is_long_word(text[position : word[1]])


def _is_long_word(text: str) -> bool:
    """Whether the text is a dictionary word of more than one character."""
    return len(text) > 1 and is_word(text)


def _is_compound(whole: str, start: int, end: int) -> bool:
    """Whether the word `whole` is about the part of it from `start` to `end`.

    大学生 is about 学生: what is left is an affix. 土壤污染 is about 污染: what is left is a word in its own
    right. 大同小异 is not about 大同: 小异 hardly occurs outside of it. Longer words are names put together.
    """
    if len(whole) > LONGEST_IDIOM:
        return True
    if start > 0 and end < len(whole):
        return False
    rest = whole[:start] + whole[end:]
    return len(rest) == 1 or max(frequency(rest), RARE_PHRASE) >= frequency(whole)


def _reads_better(words: Segments, start: int, end: int) -> bool:
    """Whether a cut around the hit takes fewer and longer words than jieba's, one word further on both sides.

    jieba reads 护肤品牌 as 护肤品, 牌, for the sake of a frequent word; the hit 品牌 is right.
    """
    left = words.word_at(max(0, words.word_at(start)[0] - 1))[0]
    right = words.word_at(min(len(words.text), words.word_at(end - 1)[1] + 1) - 1)[1]
    before, after = segment(words.text[left:start]), segment(words.text[end:right])
    return _effort(before.starts) + 1 + _effort(after.starts) < _effort(words.starts_between(left, right))


def _effort(starts: Sequence[int]) -> int:
    """The number of words that start so, the last being an end; those of a single character count twice."""
    return sum(1 + (end - start == 1) for start, end in pairwise(starts))
