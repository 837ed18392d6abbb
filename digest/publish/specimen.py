"""A made-up digest to try templates on and to show when there is nothing to show; nobody is sent it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import NamedTuple
from uuid import UUID

from digest.model import (
    ArchivedArticle,
    Article,
    Clip,
    Clipping,
    Correction,
    Digest,
    Folio,
    Hit,
    Profile,
    Reason,
    Section,
    Sender,
    Tally,
)

_DAY = date(2031, 5, 6)
_SEEN = datetime(2031, 5, 6, 1, 0, tzinfo=UTC)
_PAGE = UUID(int=1)


class _Made(NamedTuple):
    title: str
    keyword: str
    paper: str
    headline: str
    lead: str
    body: str


_CHINESE = (
    _Made("桥梁", "大桥", "晨报", "云溪大桥合龙", "云溪大桥昨日合龙。", "通车后两岸往来只需五分钟。"),
    _Made("学校", "小学", "晚报", "城东小学有了天文台", "城东小学的天文台本周开放。", "周末居民也能观星。"),
)
_ENGLISH = (
    _Made("Bridges", "bridge", "Morning Paper", "Reed Bridge closes", "Its last gap is gone.", "It is long."),
    _Made(
        "Schools", "school", "Evening Paper", "East School looks up", "It has a telescope.", "All may come."
    ),
)


def specimen_sender() -> Sender:
    """Who a specimen comes from."""
    return Sender("digest@clips.example", "", "1 Example Street")


def specimen_digest(language: str) -> Digest:
    """Two sections, a reprint, an earlier report and a correction: all that templates have a place for.

    >>> [len(section.clippings) for section in specimen_digest("en").sections]
    [1, 1]
    """
    chinese = language.startswith("zh")
    found = [_clipping(place, made, language) for place, made in enumerate(_CHINESE if chinese else _ENGLISH)]
    first, second = found
    full = replace(first, also_in=(second.article,), earlier=second.article, more=1)
    return Digest(
        id=UUID(int=9),
        number=128,
        title="山川剪报" if chinese else "Hills and Rivers",
        slot=_SEEN,
        window_start=None,
        timezone="UTC",
        language=language,
        base_url="https://clips.example",
        sections=(Section(full.profile, (full,)), Section(second.profile, (second,))),
        tally=Tally(8, 40, 3, 2, 1, corrected=1, missing=1),
        corrections=(replace(second, correction=Correction(first.article.article.headline)),),
    )


def _clipping(place: int, made: _Made, language: str) -> Clipping:
    article = Article(
        "news",
        made.headline,
        kicker=(made.paper,),
        byline=("林一舟",),
        lead=made.lead,
        paragraphs=(made.lead, made.body),
    )
    folio = Folio(made.paper, _DAY, place + 1, str(place + 1))
    archived = ArchivedArticle(UUID(int=10 + place), _PAGE, article, folio, _SEEN, _SEEN)
    start = made.headline.lower().find(made.keyword)
    hit = Hit("headline", 0, start, start + len(made.keyword))
    profile = Profile(UUID(int=20 + place), f"p{place}", made.title, (made.keyword,), language=language)
    clip = Clip(profile.id, archived.id, 75.0, (Reason(made.keyword, 75.0, (hit,)),))
    return Clipping(UUID(int=30 + place), profile, archived, clip, _SEEN)
