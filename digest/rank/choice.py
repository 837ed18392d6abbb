"""Decides whether a profile selects an article, and by which keywords; never what they are worth."""

from __future__ import annotations

from digest.rank.evidence import Found, View, evidence
from digest.rank.keyword import Keyword
from digest.rank.terms import Terms


def choose(terms: Terms, view: View) -> list[tuple[Keyword, Found]] | None:
    """The keywords that hold and add to the score, with where they stand, in the profile's order.

    None when an exclusion holds, a required keyword does not, or no selecting one does. A required keyword
    without words in the zones adds nothing, unless there are only required ones.
    """
    if fired(terms, view) is not None:
        return None
    if any(evidence(keyword.expression, view) is None for keyword in terms.required):
        return None
    found = holding(terms, view)
    selecting = set(map(id, terms.selecting))
    if not any(id(keyword) in selecting for keyword, _ in found):
        return None
    return [
        (keyword, each)
        for keyword, each in found
        if id(keyword) in selecting or any(sighting.in_zone for sighting in each)
    ]


def holding(terms: Terms, view: View) -> list[tuple[Keyword, Found]]:
    """The keywords that hold, exclusions apart, with where they stand, whether they select or not."""
    return [
        (keyword, each)
        for keyword in terms.adding
        if (each := evidence(keyword.expression, view)) is not None
    ]


def fired(terms: Terms, view: View) -> Keyword | None:
    """The first exclusion that shuts the article out."""
    everywhere = View(view.archived, view.reading, everywhere=True)
    if view.reading.has(terms.excluded_keys):
        plain = (
            keyword for keyword in terms.excluded if evidence(keyword.expression, everywhere) is not None
        )
        return next(plain)
    for keyword in terms.excluded_expressions:
        if evidence(keyword.expression, everywhere) is not None:
            return keyword
    return None
