"""Articles, extractions and reasons as JSON values and back; keys are the public ones of docs/glossary.md.

It never touches files. Reading is forgiving where it is meant for other people's articles (missing keys take
their defaults) and strict about types.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import date
from typing import Any, cast

from digest.errors import DigestError
from digest.model import Article, Extraction, Folio, Hit, Leftover, Part, Reason, Repair

Json = dict[str, Any]

_TUPLES = ("kicker", "deck", "byline", "paragraphs", "captions", "jumps")


def article_to_json(article: Article) -> Json:
    """All fields of an article, `lines` beside them.

    >>> article_to_json(Article(kind="news", headline="春耕", date="03-04"))["date"]
    '03-04'
    """
    record: Json = {field.name: getattr(article, field.name) for field in fields(article)}
    record |= {name: list(record[name]) for name in _TUPLES}
    record["dated"] = article.dated.isoformat() if article.dated else None
    record["parts"] = [[part.role, part.first, part.last] for part in article.parts]
    record["lines"] = [list(pair) for pair in article.lines]
    return record


def article_from_json(record: Mapping[str, Any]) -> Article:
    """The article a record describes; the inverse of `article_to_json`, and reads articles of other makers.

    Raises:
        DigestError: A value has the wrong type; the message names its key.

    >>> article_from_json({"headline": "春耕", "paragraphs": ["麦苗返青。"]}).lead
    '麦苗返青。'
    """
    paragraphs = _texts(record, "paragraphs")
    values: Json = {name: _texts(record, name) for name in _TUPLES}
    values |= {name: record[name] for name in _SCALARS if record.get(name) is not None}
    values["kind"] = record.get("kind") or "news"
    values["headline"] = _text(record, "headline")
    values["lead"] = _text(record, "lead") or (paragraphs[0] if paragraphs else "")
    values["dated"] = date.fromisoformat(record["dated"]) if record.get("dated") else None
    values["parts"] = tuple(Part(role, first, last) for role, first, last in record.get("parts") or ())
    return Article(**values)


_SCALARS = (
    "headline_source",
    "column",
    "byline_text",
    "dateline",
    "place",
    "date",
    "continues_on",
    "continues_on_label",
    "continued_from",
    "continued_from_label",
    "confidence",
)


def _text(record: Mapping[str, Any], key: str) -> str:
    value = record.get(key)
    if value is not None and not isinstance(value, str):
        raise DigestError(f"{key}: expected text, found {type(value).__name__}")
    return value or ""


def _texts(record: Mapping[str, Any], key: str) -> tuple[str, ...]:
    value: object = record.get(key)
    if value is None:
        return ()
    if isinstance(value, str) or not isinstance(value, Sequence):
        raise DigestError(f"{key}: expected a list of texts, found {type(value).__name__}")
    return tuple(str(item) for item in cast("Sequence[object]", value))


def folio_to_json(folio: Folio) -> Json:
    """A folio with its date in ISO form."""
    return {
        "paper": folio.paper,
        "date": folio.date.isoformat() if folio.date else None,
        "number": folio.number,
        "label": folio.label,
    }


def extraction_to_json(extraction: Extraction) -> Json:
    """A page's articles, leftovers, repairs and folio, in the format evaluation reads."""
    return {
        "folio": folio_to_json(extraction.folio),
        "articles": [article_to_json(article) for article in extraction.articles],
        "leftovers": leftovers_to_json(extraction.leftovers),
        "repairs": [[repair.kind, repair.text, repair.line] for repair in extraction.repairs],
    }


def leftovers_to_json(leftovers: Sequence[Leftover]) -> list[list[Any]]:
    """Each leftover as reason, text, first and last line."""
    return [[left.reason, left.text, left.first, left.last] for left in leftovers]


def leftovers_from_json(rows: Sequence[Sequence[Any]]) -> tuple[Leftover, ...]:
    """The inverse of `leftovers_to_json`."""
    return tuple(Leftover(*row) for row in rows)


def repairs_from_json(rows: Sequence[Sequence[Any]]) -> tuple[Repair, ...]:
    """The repairs of `extraction_to_json`."""
    return tuple(Repair(*row) for row in rows)


def reasons_to_json(reasons: Sequence[Reason]) -> list[Json]:
    """Reasons with their hits as `[zone, index, start, end]`."""
    return [
        {
            "label": reason.label,
            "points": reason.points,
            "hits": [[hit.zone, hit.index, hit.start, hit.end] for hit in reason.hits],
        }
        for reason in reasons
    ]


def reasons_from_json(rows: Sequence[Mapping[str, Any]]) -> tuple[Reason, ...]:
    """The inverse of `reasons_to_json`."""
    return tuple(Reason(row["label"], row["points"], tuple(Hit(*hit) for hit in row["hits"])) for row in rows)
