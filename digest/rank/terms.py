"""What a profile looks for and shuts out; never lets one pass that would take all or nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from digest.errors import ProfileSyntaxError
from digest.model import Profile
from digest.rank.expression import (
    AnyOf,
    Expression,
    Without,
    Words,
    parts_of,
    stands_without_words,
    words_of,
)
from digest.rank.fold import fold
from digest.rank.keyword import Keyword, parse_keyword
from digest.rank.matcher import Matcher


@dataclass(frozen=True)
class Terms:
    """A profile's keywords, read.

    Attributes:
        keywords: In the profile's order; of wanted, required and secondary ones each once.
    """

    profile: Profile
    keywords: tuple[Keyword, ...]

    @cached_property
    def adding(self) -> tuple[Keyword, ...]:
        """Those that add to the score: all but exclusions."""
        return tuple(keyword for keyword in self.keywords if not keyword.excluded)

    @cached_property
    def primary(self) -> tuple[Keyword, ...]:
        """Those that say what the profile is about: the wanted and the required."""
        return tuple(keyword for keyword in self.keywords if keyword.part in ("wanted", "required"))

    @cached_property
    def selecting(self) -> tuple[Keyword, ...]:
        """Those of which one must hold: the wanted, or where there are none the required."""
        wanted = tuple(keyword for keyword in self.keywords if keyword.part == "wanted")
        return wanted or self.required

    @cached_property
    def required(self) -> tuple[Keyword, ...]:
        """Those that must all hold."""
        return tuple(keyword for keyword in self.keywords if keyword.part == "required")

    @cached_property
    def excluded(self) -> tuple[Keyword, ...]:
        """Those of which none may hold."""
        return tuple(keyword for keyword in self.keywords if keyword.excluded)

    @cached_property
    def excluded_keys(self) -> frozenset[str]:
        """The keys of exclusions that are single words; these are looked up at once."""
        return frozenset(each.expression.key for each in self.excluded if isinstance(each.expression, Words))

    @cached_property
    def excluded_expressions(self) -> tuple[Keyword, ...]:
        """The other exclusions."""
        return tuple(each for each in self.excluded if not isinstance(each.expression, Words))

    @cached_property
    def selecting_keys(self) -> frozenset[str]:
        """The keys of words of which one stands in every article that a selecting keyword holds for."""
        return frozenset(words.key for each in self.selecting for words in words_of(each.expression))

    @cached_property
    def selects_without_words(self) -> bool:
        """Whether a selecting keyword can hold where none of its words stands."""
        return any(stands_without_words(keyword.expression) for keyword in self.selecting)

    def words(self) -> Iterator[Words]:
        """All words to look for."""
        for keyword in self.keywords:
            yield from words_of(keyword.expression)


def terms_of(profile: Profile) -> Terms:
    """The profile's keywords, read and checked.

    Raises:
        ProfileSyntaxError: See `check_profile`.
    """
    keywords = tuple(keyword for keyword in map(parse_keyword, profile.keywords) if keyword is not None)
    terms = Terms(profile, keywords)
    if not terms.selecting:
        _refuse_empty(terms)
    _refuse_repeated(terms.adding)
    _refuse_contradictions(terms)
    return terms


def check_profile(profile: Profile) -> None:
    """Refuses a profile that cannot be read, or of which a keyword could never count.

    Raises:
        ProfileSyntaxError: For a malformed keyword, a profile that has nothing to select by, a keyword
            that stands twice, a keyword that one of the exclusions shuts out.
    """
    terms_of(profile)


def identity(keyword: Keyword) -> str:
    """What two writings of the same expression share.

    >>> identity(parse_keyword("５Ｇ^2")) == identity(parse_keyword("5g"))
    True
    """
    expression = keyword.expression
    return expression.key if isinstance(expression, Words) else " " + fold(str(expression))


def _refuse_empty(terms: Terms) -> None:
    wrong = "has only exclusions" if terms.excluded else "has no keywords"
    if terms.adding:
        wrong = "has only keywords that select nothing (?)"
    message = (
        f"The profile {terms.profile.name} {wrong} and would select nothing; add a word such as 数字经济"
    )
    raise ProfileSyntaxError(message, text=", ".join(terms.profile.keywords), position=0)


def _refuse_repeated(adding: tuple[Keyword, ...]) -> None:
    seen: dict[str, Keyword] = {}
    for keyword in adding:
        first = seen.setdefault(identity(keyword), keyword)
        if first is not keyword:
            raise ProfileSyntaxError(
                f"The same keyword stands twice, as {first} and {keyword}; keep one of them",
                text=str(keyword),
                position=0,
            )


def _refuse_contradictions(terms: Terms) -> None:
    shut = ShutOut(terms)
    for keyword in terms.adding:
        exclusion = shut.by(keyword.expression)
        if exclusion is not None:
            raise ProfileSyntaxError(
                f"The exclusion {exclusion} shuts out all articles with this keyword; remove one of them",
                text=str(keyword),
                position=0,
            )


class ShutOut:
    """Which exclusion of a profile leaves no article to an expression."""

    def __init__(self, terms: Terms) -> None:
        words = [each.expression for each in terms.excluded if isinstance(each.expression, Words)]
        self._matcher = Matcher(words)
        self._exclusions = {identity(each): each for each in terms.excluded}

    def by(self, expression: Expression) -> Keyword | None:
        """The exclusion, or None when some article can have the expression."""
        whole = self._exclusions.get(identity(Keyword(expression)))
        if whole is not None:
            return whole
        match expression:
            case Words():
                found = self._matcher.find(expression.text + "x" * expression.prefix)
                return self._exclusions[found[0].key] if found else None
            case Without():
                return None
            case AnyOf(parts):
                each = [self.by(part) for part in parts]
                return None if None in each else each[0]
            case _:
                return next((each for part in parts_of(expression) if (each := self.by(part))), None)
