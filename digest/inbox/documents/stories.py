"""Finds which blocks of a sheet form one article, by what stands above and beside what; it reads no words.

A headline owns the columns below it, as far as the free space beside it reaches. A column with no headline
above goes on from its left neighbour. Rules and frames part articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from digest.inbox.documents.sheet import Box, Sheet, hull
from digest.inbox.documents.stacks import Stack

_HEADING: Final = 1.16
_LONGEST_HEADING: Final = 120
_DECORATION: Final = 1.6
_LONGEST_CAPTION: Final = 6
_TOUCH: Final = 2.0
_FLUSH: Final = 0.25
_MOSTLY: Final = 0.7


@dataclass(slots=True)
class Heading:
    """Heading blocks that stand together, from top to bottom.

    `reach` is their box with the free space at both sides.
    """

    stacks: list[Stack]
    box: Box
    reach: Box


@dataclass(slots=True)
class Story:
    """An article as far as geometry tells: `bodies` in reading order, `captions` of pictures beside them."""

    heading: Heading | None
    bodies: list[Stack] = field(default_factory=list[Stack])
    captions: list[Stack] = field(default_factory=list[Stack])


def is_heading(stack: Stack, body: float) -> bool:
    """Whether a block is set like a heading: large and short."""
    return stack.upright or (stack.size >= _HEADING * body and len(stack.text) <= _LONGEST_HEADING)


def form_stories(stacks: Sequence[Stack], sheet: Sheet, body: float) -> list[Story]:
    """The articles of a sheet in the order of their beginnings; each block stands in one of them."""
    return _Plan(stacks, sheet, body).stories()


class _Plan:
    """One sheet while its blocks are given to headings."""

    def __init__(self, stacks: Sequence[Stack], sheet: Sheet, body: float) -> None:
        self.sheet, self.body = sheet, body
        self.headings = self._headings([stack for stack in stacks if is_heading(stack, body)])
        headed = {id(stack) for heading in self.headings for stack in heading.stacks}
        self.bodies = [stack for stack in stacks if id(stack) not in headed]
        self._take_kickers()
        self.flush = self._is_flush()
        for heading in self.headings:
            heading.reach = self._reach(heading)
        self.captions = {id(stack): picture for stack in self.bodies if (picture := self._picture(stack))}
        self.known: dict[int, int] = {}

    def stories(self) -> list[Story]:
        """Every block in its article."""
        stories: dict[int, Story] = {id(heading): Story(heading) for heading in self.headings}
        for stack in self.bodies:
            key = self._owner(stack, frozenset())
            story = stories.setdefault(key, Story(None))
            (story.captions if id(stack) in self.captions else story.bodies).append(stack)
        for story in stories.values():
            if not story.bodies:
                story.bodies, story.captions = story.captions, []
            story.bodies = reading_order(story.bodies)
        return sorted(stories.values(), key=_beginning)

    # Headings.

    def _headings(self, stacks: Sequence[Stack]) -> list[Heading]:
        headings: list[Heading] = []
        for stack in stacks:
            home = next((h for h in reversed(headings) if self._stands_with(h, stack)), None)
            if home is None:
                headings.append(Heading([stack], stack.box, stack.box))
            else:
                home.stacks.append(stack)
                home.box = hull([home.box, stack.box])
        return headings

    def _stands_with(self, heading: Heading, stack: Stack) -> bool:
        last = heading.stacks[-1]
        if stack.upright or last.upright:
            return stack.upright and last.upright and self._upright_pair(last, stack)
        gap = stack.box.y0 - heading.box.y1
        near = -0.3 * stack.size <= gap <= 1.1 * max(last.size, stack.size)
        shared = stack.box.shared_width(heading.box) >= 0.5 * min(stack.box.width, heading.box.width)
        return (
            near
            and shared
            and self._same_frame(heading.box, stack.box)
            and not self._cut(heading.box, stack.box)
        )

    def _upright_pair(self, one: Stack, other: Stack) -> bool:
        near = -other.box.shared_width(one.box) <= 1.2 * max(one.size, other.size)
        return near and other.box.shared_height(one.box) > 0.5 * min(one.box.height, other.box.height)

    def _take_kickers(self) -> None:
        """A short line of body size right above a headline, apart from the text above it, is its kicker."""
        for heading in self.headings:
            for stack in self.bodies:
                if self._is_kicker(stack, heading):
                    heading.stacks.insert(0, stack)
                    heading.box = hull([heading.box, stack.box])
                    self.bodies.remove(stack)
                    break

    def _is_kicker(self, stack: Stack, heading: Heading) -> bool:
        gap = heading.box.y0 - stack.box.y1
        first = heading.stacks[0]
        if len(stack.strips) > 1 or first.upright or not -0.2 * stack.size <= gap <= 0.8 * first.size:
            return False
        within = stack.box.shared_width(heading.box) >= 0.9 * stack.box.width
        if not within or not self._same_frame(heading.box, stack.box) or self._cut(stack.box, heading.box):
            return False
        return not any(
            other is not stack
            and other.box.shared_width(stack.box) > 0
            and 0 <= stack.box.y0 - other.box.y1 < 0.9 * self.body
            for other in self.bodies
        )

    def _reach(self, heading: Heading) -> Box:
        """How far the heading reaches to both sides before something else stands there."""
        box = heading.box
        frame = self._frame(box)
        left, right = (frame.x0, frame.x1) if frame else (0.0, self.sheet.width)
        others = [stack.box for stack in self.bodies]
        others += [other.box for other in self.headings if other is not heading]
        others += [*self.sheet.upright, *self.sheet.pictures]
        for other in others:
            if other.shared_height(box) <= 0.25 * min(other.height, box.height) or other.covers(box):
                continue
            if other.x1 <= box.x0 + 2:
                left = max(left, other.x1)
            elif other.x0 >= box.x1 - 2:
                right = min(right, other.x0)
        return Box(box.x0 if self.flush else min(left, box.x0), box.y0, max(right, box.x1), box.y1)

    def _is_flush(self) -> bool:
        """Whether headings begin where their first columns do, not in the middle over all of them."""
        edges = [stack.box.x0 for stack in self.bodies]
        level = [heading for heading in self.headings if not heading.stacks[0].upright]
        flush = sum(any(abs(heading.box.x0 - x) < _FLUSH * self.body for x in edges) for heading in level)
        return flush >= _MOSTLY * len(level)

    # Owners.

    def _owner(self, stack: Stack, asked: frozenset[int]) -> int:
        """The key of a block's story: the id of its heading, or of the block that begins it."""
        if id(stack) not in self.known:
            asked = asked | {id(stack)}
            self.known[id(stack)] = self._found_owner(stack, asked)
        return self.known[id(stack)]

    def _found_owner(self, stack: Stack, asked: frozenset[int]) -> int:
        if beside := self._upright_beside(stack):
            return id(beside)
        box = self.captions.get(id(stack), stack.box)
        above = self._above(box, asked)
        if above is None or self._starts_beside(box, above):
            left = self._left(box, asked)
            if left is not None:
                return id(left) if isinstance(left, Heading) else self._owner(left, asked)
        if above is None:
            return id(stack)
        return id(above) if isinstance(above, Heading) else self._owner(above, asked)

    def _above(self, box: Box, asked: frozenset[int]) -> Heading | Stack | None:
        """The nearest thing above that covers most of the block's width, with no rule between."""
        best: Heading | Stack | None = self._heading_above(box)
        bottom = best.box.y1 if best else -1.0
        for stack in self.bodies:
            if id(stack) in asked or id(stack) in self.captions:
                continue
            shared = stack.box.shared_width(box) >= 0.5 * min(box.width, stack.box.width)
            if shared and bottom < stack.box.y1 <= box.y0 + 2:
                best, bottom = stack, stack.box.y1
        if best is None or not self._same_frame(best.box, box) or self._cut(best.box, box):
            return None
        return best

    def _heading_above(self, box: Box) -> Heading | None:
        """The lowest heading above that reaches over most of the block; of neighbours the closer one."""
        over = [
            heading
            for heading in self.headings
            if not heading.stacks[0].upright
            and heading.box.y1 <= box.y0 + 2
            and heading.reach.shared_width(box) >= 0.5 * box.width
        ]
        if not over:
            return None
        lowest = max(over, key=lambda heading: heading.box.y1)
        level = [h for h in over if h is lowest or h.box.shared_height(lowest.box) > 0]
        return max(
            level,
            key=lambda h: (round(h.reach.shared_width(box) / max(box.width, 1), 1), h.box.shared_width(box)),
        )

    def _starts_beside(self, box: Box, above: Heading | Stack) -> bool:
        """Whether a column begins, after white space, level with a headline at its left."""
        if isinstance(above, Heading) or box.y0 - above.box.y1 < 1.5 * self.body:
            return False
        left = self._left(box, frozenset())
        return isinstance(left, Heading) and left.box.y0 > above.box.y1 - self.body

    def _left(self, box: Box, asked: frozenset[int]) -> Heading | Stack | None:
        """The nearest thing that stands to the left of the block's beginning, with no rule between."""
        best: Heading | Stack | None = None
        for item in (*self.headings, *self.bodies):
            if id(item) in asked or id(item) in self.captions:
                continue
            edge = item.box
            beside = edge.y0 - 2 * self.body <= box.y0 <= edge.y1 and edge.x1 <= box.x0 + 2
            if not beside or not self._same_frame(edge, box) or self._walled(edge, box):
                continue
            if best is None or edge.x1 > best.box.x1:
                best = item
        return best

    def _upright_beside(self, stack: Stack) -> Heading | None:
        """The nearest upright heading that stands beside the block, no rule between."""
        best: Heading | None = None
        for heading in self.headings:
            beside = heading.box.shared_height(stack.box) >= 0.5 * min(stack.box.height, heading.box.height)
            if not heading.stacks[0].upright or not beside or not self._same_frame(heading.box, stack.box):
                continue
            gap = -heading.box.shared_width(stack.box)
            if self._walled(heading.box, stack.box) or self._walled(stack.box, heading.box):
                continue
            if best is None or gap < -best.box.shared_width(stack.box):
                best = heading
        return best if best and self._above_is_older(best, stack) else None

    def _above_is_older(self, heading: Heading, stack: Stack) -> bool:
        above = self._above(stack.box, frozenset({id(stack)}))
        return not isinstance(above, Heading) or above.box.y1 <= heading.box.y0

    # Rules, frames, pictures.

    def _cut(self, upper: Box, lower: Box) -> bool:
        """Whether a rule between both parts articles; one right below a headline only adorns it."""
        for rule in self.sheet.level:
            between = upper.y1 - 2 < rule.y0 < lower.y0 + 2
            if not between or rule.shared_width(lower) < 0.5 * lower.width:
                continue
            if not self._adorns(rule):
                return True
        return False

    def _adorns(self, rule: Box) -> bool:
        return any(
            -1 <= rule.y0 - heading.box.y1 <= _DECORATION * self.body
            and heading.box.shared_width(rule) > 0.5 * min(rule.width, heading.box.width)
            and rule.width <= heading.reach.width + 2
            for heading in self.headings
        )

    def _walled(self, left: Box, right: Box) -> bool:
        return any(
            left.x1 - 2 <= rule.x0 <= right.x0 + 2
            and rule.shared_height(right) > 0.3 * min(right.height, rule.height)
            for rule in self.sheet.upright
        )

    def _frame(self, box: Box) -> Box | None:
        around = [frame for frame in self.sheet.frames if frame.covers(box)]
        return min(around, key=lambda frame: frame.width * frame.height, default=None)

    def _same_frame(self, one: Box, other: Box) -> bool:
        return self._frame(one) == self._frame(other)

    def _picture(self, stack: Stack) -> Box | None:
        """The picture a short block stands right below of or beside, set apart from the text around."""
        if len(stack.strips) > _LONGEST_CAPTION or is_heading(stack, self.body):
            return None
        for picture in self.sheet.pictures:
            below = -_TOUCH <= stack.box.y0 - picture.y1 <= 1.6 * self.body
            within = stack.box.shared_width(picture) >= 0.9 * stack.box.width
            if below and within and self._apart(stack):
                return hull([picture, stack.box])
        return None

    def _apart(self, stack: Stack) -> bool:
        """Whether the block is set otherwise than the text below it."""
        following = [
            other
            for other in self.bodies
            if other is not stack
            and other.box.shared_width(stack.box) > 0
            and 0 <= other.box.y0 - stack.box.y1 <= 0.8 * self.body
        ]
        return all(
            other.strips[0].font != stack.strips[0].font or abs(other.size - stack.size) > 0.05 * stack.size
            for other in following
        )


def _beginning(story: Story) -> tuple[float, float]:
    box = story.heading.box if story.heading else story.bodies[0].box
    return (round(box.y0 / 20), box.x0)


def reading_order(stacks: Iterable[Stack]) -> list[Stack]:
    """Blocks as they are read: what is above first, then what is left, unless something spans both.

    After Breuel, "High Performance Document Layout Analysis" (2003), section 4.
    """
    left = sorted(stacks, key=lambda stack: (stack.box.x0, stack.box.y0))
    ordered: list[Stack] = []
    while left:
        chosen = next(
            (s for s in left if not any(_precedes(o, s, left) for o in left if o is not s)), left[0]
        )
        ordered.append(chosen)
        left.remove(chosen)
    return ordered


def _precedes(one: Stack, other: Stack, every: Sequence[Stack]) -> bool:
    if one.box.shared_width(other.box) > 0:
        return one.box.y0 < other.box.y0
    if one.box.x1 > other.box.x0 + 1:
        return False
    upper, lower = sorted((one.box, other.box), key=lambda box: box.y0)
    spanning = any(
        third.box.shared_width(one.box) > 0
        and third.box.shared_width(other.box) > 0
        and upper.y1 <= third.box.y0 + 1
        and third.box.y1 <= lower.y0 + 1
        for third in every
    )
    return not spanning
