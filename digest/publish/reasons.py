"""Says in words why an article was clipped; it computes no score."""

from __future__ import annotations

import math
import re
from collections import Counter

from digest.model import Clip, Reason
from digest.publish.inert import one_line
from digest.publish.phrases import phrases

_WEIGHT = re.compile(r"\^[0-9.]+$")


def why(clip: Clip, language: str) -> tuple[str, ...]:
    """One sentence for each reason, in their order; the points shown add up to the score shown.

    >>> from uuid import UUID
    >>> from digest.model import Hit
    >>> hits = (Hit("headline", 0, 0, 4), Hit("body", 0, 9, 13), Hit("body", 2, 1, 5))
    >>> reasons = (Reason("数字经济^3", 41.2, hits), Reason("recency", 2.8))
    >>> why(Clip(UUID(int=1), UUID(int=2), 44.0, reasons), "zh-CN")
    ('数字经济：标题1次、正文2次，+41分', '时效：+3分')
    >>> why(Clip(UUID(int=1), UUID(int=2), 44.0, reasons), "en")[0]
    '数字经济: headline ×1, body ×2, +41 points'
    """
    points = shown_points(clip)
    return tuple(
        _sentence(reason, shown, language) for reason, shown in zip(clip.reasons, points, strict=True)
    )


def why_in_short(clip: Clip, language: str) -> str:
    """The reasons that add at least a point, in one line.

    >>> from uuid import UUID
    >>> clip = Clip(UUID(int=1), UUID(int=2), 3.0, (Reason("prominence", 3.0), Reason("recency", 0.0)))
    >>> why_in_short(clip, "zh-CN")
    '版面位置：+3分'
    """
    told = zip(why(clip, language), shown_points(clip), strict=True)
    return phrases(language).reasons_parted.join(sentence for sentence, points in told if points)


def shown_score(clip: Clip) -> int:
    """The score as people see it: a whole number, halves rounded up."""
    return math.floor(clip.score + 0.5)


def shown_points(clip: Clip) -> tuple[int, ...]:
    """Each reason's points as a whole number, so rounded that they add up to the score shown.

    The points lost by rounding down go to the reasons that lost most. When the reasons do not add up to
    the score, each is rounded by itself.
    """
    exact = [reason.points for reason in clip.reasons]
    whole = [math.floor(points) for points in exact]
    missing = shown_score(clip) - sum(whole)
    if not 0 <= missing <= len(whole):
        return tuple(math.floor(points + 0.5) for points in exact)
    by_loss = sorted(range(len(exact)), key=lambda n: (whole[n] - exact[n], n))
    for place in by_loss[:missing]:
        whole[place] += 1
    return tuple(whole)


def keyword(reason: Reason) -> str:
    """The reason's keyword without its weight, on one line.

    >>> keyword(Reason("数字经济^2.5", 1.0))
    '数字经济'
    """
    return _WEIGHT.sub("", one_line(reason.label))


def keywords(clip: Clip) -> tuple[str, ...]:
    """The keywords that hit, in the order of the reasons, each once."""
    return tuple(dict.fromkeys(keyword(reason) for reason in clip.reasons if reason.hits))


def _sentence(reason: Reason, points: int, language: str) -> str:
    words = phrases(language)
    if not reason.hits:
        label = words.adjustments.get(reason.label, keyword(reason))
        return words.adjustment_reason.format(label=label, points=f"{points:+d}")
    return words.keyword_reason.format(
        label=keyword(reason), where=_where(reason, language), points=f"{points:+d}"
    )


def _where(reason: Reason, language: str) -> str:
    words = phrases(language)
    counts = Counter(hit.zone for hit in reason.hits)
    said = [
        words.times.format(zone=name, count=counts[zone])
        for zone, name in words.zones.items()
        if zone in counts
    ]
    return words.times_parted.join(said)
