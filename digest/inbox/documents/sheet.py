"""What stands where on one page of a PDF: values that geometry is reckoned with; nothing here parses."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Box:
    """A rectangle in points, y downwards from the page's upper edge."""

    x0: float
    y0: float
    x1: float
    y1: float

    @property
    def width(self) -> float:
        """Never negative in what the reader makes."""
        return self.x1 - self.x0

    @property
    def height(self) -> float:
        """Never negative in what the reader makes."""
        return self.y1 - self.y0

    def shared_width(self, other: Box) -> float:
        """How far both stand above each other; negative where a gap parts them."""
        return min(self.x1, other.x1) - max(self.x0, other.x0)

    def shared_height(self, other: Box) -> float:
        """How far both stand beside each other; negative where a gap parts them."""
        return min(self.y1, other.y1) - max(self.y0, other.y0)

    def covers(self, other: Box, slack: float = 1.0) -> bool:
        """Whether `other` lies within, give or take `slack`."""
        return (
            self.x0 - slack <= other.x0
            and self.y0 - slack <= other.y0
            and other.x1 <= self.x1 + slack
            and other.y1 <= self.y1 + slack
        )


def hull(boxes: Iterable[Box]) -> Box:
    """The smallest box around all of `boxes`, of which there must be one.

    >>> hull([Box(0, 0, 1, 1), Box(2, 1, 3, 4)])
    Box(x0=0, y0=0, x1=3, y1=4)
    """
    every = list(boxes)
    return Box(
        min(box.x0 for box in every),
        min(box.y0 for box in every),
        max(box.x1 for box in every),
        max(box.y1 for box in every),
    )


@dataclass(frozen=True, slots=True)
class Glyph:
    """One printed character.

    Attributes:
        x0, x1: Its advance, so that neighbours in a word touch.
        baseline: y of the line it stands on.
        size: Height of the type, as printed.
        font: Name of the typeface without subset tag; empty when the file does not say.
        spaced: A blank stands before it in the file.
    """

    char: str
    x0: float
    x1: float
    baseline: float
    size: float
    font: str = ""
    spaced: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """A page as drawn.

    Attributes:
        glyphs: Upright characters in the order of the file, none drawn twice.
        turned: Text that stands on its side, in the order of the file.
        level, upright: Rules across and down; `frames` boxes drawn around something; `pictures` images.
    """

    width: float
    height: float
    glyphs: list[Glyph] = field(default_factory=list[Glyph])
    turned: list[str] = field(default_factory=list[str])
    level: list[Box] = field(default_factory=list[Box])
    upright: list[Box] = field(default_factory=list[Box])
    frames: list[Box] = field(default_factory=list[Box])
    pictures: list[Box] = field(default_factory=list[Box])
