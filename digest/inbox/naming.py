"""Reads paper, date and page number out of a file's relative path by configured patterns; it opens no file.

A pattern is a path with {paper}, {date} and {page}; it is compared with as many last parts of a path.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from string import Formatter

from digest.errors import ConfigError
from digest.extract.numerals import number_of
from digest.model import Folio

# Within one part of a path only {paper} has no upper length, so matching is linear in the length of the name.
_PLACEHOLDERS = {
    "paper": r"(?P<paper>[^/]+?)",
    "date": r"(?P<date>\d{4}(?P<parting>[-._])\d{1,2}(?P=parting)\d{1,2}|\d{8}|\d{4}年\d{1,2}月\d{1,2}日)",
    "page": r"(?P<page>第?(?:[A-Za-z]{0,2}\d{1,3}|[〇零一二三四五六七八九十百]{1,5})(?:版|页)?)",
}
_DATE = re.compile(r"(\d{4})\D?(\d{1,2})\D?(\d{1,2})日?")
_NUMBER = re.compile(r"\d{1,3}|[〇零一二三四五六七八九十百]{1,5}")
_PADDING = re.compile(r"(?<!\d)0+(?=\d)")


@dataclass(frozen=True, slots=True)
class NamePattern:
    """A pattern ready for use; made by `compile_patterns`."""

    text: str
    parts: int
    expression: re.Pattern[str]

    def read(self, path: str) -> Folio | None:
        """What the path says, or None when it is not made like this pattern."""
        tail = "/".join(path.split("/")[-self.parts :])
        match = self.expression.fullmatch(tail)
        return _folio(match.groupdict()) if match else None


def compile_patterns(
    patterns: Iterable[str], suffixes: Collection[str] = (".txt", ".md"), *, key: str = "inbox.patterns"
) -> tuple[NamePattern, ...]:
    """The patterns in the order given.

    A pattern's own suffix is optional; any of `suffixes` is accepted in a path. `{{` and `}}` are braces.

    Raises:
        ConfigError: A pattern is malformed or has an unknown placeholder; `key` is named in the message.
    """
    return tuple(_compiled(pattern, suffixes, key) for pattern in patterns)


def folio_of_path(path: str, patterns: Iterable[NamePattern]) -> Folio:
    """What the first pattern that fits says about the path; an empty folio when none does.

    >>> folio_of_path("晨报/2025-03-04/A4.txt", compile_patterns(["{paper}/{date}/{page}.txt"]))
    Folio(paper='晨报', date=datetime.date(2025, 3, 4), number=4, label='A4')
    """
    readings = (pattern.read(path) for pattern in patterns)
    return next((folio for folio in readings if folio is not None), Folio())


def _compiled(pattern: str, suffixes: Collection[str], key: str) -> NamePattern:
    endings = sorted(suffixes, key=len, reverse=True)
    named = next((ending for ending in endings if pattern.casefold().endswith(ending.casefold())), "")
    stem = pattern.removesuffix(pattern[len(pattern) - len(named) :]) if named else pattern
    if not stem or stem.startswith("/") or ".." in stem.split("/"):
        raise ConfigError(
            f"{pattern!r} is no relative path; write for example {{paper}}/{{date}}/{{page}}", key=key
        )
    expression = _expression(stem, pattern, key)
    ending = "|".join(re.escape(suffix) for suffix in endings)
    return NamePattern(pattern, stem.count("/") + 1, re.compile(f"{expression}(?i:{ending})"))


def _expression(stem: str, pattern: str, key: str) -> str:
    pieces: list[str] = []
    used: set[str] = set()
    for literal, name, form, conversion in _parsed(stem, pattern, key):
        pieces.append(re.escape(literal))
        if name is not None:
            pieces.append(_placeholder(name, form, conversion, used, _complaint(pattern, key)))
            used.add(name)
    return "".join(pieces)


def _parsed(stem: str, pattern: str, key: str) -> list[tuple[str, str | None, str | None, str | None]]:
    try:
        return list(Formatter().parse(stem))
    except ValueError as error:
        raise _complaint(pattern, key)(
            "has a brace without its counterpart; write {{ for a plain one"
        ) from error


def _complaint(pattern: str, key: str) -> Callable[[str], ConfigError]:
    allowed = ", ".join(f"{{{name}}}" for name in _PLACEHOLDERS)
    return lambda what: ConfigError(f"{pattern!r} {what} (placeholders are {allowed})", key=key)


def _placeholder(
    name: str,
    form: str | None,
    conversion: str | None,
    used: set[str],
    complain: Callable[[str], ConfigError],
) -> str:
    if name not in _PLACEHOLDERS or form or conversion:
        near = get_close_matches(name, _PLACEHOLDERS, n=1)
        hint = f"; did you mean {{{near[0]}}}?" if near else ""
        raise complain(f"has the unknown placeholder {{{name}}}{hint}")
    if name in used:
        raise complain(f"has {{{name}}} twice; each may stand once")
    return _PLACEHOLDERS[name]


def _folio(fields: dict[str, str | None]) -> Folio | None:
    printed = _date(fields.get("date"))
    label = fields.get("page")
    number = page_number(label) if label else None
    if (fields.get("date") and printed is None) or (label and number is None):
        return None
    paper = (fields.get("paper") or "").strip()
    return Folio(paper=paper or None, date=printed, number=number, label=_unpadded(label) if label else None)


def _unpadded(label: str) -> str:
    """The label as a paper prints it: zeros that only sort file names are dropped.

    >>> [_unpadded(label) for label in ("03", "A04", "10", "第3版")]
    ['3', 'A4', '10', '第3版']
    """
    return _PADDING.sub("", label)


def _date(text: str | None) -> date | None:
    match = _DATE.fullmatch(text or "")
    try:
        return date(*map(int, match.groups())) if match else None
    except ValueError:
        return None


def page_number(label: str) -> int | None:
    """The number in a page's label, from 1; None where there is none.

    >>> [page_number(label) for label in ("03", "A4", "第十二版", "四", "00")]
    [3, 4, 12, 4, None]
    """
    match = _NUMBER.search(label)
    return (number_of(match.group()) or None) if match else None
