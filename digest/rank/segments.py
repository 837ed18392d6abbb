"""Where jieba sees words, the one door to the segmenter; never learns words, never writes a cache.

The cuts are those of jieba's dictionary, made by its Rust edition: jieba itself takes half a second to load
and keeps its dictionary in a file in the shared temporary folder. The segmenter is loaded at first use.
Its hidden Markov model for unknown words stays off: it glues keywords younger than the dictionary
to their neighbours, and a hit must only be judged by words that are certain.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate


@dataclass(frozen=True, slots=True)
class Segments:
    """A text cut into words.

    Attributes:
        starts: Where each word starts, ascending; the last is the length of the text.
    """

    text: str
    starts: tuple[int, ...]

    def word_at(self, position: int) -> tuple[int, int]:
        """Start and end of the word that covers the character at `position`."""
        place = bisect_right(self.starts, position) - 1
        return self.starts[place], self.starts[place + 1]

    def starts_between(self, first: int, last: int) -> tuple[int, ...]:
        """The starts from `first` to `last`, both included where words start there."""
        return self.starts[bisect_left(self.starts, first) : bisect_right(self.starts, last)]


def segment(text: str) -> Segments:
    """The words of a text.

    >>> segment("大数据大同小异").starts
    (0, 1, 3, 7)
    """
    import rjieba  # noqa: PLC0415 - loads its dictionary on import, which only a run with hits should pay for

    words = rjieba.cut(text, hmm=False)
    return Segments(text, tuple(accumulate(map(len, words), initial=0)))


@lru_cache(maxsize=4096)
def is_word(text: str) -> bool:
    """Whether the dictionary has the text as one word.

    >>> is_word("大同小异"), is_word("新基建")
    (True, False)
    """
    import rjieba  # noqa: PLC0415 - as above

    return rjieba.has_word(text)


@lru_cache(maxsize=4096)
def frequency(word: str) -> int:
    """How often the dictionary's corpus had the word, to within one or two; 0 for what is not one word.

    The dictionary's parts of speech are no help: it takes 小学生 for the name of a person.

    >>> frequency("小异") < frequency("大同小异") < frequency("大同")
    True
    """
    import rjieba  # noqa: PLC0415 - as above

    return rjieba.suggest_freq(word) if is_word(word) else 0
