"""Shows what extraction makes of page files, without storing anything."""

from __future__ import annotations

import json as json_format
import sys
from collections.abc import Sequence
from pathlib import Path

from rich.padding import Padding
from rich.text import Text

from digest.cli.terminal import console
from digest.codec import extraction_to_json
from digest.errors import PageError
from digest.extract import extract_sheets, place_units
from digest.inbox.naming import compile_patterns, folio_of_path
from digest.inbox.reading import PageFile, read_pages
from digest.inbox.scan import FoundFile
from digest.model import Article, Extraction

_STYLES = {"heading": "bold yellow", "closing": "bold yellow", "crosshead": "yellow", "caption": "green"}
_MAX_BYTES = 20_000_000
_PATTERNS = ("{paper}/{date}/{page}", "{paper}_{date}_{page}")


def show_extraction(files: Sequence[Path], *, json: bool, explain: bool) -> bool:
    """Prints each file's articles, with `json` one object a line; False when a file could not be read.

    With `explain`, prints instead what was weighed for each stretch of the page.
    """
    good = True
    for path in files:
        try:
            pages = _read(path)
        except PageError as error:
            sys.stderr.write(f"digest: {path}: {error}\n")
            good = False
            continue
        if explain:
            for page in pages:
                _print_reading(page.path, page.text)
            continue
        for page, extraction in zip(pages, _extracted(path, pages), strict=True):
            if json:
                record = {"page": page.path, **extraction_to_json(extraction)}
                print(json_format.dumps(record, ensure_ascii=False))
            else:
                _print_page(page.path, extraction)
    return good


def _read(path: Path) -> tuple[PageFile, ...]:
    """The pages of the file at `path`; named directly, so a link is followed and any suffix will do."""
    try:
        real = path.resolve(strict=True)
        status = real.stat()
    except OSError as error:
        raise PageError("unreadable", f"cannot be read: {error.strerror}") from error
    if real.is_dir():
        raise PageError("unreadable", "is a folder; name its files, or let `digest run` read it as the inbox")
    found = FoundFile(path.name, real.name, status.st_size, status.st_mtime_ns)
    return read_pages(real.parent, found, _MAX_BYTES)


def _extracted(path: Path, pages: Sequence[PageFile]) -> list[Extraction]:
    patterns = compile_patterns(_PATTERNS, {path.suffix})
    known = folio_of_path(str(path.resolve()), patterns)
    return extract_sheets({page.sheet: page.text for page in pages}, known)


def _print_reading(name: str, text: str) -> None:
    """Each stretch of the page with its role, and what spoke against it (+) or for it (-)."""
    out = console()
    out.print(Text(name, style="bold reverse"))
    furniture, placed = place_units(text, [])
    for unit in furniture:
        out.print(
            Text(f"{unit.first:>5}  {unit.reason or 'leftover':<10} {_short(unit.text, 30)}", style="dim")
        )
    for item in placed:
        if item.starts:
            out.print(Text("-" * 24 + " an article begins", style="cyan"))
        out.print(
            Text(
                f"{item.unit.first:>5}  {item.role:<10} {_short(item.unit.text, 30)}",
                style=_STYLES.get(item.role, ""),
            )
        )
        for why, cost in item.why:
            out.print(Text(f"{'':>18}{cost:+6.1f}  {why}", style="dim"))


def _print_page(name: str, extraction: Extraction) -> None:
    out = console()
    count = len(extraction.articles)
    out.print(Text(f"{name}: {count} article{'' if count == 1 else 's'}", style="bold reverse"))
    for article in extraction.articles:
        _print_article(article)
    for left in extraction.leftovers:
        out.print(Text(f"  [{left.reason}] {_short(left.text)}  (line {left.first})", style="dim"))
    out.print()


def _print_article(article: Article) -> None:
    out = console()
    sure = f"{article.kind}  confidence {article.confidence:.2f}"
    out.print()
    for text in article.kicker:
        out.print(Text(f"  {text}", style="cyan"))
    derived = " (derived)" if article.headline_source == "derived" else ""
    out.print(Text(f"  {article.headline}", style="bold yellow").append(derived, style="dim"))
    for text in article.deck:
        out.print(Text(f"  — {text}", style="cyan"))
    credit = "  ".join(part for part in (article.column, article.dateline, " ".join(article.byline)) if part)
    out.print(Text(f"  {sure}  {credit}", style="dim"))
    for text in article.paragraphs:
        out.print(Padding(Text(text), (0, 2, 0, 4)))
    for text in (*article.captions, *article.jumps):
        out.print(Padding(Text(text, style="green"), (0, 2, 0, 4)))


def _short(text: str, limit: int = 60) -> str:
    flat = " ".join(text.split())
    return flat if len(flat) <= limit else flat[: limit - 1] + "…"
