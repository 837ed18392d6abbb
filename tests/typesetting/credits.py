"""Words datelines and credits as a house style does; it sets no lines."""

from __future__ import annotations

import re
from random import Random

from tests.typesetting.composing import padded
from tests.typesetting.defects import credit_misread
from tests.typesetting.manuscripts import Manuscript
from tests.typesetting.styles import HouseStyle

_SECOND = re.compile(r" ?[一-鿿]+ ?\{b\}")
_SIGNED = ("news", "commentary", "interview")


def dateline_of(manuscript: Manuscript, style: HouseStyle, rng: Random) -> str:
    """Dateline and the names in it, before the first sentence of news; empty where the style has none."""
    if manuscript.kind != "news" or not style.dateline:
        return ""
    names = " ".join(_names(manuscript.authors, style))
    line = style.dateline.format(
        place=manuscript.place, month=manuscript.month, day=manuscript.day, names=names
    )
    credit = credit_misread(_worded(style.names, manuscript, style), style.defects, rng)
    return line + credit + ("" if line.endswith("：") or credit.endswith("：") else " " if not credit else "")


def credit_line(manuscript: Manuscript, style: HouseStyle, rng: Random, *, at: str) -> str:
    """The credit outside the dateline, where the style has it there; commentaries are always signed."""
    if manuscript.kind not in _SIGNED:
        return ""
    place = style.credit_at
    if place == "dateline" and manuscript.kind != "news":
        place = "above"
    if place != at:
        return ""
    return credit_misread(_worded(style.credit or "□ {names}", manuscript, style), style.defects, rng)


def byline_of(manuscript: Manuscript, style: HouseStyle, *, first: bool, last: bool) -> tuple[str, ...]:
    """Whom the page names, when its first and its last paragraph stand whole on it."""
    if manuscript.kind == "photo":
        return (manuscript.photographer,) if manuscript.photographer else ()
    if manuscript.kind not in _SIGNED:
        return ()
    printed_at_end = style.credit_at in {"tail", "below"}
    if not (last if printed_at_end else first):
        return ()
    extra = (manuscript.photographer,) if "{photo}" in style.credit and manuscript.photographer else ()
    return tuple(dict.fromkeys((*manuscript.authors, *extra)))


def _names(people: tuple[str, ...], style: HouseStyle) -> list[str]:
    wide = style.joint == "　"
    return [padded(name, wide=wide) if style.padded else name for name in people]


def _worded(template: str, manuscript: Manuscript, style: HouseStyle) -> str:
    people = _names(manuscript.authors, style)
    first, rest = people[:1], people[1:]
    if "{b}" in template and not rest:
        template = _SECOND.sub("", template)
    return template.format(
        names=style.joint.join(people),
        a=style.joint.join(first),
        b=style.joint.join(rest),
        photo=manuscript.photographer,
    )
