"""Joins hard-wrapped lines to paragraphs and headings; what a block is for is decided later."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Final, Literal

from digest.extract.captions import is_caption
from digest.extract.credits import PHOTO_SIGNS, head_report, parse_credit, tail_credit
from digest.extract.datelines import head_dateline, tail_dateline
from digest.extract.folio import folio_name, folio_piece, folio_scrap
from digest.extract.furniture import furniture
from digest.extract.glyphs import HAN, NEVER_FIRST, ends_clause
from digest.extract.habits import Habits, learn_habits
from digest.extract.jumps import OPENING, head_jump, tail_jump
from digest.extract.latin import is_latin, latin_column, latin_joins
from digest.extract.lines import Line
from digest.extract.notices import names_notice, tells_whom_to_ask
from digest.extract.seams import joined, tidy
from digest.model import LeftoverReason, Repair

Sort = Literal["text", "heading", "upright", "credit", "jump", "dateline", "label", "furniture"]

_EDGE: Final = 3
"""Lines from the head or foot of a page among which the pieces of a folio stand."""

_NOTICE_REACH: Final = 20
_NOTICE_LAST: Final = frozenset("告事示知）) ")
"""What the title of a notice ends with; most lines need no further test."""

_HEAD_LINES: Final = 8
_MOST_PIECES: Final = 12
_FEWEST_PIECES: Final = 3
_LONGEST_MARKED: Final = 90
_SENTENCE_WIDTH: Final = 44
_PARTING: Final = -0.5
_HEADING_WIDTH: Final = 30
_CLAUSE_WIDTH: Final = 20
_HEADING_LINES: Final = 3
_CAPTION_LINES: Final = 4
_SQUEEZE: Final = 2
_INDENT: Final = 5
_CREDIT_WORDS = re.compile(
    r"记者|通讯员|实习生|撰稿|采写|采访|执笔|撰写|插图|漫画|评论员|读者|市民|contributed to|摄"
    r"|作者|供图|撰文|编译|整理|特派员|观察员|来源|文[/／:：|]|图[/／:：|]|/[文图]|／[文图]"
)
_ODD_FIRST: Final = OPENING | frozenset("□■编开结")
"""What a line of another sort than text may begin with even where it fills its column."""

_CREDIT_OPENING: Final = ("□", "■", "●", "○", "◎", "◇", "◆", "▲", "（", "(", "【", "By ")
_REPORTS = re.compile(rf"(?:[{HAN}]{{0,5}}报)?道[\s：:]")
"""What goes on from a line of reporters' names broken within their place."""

_WHEN = re.compile(
    r"(?:(?:\d{4}年)?\d{1,2}月\d{1,2}日|\d{1,2}日|近日|日前|昨[日天]|今[日天]|近期|连日来|当[日天]|入[春夏秋冬]以来)(?:上午|中午|下午|晚上?|凌晨|清晨)?[，,]"
)
_MAY_BE_OTHER = re.compile(r"[0-9A-Za-z@:：/／|｜℃版摄遗责记通作供图撰编译整特观实评□■●○◎◇◆▲（()【〔\[\s]")
_LABEL = re.compile(
    r"[【\[〔]?\s*(?:编者按|编者的话|编者手记|编后|开栏的话|开栏语|开篇的话|结束语|编前语?)\s*[】\]〕]?[:：]?$"
)
_BRACKET = re.compile("[《》（）()]")
_OPENING: Final = "《（("


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
    captioned: bool | None = None

    def opens_caption(self) -> bool:
        """Whether its first line is worded as a picture's caption."""
        if self.captioned is None:
            self.captioned = is_caption(self.lines[0].text)
        return self.captioned

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
    if len(line.text) > _LONGEST_MARKED or _sure_prose(line):
        return ("heading", None) if line.level else ("text", None)
    if reason := furniture(line.text):
        return "furniture", reason
    return ("heading" if line.level else _sort_of_plain(line)), None


def _sure_prose(line: Line) -> bool:
    """Whether a line fills its column, has a comma within and nothing that a line of another sort needs."""
    text = line.text
    if not line.column or line.shape != "full" or line.level:
        return False
    return ("，" in text[1:-1] or "。" in text[1:-1]) and not _MAY_BE_OTHER.search(text)


def _sort_of_plain(line: Line) -> Sort:
    text = line.text
    if text[0] in "【[〔编开结" and _LABEL.match(text):
        return "label"
    if ("版" in text or "接" in text or "age " in text) and (jump := head_jump(text)) and not jump[1].strip():
        return "jump"
    if text[0] in "（(" and (tail := tail_dateline(text)) and not tail[0]:
        return "dateline"
    if not _full_plain(line) and _may_credit(text) and parse_credit(text):
        return "credit"
    return "text"


def _may_credit(text: str) -> bool:
    return text.startswith(_CREDIT_OPENING) or _CREDIT_WORDS.search(text) is not None


def _full_plain(line: Line) -> bool:
    """A line as wide as its column without blanks is more likely a piece of a paragraph than a credit."""
    if not line.column or line.width < line.column - 2:
        return False
    return " " not in line.text and line.text[0] not in "□■（("


def form_blocks(lines: list[Line]) -> list[Block]:
    """The blocks of a page in order: paragraphs unwrapped, everything else line by line."""
    habits = learn_habits(lines)
    labels = _labels(lines)
    latin = latin_column([line.text for line in lines])
    runs_on = habits.full_lines_run_on() and not latin
    blocks: list[Block] = []
    open_brackets = 0
    known = _known_sorts(lines)
    label_end = 0
    for index, (line, after) in enumerate(zip(lines, [*lines[1:], None], strict=False)):
        if index < label_end:
            continue
        if index in labels:
            label_end = index + labels[index]
            blocks.append(_upright(lines[index:label_end]))
            continue
        previous = blocks[-1] if blocks else None
        goes_on = runs_on and previous is not None and _runs_on(previous, line)
        sort, reason = "text", None
        if not goes_on:
            at_edge = index <= _EDGE or len(lines) - index <= _EDGE
            sort, reason = known.get(index) or _sort_among(previous, line, after, at_edge=at_edge)
            if previous and sort == "text" == previous.sort:
                if latin and is_latin(line.text):
                    goes_on = latin_joins(previous.lines[-1].text, line.text, latin, line.gap)
                else:
                    goes_on = _joins(previous, line, after, habits, open_brackets)
        if previous and goes_on:
            previous.lines.append(line)
        else:
            blocks.append(Block([line], sort, reason=reason))
            open_brackets = 0
        open_brackets = max(0, open_brackets + _brackets(line.text))
    for block in blocks:
        block.text = joined(block.lines, block.dropped)
        if block.sort in {"text", "heading"}:
            block.text = tidy(block.text)
    return blocks


def _known_sorts(lines: list[Line]) -> dict[int, tuple[Sort, LeftoverReason | None]]:
    """What lines are by their place: pieces of the folio, its name printed again, telephones in notices."""
    head = _folio_head(lines)
    names = {
        line.text for line in lines[:_MOST_PIECES] if line.number <= _HEAD_LINES and folio_name(line.text)
    }
    known: dict[int, tuple[Sort, LeftoverReason | None]] = {
        index: ("furniture", "folio")
        for index, line in enumerate(lines)
        if (index < head and not furniture(line.text)) or (line.text in names and not line.level)
    }
    title = -_NOTICE_REACH
    for index, line in enumerate(lines):
        if line.text[-1] in _NOTICE_LAST and names_notice(line.text):
            title = index
        elif index - title < _NOTICE_REACH and tells_whom_to_ask(line.text):
            known[index] = ("text", None)
    return known


def _folio_head(lines: list[Line]) -> int:
    """How many lines at the head of a page are a folio in pieces: three and more that may be such."""
    pieces = 0
    for line in lines[:_MOST_PIECES]:
        if line.level or not (folio_scrap(line.text) or folio_piece(line.text) or furniture(line.text)):
            break
        pieces += 1
    return pieces if pieces >= _FEWEST_PIECES else 0


def _sort_among(
    previous: Block | None, line: Line, after: Line | None, *, at_edge: bool
) -> tuple[Sort, LeftoverReason | None]:
    """What a line is where it stands: at the edge of a page, in a paragraph, beside a dateline."""
    sort, reason = sort_of(line)
    if at_edge and sort in {"text", "heading"} and folio_piece(line.text):
        sort, reason = "furniture", "folio"
    if sort == "furniture" and previous and _amid_prose(previous, line):
        return "text", None
    if sort == "credit" and _part_of_text(previous, line, after):
        return "text", None
    return sort, reason


def _runs_on(block: Block, line: Line) -> bool:
    """Whether a full line goes on with a paragraph in mid-sentence, and nothing in it speaks against that.

    What the tests below would come to, found at less cost: most lines of a page are such.
    """
    last = block.lines[-1]
    if not line.shape == last.shape == "full" or line.gap or line.indent or last.ends:
        return False
    if block.sort != "text" or len(block.lines) == 1 or not line.column == last.column > 0:
        return False
    text = line.text
    if text[0] in _ODD_FIRST or " " in text or line.level or line.doubled or last.doubled:
        return False
    return not _starts_article(line) and not tail_jump(last.text) and not block.opens_caption()


def _amid_prose(block: Block, line: Line) -> bool:
    """Whether a full line stands right under an unfinished full one: then it is text, whatever it says."""
    last = block.lines[-1]
    if block.sort != "text" or line.gap or not line.column or line.column != last.column:
        return False
    return last.shape == line.shape == "full" and not last.ends


def _brackets(text: str) -> int:
    signs = _BRACKET.findall(text)
    return sum([1 if sign in _OPENING else -1 for sign in signs]) if signs else 0


def _joins(block: Block, line: Line, after: Line | None, habits: Habits, open_brackets: int) -> bool:
    last = block.lines[-1]
    if _starts_article(line) or line.doubled != last.doubled or tail_jump(last.text):
        return False
    if line.text[0] in NEVER_FIRST and not line.text.startswith("……"):
        return True
    if not line.gap and not last.ends and block.opens_caption():
        return len(block.lines) < _CAPTION_LINES
    if (
        _after_marked(block)
        or (last.ends and _MARKED_HEADING.match(line.text))
        or _parted(last.text, line.text)
    ):
        return False
    if last.column and line.column and last.width <= last.column + 6:
        return _wrapped_score(block, line, after, habits, open_brackets) > 0
    return _flows_on(last, line)


_ASKED: Final = ("问：", "问:", "答：", "答:")


def _parted(over: str, under: str) -> bool:
    """Whether a column's title in brackets begins, or a photographer's name ended what stands above."""
    if (under[0] == "【" and under[-1] == "】") or under.startswith(_ASKED):
        return True
    return over.endswith(PHOTO_SIGNS) and tail_credit(over) is not None


_MARKED_HEADING = re.compile("[■◆●★◇▲][^，。；：！？]*$")


def _after_marked(block: Block) -> bool:
    return len(block.lines) == 1 and _MARKED_HEADING.match(block.lines[0].text) is not None


def _starts_article(line: Line) -> bool:
    text = line.text
    if text[0] in "（(【" and head_jump(text):
        return True
    if "报道" in text and "报道" in text[:40] and head_report(text):
        return True
    return (
        ("讯" in text or "电" in text) and bool(_NEWS.search(text[:30])) and head_dateline(text) is not None
    )


def _part_of_text(previous: Block | None, line: Line, after: Line | None) -> bool:
    """Whether names go on with 某地报道 on the next line, or stand in brackets right under a dateline."""
    if after and not after.gap and _REPORTS.match(after.text):
        return True
    return previous is not None and _awaits_names(previous, line)


def _awaits_names(block: Block, line: Line) -> bool:
    """Whether a line of names in brackets stands right under a dateline that fills its line."""
    if line.gap or line.text[0] not in "（(" or len(block.lines) > 1:
        return False
    dated = head_dateline(block.lines[0].text)
    return dated is not None and not dated[1].strip()


def _flows_on(last: Line, line: Line) -> bool:
    """Where text flows, a long line without an end goes on in the next, as does what follows a dateline."""
    if last.ends or tail_jump(last.text) or last.text[-1] in "）)：:" or _QUOTED.match(last.text):
        return False
    if line.column and not last.column and line.width < _HEADING_WIDTH and not line.ends:
        return False
    if last.text.endswith("——") or names_notice(last.text):
        return False
    if _starts_article(last) or (_HYPHENED.search(last.text) and line.text[0].islower()):
        return True
    return last.width >= _SENTENCE_WIDTH or ("。" in last.text and last.width > _CLAUSE_WIDTH)


def _wrapped_score(block: Block, line: Line, after: Line | None, habits: Habits, open_brackets: int) -> float:
    """Evidence that `line` goes on where the block stopped; above 0 it does."""
    last = block.lines[-1]
    start = len(block.lines) == 1
    gap = habits.gap_says(line)
    score = gap + habits.shape_says(line, after) + _fullness(last, line, start=start, gap=gap)
    if last.ends:
        score -= 4.5 if block.opens_caption() else 1.5
    else:
        score += 2.0 if ends_clause(last.text) else 1.5
        score += _unfinished(block)
    if open_brackets:
        score += 1.5
    if start and gap < _PARTING:
        score -= 1.0
    if last.width > last.column + 2 and gap < _PARTING:
        score -= 2.5
    if line.width > line.column + 4:
        score -= 3.0
    if last.column != line.column and line.shape == "first":
        score -= 3.0
    if start and last.text.endswith(_NOTICES) and _NOTICE.match(last.text) and not ends_clause(line.text[:1]):
        score -= 8.0
    return score


def begins_as_news(text: str) -> bool:
    """Whether a text begins with a time and a comma, as leads and captions do and headlines never."""
    return _WHEN.match(text) is not None


def _unfinished(block: Block) -> float:
    """How surely prose that stops without the end of a sentence must go on; a heading may stop so."""
    last = block.lines[-1]
    if "。" in last.text:
        return 5.0
    if len(block.lines) == 1:
        if _starts_article(last) or begins_as_news(last.text):
            return 5.0
        return 1.0 if last.shape == "first" and "，" in last.text else 0.0
    prose = len(block.lines) > _HEADING_LINES or any(
        "，" in line.text or "。" in line.text for line in block.lines
    )
    return 4.0 if prose and last.width >= last.column - _SQUEEZE else 1.5


def _fullness(last: Line, line: Line, *, start: bool, gap: float) -> float:
    """A line that ends early ends its paragraph; a first line has to be measured with its indent."""
    short = last.column - last.width
    if short <= _SQUEEZE:
        return 2.5 if not start or short > 0 or line.shape != "first" else 0.5
    if start and short <= 2 * _INDENT:
        return 1.5 if short <= _INDENT else 0.0 if gap >= _PARTING else -3.0
    return -1.0 if short <= _INDENT else -5.0


_NEWS = re.compile("[讯电]")
_HYPHENED = re.compile(r"[A-Za-z]-$")
_NOTICES: Final = ("公告", "通告", "启事", "公示", "通知", "声明")
_NOTICE = re.compile(r"[^，。：]{8,}$")
_QUOTED = re.compile("“[^“”]*”$")


_SHORTEST_UPRIGHT: Final = 4
_LONGEST_UPRIGHT: Final = 30
_UPRIGHT = re.compile(rf"[{HAN}]$")
_LABEL_WORDS = re.compile(
    r"开栏[的之]?[语话]|编者[按语]|编后[语话]?|编前[语话]?|[^，。]{0,3}[栏者编][语话按]"
)


def _labels(lines: list[Line]) -> dict[int, int]:
    """Where upright labels and headings stand, 开 栏 语 on three lines: first index, number."""
    found: dict[int, int] = {}
    if all(len(line.text) > 1 for line in lines):
        return found
    index = 0
    while index < len(lines):
        run = index
        while run < len(lines) and run - index < _LONGEST_UPRIGHT and _single(lines[run]):
            run += 1
        if run - index >= _SHORTEST_UPRIGHT or (run - index > 1 and _names_note(lines[index:run])):
            found[index] = run - index
        index = max(run, index + 1)
    return found


def _upright(lines: list[Line]) -> Block:
    return Block(lines, "label" if _names_note(lines) else "upright")


def _names_note(lines: list[Line]) -> bool:
    return _LABEL_WORDS.fullmatch("".join(line.text for line in lines)) is not None


def _single(line: Line) -> bool:
    return len(line.text) == 1 and bool(_UPRIGHT.match(line.text))
