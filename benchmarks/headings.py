"""Fits and measures what tells kicker, headline and deck apart, on headings alone, set in random ways.

python -m benchmarks.headings [--fit] [--articles FILE.jsonl]

Without --articles the headings are those that tests/typesetting writes; a line of FILE is an article as
{"kicker": ["…"], "headline": "…", "deck": [], "paragraphs": ["…", …]}.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Final

from digest.extract.glyphs import squeezed, width
from digest.extract.heading_weights import WEIGHTS
from digest.extract.headings import Reading, read_heading, readings
from digest.extract.joints import set_joints
from digest.extract.lines import Line
from digest.extract.units import Unit
from tests.typesetting.composing import in_lines, wrapped
from tests.typesetting.manuscripts import seeded, write

_PAGE: Final = 6
_WRITTEN: Final = 600
_LONG: Final = 0.3
_ROUNDS: Final = 60
_RATE: Final = 0.5
_SCALE: Final = 20
_PULL: Final = 0.02
_PARAGRAPHS: Final = 8


@dataclass(frozen=True)
class Text:
    """An article as far as its heading is concerned."""

    kicker: tuple[str, ...]
    headline: str
    deck: tuple[str, ...]
    paragraphs: tuple[str, ...]

    @property
    def sort(self) -> str:
        """Which parts the heading has."""
        return "K" * bool(self.kicker) + "H" + "D" * bool(self.deck)


@dataclass(frozen=True)
class Stack:
    """A heading in lines, with the truth."""

    text: Text
    lines: list[Unit]
    way: str

    @property
    def body(self) -> str:
        """The article's own words."""
        return "".join(self.text.paragraphs)

    def is_right(self, headline: str) -> bool:
        """Whether a headline is the printed one."""
        return squeezed(headline) == squeezed(self.text.headline)


def written() -> list[Text]:
    """Texts of the press's own, some with kicker, deck or both."""
    texts: list[Text] = []
    for seed in range(_WRITTEN):
        rng = seeded("heading", seed)
        text = write("news", rng, long_headline=rng.random() < _LONG)
        kicker = (text.kicker,) if text.kicker else ()
        deck = (text.deck,) if text.deck else ()
        texts.append(Text(kicker, text.headline or "", deck, text.paragraphs))
    return texts


def printed(path: Path) -> list[Text]:
    """The texts of a file of articles."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return [
        Text(
            tuple(row["kicker"]), row["headline"], tuple(row["deck"]), tuple(row["paragraphs"][:_PARAGRAPHS])
        )
        for row in rows
    ]


def stacks(texts: Sequence[Text], seed: int) -> Iterator[Stack]:
    """Every heading, set page by page in a random way: with blanks or without, on one line or several."""
    rng = seeded("stacks", seed)
    shuffled = rng.sample(texts, len(texts))
    for start in range(0, len(shuffled), _PAGE):
        yield from _page(shuffled[start : start + _PAGE], rng)


def _page(texts: Sequence[Text], rng: Random) -> list[Stack]:
    blanks = rng.choice(("none", "parts", "some", "every"))
    room = rng.randrange(18, 44, 2)
    setters: dict[str, Callable[[str], list[str]]] = {
        "one line": lambda text: [text],
        "at blanks": lambda text: in_lines(text, 2),
        "wrapped": lambda text: wrapped(text, [room], hanging=False, whole_words=True),
    }
    way = rng.choice(list(setters))
    made: list[Stack] = []
    units: list[Unit] = []
    for text in texts:
        own = rng.choice(("none", "parts")) if blanks == "some" else blanks
        lines = list(_set(text, setters[way], own))
        units += [*lines, *(Unit("body", [_line(body, 1)], body) for body in text.paragraphs)]
        made.append(Stack(text, lines, f"{way}, blanks {blanks}"))
    set_joints(units)
    return made


def _set(text: Text, setter: Callable[[str], list[str]], blanks: str) -> Iterator[Unit]:
    first = True
    for part in (*text.kicker, text.headline, *text.deck):
        for index, line in enumerate(setter(part.strip())):
            gap = first or blanks == "every" or (blanks == "parts" and index == 0)
            yield Unit("short", [_line(line, int(gap))], line)
            first = False


def _line(text: str, gap: int) -> Line:
    return Line(1, text, width(text.replace(" ", "")), gap=gap)


def fitted(sample: Sequence[Stack], start: Mapping[str, float]) -> dict[str, float]:
    """Weights under which the right readings are likeliest, pulled towards those at the start."""
    weights = dict(start)
    many = [stack for stack in sample if len(stack.lines) > 1]
    for _ in range(_ROUNDS):
        slope = dict.fromkeys(weights, 0.0)
        for stack in many:
            for name, value in _slope(stack, weights):
                slope[name] += value
        for name, value in weights.items():
            weights[name] += _RATE * (_SCALE * slope[name] / len(many) - _PULL * (value - start[name]))
    return weights


def _slope(stack: Stack, weights: Mapping[str, float]) -> Iterator[tuple[str, float]]:
    """Signs of the right reading less those expected under the weights."""
    every = readings(stack.lines, stack.body, weights)
    right = [reading for reading in every if stack.is_right(reading.headline.text)]
    if not right:
        return
    yield from _expected(right, weights, 1.0)
    yield from _expected(every, weights, -1.0)


def _expected(
    some: Sequence[Reading], weights: Mapping[str, float], sign: float
) -> Iterator[tuple[str, float]]:
    fits = [reading.fits(weights) for reading in some]
    best = max(fits)
    shares = [math.exp(fit - best) for fit in fits]
    for reading, share in zip(some, shares, strict=True):
        for name, value in reading.signs.items():
            yield name, sign * value * share / sum(shares)


def print_measure(sample: Iterable[Stack]) -> None:
    """How many headlines are right, by the parts of the heading and how it is set."""
    right: Counter[str] = Counter()
    every: Counter[str] = Counter()
    for stack in sample:
        found = read_heading(stack.lines, stack.body).headline
        for key in (stack.text.sort, stack.way, "all"):
            every[key] += 1
            right[key] += bool(found) and stack.is_right(found.text)
    for key in sorted(every):
        print(f"{key:<26} {every[key]:6} {right[key] / every[key]:.3f}")


def main() -> int:
    """Prints a measure, and the fitted weights if asked."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=Path, help="articles as JSON lines")
    parser.add_argument("--fit", action="store_true", help="fit the weights and print them")
    args = parser.parse_args()
    texts = printed(args.articles) if args.articles else written()
    sample = [stack for seed in (1, 2) for stack in stacks(texts, seed)]
    if args.fit:
        for name, value in fitted(sample, WEIGHTS).items():
            print(f'    "{name}": {value:.1f},')
    print_measure(sample)
    return 0


if __name__ == "__main__":
    sys.exit(main())
