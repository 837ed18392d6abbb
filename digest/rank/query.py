"""Reads a line that people search with as a profile of which every term must hold; never guesses.

数字经济 -招聘 headline:山西 date:2031-05     all must hold, the excluded must not
芯片|半导体 ?出口                            one of two; 出口 only adds to the score
"big data", "数字 经济"                      words in quotes are a phrase
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from typing import Final, NoReturn
from uuid import UUID

from digest.errors import ProfileSyntaxError
from digest.model import Profile
from digest.rank.expression import CONDITIONS, MODIFIERS, PLACES, Expression, stands_without_words
from digest.rank.fold import fold
from digest.rank.grammar import QUOTED
from digest.rank.grams import Days, Need, days_of, days_within, every, headed_need, need_of
from digest.rank.keyword import Include, Keyword, parse_line
from digest.rank.terms import identity, terms_of

LONGEST_QUERY: Final = 2_000

_SEARCH = UUID("b9a2a1f0-52a5-4d0a-9a35-6f6b3c1b8f0e")
_SEPARATOR = re.compile(r"(?:\s|(?<!\d)[,;、]|[,;、](?!\d))+")
_QUOTE = re.compile(QUOTED)
_NAMES = "|".join((*PLACES, *CONDITIONS, *MODIFIERS))
_GOES_ON = re.compile(rf"(?:[|&(]|(?<![^\s(])near\s*/\s*\d+|(?<![^\s(+?−–-])(?:{_NAMES})\s*:|^[+?−–-])$")
"""What a term cannot end with."""
_GOES_BACK = re.compile(r"[|&)^:≥]|>=|near\s*/")
"""What a term cannot begin with."""


@dataclass(frozen=True, slots=True)
class Query:
    """A search.

    Attributes:
        text: As it was written.
        profile: What the matcher looks for; its one wanted keyword and the required ones must all hold.
        need: What an index finds all articles by for which it holds; None when it cannot tell.
        headed: As `need`, for those with one of the words in the headline; None when it cannot tell.
        days: Outside them it holds in no article.
    """

    text: str
    profile: Profile
    need: Need | None
    headed: Need | None
    days: Days


def read_query(text: str, filters: Iterable[Expression] = ()) -> Query:
    """The search written in `text`, of which the filters must hold too.

    Raises:
        ProfileSyntaxError: With the position in `text` and how to write it instead.

    >>> read_query("数字经济，-招聘 headline:山西").profile.keywords
    ('数字经济', '+headline:山西', '-招聘')
    """
    if len(text) > LONGEST_QUERY:
        raise ProfileSyntaxError(
            f"The search is longer than {LONGEST_QUERY} characters", text=text, position=LONGEST_QUERY
        )
    written = [(start, _keyword(text, start, end)) for start, end in _terms(text)]
    keywords = _all_must_hold(text, [*(each for _, each in written), *map(Keyword, filters)])
    profile = Profile(_SEARCH, "search", text, tuple(map(str, keywords)))
    try:
        terms_of(profile)
    except ProfileSyntaxError as error:
        starts = (start for start, each in written if error.text.lstrip("+?") == str(each).lstrip("+?"))
        raise ProfileSyntaxError(error.message, text=text, position=next(starts, 0)) from error
    holding = [each.expression for each in keywords if each.part in {"wanted", "required"}]
    need = every(map(need_of, holding))
    headed = headed_need(holding)
    return Query(
        text=text,
        profile=profile,
        need=need,
        headed=every((need, headed)) if headed else None,
        days=days_within(map(days_of, holding)),
    )


def _all_must_hold(text: str, written: Iterable[Keyword]) -> list[Keyword]:
    """One wanted keyword, the required ones beside it, the rest as written; each once.

    The wanted one has words where there is one such: conditions beside it then add nothing to the score.
    """
    unlike: dict[tuple[str, bool], Keyword] = {}
    for keyword in written:
        unlike.setdefault((identity(keyword), keyword.excluded), keyword)
    holding = [each for each in unlike.values() if each.part in {"wanted", "required"}]
    rest = [each for each in unlike.values() if each.part in {"excluded", "secondary"}]
    if not holding:
        raise ProfileSyntaxError(
            "Say what to look for, not only what to leave out or to prefer; add a word such as 数字经济",
            text=text,
            position=0,
        )
    first = next((each for each in holding if not stands_without_words(each.expression)), holding[0])
    required = [replace(each, part="required") for each in holding if each is not first]
    return [replace(first, part="wanted"), *required, *rest]


def _keyword(text: str, start: int, end: int) -> Keyword:
    written = text[start:end]
    if written in _INSTEAD:
        _fail(text, start, _INSTEAD[written] + f'; in quotes, "{written}" is looked for as a word')
    try:
        parsed = parse_line(written)
    except ProfileSyntaxError as error:
        raise ProfileSyntaxError(error.message, text=text, position=start + error.position) from error
    if parsed is None:
        _fail(text, start, "# begins a comment; put the word in quotes to look for the sign")
    if isinstance(parsed, Include):
        _fail(text, start, "@ names a profile, which a search cannot take in; in quotes it is looked for")
    return parsed


_INSTEAD: Final = {
    "AND": "Terms side by side must all hold, so leave AND out",
    "OR": "Write | between alternatives: 芯片|半导体",
    "NEAR": "NEAR stands between two words and tells the distance: 芯片 NEAR/10 出口",
    "NOT": "Write - before what is to be left out: -招聘",
}


def _fail(text: str, position: int, message: str) -> NoReturn:
    raise ProfileSyntaxError(message, text=text, position=position)


def _terms(text: str) -> Iterator[tuple[int, int]]:
    """Start and end of each term: parted by blanks and commas that no quote, parenthesis or sign holds."""
    folded = fold(text)
    begun: int | None = None
    ended = 0
    for start, end in _pieces(folded):
        gap = folded[ended:start]
        joined = begun is not None and (
            _GOES_ON.search(folded[begun:ended]) or (not gap.strip() and _GOES_BACK.match(folded, start))
        )
        if begun is not None and not joined:
            yield begun, ended
        begun = begun if joined else start
        ended = end
    if begun is not None:
        yield begun, ended


def _pieces(folded: str) -> Iterator[tuple[int, int]]:
    """What stands between blanks and commas outside quotes and parentheses."""
    start = position = depth = 0
    while position < len(folded):
        separator = _SEPARATOR.match(folded, position) if depth <= 0 else None
        if separator is not None:
            if start < position:
                yield start, position
            start = position = separator.end()
            continue
        quote = _QUOTE.match(folded, position)
        depth += {"(": 1, ")": -1}.get(folded[position], 0)
        position = quote.end() if quote is not None else position + 1
    if start < len(folded):
        yield start, len(folded)
