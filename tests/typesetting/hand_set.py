"""Reads pages set by hand, each line marked with what it is, as text and truth; it knows no house style.

A line is MARK|text; `@ kind key=value …` begins an article, with what the marks do not say. Marks: K kicker,
H headline, D deck, C column, B paragraph, X crosshead, P caption, Y credit, J jump, + more of the part above,
_ no article's. What stands in {{…}} is printed but no part of the text it stands in, such as a dateline.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tests.typesetting.press import SetPage

FOLDER: Final = Path(__file__).parent / "pages"
_OUTSIDE = re.compile(r"\{\{.*?\}\}|\*\*|^#+ |</?\w[^<>]*>")
_ROLES: Final = {
    "K": "kicker",
    "H": "headline",
    "D": "deck",
    "C": "column",
    "B": "paragraphs",
    "X": "paragraphs",
    "P": "captions",
}


@dataclass
class _Set:
    kind: str
    said: dict[str, str]
    parts: list[tuple[str, str]] = field(default_factory=list[tuple[str, str]])
    lines: list[list[int]] = field(default_factory=list[list[int]])

    def add(self, mark: str, text: str, line: int) -> None:
        bare = text.strip()
        if mark == "+":
            mark, before = self.parts.pop()
            bare = _joined(before, bare)
        self.parts.append((mark, bare))
        if mark in "BX":
            self._stand(line)

    def _stand(self, line: int) -> None:
        if self.lines and self.lines[-1][1] == line - 1:
            self.lines[-1][1] = line
        else:
            self.lines.append([line, line])

    def each(self, role: str) -> list[str]:
        texts = (_OUTSIDE.sub("", text).strip() for mark, text in self.parts if _ROLES.get(mark) == role)
        return list(filter(None, texts))

    @property
    def truth(self) -> dict[str, Any]:
        paragraphs, column = self.each("paragraphs"), "".join(self.each("column"))
        number = {key: int(self.said[key]) if key in self.said else None for key in ("on", "from")}
        return {
            "kind": self.kind,
            "kind_alternatives": ["news"] if self.kind in {"interview", "commentary"} else [],
            "publish": self.kind != "note",
            "column": column or None,
            "kicker": self.each("kicker"),
            "headline": "".join(self.each("headline")) or None,
            "headline_alternatives": [_with_signs("".join(text for mark, text in self.parts if mark == "H"))],
            "deck": self.each("deck"),
            "byline": [
                name.replace("_", " ") for name in re.split("[、,]", self.said.get("byline", "")) if name
            ],
            "place": self.said.get("place"),
            "date": self.said.get("date"),
            "captions": self.each("captions"),
            "source_note": column or None,
            "lead": paragraphs[0],
            "paragraphs": paragraphs,
            "lines": self.lines,
            "continues_on": number["on"],
            "continued_from": number["from"],
        }


def _with_signs(text: str) -> str:
    """As printed, with the sign before it that is no part of it: ■."""
    return re.sub(r"[{}#*]", "", text).strip()


def _joined(before: str, after: str) -> str:
    if not before[-1:].isascii() or not after[:1].isascii():
        return before + after
    return before[:-1] + after if before.endswith("-") else f"{before} {after}"


def read_page(path: Path) -> SetPage:
    """The page of a file with its truth."""
    printed: list[str] = []
    articles: list[_Set] = []
    for row in path.read_text(encoding="utf-8").splitlines():
        if row.startswith("@ "):
            kind, *said = row[2:].split()
            articles.append(_Set(kind, dict(pair.split("=", 1) for pair in said)))
            continue
        mark, text = row.split("|", 1)
        printed.append(text.replace("{{", "").replace("}}", ""))
        if mark != "_":
            articles[-1].add(mark, text, len(printed))
    return SetPage(path.name, "\n".join(printed) + "\n", [article.truth for article in articles])


def pages() -> list[SetPage]:
    """All pages set by hand."""
    return [read_page(path) for path in sorted(FOLDER.iterdir())]
