"""A profile's keywords as readers see them; the profile language itself is read by the ranking stage."""

from __future__ import annotations

from collections.abc import Sequence

from digest.rank.keyword import Keyword, parse_keyword


def keyword_chips(keywords: Sequence[str]) -> list[Keyword]:
    """The wanted keywords first, then the excluded; comments are left out.

    >>> [(chip.text, chip.weight, chip.excluded) for chip in keyword_chips(["-招聘", "数字经济^3", "# 待定"])]
    [('数字经济', 3.0, False), ('招聘', 1.0, True)]
    """
    parsed = (parse_keyword(keyword) for keyword in keywords)
    return sorted((each for each in parsed if each is not None), key=lambda each: each.excluded)
