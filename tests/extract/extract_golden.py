"""Reads the golden pages: a page beside what is printed on it, in a form made for reading."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from pathlib import Path

from digest.model import Article, Extraction

FOLDER = Path(__file__).parent / "golden"
_SECTION = re.compile(r"^--- (page|printed|leftover|repair)\n", re.MULTILINE)


def sections(path: Path) -> dict[str, str]:
    """The sections of a golden file by name."""
    pieces = _SECTION.split(path.read_text(encoding="utf-8"))
    return dict(zip(pieces[1::2], pieces[2::2], strict=True))


def printed(extraction: Extraction) -> dict[str, str]:
    """What an extraction says, in the form of the golden files."""
    found = {
        "printed": "---\n".join("".join(f"{line}\n" for line in _article(a)) for a in extraction.articles),
        "leftover": "".join(f"{leftover.reason}: {leftover.text}\n" for leftover in extraction.leftovers),
        "repair": "".join(f"{repair.kind}: {repair.text}\n" for repair in extraction.repairs),
    }
    return {name: text for name, text in found.items() if text}


def _article(article: Article) -> Iterator[str]:
    yield f"kind: {article.kind}"
    if article.headline_source == "derived":
        yield "headline_source: derived"
    yield from _each("kicker", article.kicker)
    yield f"headline: {article.headline}"
    yield from _each("deck", article.deck)
    yield from _each("column", [article.column] if article.column else [])
    yield from _each("byline", ["、".join(article.byline)] if article.byline else [])
    for name in ("byline_text", "dateline", "place", "date", "dated"):
        if value := getattr(article, name):
            yield f"{name}: {value}"
    yield from _each("jump", article.jumps)
    for name in ("continued_from", "continues_on"):
        if value := getattr(article, name):
            yield f"{name}: {value}"
    yield from _each("caption", article.captions)
    yield "lines: " + " ".join(f"{first}-{last}" for first, last in article.lines)
    yield from _each("paragraph", article.paragraphs)


def _each(name: str, texts: Sequence[str]) -> Iterator[str]:
    return (f"{name}: {text}" for text in texts)
