"""Parses a term of the profile language; never guesses what was meant.

The text is folded first (`fold` keeps every offset), so that full-width signs are ordinary ones, and words
are cut from the original. The grammar is LALR(1): lark refuses to build it when it is ambiguous.
"""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import accumulate
from typing import TYPE_CHECKING, Final, NoReturn, cast, get_args

from digest.errors import ProfileSyntaxError
from digest.model import Kind
from digest.rank.expression import (
    CONDITIONS,
    MODIFIERS,
    PLACES,
    WORD,
    AllOf,
    AnyOf,
    AtLeast,
    Condition,
    Dated,
    Expression,
    InPaper,
    InPlace,
    Near,
    OfKind,
    OnPage,
    Place,
    Without,
    Words,
    modified,
    parts_of,
)
from digest.rank.fold import fold, is_spaced, is_unspaced

if TYPE_CHECKING:
    from lark import Lark, Token, Tree, UnexpectedInput

    Node = Tree[Token] | Token

LONGEST_WORDS: Final = 100
"""Characters of one word or phrase."""
LONGEST_TERM: Final = 2_000
DEEPEST: Final = 20
"""Parentheses, or modifiers, within one another."""
LONGEST_CHAIN: Final = 10
"""Operands of NEAR after NEAR."""
FARTHEST: Final = 1_000
"""Units of NEAR."""

QUOTED = "|".join(
    rf'{opening}(?:\\["“”„\\]|(?!\\["“”„\\])[^{closing}])*{closing}'
    for opening, closing in (('"', '"'), ("“", "”"), ("”", "”"), ("„", "”"))
)
_ESCAPED = re.compile(r'\\(["“”„＂\\])')
_COMMENT = r"(?<!\S)#.*"
_DAYS = re.compile(r"(\d{4})(?:-?(\d{2})(?:-?(\d{2}))?)?")
_NO_DAY = "{!r} is no day; write it as 2031-05-01, a month as 2031-05"
_MODIFIER_CHAIN = re.compile(rf"(?:(?:{'|'.join(MODIFIERS)})\s*:\s*)+")

_GRAMMAR = rf"""
start: [SIGN | MINUS] any [WEIGHT] | INCLUDE [WEIGHT]
?any: all ("|" all)*
?all: near ("&" (near | without))*
without: MINUS near
?near: counted (NEAR counted)*
?counted: factor | factor COUNT
?factor: words | quoted | "(" any ")" | placed | modified | CONDITION
placed: PLACE factor
modified: MODIFIER factor
words: WORD+ [STAR]
quoted: QUOTED [STAR]

SIGN: /[+?]/
MINUS: /[-−–]/
STAR: "*"
INCLUDE: /@\s*[a-z0-9](?:[a-z0-9-]*[a-z0-9])?/
WEIGHT: /\^\s*(?:\d{{1,6}}(?:\.\d{{1,6}})?|\.\d{{1,6}})/
COUNT: /(?:>=|≥)\s*\d{{1,4}}/
NEAR.2: /near\s*\/\s*\d{{1,6}}(?!\d)/
PLACE.2: /(?:{"|".join(PLACES)})\s*:/
MODIFIER.2: /(?:{"|".join(MODIFIERS)})\s*:/
CONDITION.2: /(?:{"|".join(CONDITIONS)})\s*:\s*(?:(?:{QUOTED})\*?|[^\s|()^"“”„&]*)/
QUOTED: /{QUOTED}/
WORD: /{WORD}/
COMMENT: /{_COMMENT}/s
%ignore COMMENT
%ignore /\s+/
"""
"""Of folded text."""


@cache
def _parser() -> Lark:
    from lark import Lark  # noqa: PLC0415 - 0.1 s with the grammar, which only who reads profiles should pay for

    return Lark(_GRAMMAR, parser="lalr", lexer="basic", maybe_placeholders=True)


@dataclass(frozen=True, slots=True)
class Term:
    """A term as it is written: its sign, what it looks for or the profile it includes, and its weight.

    `weight_at` is where the weight stands; None when there is none.
    """

    sign: str
    expression: Expression | None
    included: str | None
    weight: float
    weight_at: int | None


def parse_term(text: str) -> Term | None:
    """The term written in `text`, or None when it holds only a comment.

    Raises:
        ProfileSyntaxError: With the position and how to write it instead.

    >>> str(parse_term("（５Ｇ｜大模型） ＆ －招聘").expression)
    '(５Ｇ | 大模型) & -招聘'
    """
    from lark import UnexpectedInput  # noqa: PLC0415 - as above

    folded = fold(text)
    if re.match(r"\s*#", folded):
        return None
    if len(text) > LONGEST_TERM:
        _fail(text, LONGEST_TERM, f"The keyword is longer than {LONGEST_TERM} characters; write several")
    if _depth(folded) > DEEPEST:
        _fail(
            text, 0, f"Parentheses, case: or substring: are more than {DEEPEST} deep; write several keywords"
        )
    try:
        tree = _parser().parse(folded)  # pyright: ignore[reportUnknownMemberType] - an optional type of lark's
    except UnexpectedInput as error:
        raise _explained(text, folded, error) from None
    return _Building(text).term(tree)


def _depth(folded: str) -> int:
    """At least how deep the tree will be, signs in quotes taken for real ones."""
    steps = accumulate({"(": 1, ")": -1}.get(sign, 0) for sign in folded)
    chains = (chain.group().count(":") for chain in _MODIFIER_CHAIN.finditer(folded))
    return max(*steps, *chains, 0, 0)


def _fail(text: str, position: int, message: str) -> NoReturn:
    raise ProfileSyntaxError(message, text=text, position=position)


class _Building:
    """Makes an expression of a parse tree, with the words as they stand in the original text."""

    def __init__(self, text: str) -> None:
        self.text = text

    def fail(self, position: int, message: str) -> NoReturn:
        _fail(self.text, position, message)

    def term(self, tree: Tree[Token]) -> Term:
        *front, last = cast("list[Node | None]", tree.children)
        weight_at, weight = (_start(last), float(str(last)[1:])) if last is not None else (None, 1.0)
        if len(front) == 1:
            name = str(front[0])[1:].strip()
            return Term("", None, name, weight, weight_at)
        sign = {"−": "-", "–": "-"}.get(str(front[0] or ""), str(front[0] or ""))
        return Term(sign, self.expression(cast("Node", front[1])), None, weight, weight_at)

    def expression(self, node: Node) -> Expression:  # noqa: PLR0911 - one return a rule of the grammar
        from lark import Token  # noqa: PLC0415 - as above

        if isinstance(node, Token):
            return self.condition(node)
        placed = cast("list[Node | None]", node.children)
        children = [child for child in placed if child is not None]
        match str(node.data):
            case "words" | "quoted":
                return self.words(children)
            case "any":
                return AnyOf(tuple(map(self.expression, children)))
            case "all":
                return AllOf(tuple(map(self.expression, children)))
            case "without":
                return Without(self.expression(children[1]))
            case "near":
                return self.near(children)
            case "counted":
                return self.counted(children)
            case "modified":
                return self.modified(children)
            case _:
                return self.placed(children)

    def words(self, tokens: list[Node]) -> Words:
        star = str(tokens[-1]) == "*"
        first, last = tokens[0], tokens[-1 - star]
        start, end = _start(first), _start(last) + len(str(last))
        written = self.text[start:end]
        if cast("Token", first).type == "QUOTED":
            written = _ESCAPED.sub(r"\1", written[1:-1]).strip()
        elif unmeasured := re.search(r"(?<!\S)near\s*/", fold(written)):
            self.fail(start + unmeasured.start(), _NEAR_FAULT)
        self.check_words(written, start)
        if star and not is_spaced(fold(written)[-1]):
            self.fail(end, "* is for words in letters; a Chinese word is found inside longer ones anyway")
        return Words(written, prefix=star)

    def check_words(self, written: str, start: int) -> None:
        if not any(is_spaced(character) or is_unspaced(character) for character in fold(written)):
            self.fail(start, "The keyword is empty; write the word to look for, such as 数字经济")
        if len(written) > LONGEST_WORDS:
            self.fail(start, f"The keyword is longer than {LONGEST_WORDS} characters; shorten it")

    def near(self, children: list[Node]) -> Expression:
        if len(children) > 2 * LONGEST_CHAIN:
            self.fail(_start(children[2 * LONGEST_CHAIN - 1]), f"NEAR joins {LONGEST_CHAIN} words at most")
        left = self.expression(children[0])
        for operator, operand in zip(children[1::2], children[2::2], strict=True):
            distance = int(str(operator).partition("/")[2])
            if distance > FARTHEST:
                self.fail(_start(operator), f"NEAR reaches {FARTHEST} characters or words at most")
            left = Near(left, self.expression(operand), distance)
            if not _has_spans(left):
                self.fail(_start(operator), "NEAR joins words, and alternatives in parentheses, only")
        return left

    def counted(self, children: list[Node]) -> Expression:
        part, token = self.expression(children[0]), children[1]
        count = int(str(token).lstrip(">=≥"))
        if count < 1:
            self.fail(_start(token), "A least number is 1 or more, such as >=2")
        if _has(part, *_CONDITION_TYPES):
            self.fail(
                _start(token), "Only words can be counted; take the conditions out, as in 芯片>=2 & page:1"
            )
        return AtLeast(part, count)

    def placed(self, children: list[Node]) -> Expression:
        place, part = str(children[0])[:-1].strip(), self.expression(children[1])
        if _has(part, InPlace, *_CONDITION_TYPES):
            self.fail(
                _start(children[0]), f"{place}: takes words only; write {place}:(芯片 | 半导体) & page:1"
            )
        return InPlace(cast("Place", place), part)

    def modified(self, children: list[Node]) -> Expression:
        name = str(children[0])[:-1].strip()
        return modified(self.expression(children[1]), case=name == "case", substring=name == "substring")

    def condition(self, token: Token) -> Condition:
        name, _, value = str(token).partition(":")
        start = _start(token) + len(str(token)) - len(value.lstrip())
        match name.strip():
            case "page":
                return self.page(value.strip(), start)
            case "date":
                return self.date(value.strip(), start)
            case "kind":
                return self.kind(value.strip(), start)
            case _:
                return self.paper(start, _start(token) + len(str(token)))

    def page(self, value: str, start: int) -> OnPage:
        ends = re.fullmatch(r"(\d{1,4})?(?:(\.\.)(\d{1,4})?)?", value)
        if ends is None or not (ends[1] or ends[3]):
            self.fail(start, "Write page numbers as page:1 or page:1..4")
        first, last = (int(end) if end else None for end in (ends[1], ends[3] if ends[2] else ends[1]))
        if first is not None and last is not None and first > last:
            self.fail(start, "The range ends before it begins; write the smaller number first")
        return OnPage(first, last)

    def date(self, value: str, start: int) -> Dated:
        begin, dots, end = value.partition("..")
        first, _ = self.days(begin, start)
        _, last = self.days(end if dots else begin, start)
        if first is None and last is None:
            self.fail(start, "Write dates as date:2031-05-01, date:2031-05 or date:2031-05-01..2031-05-31")
        if first is not None and last is not None and first > last:
            self.fail(start, "The range ends before it begins; write the earlier day first")
        return Dated(first, last)

    def days(self, value: str, start: int) -> tuple[date, date] | tuple[None, None]:
        """The first and last day of a day, month or year."""
        written = _DAYS.fullmatch(value)
        if value and written is None:
            self.fail(start, _NO_DAY.format(value))
        if written is None:
            return None, None
        year, month, day = (int(part) if part else None for part in written.groups())
        try:
            first = date(year or 0, month or 1, day or 1)
            return first, date(first.year, month or 12, day or monthrange(first.year, month or 12)[1])
        except ValueError:
            self.fail(start, _NO_DAY.format(value))

    def kind(self, value: str, start: int) -> OfKind:
        kinds = [kind for kind in get_args(Kind) if kind != "note"]
        if value not in kinds:
            self.fail(start, f"The kinds of articles are {', '.join(kinds)}")
        return OfKind(cast("Kind", value))

    def paper(self, start: int, end: int) -> InPaper:
        written = self.text[start:end]
        prefix = fold(written).endswith("*")
        written = written[: len(written) - prefix]
        if written[:1] in _CLOSING:
            written = _ESCAPED.sub(r"\1", written[1:-1]).strip()
        self.check_words(written, start)
        return InPaper(written, prefix=prefix)


_CONDITION_TYPES = (OnPage, Dated, OfKind, InPaper)
_CLOSING = {'"': '"', "＂": "＂", "“": "”", "”": "”", "„": "”"}


def _start(node: object) -> int:
    return cast("Token", node).start_pos or 0


def _has(expression: Expression, *types: type) -> bool:
    return isinstance(expression, types) or any(_has(part, *types) for part in parts_of(expression))


def _has_spans(expression: Expression) -> bool:
    match expression:
        case Words():
            return True
        case AnyOf() | Near():
            return all(map(_has_spans, parts_of(expression)))
        case _:
            return False


def _explained(text: str, folded: str, error: UnexpectedInput) -> ProfileSyntaxError:
    """What is wrong where the grammar could not go on, and how to write it."""
    end = re.search(_COMMENT, folded, re.DOTALL)
    stop = end.start() if end else len(text)
    token = cast("Token | None", getattr(error, "token", None))
    at_end = token is not None and token.type == "$END"
    position = stop if at_end else error.pos_in_stream or 0
    position, message = _fault(folded, position, "" if at_end else folded[position])
    return ProfileSyntaxError(message, text=text, position=position)


def _fault(folded: str, position: int, sign: str) -> tuple[int, str]:
    before = folded[:position].rstrip()
    if sign in _CLOSING and not _closed(folded, position):
        return position, f"The quote is not closed; end it with {_CLOSING[sign]}"
    if sign == "^":
        return _weight_fault(before, folded, position)
    if re.search(r"\^[\d.\s]+$", before):
        return position, "Nothing may follow a weight but a comment; write one keyword a line"
    if _wants_word(before) and sign in {"", "|", "&", ")"}:
        return position, _missing_word(before, sign)
    if sign == "" and before.count("(") > before.count(")"):
        return _unclosed(before), "The parenthesis is not closed; end it with )"
    return position, _misplaced(folded, position, sign)


def _closed(folded: str, position: int) -> bool:
    return re.compile(QUOTED).match(folded, position) is not None


def _weight_fault(before: str, folded: str, position: int) -> tuple[int, str]:
    if _wants_word(before):
        return position, "The keyword is empty; write the word to look for, such as 数字经济"
    if re.match(r"\^\s*\.?\d", folded[position:]):
        return position, "A weight stands once, at the end of the whole keyword, as in (芯片 | 半导体)^2"
    return position + 1, "A number must follow ^, such as ^2 or ^0.5"


def _wants_word(before: str) -> bool:
    return before == "" or re.search(r"(?:^[-−–+?]|[|(&:]|near\s*/\s*\d+|&\s*[-−–])$", before) is not None


def _missing_word(before: str, sign: str) -> str:
    if "|" in (before[-1:], sign):
        return "An alternative is empty and would match nothing or all; write a word on both sides of |"
    if "&" in (before[-1:], sign):
        return "A word is missing; write one on both sides of &"
    if sign == ")":
        return "A word is missing inside the parentheses"
    if before[1:]:
        return "A word is missing at the end"
    return "The keyword is empty; write the word to look for, such as 数字经济"


def _unclosed(before: str) -> int:
    """Where the innermost parenthesis that is still open stands."""
    depth = 0
    for position in range(len(before) - 1, -1, -1):
        depth += {")": 1, "(": -1}.get(before[position], 0)
        if depth < 0:
            return position
    return 0


_NEAR_FAULT = "NEAR stands between two words and tells the distance: 芯片 NEAR/10 出口"
_MISPLACED = {
    ")": "No parenthesis is open here; leave out ) or put the keyword in quotes to look for it",
    "*": "* stands only at the end of a word in letters, such as semi*; in quotes it is looked for",
    "@": "@ stands at the start, before the name of a profile to include; in quotes it is looked for",
    ">": "Write a least number after a word, such as 芯片>=2; in quotes the sign is looked for",
    "≥": "Write a least number after a word, such as 芯片>=2; in quotes the sign is looked for",
}


def _misplaced(folded: str, position: int, sign: str) -> str:
    if sign and sign in "-−–+?":
        return (
            f'"{sign}" stands at the start of a keyword (- also after &); '
            "write one keyword a line, or put it in quotes to look for the sign"
        )
    if re.match(r"near\s*/", folded[position:]):
        return _NEAR_FAULT
    if sign in _MISPLACED:
        return _MISPLACED[sign]
    return "Something is missing before this; write |, & or NEAR/10 between words, or one keyword a line"
