"""Keywords of a profile: what to look for, how much it counts and what it decides; see docs/profiles.md.

数字经济^2.5       counts two and a half times
-招聘             articles with it are left out
+云溪             articles without it are left out
?试点             adds to the score, but selects nothing
@base             the keywords of another profile
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final, Literal

from digest.errors import ProfileSyntaxError
from digest.rank.expression import AllOf, AnyOf, Expression, Words
from digest.rank.grammar import Term, parse_term

HEAVIEST_WEIGHT: Final = 100.0

_PLAIN = re.compile(r"([-+?]?)([0-9A-Za-z\u4e00-\u9fff]{1,40})(?:\^([0-9]{1,3}(?:\.[0-9]{1,6})?))?")

Part = Literal["wanted", "required", "excluded", "secondary"]
"""What a keyword decides: selects and adds; must hold and adds; must not hold; only adds."""

_SIGNS: Final[dict[Part, str]] = {"wanted": "", "required": "+", "excluded": "-", "secondary": "?"}
_PARTS: Final[dict[str, Part]] = {sign: part for part, sign in _SIGNS.items()}


@dataclass(frozen=True)
class Keyword:
    """A term of a profile.

    Attributes:
        expression: What to look for.
        weight: What a hit counts against that of a plain keyword; above 0, at most 100; 1 when excluded.
        part: What it decides.
    """

    expression: Expression
    weight: float = 1.0
    part: Part = "wanted"

    @property
    def excluded(self) -> bool:
        """Whether an article with it is never clipped."""
        return self.part == "excluded"

    @cached_property
    def text(self) -> str:
        """What is looked for, as people read it: without weight and sign, a single word without quotes."""
        plain = self.expression
        bare = isinstance(plain, Words) and plain == Words(plain.text)
        return plain.text if bare and isinstance(plain, Words) else str(plain)

    def __str__(self) -> str:
        """The keyword in the profile language; parsing it gives an equal keyword."""
        sign, weight = _SIGNS[self.part], _print_weight(self.weight)
        loose = isinstance(self.expression, AnyOf | AllOf) and (sign or weight)
        return f"{sign}({self.expression}){weight}" if loose else f"{sign}{self.expression}{weight}"


@dataclass(frozen=True, slots=True)
class Include:
    """The keywords of another profile, their weights multiplied by `weight`."""

    name: str
    weight: float = 1.0

    def __str__(self) -> str:
        return f"@{self.name}{_print_weight(self.weight)}"


def plain_keyword(text: str, weight: float = 1.0, part: Part = "wanted") -> Keyword:
    """The keyword that looks for `text` literally.

    >>> str(plain_keyword("R^2", 3))
    '"R^2"^3'
    """
    return Keyword(Words(text), weight, part)


def parse_keyword(text: str) -> Keyword | None:
    """The keyword written in `text`, or None when it holds only a comment.

    Raises:
        ProfileSyntaxError: With the position and how to write it instead; also for an include, which
            `digest.rank.includes` puts the other profile's keywords in place of.

    >>> keyword = parse_keyword("数字经济^2  # 周报")
    >>> keyword.text, keyword.weight, keyword.part
    ('数字经济', 2.0, 'wanted')
    >>> str(parse_keyword("－招聘"))
    '-招聘'
    """
    parsed = parse_line(text)
    if isinstance(parsed, Include):
        raise ProfileSyntaxError(
            f"The profile {parsed.name} is not known here; only configured profiles can be included",
            text=text,
            position=0,
        )
    return parsed


@lru_cache(maxsize=8192)
def parse_line(text: str) -> Keyword | Include | None:
    """The keyword or include written in `text`, or None when it holds only a comment.

    Raises:
        ProfileSyntaxError: With the position and how to write it instead.
    """
    plain = _PLAIN.fullmatch(text)
    term = _plain_term(*plain.groups("")) if plain else parse_term(text)
    if term is None:
        return None
    if term.weight_at is not None:
        _check_weight(text, term, term.weight_at)
    if term.expression is None:
        return Include(term.included or "", term.weight)
    return Keyword(term.expression, term.weight, _PARTS[term.sign])


def _plain_term(sign: str, word: str, weight: str) -> Term:
    """A term of one word without blanks, which most are, read without the grammar: ten times as fast."""
    weight_at = len(sign) + len(word) if weight else None
    return Term(sign, Words(word), None, float(weight or 1), weight_at)


def _check_weight(text: str, term: Term, place: int) -> None:
    if term.sign == "-":
        raise ProfileSyntaxError(
            "An excluded keyword has no weight; leave out ^ and what follows", text=text, position=place
        )
    if not 0 < term.weight <= HEAVIEST_WEIGHT:
        raise ProfileSyntaxError(
            f"A weight is above 0 and at most {HEAVIEST_WEIGHT:g}, such as ^2", text=text, position=place + 1
        )


def _print_weight(weight: float) -> str:
    return "" if weight == 1.0 else "^" + f"{weight:.6f}".rstrip("0").rstrip(".")
