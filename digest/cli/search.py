"""`digest search`: finds articles of the archive and shows them; nothing is stored."""

from __future__ import annotations

import json as json_format
from collections.abc import Iterable
from dataclasses import asdict
from typing import Any, Final

from rich.padding import Padding
from rich.text import Text

from digest.cli.terminal import console
from digest.config import Config
from digest.pipeline.desk import open_desk
from digest.pipeline.search import Asked, Found, Result, Total, search_archive
from digest.publish.citation import page_name, paper_name
from digest.publish.inert import one_line
from digest.publish.marks import Span, spans_in
from digest.publish.reasons import shown_score
from digest.publish.snippet import snippet

_HIT: Final = "bold red"
_SNIPPET: Final = 160


def show_found(config: Config, asked: Asked, *, json: bool) -> None:
    """Prints the articles for which the search holds.

    Raises:
        ProfileSyntaxError: The search cannot be understood.
        DigestError: The archive cannot be read.
    """
    with open_desk(config) as desk:
        found = search_archive(desk.store, asked, desk.clock())
    if json:
        print(json_format.dumps(_record(found), ensure_ascii=False))
    else:
        _print(found, asked, config.language)


def _record(found: Found) -> dict[str, Any]:
    return {
        "query": found.query.text,
        "total": asdict(found.total) if found.total else None,
        "rest": found.rest,
        "best_of": found.best_of,
        "articles": [_result_record(result) for result in found.results],
    }


def _result_record(result: Result) -> dict[str, Any]:
    archived, part = result.archived, snippet(result.archived.article, result.clip, _SNIPPET)
    return {
        "id": str(archived.id),
        "headline": archived.article.headline,
        "kind": archived.article.kind,
        "paper": archived.folio.paper,
        "date": str(archived.folio.date) if archived.folio.date else None,
        "page": archived.folio.number,
        "score": result.clip.score,
        "snippet": {"text": part.text, "marked": part.spans},
        "reasons": [asdict(reason) for reason in result.clip.reasons],
    }


def _print(found: Found, asked: Asked, language: str) -> None:
    out = console()
    for result in found.results:
        headline, part = result.archived.article.headline, snippet(result.archived.article, result.clip)
        out.print(_marked(headline, spans_in(result.clip, "headline"), style="bold"))
        out.print(Padding(_source(result, language), (0, 0, 0, 2), expand=False))
        if part.text.strip():
            shown = Text("…" * part.cut_before) + _marked(part.text, part.spans) + Text("…" * part.cut_after)
            out.print(Padding(shown, (0, 0, 1, 2), expand=False))
    out.print(Text(_summary(found, asked), style="dim"))


def _marked(text: str, spans: Iterable[Span], *, style: str = "") -> Text:
    """The text on one line, with nothing in it that a terminal would obey."""
    shown, at = Text(style=style), 0
    for start, end in sorted(spans):
        if start >= at:
            shown.append(one_line(f"|{text[at:start]}|")[1:-1])
            shown.append(one_line(text[start:end]), style=_HIT)
            at = end
    return shown.append(one_line(f"|{text[at:]}|")[1:-1])


def _source(result: Result, language: str) -> Text:
    folio = result.archived.folio
    day = str(folio.date) if folio.date else ""
    parts = (paper_name(folio, language), day, page_name(folio, language), shown_score(result.clip))
    known = [one_line(str(part)) for part in parts if str(part)]
    return Text(" · ".join((*known, str(result.archived.id))), style="dim")


def _summary(found: Found, asked: Asked) -> str:
    told = [_total(found.total)] if found.total else []
    if found.best_of is not None:
        told.append(f"these are the best of {found.best_of} that were compared; --sort date gives all")
    if found.rest is not None:
        told.append(f"more with --start {found.rest}")
    if not found.results:
        told.append("none here" if asked.start or found.rest else "see docs/profiles.md, Searching")
    return "; ".join(told)


def _total(total: Total) -> str:
    told = {"exact": "", "about": "about ", "over": "more than "}[total.certainty]
    return f"{told}{total.number} article{'s' * (total.number != 1)}"
