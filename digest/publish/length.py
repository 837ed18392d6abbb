"""How much of a digest a mail shows, and what is left out first when it is too long."""

from __future__ import annotations

from dataclasses import dataclass

LONGEST_HEADLINE = 120
LONGEST_NAME = 60
LONGEST_WHY = 300
LONGEST_IMPRINT = 300
MOST_REPRINTS = 4
CONTENTS_FROM = 6
"""With so many clippings in several sections a digest begins with a table of contents."""


@dataclass(frozen=True, slots=True)
class Length:
    """What is shown; None is all.

    Attributes:
        lead: Signs of the lead at most; 0 leaves it out.
        reasons: Whether reasons and reprints are told.
        clippings, sections: At most so many clippings in a section, and sections.
    """

    lead: int = 150
    reasons: bool = True
    clippings: int | None = None
    sections: int | None = None


FULL = Length()

LENGTHS: tuple[Length, ...] = (
    FULL,
    Length(lead=70),
    Length(lead=0),
    Length(lead=0, reasons=False),
    *(Length(lead=0, reasons=False, clippings=most) for most in (20, 10, 5, 2, 1)),
    *(Length(lead=0, reasons=False, clippings=1, sections=most) for most in (50, 20, 5, 1)),
)
"""From all to the least; the first that fits into a mail is taken. Reasons outlast leads: they are short,
and a clipping that does not say why it is there is no use."""
