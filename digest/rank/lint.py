"""Tells what in a profile is wrong or not what its writer meant; refuses nothing and changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median
from typing import Final, Literal

from digest.errors import ProfileSyntaxError
from digest.model import Profile
from digest.rank.background import Background
from digest.rank.expression import (
    AllOf,
    AnyOf,
    Dated,
    Expression,
    InPaper,
    OfKind,
    OnPage,
    Without,
    Words,
    parts_of,
    words_of,
)
from digest.rank.fold import fold, is_unspaced, key_of
from digest.rank.keyword import Keyword, parse_line
from digest.rank.terms import ShutOut, Terms, terms_of

Severity = Literal["error", "warning"]

ENOUGH_ARTICLES: Final = 200
"""Under so many articles of a background nothing is said about frequencies."""
COMMON_SHARE: Final = 0.3
"""Of the articles; a keyword in more of them hardly tells one from another."""
FAR_ABOVE: Final = 5.0
"""Times the median of the others."""


@dataclass(frozen=True, slots=True)
class Remark:
    """What is wrong (`error`) or doubtful (`warning`) with a keyword, and what to do.

    Attributes:
        keyword: As written; empty when the whole profile is meant.
        position: 0-based offset in `keyword`.
    """

    severity: Severity
    keyword: str
    position: int
    message: str


def lint(profile: Profile, background: Background | None = None) -> tuple[Remark, ...]:
    """All remarks on a profile whose includes are put in, errors first.

    With a background of the archive, what never and what nearly always occurs is remarked too.

    >>> from uuid import UUID
    >>> profile = Profile(UUID(int=1), "chips", "芯片", ("芯片", "芯片 |", "A OR B"))
    >>> [(each.severity, each.keyword, each.position) for each in lint(profile)]
    [('error', '芯片 |', 4), ('warning', 'A OR B', 0)]
    """
    keywords: list[Keyword] = []
    remarks: list[Remark] = []
    for written in profile.keywords:
        try:
            each = parse_line(written)
        except ProfileSyntaxError as error:
            remarks.append(_error(error))
            continue
        if isinstance(each, Keyword):
            keywords.append(each)
            remarks.extend(_doubtful(each))
    remarks.extend(_whole(profile, broken=bool(remarks and remarks[0].severity == "error")))
    remarks.extend(_together(Terms(profile, tuple(keywords))))
    if background is not None and background.documents >= ENOUGH_ARTICLES:
        remarks.extend(_frequencies(keywords, background))
    return tuple(sorted(dict.fromkeys(remarks), key=lambda remark: remark.severity))


def _error(error: ProfileSyntaxError) -> Remark:
    return Remark("error", error.text, error.position, error.message)


def _warning(keyword: Keyword, message: str) -> Remark:
    return Remark("warning", str(keyword), 0, message)


def _whole(profile: Profile, *, broken: bool) -> Iterator[Remark]:
    """What `terms_of` refuses, once the keywords can be read."""
    if not broken:
        try:
            terms_of(profile)
        except ProfileSyntaxError as error:
            yield _error(error)


_FOREIGN = re.compile(r"\b(?:AND|OR|NOT|NEAR)\b")
_PREFIX = re.compile(r"[a-z]{3,12}:(?!//)", re.IGNORECASE)


def _doubtful(keyword: Keyword) -> Iterator[Remark]:
    """What can be read, but was hardly meant so."""
    for words in words_of(keyword.expression):
        text = fold(words.text, cased=True)
        if _FOREIGN.search(text) and not words.prefix:
            yield _warning(keyword, "AND, OR and NOT are looked for as words here; write &, | and & -")
        elif _PREFIX.match(text):
            yield _warning(keyword, f"{text.partition(':')[0]}: is no place to look in, see docs/profiles.md")
        elif re.search(r"[,;、]", text):
            yield _warning(keyword, "The list is looked for as one phrase; write one keyword a line")
        elif len(words.folded) == 1 and is_unspaced(words.folded):
            yield _warning(keyword, "A single character stands in many articles; write a word")
    if never(keyword.expression):
        severity: Severity = "warning" if keyword.excluded else "error"
        yield Remark(severity, str(keyword), 0, "Its conditions contradict one another; it never matches")
    elif always(keyword.expression):
        severity = "warning" if keyword.part in {"required", "secondary"} else "error"
        yield Remark(severity, str(keyword), 0, "It matches nearly every article; narrow it or take it out")


def never(expression: Expression) -> bool:
    """Whether no article can have it, whatever is printed.

    >>> from digest.rank.keyword import parse_keyword
    >>> [never(parse_keyword(text).expression) for text in ("芯片 & -芯片", "page:1..2 & page:2")]
    [True, False]
    """
    match expression:
        case AnyOf(parts):
            return all(map(never, parts))
        case AllOf(parts):
            shut = {str(part.part) for part in parts if isinstance(part, Without)}
            return any(map(never, parts)) or any(str(part) in shut for part in parts) or _disjoint(parts)
        case Without(part):
            return always(part)
        case _:
            return any(map(never, parts_of(expression)))


def always(expression: Expression) -> bool:
    """Whether every article whose page is known has it."""
    match expression:
        case OnPage(first, last):
            return (first or 1) <= 1 and last is None
        case AnyOf(parts):
            return any(map(always, parts))
        case AllOf(parts):
            return all(map(always, parts))
        case Without(part):
            return never(part)
        case _:
            return False


def _disjoint(parts: Sequence[Expression]) -> bool:
    """Whether two conditions of one sort leave nothing between them."""
    pages = [part for part in parts if isinstance(part, OnPage)]
    days = [part for part in parts if isinstance(part, Dated)]
    kinds = {part.kind for part in parts if isinstance(part, OfKind)}
    papers = {key_of(part.name) for part in parts if isinstance(part, InPaper) and not part.prefix}
    no_page = bool(pages) and max(p.first or 0 for p in pages) > min(p.last or 10_000 for p in pages)
    no_day = bool(days) and max(d.first or date.min for d in days) > min(d.last or date.max for d in days)
    return no_page or no_day or len(kinds) > 1 or len(papers) > 1


def _together(terms: Terms) -> Iterator[Remark]:
    """What keywords do to one another."""
    shut = ShutOut(terms)
    for keyword in terms.adding:
        alternatives = keyword.expression.parts if isinstance(keyword.expression, AnyOf) else ()
        killed = [(part, by) for part in alternatives if (by := shut.by(part))]
        if killed and shut.by(keyword.expression) is None:
            part, by = killed[0]
            yield _warning(keyword, f"The exclusion {by} shuts out all articles with {part}; take one out")
    yield from _contained(terms.adding)
    required = AllOf(tuple(keyword.expression for keyword in terms.required))
    if len(required.parts) > 1 and never(required):
        yield Remark(
            "error", "", 0, "The required keywords (+) contradict one another; no article has them all"
        )


def _contained(adding: Iterable[Keyword]) -> Iterator[Remark]:
    plain = [(each, each.expression) for each in adding if isinstance(each.expression, Words)]
    for keyword, inner in plain:
        for other, outer in plain:
            inside = inner.folded != outer.folded and inner.folded in outer.folded
            if inside and is_unspaced(inner.folded[0]) and is_unspaced(inner.folded[-1]):
                yield _warning(
                    keyword, f"It is part of {other.text}, whose hits count for both; is that meant?"
                )


def _frequencies(keywords: Sequence[Keyword], background: Background) -> Iterator[Remark]:
    adding = [keyword for keyword in keywords if not keyword.excluded]
    counts = {keyword: background.frequency_of(keyword.expression) for keyword in adding}
    known = {keyword: count for keyword, count in counts.items() if count is not None}
    for keyword, count in known.items():
        others = [other for each, other in known.items() if each is not keyword]
        usual = max(median(others), 1.0) if others else float(background.documents)
        if count == 0:
            yield _warning(
                keyword, f"It stands in none of {background.documents} articles; is it spelt right?"
            )
        elif count > COMMON_SHARE * background.documents:
            yield _warning(
                keyword, f"It stands in {count} of {background.documents} articles and tells little"
            )
        elif count > FAR_ABOVE * usual and count > background.documents / 20:
            yield _warning(
                keyword, f"It stands in {count} articles, {count / usual:.0f} times as many as the others"
            )


def far_above(hits_a_day: Mapping[str, float]) -> tuple[str, ...]:
    """The names of profiles that select far more a day than the others do.

    >>> far_above({"chips": 4.0, "rural": 6.0, "all": 90.0})
    ('all',)
    """
    found: list[str] = []
    for name, hits in hits_a_day.items():
        others = [other for each, other in hits_a_day.items() if each != name]
        if others and hits > FAR_ABOVE * max(median(others), 1.0):
            found.append(name)
    return tuple(found)
