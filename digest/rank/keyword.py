"""Reads and prints keywords of the profile language in its simple form; never guesses what was meant.

    数字经济        a keyword
    数字经济^2.5    counts two and a half times
    -招聘          articles with it are left out
    "R^2"          in quotes everything is literal; \\" and \\\\ stand for themselves
    5G  # 通信     a comment after a blank, or a line of its own

Full-width signs and “smart” quotes mean the same as the plain ones. Signs that the language keeps for
expressions (A | B, A & B, +must, prefix*, zone:) are errors outside quotes, since taken literally they
would silently match nothing.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from typing import Final, NoReturn

from digest.errors import ProfileSyntaxError
from digest.rank.fold import fold, is_spaced, is_unspaced, key_of

LONGEST_KEYWORD: Final = 100
HEAVIEST_WEIGHT: Final = 100.0

_CLOSING = {'"': '"', "＂": "＂", "“": "”", "”": "”", "„": "”"}
_ESCAPED = re.compile(r'\\(["“”„＂\\])')
_COMMENT = re.compile(r"(?:^|(?<=\s))[#＃]")
_WEIGHT = re.compile(r"\d{1,6}(?:\.\d{1,6})?|\.\d{1,6}")
_MINUSES = ("-", "－", "−", "–")
_RESERVED = re.compile(
    r"[|｜()（）]|(?<=\s)[&＆](?=\s)|^[+＋!！]|[*＊]$|(?<=\s)NEAR/"
    r"|^(?:headline|kicker|deck|lead|body|byline|paper|page|kind|date)[:：]",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Keyword:
    """A term of a profile.

    Attributes:
        text: The words to look for, as written, without quotes, weight or minus.
        weight: What a hit counts against that of a plain keyword; above 0, at most 100; 1 when excluded.
        excluded: An article with it is never clipped.
    """

    text: str
    weight: float = 1.0
    excluded: bool = False

    @cached_property
    def key(self) -> str:
        """The folded form by which it is matched."""
        return key_of(self.text)

    def __str__(self) -> str:
        """The keyword in the profile language; parsing it gives an equal keyword."""
        sign = "-" if self.excluded else ""
        return sign + _print_words(self.text) + _print_weight(self.weight)


def parse_keyword(text: str) -> Keyword | None:
    """The keyword written in `text`, or None when it holds only a comment.

    Raises:
        ProfileSyntaxError: With the position and how to write it instead.

    >>> parse_keyword("数字经济^2  # 周报")
    Keyword(text='数字经济', weight=2.0, excluded=False)
    >>> str(parse_keyword("－招聘"))
    '-招聘'
    """
    return _Reading(text).keyword()


class _Reading:
    """One pass over a keyword as written, from left to right."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.place = 0

    def keyword(self) -> Keyword | None:
        self._skip_blanks()
        if self._at_end() and _COMMENT.search(self.text):
            return None
        excluded = self._take(_MINUSES)
        self._skip_blanks()
        words = self._quoted() if self._peek() in _CLOSING else self._plain()
        weight = self._weight(excluded=excluded)
        self._skip_blanks()
        if not self._at_end():
            self._fail("Nothing may follow a keyword but its weight and a comment; write keywords one by one")
        return Keyword(words, weight, excluded)

    def _peek(self) -> str:
        return self.text[self.place : self.place + 1]

    def _skip_blanks(self) -> None:
        while self._peek().isspace():
            self.place += 1

    def _take(self, signs: tuple[str, ...]) -> bool:
        found = self._peek() in signs
        self.place += found
        return found

    def _at_end(self) -> bool:
        return self.place == len(self.text) or _COMMENT.match(self.text, self.place) is not None

    def _quoted(self) -> str:
        opening = self.place
        closing = _CLOSING[self._peek()]
        self.place += 1
        while self._peek() not in {closing, ""}:
            self.place += 2 if _ESCAPED.match(self.text, self.place) else 1
        if not self._peek():
            self._fail(f"The quote is not closed; end it with {closing}", opening)
        self.place += 1
        words = _ESCAPED.sub(r"\1", self.text[opening + 1 : self.place - 1]).strip()
        return self._checked(words, opening)

    def _plain(self) -> str:
        opening = self.place
        while not self._at_end() and self._peek() not in {"^", "＾"}:
            self.place += 1
        words = self.text[opening : self.place].rstrip()
        reserved = _RESERVED.search(words)
        if reserved:
            self._fail(
                f'"{reserved.group()}" is kept for expressions; put the keyword in quotes to look for it',
                opening + reserved.start(),
            )
        if words[1:] and any(sign in words for sign in _CLOSING):
            self._fail("A quote stands inside the keyword; put the whole keyword in quotes", opening)
        return self._checked(words, opening)

    def _checked(self, words: str, opening: int) -> str:
        if not any(is_spaced(character) or is_unspaced(character) for character in fold(words)):
            self._fail("The keyword is empty; write the word to look for, such as 数字经济", opening)
        if len(words) > LONGEST_KEYWORD:
            self._fail(f"The keyword is longer than {LONGEST_KEYWORD} characters; shorten it", opening)
        return words

    def _weight(self, *, excluded: bool) -> float:
        if not self._take(("^", "＾")):
            return 1.0
        if excluded:
            self._fail("An excluded keyword has no weight; leave out ^ and what follows", self.place - 1)
        self._skip_blanks()
        written = _WEIGHT.match(fold(self.text), self.place)
        if written is None:
            self._fail("A number must follow ^, such as ^2 or ^0.5")
        weight = float(written.group())
        if not 0 < weight <= HEAVIEST_WEIGHT:
            self._fail(f"A weight is above 0 and at most {HEAVIEST_WEIGHT:g}, such as ^2")
        self.place = written.end()
        return weight

    def _fail(self, message: str, position: int | None = None) -> NoReturn:
        raise ProfileSyntaxError(
            message, text=self.text, position=self.place if position is None else position
        )


def _print_words(words: str) -> str:
    if _is_plain(words):
        return words
    return '"' + re.sub(r'(["“”„＂\\])', r"\\\1", words) + '"'


def _is_plain(words: str) -> bool:
    special = any(sign in words for sign in (*_CLOSING, "^", "＾", "#", "＃", "\\"))
    return not special and not words.startswith(_MINUSES) and _RESERVED.search(words) is None


def _print_weight(weight: float) -> str:
    return "" if weight == 1.0 else "^" + f"{weight:.6f}".rstrip("0").rstrip(".")
