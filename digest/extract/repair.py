"""Undoes what typesetting and OCR did to single lines, naming every character it drops; it joins no lines."""

from __future__ import annotations

import re
from typing import Final

from digest.extract.glyphs import HAN, INVISIBLE, squeezed
from digest.model import Repair, RepairKind

LONGEST_DOUBLED: Final = 160
"""Characters; no heading line is longer, so nothing longer is searched for doubled runs."""

_HEADING = re.compile(r"\s*(#{1,6})(?!#)\s*")
_TAGS = (
    "a|b|br|center|div|em|font|h[1-6]|hr|i|img|li|ol|p|span|strong|sub|sup|table|tbody|td|th|thead|tr|u|ul"
)
_IMAGE = re.compile(r"!\[[^\[\]]{0,300}\]\([^()]{0,600}\)|<img\b[^<>]{0,600}>", re.IGNORECASE)
_TAG = re.compile(rf"</?(?:{_TAGS})(?:\s[^<>]{{0,300}})?/?>", re.IGNORECASE)
_BLANK = re.compile(r"&(?:nbsp|ensp|emsp|thinsp|#160|#12288|#xA0|#x3000);?", re.IGNORECASE)
_EMPHASIS = re.compile(r"\*+|_{2,}|~~|`+")
_RULE = re.compile(r"[-=_*\s|:]{3,}$|\s*#+\s*$")
_BARS = re.compile(r"\s*\|.*\|\s*$")
_QUOTE = re.compile(r"\s*>[>\s]*")
_COMMENT = re.compile(r"<!--.{0,300}?-->")
_FORMULA = re.compile(r"\$([\d\s.,%\\+\-×~^{}_/=<>≤≥°℃()A-Za-z]{1,60})\$")
_COMMAND = re.compile(r"\\(?:text|mathrm|mathbf|circ|sim|times)?|[{}^$]")
_WORD = re.compile(r"(?<![A-Za-z\\])[A-Za-z]{3,}")
_SIGNS = re.compile(r"[#!<*_~`|>\-=&$]")
_SURE_UNIT = 3
_FEWEST_TWINS = 5
_SURE_ECHO = 4
_LONGEST_ECHOED = 60
_FEWEST_SPACED = 4
_SPACED = re.compile(rf"[{HAN}，。、；：！？“”‘’（）《》]")


def note(repairs: list[Repair], kind: RepairKind, dropped: str, line: int) -> None:
    """Records what was dropped from `line`, unless it is only white space."""
    if bare := squeezed(dropped):
        repairs.append(Repair(kind, bare, line))


def without_invisible(line: str, number: int, repairs: list[Repair]) -> str:
    """`line` without zero-width, control and private-use characters."""
    if line.isprintable() or not INVISIBLE.search(line):
        return line
    note(repairs, "invisible", "".join(INVISIBLE.findall(line)), number)
    return INVISIBLE.sub("", line)


def without_markup(line: str, number: int, repairs: list[Repair]) -> tuple[str, int, bool]:
    """The line without Markdown and HTML signs, its heading level (0: none), whether it held a picture.

    >>> without_markup("## 河湾架新桥", 7, [])
    ('河湾架新桥', 2, False)
    """
    if not _SIGNS.search(line):
        return line, 0, False
    image = _IMAGE.search(line) is not None
    if "<" in line or "&" in line or image:
        for pattern in (_COMMENT, _IMAGE, _TAG, _BLANK):
            line = _sweep(pattern, line, number, repairs, " ")
    if "$" in line:
        line = _FORMULA.sub(lambda found: _plain(found, number, repairs), line)
    if _RULE.match(line):
        note(repairs, "markup", line, number)
        return "", 0, image
    line = _head(_QUOTE, line, number, repairs)
    level = len(heading.group(1)) if (heading := _HEADING.match(line)) else 0
    line = _head(_HEADING, line, number, repairs)
    if level:
        bare = line.rstrip("# \t")
        note(repairs, "markup", line[len(bare) :], number)
        line = bare
    if _BARS.match(line):
        note(repairs, "markup", "|" * line.count("|"), number)
        line = line.replace("|", " ")
    return _sweep(_EMPHASIS, line, number, repairs, ""), level, image


def _plain(formula: re.Match[str], number: int, repairs: list[Repair]) -> str:
    """The figures of a formula that OCR sets in LaTeX, $3 5 \\%$, as they are printed."""
    if _WORD.search(formula.group(1)):
        return formula.group()
    note(repairs, "markup", "".join(_COMMAND.findall(formula.group())), number)
    return squeezed(_COMMAND.sub("", formula.group()))


def _sweep(pattern: re.Pattern[str], line: str, number: int, repairs: list[Repair], instead: str) -> str:
    if found := pattern.findall(line):
        note(repairs, "markup", "".join(found), number)
        return pattern.sub(instead, line)
    return line


def _head(pattern: re.Pattern[str], line: str, number: int, repairs: list[Repair]) -> str:
    if found := pattern.match(line):
        note(repairs, "markup", found.group(), number)
        return line[found.end() :]
    return line


def unspaced(line: str) -> str:
    """A letter-spaced line without its spaces; any other line as it is.

    >>> unspaced("作 等 情 况 汇 报 。 各 县")
    '作等情况汇报。各县'
    """
    pieces = line.split()
    bare = "".join(pieces)
    if len(pieces) < _FEWEST_SPACED or len(bare) > 1.5 * len(pieces) or not _SPACED.match(bare):
        return line
    return bare


def undoubled(line: str, number: int, repairs: list[Repair]) -> str | None:
    """The line printed once when fake bold printed its runs twice, else None.

    A line, or a piece of it between spaces, is doubled when squares tile it without a rest and at least
    one unit is three characters or longer: 红红火火 is a word, not a repetition.

    >>> undoubled("深学深深学深悟悟 笃行笃行", 1, [])
    '深学深悟 笃行'
    """
    bare = squeezed(line)
    if len(bare) > LONGEST_DOUBLED:
        return None
    doubtful = bool(TWINS.search(bare)) or may_echo(bare)
    if doubtful and (kept := tiled(bare) or _twinned(bare)):
        return _keep(line, kept, number, repairs)
    if " " in line and (once := _pieces_undoubled(line, number, repairs)):
        return once
    return _without_echo(line, bare, number, repairs) if doubtful else None


def may_echo(run: str) -> bool:
    """Whether a line without blanks may repeat itself, as a whole or in part: a test that costs little.

    Of what is repeated every fourth character stands again, and one of every three pairs.
    """
    size = len(run)
    if size < 2 * _SURE_UNIT or size > LONGEST_DOUBLED:
        return False
    if run.count(run[0]) > 1 and run.count(run[-1]) > 1:
        return True
    if size > _LONGEST_ECHOED or "，" in run or "。" in run:
        return False
    return max(map(run.count, run[::_SURE_ECHO])) > 1 and any(
        run.find(run[at : at + 2], at + _SURE_ECHO) > 0 for at in range(0, size - _SURE_ECHO - 1, 3)
    )


TWINS = re.compile(r"(.)\1(.)\2")
"""What stands in every run whose glyphs are all doubled."""

_TWINS = re.compile(rf"(?:(\S)\1){{{_FEWEST_TWINS},}}")
_ALL_TWINS = re.compile(r"(?:(\S)\1)+")


def _twinned(bare: str) -> list[bool] | None:
    """Which characters to keep where every glyph of a run stands twice, 新新桥桥通通车车; else None."""
    kept = [True] * len(bare)
    for found in _TWINS.finditer(bare):
        if len(set(found.group())) > _FEWEST_TWINS // 2:
            kept[found.start() + 1 : found.end() : 2] = [False] * (len(found.group()) // 2)
    return None if all(kept) else kept


def rest_of_twins(line: str, number: int, repairs: list[Repair]) -> str | None:
    """A short line printed once when it goes on from one whose every glyph stood twice, else None.

    >>> rest_of_twins("通通车车", 2, [])
    '通车'
    """
    bare = squeezed(line)
    if not _ALL_TWINS.fullmatch(bare):
        return None
    return _keep(line, [place % 2 == 0 for place in range(len(bare))], number, repairs)


_ECHO = re.compile(rf"([{HAN}]{{{_SURE_ECHO},40}})\1")


def _without_echo(line: str, bare: str, number: int, repairs: list[Repair]) -> str | None:
    """A heading line of which only a part is doubled, 新桥建成通车建成通车, printed once."""
    if len(bare) > _LONGEST_ECHOED or "，" in bare or "。" in bare or "；" in bare:
        return None
    if not (found := _ECHO.search(bare)):
        return None
    kept = [not found.end(1) <= place < found.end() for place in range(len(bare))]
    return _keep(line, kept, number, repairs)


def _pieces_undoubled(line: str, number: int, repairs: list[Repair]) -> str | None:
    pieces = line.split()
    if sum(map(len, pieces)) > LONGEST_DOUBLED or max(map(len, pieces)) < 2 * _SURE_UNIT:
        return None
    tilings = [tiled(piece) for piece in pieces]
    if all(tiling is None for tiling in tilings):
        return None
    masks = [
        [True] * len(piece) if tiling is None else tiling
        for piece, tiling in zip(pieces, tilings, strict=True)
    ]
    return _keep(line, [keep for mask in masks for keep in mask], number, repairs)


def _keep(line: str, kept: list[bool], number: int, repairs: list[Repair]) -> str:
    marks = iter(kept)
    flags = [None if char.isspace() else next(marks) for char in line]
    note(repairs, "doubled", "".join(c for c, flag in zip(line, flags, strict=True) if flag is False), number)
    return " ".join("".join(c for c, flag in zip(line, flags, strict=True) if flag is not False).split())


def tiled(run: str) -> list[bool] | None:
    """Which characters of `run` to keep when squares uu tile it and one unit is long enough; else None."""
    size = len(run)
    if size % 2 or size < 2 * _SURE_UNIT or run.count(run[0]) == 1 or len(set(run)) * 2 > size:
        return None
    best: list[tuple[int, int] | None] = [None] * (size + 1)  # (squares used, unit of the last one)
    best[0] = (0, 0)
    for start in range(0, size, 2):
        here = best[start]
        if here is None:
            continue
        squares = here[0] + 1
        for unit in range(1, (size - start) // 2 + 1):
            end = start + 2 * unit
            if run[start : start + unit] == run[start + unit : end]:
                known = best[end]
                if known is None or squares < known[0]:
                    best[end] = (squares, unit)
    return _mask(best, size)


def _mask(best: list[tuple[int, int] | None], size: int) -> list[bool] | None:
    kept = [True] * size
    longest, end = 0, size
    while end:
        square = best[end]
        if square is None:
            return None
        unit = square[1]
        kept[end - unit : end] = [False] * unit
        longest, end = max(longest, unit), end - 2 * unit
    return kept if longest >= _SURE_UNIT else None
