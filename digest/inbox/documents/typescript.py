"""Writes the articles of a sheet as Markdown, a paragraph a line, and says where each line stood."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from digest.inbox.documents.sheet import Box, Sheet, hull
from digest.inbox.documents.stacks import Stack, form_stacks
from digest.inbox.documents.stories import Heading, Story, form_stories, is_heading
from digest.inbox.documents.strips import INDENT, Strip, body_size, form_strips, left_edges

_LONGEST_CREDIT: Final = 3
_MIDDLE: Final = 10.0
_FULL: Final = 1.3
_EARLY: Final = 2.0
_CUT_SHORT: Final = 4.5
_JUSTIFIED: Final = 0.55
_HEAD_ZONE: Final = 0.16
_FOOT_ZONE: Final = 0.93
_PAGE_WIDE: Final = 0.6
_DATE = re.compile(
    r"(?:19|20)\d\d\s?[年./-]\s?\d{1,2}\s?[月./-]\s?\d{1,2}|"
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December)\s?\d{1,2}"
)
_ENDS = re.compile(r"[。！？；!?.:：”’)）]$")
_SIGNS = re.compile(r"^[#>*|=_~`\-]")


@dataclass(slots=True)
class Line:
    """A line of the typescript and the boxes on the sheet that it was read from; none for an empty line."""

    text: str
    boxes: list[Box] = field(default_factory=list[Box])


def write_sheet(sheet: Sheet) -> list[Line]:
    """The text of one page in Markdown: folio, then each article with its headings first.

    Blank lines part the paragraphs; `#` marks a headline, `###` what stands above or below it.
    """
    body = body_size(sheet.glyphs)
    strips = form_strips(sheet)
    stacks = form_stacks(strips, sheet, body)
    head, foot, between = _margins(stacks, sheet)
    lines = [_joined_strip(head)] if head else []
    page = _Page(between, body, left_edges(strips, body))
    for story in form_stories(between, sheet, body):
        lines += page.story(story)
    lines += [_line_of(stack) for stack in foot]
    lines += [Line(run) for run in sheet.turned]
    return [spaced for line in lines if line.text for spaced in (line, Line(""))]


def _margins(stacks: Sequence[Stack], sheet: Sheet) -> tuple[list[Stack], list[Stack], list[Stack]]:
    """What stands in the page's head and foot, and what between."""
    top = _head_end(stacks, sheet)
    bottom = _foot_start(sheet)
    head = [stack for stack in stacks if stack.box.y1 <= top]
    foot = [stack for stack in stacks if stack.box.y0 >= bottom] or _last_line(stacks, sheet)
    apart = {id(stack) for stack in (*head, *foot)}
    return head, foot, [stack for stack in stacks if id(stack) not in apart]


def _head_end(stacks: Sequence[Stack], sheet: Sheet) -> float:
    """Where the folio ends: at a rule across the page, or with the line that prints the date."""
    dated = [
        stack.box
        for stack in stacks
        if stack.box.y1 < _HEAD_ZONE * sheet.height and len(stack.strips) < 3 and _DATE.search(_spoken(stack))  # noqa: PLR2004
    ]
    if not dated:
        return 0.0
    ruled = [
        rule.y0
        for rule in sheet.level
        if dated[0].y1 - 3 <= rule.y0 < _HEAD_ZONE * sheet.height and rule.width > _PAGE_WIDE * sheet.width
    ]
    if ruled:
        return min(ruled) + 1
    beside = [stack.box for stack in stacks if stack.box.shared_height(dated[0]) > 0.5 * dated[0].height]
    return max((box.y1 for box in beside if box.height < 5 * dated[0].height), default=0.0) + 0.5


def _last_line(stacks: Sequence[Stack], sheet: Sheet) -> list[Stack]:
    """A lone line below everything else that ends no sentence: who edited the page."""
    if len(stacks) < 2:  # noqa: PLR2004 - a line below something
        return []
    *others, last = sorted(stacks, key=lambda stack: stack.box.y1)
    apart = last.box.y0 > max(stack.box.y1 for stack in others) + 0.2 * last.size
    under = any(
        picture.shared_width(last.box) > 0 and picture.y1 > last.box.y0 - 40 for picture in sheet.pictures
    )
    alone = len(last.strips) == 1 and apart and not under
    return [last] if alone and not last.text.endswith(("。", "！", "？", "”", "）", ".")) else []


def _foot_start(sheet: Sheet) -> float:
    ruled = [
        rule.y1
        for rule in sheet.level
        if rule.y0 > _FOOT_ZONE * sheet.height and rule.width > _PAGE_WIDE * sheet.width
    ]
    return min(ruled, default=sheet.height + 1) - 1


def _spoken(stack: Stack) -> str:
    return " ".join(strip.text for strip in stack.strips)


def _line_of(stack: Stack) -> Line:
    return Line(_spoken(stack), [stack.box])


def _joined_strip(stacks: Sequence[Stack]) -> Line:
    across = sorted(stacks, key=lambda stack: stack.box.x0)
    return Line(" ".join(_spoken(stack) for stack in across), [stack.box for stack in across])


class _Page:
    """How the text of one page is set: whether paragraphs are indented, whether lines fill their columns."""

    def __init__(self, stacks: Sequence[Stack], body: float, edges: Sequence[float]) -> None:
        self.body, self.edges = body, edges
        columns = [stack for stack in stacks if len(stack.strips) > 3 and not is_heading(stack, body)]  # noqa: PLR2004
        self.indented = sum(any(self._indent(s, strip) for strip in s.strips) for s in columns) >= 0.3 * max(
            1, len(columns)
        )
        inner = [(stack, strip) for stack in columns for strip in stack.strips[:-1]]
        full = sum(stack.box.x1 - strip.box.x1 < _FULL * strip.size for stack, strip in inner)
        self.justified = full >= _JUSTIFIED * max(1, len(inner))

    def story(self, story: Story) -> list[Line]:
        """An article's lines: headings, then its text, then what stands under its pictures."""
        paragraphs = self._paragraphs(story.bodies)
        words = "".join(line.text for line in paragraphs)
        headings = list(self._heading(story.heading, words)) if story.heading else []
        captions = [line for stack in story.captions for line in self._caption(stack)]
        return headings + paragraphs + captions

    def _heading(self, heading: Heading, words: str) -> Iterator[Line]:
        main = max(stack.size for stack in heading.stacks)
        for stack in heading.stacks:
            size = stack.size
            mark = "# " if size > 0.97 * main else "### " if size >= 1.1 * self.body else ""
            joined = _sewn([strip.text for strip in stack.strips], words, upright=stack.upright)
            yield Line(mark + joined, [stack.box])

    def _caption(self, stack: Stack) -> Iterator[Line]:
        yield Line("![]()")
        yield Line(_run_on([strip.text for strip in stack.strips]), [stack.box])

    def _paragraphs(self, stacks: Iterable[Stack]) -> list[Line]:
        paragraphs: list[list[tuple[Stack, Strip]]] = []
        last: tuple[Stack, Strip] | None = None
        for stack in stacks:
            for strip in stack.strips:
                if last is None or self._begins(stack, strip, *last):
                    paragraphs.append([])
                paragraphs[-1].append((stack, strip))
                last = (stack, strip)
        return [self._paragraph(paragraph) for paragraph in paragraphs]

    def _paragraph(self, lines: Sequence[tuple[Stack, Strip]]) -> Line:
        text = _run_on([strip.text for _, strip in lines])
        by_stack: dict[int, list[Box]] = {}
        for stack, strip in lines:
            by_stack.setdefault(id(stack), []).append(strip.box)
        return Line(_unmarked(text), [hull(boxes) for boxes in by_stack.values()])

    def _begins(self, stack: Stack, strip: Strip, before: Stack, last: Strip) -> bool:
        """Whether a line begins a paragraph after `last`."""
        if abs(strip.size - last.size) > 0.08 * last.size or strip.font != last.font:
            return True
        if stack is before and len(stack.strips) <= _LONGEST_CREDIT and _same_axis(strip, last):
            return False
        if strip.box.x0 - self._left(stack, strip) >= INDENT[0] * strip.size:
            return True
        short = before.box.x1 - last.box.x1
        ended = _ENDS.search(last.text) is not None
        if ended and stack is not before and stack.box.shared_width(before.box) > 0:
            return True  # set apart in the same column
        if self.indented:
            return short > (_EARLY if ended else _CUT_SHORT) * last.size
        return short > _FULL * last.size and (ended or (self.justified and short > _EARLY * last.size))

    def _left(self, stack: Stack, strip: Strip) -> float:
        """Where the column of a line begins, also for a block that is only a first line or a centred one."""
        here = stack.box.x0
        reach = INDENT[1] if len(stack.strips) > _LONGEST_CREDIT else _MIDDLE
        before = [x for x in self.edges if here - reach * strip.size <= x <= here + 1]
        return min(here, max(before, default=here))

    def _indent(self, stack: Stack, strip: Strip) -> bool:
        low, high = INDENT
        return low <= (strip.box.x0 - self._left(stack, strip)) / strip.size <= high


def _same_axis(strip: Strip, last: Strip) -> bool:
    """Whether two lines of different width have the same middle: a byline centred over two lines."""
    middle = (strip.box.x0 + strip.box.x1 - last.box.x0 - last.box.x1) / 2
    return abs(middle) < 0.35 * strip.size < abs(strip.box.x0 - last.box.x0)


def _run_on(texts: Sequence[str]) -> str:
    """Lines of one paragraph as one: blanks between Latin words, none in a word that a hyphen divides."""
    text = texts[0]
    for following in texts[1:]:
        if re.search(r"[A-Za-z]-$", text[-2:]) and following[0].islower() and following[0].isascii():
            text = text[:-1] + following
        elif (
            text[-1].isascii()
            and following[0].isascii()
            and not (text[-1] in "(-/" or _digits(text, following))
        ):
            text += " " + following
        else:
            text += following
    return text


def _digits(text: str, following: str) -> bool:
    return text[-1].isdigit() and (following[0].isdigit() or following[0] in "%.,")


def _sewn(texts: Sequence[str], words: str, *, upright: bool) -> str:
    """A heading's lines as one, with a blank where no word of the article runs across the break."""
    if upright:
        return "".join(texts)
    text = texts[0]
    for following in texts[1:]:
        broken = text[-2:] + following[:1] in words or text[-1:] + following[:2] in words
        text += ("" if broken and not text[-1].isascii() else " ") + following
    return text


def _unmarked(text: str) -> str:
    """A paragraph must not read as a Markdown sign."""
    return text if not _SIGNS.match(text) or text[0] != "#" else "＃" + text[1:]
