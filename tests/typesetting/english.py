"""Writes articles of an English page that does not exist; a small extra beside the Chinese ones."""

from __future__ import annotations

from random import Random
from typing import Final

from tests.typesetting import words
from tests.typesetting.manuscripts import Manuscript

_THINGS: Final = (
    "night library",
    "river bridge",
    "tea cooperative",
    "mobile clinic",
    "wetland park",
    "skating rink",
)
_TOWNS: Final = ("Songcheng", "Yunling", "Qingshi", "Meixi", "Yanhui")
_HEADLINES: Final = (
    "{town} opens {thing} to all",
    "New {thing} changes life in {town}",
    "How a {thing} brought {town} together",
)
_LEADS: Final = (
    (
        "A new {thing} opened in {town} on Tuesday, ending years of waiting for more than {n} "
        "families in the surrounding villages."
    ),
    (
        "Residents of {town} have been queueing since dawn this week to see the {thing}, which "
        "took {n} days to build."
    ),
)
_BODIES: Final = (
    (
        "“We never thought it would happen in our lifetime,” said {name}, who has lived in {town} "
        "for {n} years. “Now it is part of our day.”"
    ),
    (
        "The project cost about {n} million yuan and was paid for by the county, a foundation and "
        "small gifts from the residents themselves."
    ),
    (
        "Officials said that a second {thing} would follow next year if the first one proves to be "
        "as useful as its planners hope."
    ),
    (
        "Not everybody is convinced. Some shopkeepers fear that traffic will bypass the old market "
        "street, where sales fell by {n} percent."
    ),
    (
        "According to a survey of {n} households, four out of five visit the {thing} at least once "
        "a week, most of them on foot."
    ),
    "Volunteers from three schools help on weekends; the youngest of them is {n}, the oldest seventy-four.",
)


def write_english(rng: Random) -> Manuscript:
    """A manuscript in English."""
    thing, town = rng.choice(_THINGS), rng.choice(_TOWNS)
    people = rng.sample(words.LATIN_PEOPLE, 3)

    def fill(text: str) -> str:
        return text.format(thing=thing, town=town, name=people[2], n=rng.randint(12, 90))

    bodies = [fill(text) for text in rng.sample(_BODIES, rng.randint(3, 5))]
    headline = fill(rng.choice(_HEADLINES))
    deck = fill("Four in five households visit the {thing}") if rng.random() < 0.3 else None
    authors = tuple(people[: rng.randint(1, 2)])
    return Manuscript("news", headline, (fill(rng.choice(_LEADS)), *bodies), deck=deck, authors=authors)
