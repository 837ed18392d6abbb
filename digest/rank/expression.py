"""The parts a term of the profile language is made of, and how each is printed; it finds nothing itself.

Parsing what is printed gives an equal expression, see docs/profiles.md for the language.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property
from typing import Final, Literal, TypeAlias, get_args

from digest.model import Kind
from digest.rank.fold import fold, key_of

Place = Literal["headline", "kicker", "deck", "lead", "body", "byline"]
"""Where the language can ask a word to stand; in it the body has the lead too, as readers see it."""
PLACES: Final[tuple[Place, ...]] = get_args(Place)

CONDITIONS: Final = ("page", "kind", "date", "paper")
MODIFIERS: Final = ("case", "substring")

# These patterns read folded text (see `fold`), so they name no full-width signs.
_OUTSIDE_WORDS = r'\s|()^"“”„*≥'
WORD: Final = (
    rf"(?!>=)[^-−–&+?@#{_OUTSIDE_WORDS}]"
    rf"(?:(?!>=)(?:(?<=[a-z0-9])&(?=[a-z0-9])|[^&{_OUTSIDE_WORDS}]))*"
)
"""A stretch without blanks or signs; R&D, C#, C++ and e-mail are such."""
_PLAIN = re.compile(rf"{WORD}(?:\s+{WORD})*")
_OPERATOR = re.compile(rf"(?:^|\s)(?:near\s*/|(?:{'|'.join((*PLACES, *CONDITIONS, *MODIFIERS))})\s*:)")
_ESCAPE = r"\\\1"
_QUOTES = re.compile(r'(["“”„＂\\])')


@dataclass(frozen=True)
class Words:
    """A word or phrase.

    Attributes:
        text: As written, without quotes.
        prefix: Letters and digits may follow (`semi*`).
        case: Capitals count (`case:IT`).
        substring: A Chinese hit may cut through a word (`substring:大同`).
    """

    text: str
    prefix: bool = False
    case: bool = False
    substring: bool = False

    @cached_property
    def folded(self) -> str:
        """What the automaton looks for."""
        return key_of(self.text)

    @cached_property
    def cased(self) -> str:
        """As it must stand when capitals count."""
        return key_of(self.text, cased=True)

    @cached_property
    def key(self) -> str:
        """What its hits are kept under: the folded text; with modes, one that starts with a blank."""
        modes = "p" * self.prefix + "c" * self.case + "s" * self.substring
        return f" {modes} {self.cased if self.case else self.folded}" if modes else self.folded

    def __str__(self) -> str:
        """The words in the profile language."""
        case, substring, star = "case:" * self.case, "substring:" * self.substring, "*" * self.prefix
        return case + substring + quoted(self.text) + star


@dataclass(frozen=True, slots=True)
class AnyOf:
    """`A | B`: one of them; together they count as one word."""

    parts: tuple[Expression, ...]

    def __str__(self) -> str:
        return " | ".join(_bracketed(part, AnyOf) for part in self.parts)


@dataclass(frozen=True, slots=True)
class AllOf:
    """`A & B`: all of them in one article; the first is never a `Without`."""

    parts: tuple[Expression, ...]

    def __str__(self) -> str:
        return " & ".join(_bracketed(part, AnyOf, AllOf) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Without:
    """`-B` in `A & -B`: not in the article."""

    part: Expression

    def __str__(self) -> str:
        return "-" + _bracketed(self.part, AnyOf, AllOf)


@dataclass(frozen=True, slots=True)
class Near:
    """`A NEAR/n B`: in one paragraph or heading, in either order, at most `distance` units between them.

    A unit is a Chinese character or a Latin word or number.
    """

    left: Expression
    right: Expression
    distance: int

    def __str__(self) -> str:
        left, right = _bracketed(self.left, AnyOf, AllOf), _bracketed(self.right, AnyOf, AllOf, Near)
        return f"{left} NEAR/{self.distance} {right}"


@dataclass(frozen=True, slots=True)
class AtLeast:
    """`A>=n`: at least `count` hits."""

    part: Expression
    count: int

    def __str__(self) -> str:
        return f"{_bracketed(self.part, AnyOf, AllOf, Near, AtLeast)}>={self.count}"


@dataclass(frozen=True, slots=True)
class InPlace:
    """`headline:A`: where it stands."""

    place: Place
    part: Expression

    def __str__(self) -> str:
        return f"{self.place}:{_bracketed(self.part, AnyOf, AllOf, Near, AtLeast)}"


@dataclass(frozen=True, slots=True)
class OnPage:
    """`page:1..4`: the page's number is known and in the range; None leaves an end open."""

    first: int | None
    last: int | None

    def __str__(self) -> str:
        return "page:" + _range(self.first, self.last)


@dataclass(frozen=True, slots=True)
class Dated:
    """`date:2031-05-01..2031-05-31`: the page's date is known and in the range; None leaves an end open."""

    first: date | None
    last: date | None

    def __str__(self) -> str:
        return "date:" + _range(self.first, self.last)


@dataclass(frozen=True, slots=True)
class OfKind:
    """`kind:commentary`."""

    kind: Kind

    def __str__(self) -> str:
        return f"kind:{self.kind}"


@dataclass(frozen=True, slots=True)
class InPaper:
    """`paper:云溪晚报`: the whole name, or its beginning (`paper:云溪*`)."""

    name: str
    prefix: bool = False

    def __str__(self) -> str:
        solid = not any(character.isspace() or character in "&＆" for character in self.name)
        name = quoted(self.name) if solid else f'"{_QUOTES.sub(_ESCAPE, self.name)}"'
        return f"paper:{name}{'*' * self.prefix}"


Condition: TypeAlias = OnPage | Dated | OfKind | InPaper
Expression: TypeAlias = Words | AnyOf | AllOf | Without | Near | AtLeast | InPlace | Condition


def _range(first: object, last: object) -> str:
    return (
        str(first) if first == last else f"{'' if first is None else first}..{'' if last is None else last}"
    )


def _bracketed(part: Expression, *looser: type) -> str:
    return f"({part})" if isinstance(part, looser) else str(part)


def quoted(text: str) -> str:
    """The text as the language takes it literally, in quotes where it must be.

    >>> quoted("数字经济"), quoted("R^2")
    ('数字经济', '"R^2"')
    """
    folded = fold(text)
    plain = _PLAIN.fullmatch(folded) is not None and "\\" not in text and _OPERATOR.search(folded) is None
    return text if plain else f'"{_QUOTES.sub(_ESCAPE, text)}"'


def parts_of(expression: Expression) -> tuple[Expression, ...]:
    """What the expression is directly made of; nothing for words and conditions."""
    match expression:
        case AnyOf(parts) | AllOf(parts):
            return parts
        case Near(left, right):
            return (left, right)
        case Without(part) | AtLeast(part) | InPlace(_, part):
            return (part,)
        case _:
            return ()


def words_of(expression: Expression) -> Iterator[Words]:
    """All words in the expression, those of a `Without` too, in order."""
    if isinstance(expression, Words):
        yield expression
    for part in parts_of(expression):
        yield from words_of(part)


def modified(expression: Expression, *, case: bool = False, substring: bool = False) -> Expression:
    """The expression with the modifiers set on all its words."""

    def again(part: Expression) -> Expression:
        return modified(part, case=case, substring=substring)

    match expression:
        case Words():
            return replace(
                expression, case=expression.case or case, substring=expression.substring or substring
            )
        case AnyOf(parts) | AllOf(parts):
            return type(expression)(tuple(map(again, parts)))
        case Near(left, right, distance):
            return Near(again(left), again(right), distance)
        case Without(part) | AtLeast(part) | InPlace(_, part):
            return replace(expression, part=again(part))
        case _:
            return expression


def stands_without_words(expression: Expression) -> bool:
    """Whether it can hold in an article none of whose headings and paragraphs has a word of it."""
    match expression:
        case Words() | Near():
            return False
        case AnyOf(parts):
            return any(map(stands_without_words, parts))
        case AllOf(parts):
            return all(map(stands_without_words, parts))
        case AtLeast(part):
            return stands_without_words(part)
        case InPlace(place, part):
            return place == "byline" or stands_without_words(part)
        case _:
            return True
