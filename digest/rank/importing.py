"""Reads the keyword lists of other tools as profiles; what has no equal here is noted, never guessed at.

Each reader takes a file's text. Nothing is looked up, no expression of a foreign file is run.
"""

from __future__ import annotations

import csv
import re
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Final, Literal

from digest.errors import DigestError, ProfileSyntaxError
from digest.rank.expression import quoted
from digest.rank.grammar import DEEPEST
from digest.rank.keyword import parse_line

Format = Literal["trendradar", "alerts", "csv", "opml", "terms"]


@dataclass(frozen=True, slots=True)
class Draft:
    """A profile as it could be configured."""

    name: str
    title: str
    keywords: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """What a file gives.

    Attributes:
        exclusions: For all profiles.
        notes: What could not be taken over and why, for people.
    """

    drafts: tuple[Draft, ...]
    exclusions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


def import_profiles(text: str, form: Format) -> Imported:
    """The profiles of a file of another tool; every keyword can be read by `parse_line`.

    Raises:
        DigestError: There is nothing in it.

    >>> import_profiles("芯片 OR 半导体 -招聘", "alerts").drafts
    (Draft(name='import-1', title='芯片 | 半导体', keywords=('芯片 | 半导体', '-招聘')),)
    """
    imported = _READERS[form](text.removeprefix("\ufeff"))
    if not imported.drafts:
        raise DigestError(f"There are no keywords in it, read as {form}; another --format may fit")
    return imported


def guess_format(name: str, text: str) -> Format:
    """The format that a file's name and beginning speak for.

    >>> guess_format("frequency_words.txt", "芯片"), guess_format("a.csv", "芯片,2")
    ('trendradar', 'csv')
    """
    if name.endswith((".opml", ".xml")) or text.lstrip("\ufeff \n").startswith("<"):
        return "opml"
    if name.endswith((".csv", ".tsv")):
        return "csv"
    if name == "frequency_words.txt" or re.search(r"^(?:\[[^\]]+\]|!\S.*|@\d+|/.*/.*)$", text, re.MULTILINE):
        return "trendradar"
    if re.search(r"\bOR\b|\bAND\b|(?:^|\s)(?:intitle|site):", text):
        return "alerts"
    return "terms"


class _Collecting:
    """Keywords of one profile and notes of the file, as they are read."""

    def __init__(self) -> None:
        self.drafts: list[Draft] = []
        self.notes: list[str] = []

    def add(self, title: str, keywords: Iterable[str]) -> None:
        """A profile of the keywords that can be read; without any that selects, none."""
        good = [keyword for keyword in dict.fromkeys(keywords) if self._is_readable(keyword)]
        if any(not keyword.startswith("-") for keyword in good):
            name = f"import-{len(self.drafts) + 1}"
            self.drafts.append(Draft(name, " ".join(title.split())[:80] or name, tuple(good)))

    def _is_readable(self, keyword: str) -> bool:
        try:
            return parse_line(keyword) is not None
        except ProfileSyntaxError as error:
            self.notes.append(f"left out: {keyword}: {error.message}")
            return False

    def imported(self, exclusions: Iterable[str] = ()) -> Imported:
        good = tuple(word for word in exclusions if self._is_readable(word))
        return Imported(tuple(self.drafts), good, tuple(self.notes))


def _read_terms(text: str) -> Imported:
    """A list of terms of the profile language, one a line."""
    collecting = _Collecting()
    collecting.add("import", (line.strip() for line in text.splitlines() if line.strip()))
    return collecting.imported()


_SECTION: Final = re.compile(r"\[(.+)\]")
_REGEX: Final = re.compile(r"/(.+)/\w*")
_LITERALS: Final = re.compile(r"[^\\.^$*+?()\[\]{}]+")


def _read_trendradar(text: str) -> Imported:
    """Groups parted by blank lines; `+` must, `!` not, `@n` a limit, `[GLOBAL_FILTER]`, `word => alias`."""
    collecting = _Collecting()
    exclusions: list[str] = []
    filtering = False
    for group in re.split(r"\n\s*\n", text.replace("\r\n", "\n")):
        lines = [
            line.strip() for line in group.splitlines() if line.strip() and not line.lstrip().startswith("#")
        ]
        title = ""
        keywords: list[str] = []
        for line in lines:
            section = _SECTION.fullmatch(line)
            if section:
                filtering = section[1] == "GLOBAL_FILTER" or (filtering and section[1] != "WORD_GROUPS")
                title = "" if section[1] in {"GLOBAL_FILTER", "WORD_GROUPS"} else section[1]
            elif filtering:
                exclusions.extend(_trendradar_word(line.lstrip("!"), collecting.notes))
            else:
                keywords.extend(_trendradar_word(line, collecting.notes))
        collecting.add(title or _first_word(keywords), keywords)
    return collecting.imported(exclusions)


def _trendradar_word(line: str, notes: list[str]) -> Iterator[str]:
    word = re.split(r"\s*=>\s*", line)[0]
    sign = {"+": "+", "!": "-"}.get(word[:1], "")
    word = word[len(sign) :].strip()
    regex = _REGEX.fullmatch(word)
    if re.fullmatch(r"@\d+", word):
        notes.append(f"left out: {line}: profiles have no limit of their own")
    elif regex and not all(_LITERALS.fullmatch(part) for part in _alternatives(regex[1])):
        notes.append(f"left out: {line}: regular expressions are not run; write words, | and *")
    elif regex:
        alternatives = " | ".join(quoted(part) for part in _alternatives(regex[1]))
        yield f"{sign}({alternatives})" if sign else alternatives
    elif word:
        yield sign + quoted(word)


def _alternatives(pattern: str) -> list[str]:
    return [part.replace("\\b", "").strip() for part in pattern.split("|")]


def _first_word(keywords: list[str]) -> str:
    return next((keyword.strip('"+') for keyword in keywords if keyword[0] != "-"), "")


_ALERT_TOKEN: Final = re.compile(
    r'-?(?:intitle|intext|site):\S+|-?"[^"]*"|[()|]|AROUND\(\d+\)|-\(|[^\s()|"]+'
)


def _read_alerts(text: str) -> Imported:
    """Searches of a search engine, one a line: blanks join, OR, quotes, -word, intitle:, AROUND(n)."""
    collecting = _Collecting()
    for line in text.splitlines():
        if line.strip() and not line.startswith("#"):
            keywords = _alert_keywords(line, collecting.notes)
            collecting.add(_first_word(keywords), keywords)
    return collecting.imported()


def _alert_keywords(line: str, notes: list[str]) -> list[str]:
    words: deque[str] = deque()
    exclusions: list[str] = []
    for found in re.findall(_ALERT_TOKEN, line):
        bare = found.removeprefix("-")
        if "site:" in found or bare == "*":
            notes.append(f"left out: {found}: pages have no web sites; paper: names a paper")
        elif found.startswith("-") and bare not in {"", "("}:
            exclusions.append("-" + _alert_word(bare))
        elif found not in {"AND", "-"}:
            words.append(found if found == "-(" else _alert_word(found))
    if words.count("(") + words.count("-(") > DEEPEST:
        notes.append(f"left out: {line[:40]}…: too many parentheses")
        return exclusions
    expression = _joined(words, exclusions)
    return [expression, *exclusions] if expression else exclusions


def _joined(words: deque[str], exclusions: list[str]) -> str:
    """The words up to a closing parenthesis, joined by & where a search engine takes a blank for it.

    There OR binds closer than the blank. Groups with a minus go to the exclusions.
    """
    groups: list[list[str]] = []
    link = ""
    while words and (word := words.popleft()) != ")":
        if word == "|" or word.startswith("NEAR/"):
            link = word
            continue
        unit = f"({_joined(words, exclusions)})" if word in {"(", "-("} else word
        if word == "-(":
            exclusions.append(f"-{unit}")
        elif link == "|" and groups:
            groups[-1].append(unit)
        elif link and groups:
            groups[-1][-1] += f" {link} {unit}"
        else:
            groups.append([unit])
        link = ""
    spelt = [" | ".join(group) for group in groups]
    loose = [len(groups) > 1 < len(group) for group in groups]
    return " & ".join(f"({each})" if bracket else each for each, bracket in zip(spelt, loose, strict=True))


def _alert_word(token: str) -> str:
    place, _, word = token.partition(":")
    if place == "intitle":
        return "headline:" + quoted(word.strip('"'))
    if around := re.fullmatch(r"AROUND\((\d+)\)", token):
        return f"NEAR/{around[1]}"
    if token in {"(", ")", "|", "OR"}:
        return token.replace("OR", "|")
    return quoted(token.removeprefix("intext:").strip('"'))


def _read_csv(text: str) -> Imported:
    """Rows of keyword, weight and profile; a first row that names these columns tells their order."""
    collecting = _Collecting()
    sample = text[:2000]
    delimiter = max("\t;,，", key=sample.count)
    try:
        rows = [row for row in csv.reader(text.splitlines(), delimiter=delimiter) if row]
    except csv.Error as error:
        raise DigestError(f"It cannot be read as a table: {error}") from error
    columns = _columns(rows[0]) if rows else {}
    groups: dict[str, list[str]] = {}
    for row in rows[1:] if columns else rows:
        cells = {name: row[at].strip() for name, at in (columns or _ORDER).items() if at < len(row)}
        if cells.get("keyword"):
            groups.setdefault(cells.get("profile", ""), []).append(_csv_keyword(cells))
    for title, keywords in groups.items():
        collecting.add(title or _first_word(keywords), keywords)
    return collecting.imported()


_ORDER: Final = {"keyword": 0, "weight": 1, "profile": 2}
_HEADINGS: Final = {
    "keyword": {"keyword", "keywords", "term", "word", "关键词", "关注词", "词"},
    "weight": {"weight", "boost", "权重"},
    "profile": {"profile", "group", "category", "topic", "分组", "类别", "主题"},
}


def _columns(row: list[str]) -> dict[str, int]:
    cells = [cell.strip().lower() for cell in row]
    found = {name: at for name, words in _HEADINGS.items() for at, cell in enumerate(cells) if cell in words}
    return found if "keyword" in found else {}


def _csv_keyword(cells: dict[str, str]) -> str:
    """The cell as a term of the language, else as the literal word; with its weight where it has none."""
    word, weight = cells["keyword"], cells.get("weight", "")
    try:
        parse_line(word)
    except ProfileSyntaxError:
        word = quoted(word)
    weighted = re.fullmatch(r"\d+(?:\.\d+)?", weight) and "^" not in word and not word.startswith("-")
    return f"{word}^{weight}" if weighted and float(weight) != 1 else word


_ALERT_TITLE: Final = re.compile(
    r"^(?:google\s*(?:alerts?|快讯)\s*[-–:：]\s*)|\s*[-–]\s*google\s*\S+$", re.IGNORECASE
)


def _read_opml(text: str) -> Imported:
    """The feeds of a reader whose titles are searches; one profile a title."""
    from lxml.etree import HTMLParser, fromstring  # noqa: PLC0415 - only who imports OPML pays for it

    # Read as HTML: it knows no entities of its own and fetches nothing.
    parser = HTMLParser(encoding="utf-8", no_network=True, remove_comments=True, remove_pis=True)
    root = fromstring(text.encode(), parser)
    collecting = _Collecting()
    for outline in root.iter("outline") if root is not None else ():
        title = (outline.get("title") or outline.get("text") or "").strip()
        if title and outline.get("xmlurl"):
            searched = _ALERT_TITLE.sub("", title)
            keywords = _alert_keywords(searched, collecting.notes)
            collecting.add(searched, keywords)
    return collecting.imported()


_READERS: Final[dict[Format, Callable[[str], Imported]]] = {
    "trendradar": _read_trendradar,
    "alerts": _read_alerts,
    "csv": _read_csv,
    "opml": _read_opml,
    "terms": _read_terms,
}
