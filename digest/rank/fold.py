"""Folds width, case and stray white space for matching; never changes what is displayed.

Folding a text for display would rewrite its punctuation, so a folded text is only ever a key, and every
position in it leads back to the original.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_WIDTHS = (
    (0x2E80, 0x2FDF),  # radicals, which the text layer of PDFs has in place of the characters
    (0xF900, 0xFAFF),  # compatibility ideographs
    (0xFF00, 0xFFEF),  # full- and half-width forms
    (0x3000, 0x3000),  # the ideographic space
)

_UNSPACED = (
    "\u3005-\u3007\u3040-\u30ff\u3100-\u312f\u3400-\u4dbf\u4e00-\u9fff"
    "\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"
)
_SPACED_CHARACTER = re.compile(rf"[^\W_{_UNSPACED}]")
_UNSPACED_CHARACTER = re.compile(rf"[{_UNSPACED}]")
_INVISIBLE = "\u00ad\u200b-\u200d\u2060\ufeff"
_GAP = re.compile(rf"[\s{_INVISIBLE}]+")
_SPACE = re.compile(r"\s")


class _FoldTable(dict[int, int]):
    """The folding of single characters, filled in as they are met."""

    def __missing__(self, code: int) -> int:
        folded = chr(code)
        if any(first <= code <= last for first, last in _WIDTHS):
            folded = _if_single(unicodedata.normalize("NFKC", folded), folded)
        folded = _if_single(folded.casefold(), folded)
        self[code] = ord(folded)
        return self[code]


def _if_single(folded: str, character: str) -> str:
    return folded if len(folded) == 1 else character


_TABLE = _FoldTable()


def fold(text: str) -> str:
    """The text in lower case and ordinary width, character for character: offsets stay what they were.

    >>> fold("５Ｇ网络，ＡＩ")
    '5g网络,ai'
    """
    return text.translate(_TABLE)


def is_spaced(character: str) -> bool:
    """Whether the character is a letter or digit of a script that parts its words by spaces."""
    return _SPACED_CHARACTER.match(character) is not None


def is_unspaced(character: str) -> bool:
    """Whether the character belongs to a script without spaces between words, such as Chinese."""
    return _UNSPACED_CHARACTER.match(character) is not None


@dataclass(frozen=True, slots=True)
class MatchForm:
    """A text as it is matched, with the way back.

    Attributes:
        text: Folded, without the white space that typesetting leaves inside Chinese.
        origins: For each of its characters the offset in the original; None when they are the same.
    """

    text: str
    origins: tuple[int, ...] | None

    def original(self, start: int, end: int) -> tuple[int, int]:
        """The span of the original text that `start` to `end` (exclusive, not empty) stands for."""
        if self.origins is None:
            return start, end
        return self.origins[start], self.origins[end - 1] + 1


def match_form(text: str) -> MatchForm:
    """The form of a text in which keywords are looked for.

    White space stays, as one blank, only between two letters or digits of spaced scripts: letter-spaced
    Chinese and lines that break in mid-word read as if set solid.

    >>> match_form("乡 村振\\n兴 Big  Data").text
    '乡村振兴big data'
    """
    folded = fold(text)
    if _GAP.search(folded) is None:
        return MatchForm(folded, None)
    pieces: list[str] = []
    origins: list[int] = []
    place = 0
    for gap in _GAP.finditer(folded):
        pieces.append(folded[place : gap.start()])
        origins.extend(range(place, gap.start()))
        if _parts_words(folded, gap):
            pieces.append(" ")
            origins.append(gap.start())
        place = gap.end()
    pieces.append(folded[place:])
    origins.extend(range(place, len(folded)))
    return MatchForm("".join(pieces), tuple(origins))


def _parts_words(folded: str, gap: re.Match[str]) -> bool:
    before, after = folded[gap.start() - 1 : gap.start()], folded[gap.end() : gap.end() + 1]
    return is_spaced(before) and is_spaced(after) and _SPACE.search(gap.group()) is not None


def key_of(text: str) -> str:
    """The form in which two writings of a keyword are the same.

    >>> key_of("ＡＩ 芯片") == key_of("ai芯片")
    True
    """
    return match_form(text).text
