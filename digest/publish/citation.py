"""Names an article: its headline, and paper, date and page where it was printed; it looks nothing up."""

from __future__ import annotations

from datetime import date

from digest.model import ArchivedArticle, Article, Folio
from digest.publish.inert import one_line
from digest.publish.phrases import phrases, printed_date


def cite(folio: Folio, language: str, *, near: date | None = None) -> str:
    """Paper, date and page, as far as known; the date in ISO form, or with `near` as people write it.

    >>> cite(Folio("山川日报", date(2025, 3, 4), 3, "3"), "zh-CN")
    '《山川日报》2025-03-04 第3版'
    >>> cite(Folio("山川日报", date(2025, 3, 4), 4, "A4"), "zh-CN", near=date(2025, 3, 5))
    '《山川日报》3月4日 第A4版'
    >>> cite(Folio("Hill Courier", None, 4), "en")
    'Hill Courier, page 4'
    """
    words = phrases(language)
    paper_and_date = _joined(words.date_gap, paper_name(folio, language), _day(folio.date, language, near))
    return _joined(words.page_gap, paper_and_date, page_name(folio, language))


def _joined(gap: str, *parts: str) -> str:
    return gap.join(part for part in parts if part)


def _day(day: date | None, language: str, near: date | None) -> str:
    if day is None:
        return ""
    return printed_date(day, language, near=near) if near else day.isoformat()


def paper_name(folio: Folio, language: str) -> str:
    """The paper's name as the language writes it, empty when unknown.

    >>> paper_name(Folio("《山川日报》"), "zh-CN")
    '《山川日报》'
    """
    name = one_line(folio.paper or "").strip("《》")
    return phrases(language).paper.format(paper=name) if name else ""


def page_name(folio: Folio, language: str) -> str:
    """The page as printed, in the language's words, empty when unknown.

    >>> page_name(Folio(number=4, label="第四版"), "zh-CN"), page_name(Folio(number=4, label="第四版"), "en")
    ('第四版', 'page 4')
    """
    label = one_line(folio.label or "")
    if "版" in label and phrases(language).language == "zh-CN":
        return label
    shown = label if label and "版" not in label else folio.number
    return phrases(language).page.format(page=shown) if shown is not None else ""


def headline_of(article: Article, language: str) -> str:
    """The headline on one inert line; the language's word for none when nothing is left of it."""
    return one_line(article.headline) or phrases(language).untitled


def dated_headline(archived: ArchivedArticle, language: str, *, near: date | None = None) -> str:
    """The headline behind the day it was printed, as far as known; with `near` as people write it.

    >>> from datetime import UTC, datetime
    >>> from uuid import UUID
    >>> seen, article = datetime(2025, 3, 4, tzinfo=UTC), Article("news", "大桥合龙")
    >>> printed = ArchivedArticle(UUID(int=1), UUID(int=2), article, Folio(date=date(2025, 3, 4)), seen, seen)
    >>> dated_headline(printed, "zh-CN"), dated_headline(printed, "en", near=date(2025, 3, 9))
    ('2025-03-04 大桥合龙', '4 Mar 大桥合龙')
    """
    return _joined(" ", _day(archived.folio.date, language, near), headline_of(archived.article, language))
