"""Finds the other part of an article that was continued on another page of the same paper and day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy import Connection

from digest.model import ArchivedArticle
from digest.store import archive

Direction = Literal["continues_on", "continued_from"]


@dataclass(frozen=True, slots=True)
class Jump:
    """A reference to another page; `article` None when its other part was not found or is not certain.

    `page_id` is that page when it was read. `label` is what is printed for its number.
    """

    direction: Direction
    label: str
    article: ArchivedArticle | None
    page_id: UUID | None


def jumps_of(tx: Connection, archived: ArchivedArticle) -> list[Jump]:
    """Where the article goes on and where it comes from."""
    article = archived.article
    wanted: list[tuple[Direction, int | None, str | None]] = [
        ("continued_from", article.continued_from, article.continued_from_label),
        ("continues_on", article.continues_on, article.continues_on_label),
    ]
    return [
        _jump(tx, archived, direction, number, label or str(number))
        for direction, number, label in wanted
        if number is not None
    ]


def _jump(tx: Connection, archived: ArchivedArticle, direction: Direction, number: int, label: str) -> Jump:
    there = archive.printed_on(tx, archived.folio, number)
    pages = {other.page_id for other in there}
    page_id = pages.pop() if len(pages) == 1 else None
    return Jump(direction, label, other_part(there, archived, direction), page_id)


def other_part(
    there: Sequence[ArchivedArticle], archived: ArchivedArticle, direction: Direction
) -> ArchivedArticle | None:
    """The one article of that page that refers back to this one's page; of several one with its headline."""
    here = archived.folio.number
    back = "continued_from" if direction == "continues_on" else "continues_on"
    fitting = [other for other in there if here is not None and getattr(other.article, back) == here]
    if len(fitting) > 1:
        fitting = [other for other in fitting if other.article.headline == archived.article.headline]
    return fitting[0] if len(fitting) == 1 else None
