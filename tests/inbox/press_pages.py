"""Whole fictional PDF pages in several house styles, with what is printed on them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from tests.inbox.newsprint import TOPICS, Piece, english_piece, piece
from tests.inbox.pdf_press import Canvas, Press, Set, Style, pdf, set_body

STYLES = (
    Style("plain", columns=5),
    Style("ruled", columns=4, rules="level", align="center", underline=True, head_font="hei", bold="twice"),
    Style("boxed", columns=6, size=8.5, pitch=12, gutter=10, rules="upright", credit="line", headline=22),
    Style(
        "spaced", columns=5, spaced_headline=0.5, align="center", credit="tail", headline=20, order="shuffled"
    ),
    Style(
        "broad",
        columns=3,
        size=10.5,
        pitch=16,
        gutter=18,
        headline=30,
        small_headline=20,
        head_font="song",
        kicker=15,
        deck=14,
    ),
    Style(
        "narrow",
        columns=7,
        size=8,
        pitch=11,
        gutter=8,
        headline=20,
        small_headline=12,
        kicker=10.5,
        deck=10,
        rules="level",
    ),
)
"""House styles by name."""


@dataclass(frozen=True, slots=True)
class Printed:
    """A page file and the articles on it."""

    name: str
    style: str
    content: bytes
    pieces: list[Piece]


Layout = Callable[[Press, Random, Style], list[Piece]]


def printed_pages(style: Style, seeds: range) -> list[Printed]:
    """Pages of one style, every layout in turn."""
    pages: list[Printed] = []
    for seed in seeds:
        for layout in LAYOUTS:
            random = Random(f"{style.name} {seed} {layout.__name__}")  # noqa: S311 - a page, no secret
            press = Press(style, random=random)
            pieces = layout(press, random, style)
            name = f"{style.name}_{layout.__name__.strip('_')}_{seed}.pdf"
            pages.append(Printed(name, style.name, pdf([press.finish()]), pieces))
    return pages


def _topics(random: Random, count: int) -> list[str]:
    return random.sample(sorted(TOPICS), count)


def _rule(press: Press, y: float) -> float:
    """A line across the page where the style has one; y below it."""
    if press.style.rules != "level":
        return y
    press.canvas.rule(press.margin, y, press.canvas.width - press.margin, y)
    return y + 6


def _wall(press: Press, column: int, top: float, bottom: float) -> None:
    if press.style.rules == "upright":
        x = press.left(column) - press.style.gutter / 2
        press.canvas.rule(x, top, x, bottom)


def bands(press: Press, random: Random, style: Style) -> list[Piece]:
    """Articles in bands one below the other, several beside each other in most."""
    topics, columns = _topics(random, 6), style.columns
    lead = piece(random, topics[0], 900, credit=style.credit, kicker=True, deck=True, caption=True, jump=True)
    y = press.folio()
    y = press.article(lead, 0, columns, y, photo=True)
    y = _rule(press, y)
    left = max(1, columns // 2)
    pair = [
        piece(random, topics[1], 340 if left < 3 else 520, credit=style.credit, deck=True),
        piece(random, topics[2], 480, credit=style.credit, kicker=True, crossheads=True),
    ]
    ends = [
        press.article(pair[0], 0, left, y, size=style.small_headline),
        press.article(pair[1], left, columns - left, y, size=style.small_headline),
    ]
    _wall(press, left, y, max(ends) - 8)
    y = _rule(press, max(ends))
    briefs = [piece(random, topic, 110, credit=style.credit) for topic in topics[3 : 3 + min(3, columns)]]
    bottom = y
    for place, brief in enumerate(briefs):
        at = place * columns // len(briefs)
        span = (place + 1) * columns // len(briefs) - at
        bottom = max(bottom, press.article(brief, at, span, y, size=style.small_headline))
        if at:
            _wall(press, at, y, bottom - 8)
    press.foot()
    return [lead, *pair, *briefs]


def inset(press: Press, random: Random, style: Style) -> list[Piece]:
    """A lead over the whole width whose outer columns are cut short by other articles below them."""
    topics, columns = _topics(random, 5), style.columns
    lead = piece(random, topics[0], 1100, credit=style.credit, kicker=True)
    y = press.folio()
    below = press.headline(lead, 0, columns, y, style.headline)
    cut = max(1, columns // 2)
    on_left = random.random() < 0.5
    second = piece(random, topics[1], 420, credit=style.credit, deck=True)
    lines = _body(press, lead)
    rows = 1
    while rows * (columns - cut) + (rows // 2) * cut < len(lines):
        rows += 1
    short = [index < cut if on_left else index >= columns - cut for index in range(columns)]
    press.pour(lines, [(i, below, rows // 2 if short[i] else rows) for i in range(columns)])
    at = 0 if on_left else columns - cut
    top = below + (rows // 2) * style.pitch + 0.8 * style.pitch
    end = press.article(second, at, cut, top, size=style.small_headline)
    _wall(press, cut if on_left else columns - cut, top, end - 8)
    y = _rule(press, max(end, below + rows * style.pitch + 8))
    rest = [
        piece(random, topics[2], 300, credit=style.credit),
        piece(random, topics[3], 300, credit=style.credit),
    ]
    half = max(1, columns // 2)
    ends = [
        press.article(rest[0], 0, half, y, size=style.small_headline),
        press.article(rest[1], half, columns - half, y, size=style.small_headline),
    ]
    _wall(press, half, y, max(ends) - 8)
    press.foot()
    return [lead, second, *rest]


def aside(press: Press, random: Random, style: Style) -> list[Piece]:
    """Headlines over the first columns only, the text going on beside them; one article in a frame."""
    topics, columns = _topics(random, 5), style.columns
    y = press.folio()
    first = piece(random, topics[0], 700, credit=style.credit, kicker=True)
    y = press.article(first, 0, columns, y, head=columns - 1, size=style.small_headline)
    y = _rule(press, y + 4)
    second = piece(random, topics[1], 600, credit=style.credit, deck=True, crossheads=True)
    y = press.article(second, 0, columns, y, size=style.headline)
    y = _rule(press, y) + 4
    framed = piece(random, topics[2], 300, credit=style.credit)
    count = max(1, columns // 2)
    end = press.article(framed, 0, count, y, size=style.small_headline)
    press.canvas.frame(press.left(0) - 4, y - 2, press.left(0) + press.span(count) + 4, end - 4)
    other = piece(random, topics[3], 420, credit=style.credit)
    press.article(other, count, columns - count, y, size=style.small_headline)
    press.foot()
    return [first, second, framed, other]


def english(press: Press, random: Random, style: Style) -> list[Piece]:
    """A page in English."""
    y = press.folio("Yundu Harbour Post May 15, 2026 Page 3")
    pieces = [english_piece(random, order, 900 if order == 0 else 600) for order in range(3)]
    y = press.article(pieces[0], 0, style.columns, y)
    y = _rule(press, y)
    half = max(1, style.columns // 2)
    press.article(pieces[1], 0, half, y, size=style.small_headline)
    end = press.article(pieces[2], half, style.columns - half, y, size=style.small_headline)
    _wall(press, half, y, end)
    return pieces


def _body(press: Press, article: Piece) -> list[Set]:
    return set_body(article, press.style, press.column)


LAYOUTS: tuple[Layout, ...] = (bands, inset, aside)


def one_page(layout: Layout, style: Style, seed: int = 1) -> tuple[Canvas, list[Piece]]:
    """One page as drawn, and the articles on it."""
    random = Random(seed)  # noqa: S311 - a page, no secret
    press = Press(style, random=random)
    pieces = layout(press, random, style)
    return press.finish(), pieces
