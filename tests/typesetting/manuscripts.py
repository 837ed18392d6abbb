"""Writes fictional articles from the grammar in words.py, the same from the same seed; it sets nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random
from typing import Final

from digest.model import Kind
from tests.typesetting import words

_SLOT = re.compile(r"\{(\w+)\}")
_ORDINALS: Final = "一二三四五"
_SAME: Final = {"place2": "PLACE", "PERSON2": "PERSON", "WORKER2": "WORKER", "gain_s": "gain"}
"""Slots that are filled as others are, with words of their own."""


@dataclass(frozen=True)
class Manuscript:
    """An article before it is set.

    Attributes:
        headline: None where none is printed.
        paragraphs: The body; `crossheads` are the indexes of those that are crossheads.
        place: Where it was written.
        office: Who signs a notice. `speakers`: who answers in an interview.
        place, month, day: For the dateline.
    """

    kind: Kind
    headline: str | None
    paragraphs: tuple[str, ...]
    crossheads: frozenset[int] = frozenset()
    kicker: str | None = None
    deck: str | None = None
    column: str | None = None
    authors: tuple[str, ...] = ()
    photographer: str | None = None
    captions: tuple[str, ...] = ()
    place: str = ""
    month: int = 3
    day: int = 1
    office: str | None = None


class Writer:
    """Writes one story: words in capitals stay the same throughout it."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._topic = rng.choice(words.TOPICS)
        self._kept: dict[str, str] = {}
        self._bags: dict[int, list[str]] = {}

    def text(self, templates: Sequence[str]) -> str:
        """One of the templates, its slots filled."""
        return self.fill(self._rng.choice(templates))

    def fresh(self, templates: Sequence[str]) -> str:
        """One of the templates that was not used before, as long as there is one."""
        bag = self._bags.setdefault(id(templates), [])
        if not bag:
            bag += self._rng.sample(templates, len(templates))
        return self.fill(bag.pop())

    def fill(self, template: str) -> str:
        """The template with its slots filled, and the slots of what fills them."""
        return _SLOT.sub(lambda slot: self._slot(slot.group(1)), template)

    def person(self) -> str:
        """A Chinese name, now and then one with a middle dot."""
        if self._rng.random() < 0.02:
            return self._rng.choice(words.MINORITY)
        return self._rng.choice(words.SURNAMES) + self._rng.choice(words.GIVEN)

    def people(self, most: int) -> tuple[str, ...]:
        """Up to `most` names, all different."""
        names = [self.person() for _ in range(self._rng.randint(1, most))]
        return tuple(dict.fromkeys(names))

    def _slot(self, name: str) -> str:
        if name.isupper() or name in {"PERSON2", "WORKER2"}:
            if name not in self._kept:
                self._kept[name] = self._made(name)
            return self._kept[name]
        return self._made(name)

    def _made(self, name: str) -> str:
        choose, topic = self._rng.choice, self._topic
        made: dict[str, Callable[[], str]] = {
            "PLACE": lambda: choose(words.PLACES),
            "PERSON": self.person,
            "THING": lambda: choose(topic.things.split()),
            "ACT": lambda: choose(topic.acts.split()),
            "SPOT": lambda: choose(topic.spots.split()),
            "WORKER": lambda: choose(topic.workers.split()),
            "OFFICE": lambda: self.fill("{PLACE}") + choose(["市", "县", ""]) + choose(topic.offices.split()),
            "means": lambda: choose(topic.means.split()),
            "gain": lambda: self.text(topic.gains),
            "trouble": lambda: choose(topic.troubles),
            "trouble_n": lambda: "“" + choose(topic.troubles).split("，")[0] + "”",
        }
        name = _SAME.get(name, name)
        return made[name]() if name in made else self.text(words.SLOTS[name])


def seeded(*seed: object) -> Random:
    """A generator that always says the same for the same seed."""
    return Random(":".join(map(str, seed)))  # noqa: S311 - for typesetting, not for secrets


def write(
    kind: Kind,
    rng: Random,
    *,
    length: int = 5,
    long_headline: bool = False,
    speakers: tuple[str, str] | None = None,
) -> Manuscript:
    """A manuscript of the kind, its body of about `length` paragraphs."""
    writer = Writer(rng)
    match kind:
        case "commentary":
            return _commentary(writer, rng, length)
        case "interview":
            return _interview(writer, rng, speakers)
        case "photo":
            return _photo(writer, rng)
        case "notice":
            return _notice(writer, rng)
        case "note":
            column = rng.choice(words.COLUMNS)
            text = writer.fill(rng.choice(words.NOTES).replace("{column}", column))
            return Manuscript("note", None, (text,))
        case _:
            return _news(writer, rng, length, long_headline=long_headline)


def _news(writer: Writer, rng: Random, length: int, *, long_headline: bool) -> Manuscript:
    headline = writer.text(words.LONG_HEADLINES if long_headline else words.HEADLINES)
    paragraphs = [_paragraph(writer, rng, lead=True)]
    paragraphs += [_paragraph(writer, rng) for _ in range(max(1, length - 1))]
    if rng.random() < 0.25:
        paragraphs[2:2] = _list(writer, rng)
    crossheads: set[int] = set()
    if len(paragraphs) > 4 and rng.random() < 0.4:
        paragraphs, crossheads = _with_crossheads(writer, paragraphs)
    return Manuscript(
        "news",
        headline,
        tuple(paragraphs),
        frozenset(crossheads),
        kicker=writer.text(words.KICKERS) if rng.random() < 0.45 else None,
        deck=writer.text(words.DECKS) if rng.random() < 0.4 else None,
        column=rng.choice(words.COLUMNS) if rng.random() < 0.2 else None,
        authors=writer.people(3),
        photographer=writer.person(),
        captions=(writer.text(words.CAPTIONS),) if rng.random() < 0.25 else (),
        place=writer.fill("{PLACE}"),
        month=int(writer.fill("{m}")),
        day=int(writer.fill("{d}")),
    )


def _paragraph(writer: Writer, rng: Random, *, lead: bool = False) -> str:
    first = writer.text(words.LEADS) if lead else writer.fresh(words.BODIES)
    more = [writer.fresh(words.BODIES) for _ in range(rng.choice((0, 0, 1, 1, 2)))]
    return "".join([first, *more])


def _list(writer: Writer, rng: Random) -> list[str]:
    count = rng.randint(2, 4)
    style = rng.choice(("{}是", "第{}，", "其{}，"))
    return [
        style.format(_ORDINALS[i]) + writer.fresh(words.LISTED) + "。" + writer.fresh(words.BODIES)
        for i in range(count)
    ]


def _with_crossheads(writer: Writer, paragraphs: list[str]) -> tuple[list[str], set[int]]:
    found: list[str] = []
    places: set[int] = set()
    for index, paragraph in enumerate(paragraphs):
        if index and index % 2 == 0:
            places.add(len(found))
            found.append(writer.fresh(words.CROSSHEADS))
        found.append(paragraph)
    return found, places


def _commentary(writer: Writer, rng: Random, length: int) -> Manuscript:
    templates = rng.sample(words.COMMENTS, min(len(words.COMMENTS), max(3, length)))
    return Manuscript(
        "commentary",
        writer.text(words.COMMENT_HEADLINES),
        tuple(writer.fill(template) for template in templates),
        column=rng.choice(words.COMMENT_COLUMNS),
        authors=(writer.person(),),
        photographer=writer.person(),
    )


def _interview(writer: Writer, rng: Random, speakers: tuple[str, str] | None) -> Manuscript:
    host, guest = speakers or ("记者", writer.fill("{PERSON}"))
    paragraphs = [writer.text(words.LEADS)]
    for question in rng.sample(words.QUESTIONS, 3):
        paragraphs += [f"{host}：{writer.fill(question)}", f"{guest}：{_paragraph(writer, rng)}"]
    return Manuscript(
        "interview",
        writer.text(words.HEADLINES[:4]),
        tuple(paragraphs),
        deck=writer.fill("——访{PLACE}{WORKER}{PERSON}"),
        authors=writer.people(1),
        photographer=writer.person(),
    )


def _photo(writer: Writer, rng: Random) -> Manuscript:
    headline = writer.text(words.HEADLINES[:2]) if rng.random() < 0.3 else None
    return Manuscript("photo", headline, (writer.text(words.PHOTO_TEXTS),), photographer=writer.person())


def _notice(writer: Writer, rng: Random) -> Manuscript:
    headline, *paragraphs = (writer.fill(text) for text in rng.choice(words.NOTICES))
    return Manuscript(
        "notice", headline, tuple(paragraphs), office=writer.fill("{OFFICE}"), month=3, day=rng.randint(1, 28)
    )
