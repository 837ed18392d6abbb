"""Puts the lines of a block together as one text, as they would stand without the column's edges."""

from __future__ import annotations

import re

from digest.extract.glyphs import HAN, NEVER_FIRST
from digest.extract.latin import is_latin
from digest.extract.lines import Line
from digest.extract.repair import note
from digest.model import Repair

_LATIN = re.compile(r"[A-Za-zÀ-ɏ,.;:!?)\"]")
_ROLE = re.compile("记者|通讯员|实习生")
_HYPHENED = re.compile(r"[A-Za-z]-$")
_AROUND = 12
_LATIN_END = re.compile(r"[A-Za-z,.;:!?)\"]$")
_LATIN_START = re.compile(r"[A-Za-z(\"]")


def joined(lines: list[Line], repairs: list[Repair]) -> str:
    """The lines as one text: Latin words parted or rejoined, what OCR read twice once."""
    text = lines[0].text
    if len(lines) == 1:
        return text
    plain = "".join([line.text for line in lines])
    latin, listed = _LATIN.search(plain), _ROLE.search(plain)
    if lines[0].column and not latin and not listed:
        return plain
    for line in lines[1:]:
        following = line.text
        if (
            text[-1] == "-"
            and _HYPHENED.search(text[-2:])
            and following[0].islower()
            and following[0].isascii()
        ):
            note(repairs, "hyphen", "-", line.number)
            text = text[:-1] + following
        elif (latin and _words_meet(text, following)) or (listed and _between_names(text, following)):
            text += " " + following
        else:
            text += _unrepeated(text, line, repairs)
    return text


def _words_meet(text: str, following: str) -> bool:
    """Whether a line breaks between two words of a script that parts them."""
    if _HAN.match(following):
        return False
    if _LATIN_END.search(text[-1]) and _LATIN_START.match(following):
        return True
    around = is_latin(text[-_AROUND:]) and is_latin(following[:_AROUND])
    return around and following[0] not in NEVER_FIRST


_LISTED = re.compile(
    rf"[（(][^（）()]{{0,40}}(?:记者|通讯员|实习生)[^（）()]{{0,40}}?[ \u3000]?([{HAN}]{{2,3}})$"
)
_NEXT_LISTED = re.compile(rf"[{HAN}]{{2,3}}(?:[ \u3000）)]|$)")


def _between_names(text: str, following: str) -> bool:
    """Whether a line breaks between two whole names of a credit in brackets, where a blank stood."""
    if not _NEXT_LISTED.match(following) or _ROLE_END.search(text[-3:]):
        return False
    return _LISTED.search(text[-90:]) is not None


_ROLE_END = re.compile(r"(?:记者|讯员|习生)$")


def _unrepeated(text: str, line: Line, repairs: list[Repair]) -> str:
    """The line without what OCR read twice, before and after a column break."""
    following = line.text
    if line.column or not line.gap or following[0] != text[-1] or not _HAN.match(following[0]):
        return following
    note(repairs, "repeated", following[0], line.number)
    return following[1:].lstrip()


_HAN = re.compile(rf"[{HAN}]")
_SPACES = re.compile(r"\s+")
_BESIDE = re.compile(
    rf"(?<=[{HAN}，。、；：！？“”‘’（）《》])\s+(?=[\dA-Za-z（《“+])|(?<=[\dA-Za-z%％℃）》”])\s+(?=[{HAN}，。、；：！？“”‘’（）《》])|(?<=[，。、；：！？])\s+"
)


def tidy(text: str) -> str:
    """`text` without the blanks that justified type leaves beside figures and signs; others are single."""
    if " " not in text and "\u3000" not in text and "\t" not in text and "\xa0" not in text:
        return text
    if is_latin(text):
        return _SPACES.sub(" ", text).strip()
    return _BESIDE.sub("", _SPACES.sub(" ", text)).strip()
