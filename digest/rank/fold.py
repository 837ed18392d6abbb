"""Folds width, case, traditional characters and stray white space for matching; never what is displayed.

Folding a text for display would rewrite its punctuation, so a folded text is only ever a key, and every
position in it leads back to the original.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import islice

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
_UNIT = re.compile(rf"[^\W_{_UNSPACED}]+|[{_UNSPACED}]")
_RUN = re.compile(rf"[^\W_{_UNSPACED}]+|[{_UNSPACED}]+")
# Also what turns the direction of writing: it comes along when a word is copied from a web page.
_INVISIBLE = "\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_GAP = re.compile(rf"[\s{_INVISIBLE}]+")
_SPACE = re.compile(r"\s")


class _FoldTable(dict[int, int]):
    """The folding of single characters, filled in as they are met."""

    def __init__(self, *, cased: bool) -> None:
        super().__init__()
        self._cased = cased

    def __missing__(self, code: int) -> int:
        folded = _of_ordinary_width(chr(code))
        if not self._cased:
            folded = _if_single(folded.casefold(), folded)
        self[code] = _simplified().get(ord(folded), ord(folded)) if is_unspaced(folded) else ord(folded)
        return self[code]


@cache
def _simplified() -> dict[int, int]:
    """The traditional characters that simplified texts never use, with the simplified one of each.

    著 and 乾 stand in both and are left alone, so that no simplified text is matched in another form.
    """
    from opencc import OpenCC  # noqa: PLC0415 - 12 ms, for who folds Chinese

    han = [chr(code) for code in range(0x4E00, 0xA000)]
    converted = OpenCC("t2s").convert("\n".join(han)).split("\n")
    pairs = zip(han, converted, strict=True)
    return {ord(old): ord(new) for old, new in pairs if old != new and not _in_gb2312(old)}


def _in_gb2312(character: str) -> bool:
    try:
        return bool(character.encode("gb2312"))
    except UnicodeEncodeError:
        return False


def _of_ordinary_width(character: str) -> str:
    if any(first <= ord(character) <= last for first, last in _WIDTHS):
        return _if_single(unicodedata.normalize("NFKC", character), character)
    return character


def _if_single(folded: str, character: str) -> str:
    return folded if len(folded) == 1 else character


_TABLE = _FoldTable(cased=False)
_CASED_TABLE = _FoldTable(cased=True)


def fold(text: str, *, cased: bool = False) -> str:
    """The text simplified, in ordinary width and, unless `cased`, lower case; offsets stay what they were.

    >>> fold("５Ｇ網絡，ＡＩ")
    '5g网络,ai'
    """
    return text.translate(_CASED_TABLE if cased else _TABLE)


@lru_cache(maxsize=4096)
def is_spaced(character: str) -> bool:
    """Whether the character is a letter or digit of a script that parts its words by spaces."""
    return _SPACED_CHARACTER.match(character) is not None


@lru_cache(maxsize=4096)
def is_unspaced(character: str) -> bool:
    """Whether the character belongs to a script without spaces between words, such as Chinese."""
    return _UNSPACED_CHARACTER.match(character) is not None


def units(text: str, most: int) -> int:
    """How many Chinese characters and Latin words or numbers there are; counting stops above `most`.

    >>> units("在 5G 网络上，", 99)
    5
    """
    return sum(1 for _ in islice(_UNIT.finditer(text), most + 1))


def runs(text: str) -> list[str]:
    """The stretches of letters and digits of spaced scripts, and those of scripts without spaces.

    >>> runs("在5G网络上,r&d")
    ['在', '5G', '网络上', 'r', 'd']
    """
    return _RUN.findall(text)


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


def match_form(text: str, *, cased: bool = False) -> MatchForm:
    """The form of a text in which keywords are looked for.

    White space stays, as one blank, only between two letters or digits of spaced scripts: letter-spaced
    Chinese and lines that break in mid-word read as if set solid.

    >>> match_form("乡 村振\\n兴 Big  Data").text
    '乡村振兴big data'
    """
    folded = fold(text, cased=cased)
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


def key_of(text: str, *, cased: bool = False) -> str:
    """The form in which two writings of a keyword are the same.

    >>> key_of("ＡＩ 芯片") == key_of("ai芯片")
    True
    """
    return match_form(text, cased=cased).text
