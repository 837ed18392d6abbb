"""What each sign in a heading counts for, set from typesetting practice and measured; it decides nothing."""

from __future__ import annotations

from typing import Final

WEIGHTS: Final[dict[str, float]] = {
    # two lines are one part
    "one part": -0.5,
    "page": 1.0,
    "gap": -1.5,
    "no gap": 0.8,
    "no gap beside gaps": 1.5,
    "fills": 0.5,
    "does not fill": -1.0,
    "same rhythm": 3.0,
    "same width": 0.5,
    "both doubled": 2.5,
    "one doubled": -4.0,
    "word cut": 3.5,
    "no word cut": -1.0,
    "open bracket": 4.0,
    "open comma": 3.0,
    "names before a colon": 2.5,
    "particle": 3.0,
    "column in brackets": 5.0,
    "scrap": 3.0,
    "event above": -1.0,
    "guests below": -3.0,
    "marked alike": 1.0,
    # a part is the headline
    "doubled": 6.0,
    "highest level": 5.0,
    "lower level": 1.0,
    "too wide": -1.0,
    "dash": -5.0,
    "column named": 1.5,
    "only a time": -3.0,
    "guests": -2.0,
    "second": 0.3,
    "first, Latin": 0.9,
    "led to": 2.0,
    "led to, two lines": 2.0,
    "supplement after": -2.0,
    "guest first after": -2.0,
    "couplet after": 0.9,
    "told in the lead": 0.2,
    "figures after": -0.6,
    "visit before": -0.7,
    "opening before": -2.5,
    "leads on before": -5.0,
    "event before": 0.6,
    "question before": -1.0,
    "couplet before": -0.5,
    "label before": -2.0,
}
"""By name; a reading of a heading is scored by the sum over its signs."""
