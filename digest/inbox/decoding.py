"""Turns the bytes of a page into text, whatever its encoding; it may guess, but never replaces characters.

UTF-8 is recognised by its structure and UTF-16 by its mark. Everything else is decoded in all ways that are
possible and judged by how many of its characters are ones Chinese newspapers print.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator
from functools import cache

from digest.errors import PageError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)

_GUESSES = (
    ("utf-16-le", "utf-16-le"),
    ("utf-16-be", "utf-16-be"),
    ("gb18030", "gb18030"),
    ("cp950", "big5"),
    ("big5hkscs", "big5"),
)
"""Codec and the name it is reported by; the earlier wins a draw."""

_FREQUENT = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里"
    "用道行所然家种事成方多经么去法学如都同现当没动面起看定天分还进好小部其些主样理心本前开但因只从想实日军者"
    "意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重并物手应战向头文体政美相见被利"
    "什二等产或新己制身果加西斯月话合回特代内信表化老给世位次度门任常先海通教儿原东声提立及比员解水名真论处走"
    "义各入几口认条平系气题活更别打女变四神总何电数安少报才结反受目太量再感建务做接必场件计管期市直德资命山金"
    "指克许统区保至队形社便空决治展马科司五基眼书非则听白却界达光放强即像难且权思王象完设式色路记南品住告类求"
    "据程北边死张该交规万取拉格望觉术领共确传师观清今切院让识候带导争运省县镇村党委委员记者讯摄版"
    "這個們來為國說時會對著過發後裡種經麼學現當沒動還進樣開從實軍無與長機業將兩間問應戰頭體見產話給門兒東聲"
    "處義幾認條係氣題爾別變總電數報結務場計許統區隊決馬書聽卻達強難權設類邊張該規萬覺術領確傳師觀讓識帶導爭"
    "運關點據縣鎮黨委員記訊攝灣臺港澳於並"
)

_PRINTED_RANGES = ((0x2010, 0x2026), (0x2460, 0x2473), (0x3000, 0x3017), (0xFF01, 0xFF5E))
"""Dashes and quotes, circled numbers, CJK punctuation, full-width forms."""

_SAMPLE = 20_000
"""Characters that are judged; more would cost time and change nothing."""

_LEAST_PLAUSIBLE = 1.0
_MOST_CONTROLS = 0.05
_TEXT_CONTROLS = frozenset("\t\n\v\f\r\x1a\x85")


def decode(content: bytes) -> tuple[str, str]:
    r"""The text, lines parted at "\n" only and without byte order mark, and the name of its encoding.

    Raises:
        PageError: `empty`, `binary` or `undecodable`.

    >>> decode("今年的春耕\r\n已经开始。".encode("gb18030"))
    ('今年的春耕\n已经开始。', 'gb18030')
    """
    if not content:
        raise PageError("empty", "the file has no bytes")
    text, encoding = _marked(content) or _utf8(content) or _guessed(content)
    return _plain_lines(text), encoding


def _marked(content: bytes) -> tuple[str, str] | None:
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            text = _strictly(content[len(mark) :], encoding)
            return (text, encoding) if text is not None and _is_text(text) else None
    return None


def _utf8(content: bytes) -> tuple[str, str] | None:
    text = _strictly(content, "utf-8")
    return (text, "utf-8") if text is not None and _is_text(text) else None


def _guessed(content: bytes) -> tuple[str, str]:
    readings = list(_readings(content))
    if not readings:
        raise _refusal(content)
    plausible, _, text, encoding = max(readings, key=lambda reading: reading[:2])
    if plausible < _LEAST_PLAUSIBLE:
        raise _refusal(content)
    return text, encoding


def _readings(content: bytes) -> Iterator[tuple[float, int, str, str]]:
    """Every possible reading as (plausibility, precedence, text, encoding name)."""
    for order, (codec, encoding) in enumerate(_GUESSES):
        text = _strictly(content, codec)
        if text is not None and _is_text(text):
            yield _plausibility(text[:_SAMPLE]), -order, text, encoding


def _strictly(content: bytes, codec: str) -> str | None:
    try:
        return content.decode(codec)
    except UnicodeDecodeError:
        return None


def _is_text(text: str) -> bool:
    """Free of NUL and nearly free of other control characters; form feeds part the pages of a text layer."""
    if "\0" in text:
        return False
    sample = text[:_SAMPLE]
    controls = sum(1 for character in sample if _is_control(character))
    return controls <= max(1, len(sample) * _MOST_CONTROLS)


def _is_control(character: str) -> bool:
    return (character < " " or "\x7f" <= character < "\xa0") and character not in _TEXT_CONTROLS


def _plausibility(text: str) -> float:
    """0..2, how much the characters outside ASCII look like a Chinese newspaper's.

    A character of the national standards' first level counts 1, a frequent one 2: a wrong reading hits the
    first level about every other time, but frequent characters hardly ever.
    """
    judged = [character for character in text if character > "\x7f"]
    if not judged:
        return 2.0
    return sum(map(_familiarity, judged)) / len(judged)


def _familiarity(character: str) -> int:
    if character in _FREQUENT or _is_printed_sign(character):
        return 2
    return 1 if character in _first_level() else 0


def _is_printed_sign(character: str) -> bool:
    return any(first <= ord(character) <= last for first, last in _PRINTED_RANGES)


@cache
def _first_level() -> frozenset[str]:
    """The first-level characters of GB 2312 (rows 16-55) and of Big5 (A440-C67E)."""
    simplified = (bytes((lead, trail)) for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF))
    trails = (*range(0x40, 0x7F), *range(0xA1, 0xFF))
    traditional = (bytes((lead, trail)) for lead in range(0xA4, 0xC7) for trail in trails)
    characters = {pair.decode("gb2312", "ignore") for pair in simplified}
    characters |= {pair.decode("big5", "ignore") for pair in traditional}
    return frozenset(characters - {""})


def _refusal(content: bytes) -> PageError:
    sample = content[:_SAMPLE]
    controls = sum(1 for byte in sample if _is_control(chr(byte)) and byte < 0x80)  # noqa: PLR2004 - ASCII ends
    if 0 in sample or controls > len(sample) * _MOST_CONTROLS:
        return PageError("binary", "the file is no text; put the page's text layer there instead")
    return PageError(
        "undecodable", "the encoding is not UTF-8, UTF-16, GB18030 or Big5; save the file as UTF-8"
    )


def _plain_lines(text: str) -> str:
    return text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
