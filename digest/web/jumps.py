"""Where the other part of an article is printed that goes on, or comes from, another page of the same day."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy import Connection

from digest.model import ArchivedArticle
from digest.store import archive

Direction = Literal["continues_on", "continued_from"]


@dataclass(frozen=True, slots=True)
class Jump:
    """A reference to another page; `page_id` is that page when it was read, `label` its number as printed."""

    direction: Direction
    label: str
    page_id: UUID | None


def jumps_of(tx: Connection, archived: ArchivedArticle) -> list[Jump]:
    """Where the article comes from and goes on; of one joined from two pages, the other page."""
    article = archived.article
    wanted: list[tuple[Direction, int | None, str | None]] = [
        ("continued_from", article.continued_from, article.continued_from_label),
        ("continues_on", article.continues_on, article.continues_on_label),
    ]
    return [
        Jump(direction, label or str(number), archive.page_numbered(tx, archived.folio, number))
        for direction, number, label in wanted
        if number is not None and number != archived.folio.number
    ]
