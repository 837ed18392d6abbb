"""A clip's score as a bar of its reasons, each with its sentence; scores are computed elsewhere."""

from __future__ import annotations

from dataclasses import dataclass

from digest.model import Clip
from digest.publish.reasons import keyword, shown_points, why

COLOURS = 5
"""How many colours the style sheet has for parts; further reasons begin again."""


@dataclass(frozen=True, slots=True)
class ScorePart:
    """One reason: its keyword and sentence, and where its part of the bar begins and how wide it is.

    The whole bar is 100 wide. What takes points off, and what would go beyond 100, is 0 wide.
    """

    keyword: str
    sentence: str
    colour: int
    start: int
    width: int


def score_parts(clip: Clip, language: str) -> list[ScorePart]:
    """The reasons in their order, without adjustments that round to nothing.

    >>> from uuid import UUID
    >>> from digest.model import Reason
    >>> clip = Clip(UUID(int=1), UUID(int=2), 58.2, (Reason("养老", 58.0), Reason("recency", 0.2)))
    >>> [(part.keyword, part.start, part.width) for part in score_parts(clip, "zh-CN")]
    [('养老', 0, 58)]
    """
    parts: list[ScorePart] = []
    start = 0
    for reason, points, sentence in zip(clip.reasons, shown_points(clip), why(clip, language), strict=True):
        if points == 0 and not reason.hits:
            continue
        width = max(0, min(points, 100 - start))
        parts.append(ScorePart(keyword(reason), sentence, len(parts) % COLOURS, start, width))
        start += width
    return parts
