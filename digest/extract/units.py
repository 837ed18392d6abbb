"""Reads each block's grammar: what stands before and after its text, whether it is body or heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Final, Literal

from digest.extract.blocks import Block, begins_as_news
from digest.extract.captions import is_caption
from digest.extract.credits import Credit, head_credit, head_report, parse_credit, tail_credit
from digest.extract.datelines import Dateline, head_dateline, tail_dateline
from digest.extract.furniture import declares_void
from digest.extract.glyphs import HAN, ends_sentence, squeezed, width
from digest.extract.jumps import OPENING, Jump, head_jump, tail_jump
from digest.extract.latin import is_latin, latin_heading
from digest.extract.lines import Line
from digest.extract.names import listed_names, signature
from digest.extract.notices import ends_as_notice, tells_whom_to_ask
from digest.extract.seams import tidy
from digest.model import LeftoverReason, Repair

Sort = Literal["body", "short", "credit", "jump", "dateline", "label", "furniture"]

_HEADING_LINES: Final = 6
_HEADING_WIDTH: Final = 150
_LONGEST_HEADING: Final = 70
_BODY_LINES: Final = 3


@dataclass(slots=True)
class Unit:
    """A piece of a page that stands in an article as a whole or not at all.

    Attributes:
        sort: `body` is a paragraph; `short` a line that may be heading, crosshead or column title.
        text: What is left of the block's text when the other fields are taken off.
        dateline, credits, jumps: Read off its ends, or the whole of it.
        photo: A credit at its end says who took a picture.
        dated_at_start: Whether the dateline stands before the text.
        signed: Whether a credit stands after the text.
        follows: Whether a short line goes on from the one above it, as far as the type tells.
        joint: What the page says of a short line under another: above 0 for one line, below for two parts.
        reason: Why it belongs to no article, for furniture.
        listed: Whether it is one of several texts in a row that the same sign opens.
    """

    sort: Sort
    lines: list[Line]
    text: str = ""
    dateline: Dateline | None = None
    dated_at_start: bool = False
    credits: list[tuple[str, Credit]] = field(default_factory=list[tuple[str, Credit]])
    jumps: list[Jump] = field(default_factory=list[Jump])
    signed: bool = False
    follows: bool = False
    joint: float = 0.0
    reason: LeftoverReason | None = None
    listed: bool = False

    @property
    def first(self) -> int:
        """First line of the page it stands on."""
        return self.lines[0].number

    @property
    def last(self) -> int:
        """Last line of the page it stands on."""
        return self.lines[-1].number

    @property
    def photo(self) -> bool:
        """Whether it names who took a picture and nobody who wrote."""
        return any(credit.photo for _, credit in self.credits)

    @property
    def comes_from(self) -> bool:
        """Whether it goes on from another page."""
        return any(jump.way == "from" for jump in self.jumps)

    @property
    def goes_on(self) -> bool:
        """Whether it goes on on another page."""
        return any(jump.way == "on" for jump in self.jumps)


def read_units(blocks: list[Block], repairs: list[Repair]) -> list[Unit]:
    """The units of a page in order; heading blocks are taken apart into their lines.

    What joining their lines dropped from blocks that stay whole is added to `repairs`.
    """
    units: list[Unit] = []
    for block in blocks:
        made = list(_units(block))
        units += made
        if len(made[-1].lines) == len(block.lines) or made[-1].sort != "short":
            repairs += block.dropped
    _sign_off(units)
    _sign_names(units)
    _list_items(units)
    _set_verse(units)
    return units


def _list_items(units: list[Unit]) -> None:
    """Texts in a row that the same sign opens are items of a list, not captions."""
    for before, unit in pairwise(units):
        if (
            before.sort == unit.sort == "body"
            and unit.text[:1] in _ITEM_SIGNS
            and unit.text[:1] == before.text[:1]
        ):
            before.listed = unit.listed = True


def _set_verse(units: list[Unit]) -> None:
    """Three and more plain short lines without blanks between them are verse where headings are marked."""
    if not any(unit.lines[0].level for unit in units):
        return
    index = 0
    while index < len(units):
        end = index + 1
        while end < len(units) and _plain_short(units[end]) and not units[end].lines[0].gap:
            end += 1
        if end - index >= _FEWEST_VERSES and _plain_short(units[index]):
            for unit in units[index:end]:
                unit.sort = "body"
        index = end


def _plain_short(unit: Unit) -> bool:
    return unit.sort == "short" and not unit.lines[0].level and not unit.lines[0].doubled


def _sign_names(units: list[Unit]) -> None:
    """A line of nothing but names right under a body, or between heading and body, is a credit."""
    for before, unit in pairwise(units):
        if unit.sort != "short" or unit.lines[0].level or before.sort != "body" or before.signed:
            continue
        if ends_sentence(before.text) and (names := listed_names(unit.text)):
            _make_credit(unit, names)
    for before, unit, after in zip(units, units[1:], units[2:], strict=False):
        if unit.sort == before.sort == "short" and after.sort == "body" and not unit.lines[0].level:
            _sign_under_heading(before, unit, after)


def _sign_under_heading(before: Unit, unit: Unit, after: Unit) -> None:
    """Writers stand alone under their headline, with or without where they work, and not within the text."""
    if after.dated_at_start or unit.lines[0].doubled or len(unit.text) > _LONGEST_SIGNATURE:
        return
    names = signature(unit.text)
    if names and not any(name in after.text or name in before.text for name in names):
        _make_credit(unit, names)


def _make_credit(unit: Unit, names: tuple[str, ...]) -> None:
    unit.sort = "credit"
    unit.credits, unit.text = [(unit.text, Credit(names))], ""


_DAY = re.compile(
    r"(?:(?:19|20)\d\d|[〇零○一二三四五六七八九]{4})年[\d〇一二三四五六七八九十]{1,3}月[\d〇一二三四五六七八九十]{1,3}日"
)
_OFFICE: Final = 60
_ITEM_SIGNS: Final = frozenset("▲△◆◇■□●○★☆")
_FEWEST_VERSES: Final = 3
_OFFICE_NAME = re.compile(
    rf"[{HAN}（）()]{{2,24}}(?:[局厅院会办部]|公司|中心|政府|学校|协会|集团|医院|银行|管理处|筹备组|清算组)"
)
_NOTICE_REACH: Final = 8
_LONGEST_SIGNATURE: Final = 30


def _sign_off(units: list[Unit]) -> None:
    """Office and day at the foot of a notice are its credit, not a heading."""
    for index, unit in enumerate(units):
        if unit.sort != "short" or not _DAY.fullmatch(squeezed(unit.text)) or not index:
            continue
        foot = [unit]
        if index > 1 and _may_sign(units[index - 1]):
            foot.insert(0, units[index - 1])
        if units[index - len(foot)].sort == "body":
            for part in foot:
                _make_credit(part, ())
    for index, (before, unit) in enumerate(pairwise(units), 1):
        if before.sort == "body" and unit.sort == "short" and _OFFICE_NAME.fullmatch(squeezed(unit.text)):
            titles = [over for over in units[max(0, index - _NOTICE_REACH) : index] if over.sort == "short"]
            if titles and ends_as_notice(titles[-1].text):
                _make_credit(unit, ())


def _may_sign(unit: Unit) -> bool:
    return unit.sort == "short" and not unit.lines[0].level and width(unit.text) <= _OFFICE


def _units(block: Block) -> Iterator[Unit]:
    match block.sort:
        case "furniture":
            yield Unit("furniture", block.lines, block.text, reason=block.reason)
        case "label":
            yield Unit("label", block.lines, block.text)
        case "upright":
            yield Unit("short", block.lines, squeezed(block.text))
        case "credit":
            credit = parse_credit(block.text)
            yield Unit("credit", block.lines, credits=[(block.text, credit)] if credit else [])
        case "jump":
            jump = head_jump(block.text)
            yield Unit("jump", block.lines, jumps=[jump[0]] if jump else [])
        case "dateline":
            dateline = tail_dateline(block.text)
            yield Unit("dateline", block.lines, dateline=dateline[1] if dateline else None)
        case _:
            yield from _text_units(block)


def _text_units(block: Block) -> Iterator[Unit]:
    if declares_void(block.text):
        yield Unit("furniture", block.lines, block.text, reason="advertisement")
        return
    if len(block.lines) > 1 and block.text[0] in "（(□" and (credit := parse_credit(block.text)):
        yield Unit("credit", block.lines, credits=[(block.text, credit)])
        return
    unit = Unit("body", block.lines, block.text)
    if label := _INLINE_LABEL.match(unit.text):
        yield Unit("label", block.lines[:1], label.group().strip())
        unit.text = unit.text[label.end() :]
    _read_head(unit)
    _read_tail(unit)
    if label or unit.dated_at_start or unit.jumps or unit.signed or not _like_heading(block):
        yield unit
        return
    if is_latin(block.text):
        yield Unit("short", block.lines, block.text)
        return
    for index, line in enumerate(block.lines):
        yield Unit("short", [line], tidy(line.text), follows=index > 0)


_INLINE_LABEL = re.compile(
    r"[【\[〔（(]?\s*(?:编者按|编者的话|开栏的话|开栏语|开篇的话|编前语?)\s*(?:[】\]〕）)]\s*[:：]?|[:：])\s*(?=\S)"
)
_SPEAKER = re.compile(r"(?:问|答|记者|主持人)[：:]")
_SALUTATION = re.compile(
    r"(?:尊敬的|亲爱的)?[^，。：:]{0,6}(?:编辑|同志|老师|先生|女士|朋友|读者)(?:们)?[：:]"
)
_NOTES = re.compile(r"(?:注释?|尾注|参考文献|参考资料)[:：]?")
_FIGURES = re.compile(r"\d[\d.,%]*")
_MOST_FIGURES: Final = 4
_MOST_BLANKS: Final = 3
"""A line with so many figures and blanks is a table's."""

_PLAIN_HEADING = re.compile(r"[。；;]")


def _like_heading(block: Block) -> bool:
    """Short lines without the end of a sentence; a Markdown heading may end as it likes."""
    if block.lines[0].level:
        return not (_addressed(block.text) or _told(block.text))
    if len(block.lines) > _HEADING_LINES or width(block.text) > _HEADING_WIDTH or _set_as_body(block.lines):
        return False
    if _addressed(block.text) or _of_a_text(block.text):
        return False
    if is_latin(block.text):
        return latin_heading(block.text)
    if ends_sentence(block.text) and block.text[-1] not in "？！?!”’）)":
        return False
    return not _PLAIN_HEADING.search(block.text)


def _of_a_text(text: str) -> bool:
    """Whether a short text is a row of a table, a caption, the title of notes or the beginning of news."""
    if text.count(" ") >= _MOST_BLANKS and len(_FIGURES.findall(text)) >= _MOST_FIGURES:
        return True
    if tells_whom_to_ask(text):
        return True
    return _NOTES.fullmatch(text) is not None or is_caption(text) or begins_as_news(text)


def _told(text: str) -> bool:
    """Whether what is marked as a heading is a paragraph: it ends with a full stop and has a comma."""
    return text.endswith(("。", "。”")) and ("，" in text or text.count("。") > 1)


def _addressed(text: str) -> bool:
    """Whether it is said by someone, 问：, or to someone, 编辑同志：."""
    return bool(_SPEAKER.match(text) or _SALUTATION.fullmatch(text))


def _set_as_body(lines: list[Line]) -> bool:
    """An indented line and at least two more that fill the column are a paragraph, whatever it ends with."""
    if len(lines) < _BODY_LINES or lines[0].shape != "first":
        return False
    return all(line.shape == "full" for line in lines[1:-1]) and lines[-1].shape != "wide"


_REACH: Final = 90
_HEAD_WORDS = re.compile("讯|电|消息|报道|报导")
"""Without one of these, or a sign that opens a jump or a bracket, no text has a head."""


_REPORTERS = re.compile("记者|通讯员|实习生")
"""Who may stand in brackets before a text that has no dateline."""


def _read_head(unit: Unit) -> None:
    start = unit.text[:_REACH]
    if (unit.lines[0].level and not _told(unit.text)) or not (
        start[:1] in OPENING or _HEAD_WORDS.search(start)
    ):
        return
    if jumped := head_jump(unit.text):
        unit.jumps.append(jumped[0])
        unit.text = jumped[1].lstrip()
    if reported := head_report(unit.text):
        credit, names, unit.dateline, unit.text = reported
        unit.credits.append((credit, names))
        unit.dated_at_start = True
    elif dated := head_dateline(unit.text):
        unit.dateline, rest = dated
        unit.dated_at_start = True
        if signed := head_credit(rest):
            unit.credits.append((signed[0], signed[2]))
            rest = signed[1]
        unit.text = rest.lstrip()
    elif (signed := head_credit(unit.text)) and _REPORTERS.search(signed[0]) and not signed[2].photo:
        unit.credits.append((signed[0], signed[2]))
        unit.text = signed[1].lstrip()


def _may_be_signed(unit: Unit) -> bool:
    """Names in brackets after a heading, 谁来担责？（新闻看法）, are its column's."""
    return "。" in unit.text or len(unit.lines) >= _BODY_LINES or width(unit.text) > _LONGEST_HEADING


def _read_tail(unit: Unit) -> None:
    """Takes jump, dateline and credit off the end, in whichever order they stand."""
    for _ in range(4):
        if jumped := tail_jump(unit.text):
            unit.text, jump = jumped
            unit.jumps.append(jump)
        elif not unit.dateline and (dated := tail_dateline(unit.text)):
            unit.text, unit.dateline = dated
        elif _may_be_signed(unit) and (signed := tail_credit(unit.text)):
            unit.text = signed[0]
            unit.credits.append((signed[1], signed[2]))
            unit.signed = True
        else:
            return
