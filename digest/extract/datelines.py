"""The grammar of datelines: agency, place and date before the first sentence or after the last."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from digest.extract.glyphs import HAN

_AGENCY = (
    r"(?:综合|据)?(?:本[报刊台网社]|[晚早晨日商]报|新华社|中新社|新华网"
    rf"|[{HAN}]{{2,6}}(?:社|网|日报|晚报|时报|报))"
)
_DATE = r"(?:(?:(?P<month>\d{1,2})\s*月\s*)?(?P<day>\d{1,2})\s*日)"
_HEAD = re.compile(
    rf"(?P<agency>{_AGENCY})\s*(?P<place>[{HAN}·•“”\s]{{0,16}}?)\s*{_DATE}?\s*(?P<kind>专?\s*[讯电]|综合消息|消息)"
    rf"(?P<after>[\s（(，,：:、]|[{HAN}“《\d]|$)"
)
_BRACKETED = re.compile(
    rf"[【\[〔]\s*(?P<agency>{_AGENCY}|综合|特约)\s*(?P<place>[{HAN}·•\s]{{0,16}}?)\s*{_DATE}?\s*(?:专?\s*[讯电]|报[道导]|消息|外电)"
    r"\s*[】\]〕]\s*"
)
"""【本报讯】, 【本报松城5月15日电】, 【综合报道】."""

_ROUNDUP = re.compile(
    r"(?P<agency>综合(?:本[报刊]|新华社|中新社|外电|媒体)?)(?P<place>)(?P<month>)(?P<day>)报[道导](?:[：:]|(?=\s))"
)
_KIND = re.compile("讯|电|消息")
_TAIL = re.compile(
    rf"[（(]\s*(?P<agency>{_AGENCY})\s*(?P<place>[{HAN}·•\s]{{0,16}}?)\s*{_DATE}?\s*(?:专?\s*[讯电]|消息)?\s*"
    rf"(?:[{HAN}]{{0,8}}记者[^（）()]{{0,40}})?[）)]$"
)
_BRACKETS = frozenset("【[〔")
_LEAP_YEAR = 2024
_OWN = re.compile(r"(?:综合|据)?本[报刊台网社]")


@dataclass(frozen=True, slots=True)
class Dateline:
    """A dateline as printed, and its place and month and day as values where it names them."""

    text: str
    place: str | None
    month: int | None
    day: int | None

    @property
    def date(self) -> str | None:
        """MM-DD, or None."""
        return f"{self.month:02}-{self.day:02}" if self.month and self.day else None


def head_dateline(text: str) -> tuple[Dateline, str] | None:
    """The dateline a paragraph begins with and the text after it.

    >>> head_dateline("本报松城5月15日讯 今天起")
    (Dateline(text='本报松城5月15日讯', place='松城', month=5, day=15), ' 今天起')
    """
    start = text[:60]
    if found := (_BRACKETED if start[:1] in _BRACKETS else _ROUNDUP).match(start):
        return _dateline(found, found.group().strip()), text[found.end() :]
    found = _HEAD.match(start) if _KIND.search(start) else None
    if not found or not _plausible(found):
        return None
    end = found.end("after") if found.group("after") in {":", "："} else found.start("after")
    return _dateline(found, text[:end].strip()), text[end:]


def _plausible(found: re.Match[str]) -> bool:
    """A word such as 电影 after an agency is no dateline: a date, a bracket or a blank must confirm it."""
    after = found.group("after")
    if found.group("day"):
        return True
    if not after or after in "（(，,：:" or after.isspace():
        return True
    return bool(_OWN.match(found.group("agency"))) and "讯" in found.group("kind")


def tail_dateline(text: str) -> tuple[str, Dateline] | None:
    """What stands before a dateline in brackets at the end of `text`, and that dateline.

    >>> tail_dateline("会议将于明年举行。（新华社松城5月9日电）")[1].place
    '松城'
    """
    if not text.endswith(("）", ")")):
        return None
    end = text[-80:]
    found = _TAIL.search(end)
    if not found or not (found.group("day") or re.search(r"[讯电]", found.group())):
        return None
    before = text[: len(text) - len(end) + found.start()].rstrip()
    if before and before[-1] not in "。！？!?…”’）)":
        return None
    return before, _dateline(found, found.group())


def _dateline(found: re.Match[str], text: str) -> Dateline:
    place = "".join((found.group("place") or "").split()) or None
    month, day = (int(found.group(part)) if found.group(part) else None for part in ("month", "day"))
    if day and month and _valid(_LEAP_YEAR, month, day) is None:
        month = day = None
    return Dateline(text, place, month, day)


def year_of(month: int, day: int, page: date) -> date | None:
    """The date nearest to that of the page: 31 December on a page of 1 January is last year's.

    >>> year_of(12, 31, date(2025, 1, 2))
    datetime.date(2024, 12, 31)
    """
    dates = [
        possible
        for year in (page.year - 1, page.year, page.year + 1)
        if (possible := _valid(year, month, day))
    ]
    return min(dates, key=lambda possible: abs((possible - page).days), default=None)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
