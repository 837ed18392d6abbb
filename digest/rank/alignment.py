"""Lays two texts side by side and counts where they differ; it never decides what the differences mean."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

ANCHOR: Final = 4
"""Characters that must be the same in a row for two places to belong together."""
WIDEST_GAP: Final = 25
"""Characters between two anchors that still count as one passage, with differences."""
SHORTEST_PASSAGE: Final = 12
DENSE: Final = 0.6
"""The share of a passage that must be the same character by character."""
_FIGURE = re.compile(r"[0-9〇零一二两三四五六七八九十百千]")

_Step = tuple[str, int, int, int, int]
"""As rapidfuzz says it: equal, replace, delete or insert; start and end in the one and in the other."""


@dataclass(frozen=True, slots=True)
class Differences:
    """How two texts differ; all lengths are in characters.

    Attributes:
        passages: Length of what both have in common, small differences included.
        coverage: The share of the shorter text that lies in common passages.
        singles: How many lone characters were replaced by another.
        wordings: How many stretches of two or more were replaced by others.
        figures: In how many of all these places both have figures.
        opening: How much of both stands before the first common passage.
        between: How much of both stands in the same places between common passages.
        ending: How much of both stands behind the last.
    """

    passages: int
    coverage: float
    singles: int
    wordings: int
    figures: int
    opening: int
    between: int
    ending: int


def differences(one: str, other: str) -> Differences | None:
    """What is in common and what differs; None when no passage is in common.

    >>> told = "昨日云溪大桥正式通车运行仪式在北岸举行"
    >>> found = differences(told, told.replace("云溪", "石门"))
    >>> found.coverage, found.singles, found.wordings
    (1.0, 0, 1)
    """
    from rapidfuzz.distance import Levenshtein  # noqa: PLC0415 - 10 ms, for who folds reprints

    steps: list[_Step] = [
        (step.tag, step.src_start, step.src_end, step.dest_start, step.dest_end)
        for step in Levenshtein.opcodes(one, other)
    ]
    passages = _passages(steps, len(one), len(other))
    return _counted(one, other, steps, passages) if passages else None


def _passages(steps: Sequence[_Step], length: int, other_length: int) -> list[_Step]:
    """The common passages in order; what lies outside of them differs altogether."""
    ends = ((0, 0), (length, other_length))
    found: list[_Step] = []
    for tag, start, end, there, there_end in steps:
        if tag != "equal" or (
            end - start < ANCHOR and (start, there) not in ends and (end, there_end) not in ends
        ):
            continue
        last = found[-1] if found else None
        if last and max(start - last[2], there - last[4]) <= WIDEST_GAP:
            found[-1] = ("equal", last[1], end, last[3], there_end)
        else:
            found.append((tag, start, end, there, there_end))
    return [passage for passage in found if _is_dense(passage, steps)]


def _is_dense(passage: _Step, steps: Sequence[_Step]) -> bool:
    """Whether a passage is a copy rather than the same matter in other words."""
    _, start, end, there, there_end = passage
    length = max(end - start, there_end - there)
    same = sum(step[2] - step[1] for step in steps if step[0] == "equal" and start <= step[1] < end)
    return length >= SHORTEST_PASSAGE and same >= DENSE * length


def _counted(one: str, other: str, steps: Sequence[_Step], passages: Sequence[_Step]) -> Differences:
    singles = wordings = figures = 0
    for _, start, end, there, there_end in _replacements(steps, passages):
        if min(end - start, there_end - there) > 1:
            wordings += 1
        else:
            singles += 1
        figures += bool(_FIGURE.search(one, start, end) and _FIGURE.search(other, there, there_end))
    here = sum(end - start for _, start, end, _, _ in passages)
    there = sum(end - start for _, _, _, start, end in passages)
    gaps = list(_gaps(passages, len(one), len(other)))
    return Differences(
        passages=here,
        coverage=max(here / len(one), there / len(other)),
        singles=singles,
        wordings=wordings,
        figures=figures,
        opening=gaps[0],
        between=sum(gaps[1:-1]),
        ending=gaps[-1],
    )


def _replacements(steps: Sequence[_Step], passages: Sequence[_Step]) -> Iterator[_Step]:
    """The replaced stretches that lie within the common passages."""
    remaining = iter(passages)
    passage = next(remaining)
    for step in steps:
        while step[1] >= passage[2]:
            following = next(remaining, None)
            if following is None:
                return
            passage = following
        if step[0] == "replace" and step[1] >= passage[1] and step[2] <= passage[2]:
            yield step


def _gaps(passages: Sequence[_Step], length: int, other_length: int) -> Iterator[int]:
    """Before, between and behind the passages, how much both texts have there."""
    here = there = 0
    for _, start, end, start_there, end_there in passages:
        yield min(start - here, start_there - there)
        here, there = end, end_there
    yield min(length - here, other_length - there)
