"""The Jinja2 environment of the pages: everything is escaped, and every printed text is made inert first."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from digest.config import Language
from digest.model import Article, Clip, Zone
from digest.publish.citation import cite, page_name, paper_name
from digest.publish.inert import inert
from digest.publish.marks import marked, paragraph_spans, spans_in
from digest.publish.phrases import printed_date
from digest.publish.reasons import keywords, shown_score
from digest.publish.snippet import snippet
from digest.shipped import shipped
from digest.web.excerpt import excerpt
from digest.web.language import language_of_text
from digest.web.score_bar import score_parts
from digest.web.words import Speaker

_SENTENCE_ENDS = "。！？…；：”』」）.!?;:)"
_LONGEST_CROSSHEAD = 26
_PARTED = re.compile("[\u2e80-\uffef“”] +[\u2e80-\uffef“”]")


def environment() -> Environment:
    """An environment over the shipped templates; unknown names in them are errors."""
    env = Environment(
        loader=FileSystemLoader(shipped("templates") / "web"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_inert,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    filters: dict[str, Any] = {
        "cite": cite,
        "paper": paper_name,
        "page": page_name,
        "day": printed_date,
        "weekday": weekday,
        "tongue": language_of_text,
        "instant": shown_instant,
        "size": shown_size,
        "score": shown_score,
        "keywords": keywords,
        "parts": score_parts,
        "excerpt": excerpt,
    }
    functions: dict[str, Any] = {
        "zone_text": zone_text,
        "paragraph": paragraph,
        "reads_as_crosshead": reads_as_crosshead,
        "is_parted": is_parted,
        "found_text": found_text,
    }
    env.filters.update(filters)
    env.globals.update(functions)
    return env


def _inert(value: object) -> object:
    """Markup was made by us out of inert text; the rest may hold anything."""
    return value if isinstance(value, Markup) or not isinstance(value, str) else inert(value)


def shown_instant(instant: datetime, zone: ZoneInfo) -> str:
    """An instant as a clock on the wall shows it.

    >>> from datetime import UTC
    >>> shown_instant(datetime(2025, 3, 4, 23, 30, tzinfo=UTC), ZoneInfo("Asia/Shanghai"))
    '2025-03-05 07:30'
    """
    return instant.astimezone(zone).strftime("%Y-%m-%d %H:%M")


def weekday(day: date, language: Language) -> str:
    """The day of the week.

    >>> weekday(date(2025, 3, 4), "zh-CN"), weekday(date(2025, 3, 4), "en")
    ('星期二', 'Tuesday')
    """
    return Speaker(language)("weekdays").split()[day.weekday()]


def shown_size(size: int) -> str:
    """A number of bytes for people.

    >>> shown_size(900), shown_size(20_000), shown_size(5_300_000)
    ('900 B', '20 kB', '5.3 MB')
    """
    if size < 1000:  # noqa: PLR2004  # a kilobyte
        return f"{size} B"
    return f"{size / 1000:.0f} kB" if size < 1_000_000 else f"{size / 1_000_000:.1f} MB"  # noqa: PLR2004  # a megabyte


def zone_text(text: str, clips: Iterable[Clip], zone: Zone, index: int = 0) -> Markup:
    """One heading with the keywords of all the clips marked."""
    return _marked(text, (span for clip in clips for span in spans_in(clip, zone, index)))


def paragraph(article: Article, clips: Iterable[Clip], index: int) -> Markup:
    """One paragraph with the keywords of all the clips marked."""
    spans = (span for clip in clips for span in paragraph_spans(article, clip, index))
    return _marked(article.paragraphs[index], spans)


def _marked(text: str, spans: Iterable[tuple[int, int]]) -> Markup:
    return Markup(marked(text, spans))  # noqa: S704  # `marked` escapes


def found_text(article: Article, clip: Clip, length: int) -> Markup:
    """The part of an article that shows why a search found it, with the hits marked."""
    part = snippet(article, clip, length)
    text = _marked(part.text, part.spans)
    return Markup("{}{}{}").format("…" * part.cut_before, text, "…" * part.cut_after)


def is_parted(headline: str) -> bool:
    """Whether blanks part a Chinese headline into lines or phrases, so that it is best broken only there.

    >>> is_parted("以数据之力 塑发展之势"), is_parted("春耕"), is_parted("Rain expected")
    (True, False, False)
    """
    return _PARTED.search(headline) is not None


def reads_as_crosshead(text: str) -> bool:
    """Whether a paragraph looks like a small heading within the body: short, and no sentence.

    >>> reads_as_crosshead("让数据流动起来"), reads_as_crosshead("会议结束了。")
    (True, False)
    """
    stripped = text.strip()
    return 0 < len(stripped) <= _LONGEST_CROSSHEAD and stripped[-1] not in _SENTENCE_ENDS
