"""A small map of a PDF's sheet: where its lines stand and which of them are an article's."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from itertools import groupby

from digest.model import ArchivedArticle, LineBox, Page

_MARGIN = 12.0
"""Points left around the outermost lines."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A line on the map; `own` when it is the article's."""

    x: float
    y: float
    width: float
    height: float
    own: bool


@dataclass(frozen=True, slots=True)
class SheetMap:
    """One sheet, from 1, with its spots; `view` is the SVG view box."""

    number: int
    view: str
    spots: tuple[Spot, ...]


def sheet_maps(page: Page, articles: Collection[ArchivedArticle]) -> list[SheetMap]:
    """A map of each sheet that holds lines of `articles`; none for pages that were no PDF.

    >>> from datetime import UTC, datetime
    >>> from uuid import UUID
    >>> from digest.model import Article, Folio, Part
    >>> now = datetime(2031, 5, 6, tzinfo=UTC)
    >>> article = Article("news", "新桥", parts=(Part("paragraph", 1, 1),))
    >>> archived = ArchivedArticle(UUID(int=1), UUID(int=2), article, Folio(), now, now)
    >>> boxes = (LineBox(1, 0, 20, 30, 120, 40), LineBox(2, 0, 20, 50, 120, 60))
    >>> page = Page(UUID(int=2), "a.pdf", "", 1, Folio(), "新桥\\n广告", now, now, boxes=boxes)
    >>> [sheet] = sheet_maps(page, [archived])
    >>> sheet.view, [spot.own for spot in sheet.spots]
    ('8 18 124 54', [True, False])
    """
    own = {
        line for each in articles for part in each.article.parts for line in range(part.first, part.last + 1)
    }
    by_sheet = groupby(sorted(page.boxes, key=lambda box: box.sheet), key=lambda box: box.sheet)
    maps = [_sheet_map(number, list(boxes), own) for number, boxes in by_sheet]
    return [each for each in maps if any(spot.own for spot in each.spots)]


def _sheet_map(number: int, boxes: list[LineBox], own: set[int]) -> SheetMap:
    left, top = min(box.x0 for box in boxes) - _MARGIN, min(box.y0 for box in boxes) - _MARGIN
    right, bottom = max(box.x1 for box in boxes) + _MARGIN, max(box.y1 for box in boxes) + _MARGIN
    view = " ".join(f"{value:g}" for value in (left, top, round(right - left, 1), round(bottom - top, 1)))
    spots = (Spot(box.x0, box.y0, box.x1 - box.x0, box.y1 - box.y0, box.line in own) for box in boxes)
    return SheetMap(number + 1, view, tuple(spots))
