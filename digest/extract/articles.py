"""Makes articles of units that belong together: fields read off, kind decided; it decides no boundaries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from digest.extract.captions import is_caption
from digest.extract.credits import Credit
from digest.extract.datelines import Dateline, year_of
from digest.extract.derive import derived_headline
from digest.extract.headings import Heading, read_heading
from digest.extract.layout import Placed
from digest.extract.lines import Line
from digest.extract.notices import ends_as_notice
from digest.extract.units import Unit
from digest.model import Article, Kind, Part, Role

_COMMENT = re.compile(r"评论|时评|短评|快评|社论|锐评|述评|社评|微评|杂谈|论坛")
_LONGEST_COLUMN: Final = 9
_SPEAKER = re.compile(r"[“]?([^：:，。“”]{1,8})[：:]")
_MOST_CAPTIONS: Final = 6
_LONGEST_PICTURE: Final = 90
_PHOTO_LENGTH: Final = 420
_PHOTO_PARAGRAPHS: Final = 4


def make_article(placed: Sequence[Placed], page_date: date | None) -> Article | None:
    """The article that units form; None when they have no body at all."""
    placed = _captioned(placed)
    paragraphs = _paragraphs(placed)
    if not paragraphs:
        return None
    heading = read_heading(
        [item.unit for item in placed if item.role in {"heading", "closing"}], "".join(paragraphs)
    )
    dateline = next((item.unit.dateline for item in placed if item.unit.dateline), None)
    labels = [item.unit.text for item in placed if item.role == "label"]
    signed = _credits(placed)
    kind = _kind(placed, heading, paragraphs, is_note=bool(labels))
    captions = _captions(placed)
    printed = heading.headline.text if heading.headline else None
    onward, back = _jump(placed, "on"), _jump(placed, "from")
    return Article(
        kind=kind,
        headline=printed or derived_headline(paragraphs[0]),
        headline_source="printed" if printed else "derived",
        kicker=tuple(part.text for part in heading.kicker),
        deck=tuple(part.text for part in heading.deck),
        column=" ".join([*labels, *([heading.column.text] if heading.column else [])]) or None,
        byline=_names(signed),
        byline_text=" ".join(text for text, _ in signed) or None,
        dateline=" ".join(d.text for d in _datelines(placed)) or None,
        place=dateline.place if dateline else None,
        date=dateline.date if dateline else None,
        dated=_dated(dateline, page_date),
        lead=paragraphs[0],
        paragraphs=paragraphs,
        captions=captions,
        jumps=tuple(jump.text for item in placed for jump in item.unit.jumps),
        continues_on=onward[0],
        continues_on_label=onward[1],
        continued_from=back[0],
        continued_from_label=back[1],
        parts=tuple(_parts(placed, heading)),
    )


def _captioned(placed: Sequence[Placed]) -> Sequence[Placed]:
    """Paragraphs of a body that tell of a picture are captions, where something else is the body."""
    written = any(not credit.photo for _, credit in _credits(placed))
    told = [
        item.role == "body"
        and ((is_caption(item.unit.text) and not item.unit.listed) or (written and _of_a_picture(item.unit)))
        for item in placed
    ]
    bodies = sum(item.role == "body" and bool(item.unit.text) for item in placed)
    if not 0 < sum(told) < bodies or sum(told) > _MOST_CAPTIONS:
        return placed
    return [
        replace(item, role="caption") if caption else item for item, caption in zip(placed, told, strict=True)
    ]


def _of_a_picture(unit: Unit) -> bool:
    """Whether a short text is signed by who took a picture alone, as captions are beside a written report."""
    if not unit.signed or unit.dated_at_start or len(unit.text) > _LONGEST_PICTURE:
        return False
    return all(credit.photo and "文" not in text for text, credit in unit.credits)


def _paragraphs(placed: Sequence[Placed]) -> tuple[str, ...]:
    """The body; a crosshead set on two lines is one paragraph."""
    paragraphs: list[str] = []
    for item in placed:
        if item.role not in {"body", "crosshead"} or not item.unit.text:
            continue
        if item.unit.sort == "short" and item.unit.follows and paragraphs:
            paragraphs[-1] += item.unit.text
        else:
            paragraphs.append(item.unit.text)
    return tuple(paragraphs)


def _datelines(placed: Sequence[Placed]) -> list[Dateline]:
    return [item.unit.dateline for item in placed if item.unit.dateline]


def _dated(dateline: Dateline | None, page_date: date | None) -> date | None:
    if dateline is None or page_date is None or not dateline.month or not dateline.day:
        return None
    return year_of(dateline.month, dateline.day, page_date)


def _credits(placed: Sequence[Placed]) -> list[tuple[str, Credit]]:
    return [credit for item in placed if item.role != "caption" for credit in item.unit.credits]


def _names(signed: Iterable[tuple[str, Credit]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for _, credit in signed for name in credit.names))


def _captions(placed: Sequence[Placed]) -> tuple[str, ...]:
    """Texts under pictures with the credits that follow them."""
    captions: list[str] = []
    for item in placed:
        if item.role != "caption":
            continue
        printed = " ".join(filter(None, [item.unit.text, *(text for text, _ in item.unit.credits)]))
        if item.unit.sort == "credit" and captions:
            captions[-1] += " " + printed
        else:
            captions.append(printed)
    return tuple(captions)


def _jump(placed: Sequence[Placed], way: str) -> tuple[int | None, str | None]:
    for item in placed:
        for jump in item.unit.jumps:
            if jump.way == way:
                return jump.number, jump.label
    return None, None


def _kind(placed: Sequence[Placed], heading: Heading, paragraphs: tuple[str, ...], *, is_note: bool) -> Kind:
    if is_note:
        return "note"
    signed = [credit for _, credit in _credits(placed)]
    headline = heading.headline.text if heading.headline else ""
    dated = any(item.unit.dated_at_start for item in placed)
    short = len(paragraphs) <= _PHOTO_PARAGRAPHS and sum(map(len, paragraphs)) <= _PHOTO_LENGTH
    if short and not dated and signed and all(credit.photo for credit in signed):
        return "photo"
    if any(credit.comment for credit in signed) or _is_comment(heading, headline):
        return "commentary"
    if _is_interview(paragraphs):
        return "interview"
    return "notice" if not dated and ends_as_notice(headline) else "news"


def _is_comment(heading: Heading, headline: str) -> bool:
    """Whether the headline's column in brackets, or the one above it, is one of comments."""
    above = [*heading.kicker, *([heading.column] if heading.column else [])]
    columns = [part.text for part in above if len(part.text) <= _LONGEST_COLUMN]
    return any(_COMMENT.search(text) for text in (_suffix(headline), *columns))


def _suffix(headline: str) -> str:
    found = re.search(r"[（(]([^（）()]{1,24})[）)]$", headline)
    return found.group(1) if found else ""


def _is_interview(paragraphs: tuple[str, ...]) -> bool:
    """Two speakers, named before a colon, take turns; one of them asks."""
    speakers = [found.group(1) for text in paragraphs if (found := _SPEAKER.match(text))]
    asks = sum(speaker in {"记者", "问", "主持人", "本报记者", "笔者"} for speaker in speakers)
    return min(asks, len(set(speakers))) > 1


_PLACES: Final[dict[str, Role]] = {
    "body": "paragraph",
    "crosshead": "paragraph",
    "caption": "caption",
    "label": "column",
}


def _parts(placed: Sequence[Placed], heading: Heading) -> list[Part]:
    """Which lines hold what, in the order of the page."""
    parts = [
        Part("headline", line.number, line.number)
        for line in (heading.headline.lines if heading.headline else [])
    ]
    parts += [_span("column", heading.column.lines)] if heading.column else []
    parts += [_span("kicker", part.lines) for part in heading.kicker]
    parts += [_span("deck", part.lines) for part in heading.deck]
    for item in placed:
        if (role := _PLACES.get(item.role)) and (item.unit.text or item.role == "caption"):
            first = item.unit.first
            if item.unit.follows and role == "paragraph" and parts and parts[-1].role == "paragraph":
                first = parts.pop().first
            parts.append(Part(role, first, item.unit.last))
        parts += _grammar_parts(item.unit)
    return sorted(parts, key=lambda part: (part.first, part.last))


def _span(role: Role, lines: Sequence[Line]) -> Part:
    return Part(role, lines[0].number, lines[-1].number)


def _grammar_parts(unit: Unit) -> list[Part]:
    """Where dateline, credits and jumps stand: at the unit's first line or its last."""
    parts: list[Part] = []
    if unit.dateline:
        line = unit.first if unit.dated_at_start else unit.last
        parts.append(Part("dateline", line, line))
    for _, _credit in unit.credits:
        line = unit.last if unit.signed or unit.sort == "credit" else unit.first
        parts.append(Part("byline", line, line))
    for jump in unit.jumps:
        line = unit.first if jump.way == "from" else unit.last
        parts.append(Part("jump", line, line))
    return parts
