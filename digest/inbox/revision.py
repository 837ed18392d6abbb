"""Decides whether changed content under a known name is the same page again; pure, it compares values."""

from __future__ import annotations

import re

from digest.model import Folio

_SHINGLE = 8
"""Characters; two unrelated pages share next to no runs of this length."""

_SECTION = re.compile(r"[A-Za-z]{1,2}(?=[0-9０-９])")


def is_revision(old_folio: Folio, old_text: str, new_folio: Folio, new_text: str) -> bool:
    """Whether the new content is a revision of the old page; if not, it is a new page.

    It is one when date and page number are known and equal and the papers do not differ, or when half of the
    shorter text stands in the other. Agreement without a date says nothing: a desk may overwrite one file
    every day, and yesterday's page would be lost.

    >>> is_revision(Folio(), "一二三四五六七八九十" * 3, Folio(), "另一天的报纸写着别的事情" * 3)
    False
    """
    return _is_same_page(old_folio, new_folio) or overlap(old_text, new_text) >= 0.5  # noqa: PLR2004 - "by half"


def _is_same_page(old: Folio, new: Folio) -> bool:
    dated = old.date is not None and old.date == new.date
    numbered = old.number is not None and (_section(old), old.number) == (_section(new), new.number)
    return dated and numbered and (None in (old.paper, new.paper) or old.paper == new.paper)


def _section(folio: Folio) -> str:
    """The letters before a page's number: A4 and B4 are different pages."""
    match = _SECTION.search(folio.label or "")
    return match.group().upper() if match else ""


def overlap(one: str, other: str) -> float:
    """0..1, how much of the shorter text's runs of characters the other has too; white space does not count.

    Time and memory grow linearly with the texts.
    """
    shorter, longer = sorted((_shingles(one), _shingles(other)), key=len)
    return len(shorter & longer) / len(shorter) if shorter else 0.0


def _shingles(text: str) -> set[str]:
    dense = "".join(text.split())
    last = max(1, len(dense) - _SHINGLE + 1)
    return {dense[start : start + _SHINGLE] for start in range(last)} - {""}
