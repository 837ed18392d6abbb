"""Joins hard-wrapped lines to paragraphs and headings; what a block is for is decided later."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, Literal

from digest.extract.credits import parse_credit
from digest.extract.datelines import head_dateline, tail_dateline
from digest.extract.furniture import furniture
from digest.extract.glyphs import HAN, NEVER_FIRST, ends_clause, ends_sentence
from digest.extract.habits import Habits, learn_habits
from digest.extract.jumps import head_jump, tail_jump
from digest.extract.lines import Line
from digest.extract.repair import note
from digest.model import LeftoverReason, Repair

Sort = Literal["text", "heading", "credit", "jump", "dateline", "label", "furniture"]

_LONGEST_MARKED: Final = 90
_SENTENCE_WIDTH: Final = 44
_PARTING: Final = -0.5
_CREDIT_SIGNS = re.compile(
    r"记者|通讯员|实习生|评论员|摄|作者|供图|撰文|编译|整理|特派员|观察员|[文图][/／:：|]|[/／][文图]|^[□■●○◎◇◆▲（(【]"
)
_LABEL = re.compile(
    r"[【\[〔]?\s*(?:编者按|编者的话|编者手记|编后|开栏的话|开栏语|开篇的话|结束语|编前语?)\s*[】\]〕]?[:：]?$"
)
_OPENING: Final = {"《": "》", "（": "）", "(": ")"}


@dataclass(slots=True)
class Block:
    """Lines that belong together, and what their form alone says they are.

    `text` is the lines joined; `dropped` is what that dropped at the joints.
    """

    lines: list[Line]
    sort: Sort = "text"
    text: str = ""
    reason: LeftoverReason | None = None
    dropped: list[Repair] = field(default_factory=list[Repair])

    @property
    def first(self) -> int:
        """1-based line of the page where the block begins."""
        return self.lines[0].number

    @property
    def last(self) -> int:
        """1-based line of the page where the block ends."""
        return self.lines[-1].number


def sort_of(line: Line) -> tuple[Sort, LeftoverReason | None]:
    """What the form of a single line says it is."""
    text = line.text
    if len(text) > _LONGEST_MARKED:
        return ("heading", None) if line.level else ("text", None)
    if reason := furniture(text):
        return "furniture", reason
    if line.level:
        return "heading", None
    if _LABEL.match(text):
        return "label", None
    if ("版" in text or "接" in text) and (jump := head_jump(text)) and not jump[1].strip():
        return "jump", None
    if text[0] in "（(" and (tail := tail_dateline(text)) and not tail[0]:
        return "dateline", None
    if _CREDIT_SIGNS.search(text) and not _full_plain(line) and parse_credit(text):
        return "credit", None
    return "text", None


def _full_plain(line: Line) -> bool:
    """A line as wide as its column without blanks is more likely a piece of a paragraph than a credit."""
    return (
        bool(line.column)
        and line.width >= line.column - 2
        and " " not in line.text
        and line.text[0] not in "□■（("
    )


def form_blocks(lines: list[Line]) -> list[Block]:
    """The blocks of a page in order: paragraphs unwrapped, everything else line by line."""
    habits = learn_habits(lines)
    labels = _labels(lines)
    blocks: list[Block] = []
    open_brackets = 0
    label_end = 0
    for index, line in enumerate(lines):
        if index < label_end:
            continue
        if index in labels:
            label_end = index + labels[index]
            blocks.append(Block(lines[index:label_end], "label"))
            continue
        sort, reason = sort_of(line)
        after = lines[index + 1] if index + 1 < len(lines) else None
        previous = blocks[-1] if blocks else None
        if (
            previous
            and sort == "text" == previous.sort
            and _joins(previous, line, after, habits, open_brackets)
        ):
            previous.lines.append(line)
            open_brackets = max(0, open_brackets + _brackets(line.text))
            continue
        blocks.append(Block([line], sort, reason=reason))
        open_brackets = max(0, _brackets(line.text))
    for block in blocks:
        block.text = _joined(block.lines, block.dropped)
        if block.sort in {"text", "heading"}:
            block.text = tidy(block.text)
    return blocks


def _brackets(text: str) -> int:
    return sum(text.count(start) - text.count(end) for start, end in _OPENING.items())


def _joins(block: Block, line: Line, after: Line | None, habits: Habits, open_brackets: int) -> bool:
    last = block.lines[-1]
    if _starts_article(line):
        return False
    if line.text[0] in NEVER_FIRST and not line.text.startswith("……"):
        return True
    if last.column and line.column and last.width <= last.column + 6:
        return _wrapped_score(block, line, after, habits, open_brackets) > 0
    return _flows_on(last, line)


def _starts_article(line: Line) -> bool:
    start = line.text[:2]
    if start[0] in "（(【" and head_jump(line.text):
        return True
    return ("讯" in line.text[:30] or "电" in line.text[:30]) and head_dateline(line.text) is not None


def _flows_on(last: Line, line: Line) -> bool:
    """Where text flows, a long line without an end goes on in the next."""
    if (
        ends_sentence(last.text)
        or tail_jump(last.text)
        or last.text[-1] in "）)：:"
        or _QUOTED.match(last.text)
    ):
        return False
    if line.column and not last.column and line.width < 30 and not ends_sentence(line.text):
        return False
    if last.text.endswith("——"):
        return False
    return last.width >= _SENTENCE_WIDTH or ("。" in last.text and last.width > 20)


def _wrapped_score(block: Block, line: Line, after: Line | None, habits: Habits, open_brackets: int) -> float:
    """Evidence that `line` goes on where the block stopped; above 0 it does."""
    last = block.lines[-1]
    start = len(block.lines) == 1
    gap = habits.gap_says(line)
    score = gap + habits.shape_says(line, after) + _fullness(last, line, start=start, gap=gap)
    if ends_sentence(last.text):
        score -= 1.5
    else:
        score += 2.0 if ends_clause(last.text) else 1.5
        score += _unfinished(block)
    if open_brackets:
        score += 1.5
    if start and gap < _PARTING:
        score -= 1.0
    if last.width > last.column + 2 and gap < _PARTING:
        score -= 1.5
    if line.width > line.column + 4:
        score -= 3.0
    if line.doubled and not last.doubled:
        score -= 6.0
    if last.column != line.column and line.shape == "first":
        score -= 3.0
    if tail_jump(last.text):
        score -= 3.0
    return score


def _unfinished(block: Block) -> float:
    """How surely prose that stops without the end of a sentence must go on; a heading may stop so."""
    last = block.lines[-1]
    if "。" in last.text:
        return 5.0
    if len(block.lines) == 1:
        if _starts_article(last):
            return 5.0
        return 1.0 if last.shape == "first" and "，" in last.text else 0.0
    prose = len(block.lines) > 3 or any("，" in line.text or "。" in line.text for line in block.lines)
    return 4.0 if prose and last.width >= last.column - 2 else 1.5


def _fullness(last: Line, line: Line, *, start: bool, gap: float) -> float:
    """A line that ends early ends its paragraph; a first line has to be measured with its indent."""
    short = last.column - last.width
    if short <= 2:
        return 2.5 if not start or short > 0 or line.shape != "first" else 0.5
    if start and short <= 9:
        return 1.5 if short <= 5 else 0.0 if gap >= _PARTING else -3.0
    return -1.0 if short <= 5 else -5.0


_QUOTED = re.compile("“[^“”]*”$")


_LONGEST_LABEL: Final = 6
_UPRIGHT = re.compile(rf"[{HAN}]$")
_LABEL_WORDS = re.compile(
    r"开栏[的之]?[语话]|编者[按语]|编后[语话]?|编前[语话]?|[^，。]{0,3}[栏者编][语话按]"
)


def _labels(lines: list[Line]) -> dict[int, int]:
    """Where upright labels stand, 开 栏 语 on three lines: index of the first line, number of lines."""
    found: dict[int, int] = {}
    index = 0
    while index < len(lines):
        run = index
        while run < len(lines) and run - index < _LONGEST_LABEL and _single(lines[run]):
            run += 1
        if run - index > 1 and _LABEL_WORDS.fullmatch("".join(line.text for line in lines[index:run])):
            found[index] = run - index
        index = max(run, index + 1)
    return found


def _single(line: Line) -> bool:
    return len(line.text) == 1 and bool(_UPRIGHT.match(line.text))


_HYPHENED = re.compile(r"[A-Za-z]-$")
_LATIN_END = re.compile(r"[A-Za-z,.;:!?)\"]$")
_LATIN_START = re.compile(r"[A-Za-z(\"]")


def _joined(lines: list[Line], repairs: list[Repair]) -> str:
    """The lines as one text: Latin words parted or rejoined, a character printed on both sides of a break once."""
    text = lines[0].text
    for line in lines[1:]:
        following = line.text
        if _HYPHENED.search(text[-2:]) and following[0].islower() and following[0].isascii():
            note(repairs, "hyphen", "-", line.number)
            text = text[:-1] + following
        elif _LATIN_END.search(text[-1]) and _LATIN_START.match(following):
            text += " " + following
        elif _between_names(text, following):
            text += " " + following
        else:
            text += _unrepeated(text, line, repairs)
    return text


_LISTED = re.compile(
    rf"[（(][^（）()]{{0,40}}(?:记者|通讯员|实习生)[^（）()]{{0,40}}?[ \u3000]?([{HAN}]{{2,3}})$"
)
_NEXT_LISTED = re.compile(rf"[{HAN}]{{2,3}}(?:[ \u3000）)]|$)")


def _between_names(text: str, following: str) -> bool:
    """Whether a line breaks between two whole names of a credit in brackets, where a blank stood."""
    listed = _LISTED.search(text[-90:])
    return bool(listed and not _ROLE_END.search(text[-3:]) and _NEXT_LISTED.match(following))


_ROLE_END = re.compile(r"(?:记者|讯员|习生)$")


def _unrepeated(text: str, line: Line, repairs: list[Repair]) -> str:
    """The line without what OCR read twice, before and after a column break."""
    following = line.text
    if line.column or not line.gap or following[0] != text[-1] or not _UPRIGHT.match(following[0]):
        return following
    note(repairs, "repeated", following[0], line.number)
    return following[1:].lstrip()


_SPACES = re.compile(r"\s+")
_BESIDE = re.compile(
    rf"(?<=[{HAN}，。、；：！？“”‘’（）《》])\s+(?=[\dA-Za-z（《“+])|(?<=[\dA-Za-z%％℃）》”])\s+(?=[{HAN}，。、；：！？“”‘’（）《》])|(?<=[，。、；：！？])\s+"
)


def tidy(text: str) -> str:
    """`text` without the blanks that justified type leaves beside digits and punctuation; others are single."""
    if " " not in text and "\u3000" not in text and "\t" not in text and "\xa0" not in text:
        return text
    return _BESIDE.sub("", _SPACES.sub(" ", text)).strip()
