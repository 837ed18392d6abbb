"""Fictional articles for the tests of ranking."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

from digest.model import ArchivedArticle, Article, Folio, Profile

SEEN = datetime(2031, 5, 6, 8, tzinfo=UTC)


def archived(
    number: int,
    headline: str = "题目",
    *paragraphs: str,
    page: int | None = 5,
    day: date | None = None,
    seen: datetime = SEEN,
    **fields: Any,
) -> ArchivedArticle:
    plain: dict[str, Any] = {"kind": "news", "headline": headline, "paragraphs": paragraphs}
    plain["lead"] = paragraphs[0] if paragraphs else ""
    article = Article(**(plain | fields))
    folio = Folio(paper="云溪晚报", date=day, number=page)
    return ArchivedArticle(UUID(int=number), UUID(int=10_000 + number), article, folio, seen, seen)


def profile(*keywords: str, number: int = 1, threshold: float = 0.0) -> Profile:
    return Profile(UUID(int=number), f"profile-{number}", "关注", keywords, threshold=threshold)
