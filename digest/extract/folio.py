"""Reads a folio line, 山川日报 2025年3月4日 第3版, in the notations papers use; it judges no page."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from digest.extract.glyphs import HAN, width
from digest.extract.numerals import chinese, number_of
from digest.model import Folio

_LONGEST = 120
_LEAST_KNOWN = 2
_ROOM = {2: 16, 3: 36}
"""Half-width columns of other text that a folio may have, by how much of it was read."""

_NUMERAL = "〇零○一二三四五六七八九十"
_DATES = (
    re.compile(r"(?P<y>(?:19|20)\d\d)\s*[年./·\-—]\s*(?P<m>\d{1,2})\s*[月./·\-—]\s*(?P<d>\d{1,2})\s*日?"),
    re.compile(rf"(?P<y>[{_NUMERAL}]{{4}})年(?P<m>[{_NUMERAL}]{{1,3}})月(?P<d>[{_NUMERAL}]{{1,3}})日?"),
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)(?P<m>[01]\d)(?P<d>[0-3]\d)(?!\d)"),
)
_REPUBLIC = re.compile(
    rf"(?:中华)?民国\s*(?P<y>\d{{2,3}}|[{_NUMERAL}]{{2,4}})\s*年\s*(?P<m>\d{{1,2}}|[{_NUMERAL}]{{1,3}})\s*月"
    rf"\s*(?P<d>\d{{1,2}}|[{_NUMERAL}]{{1,3}})\s*日"
)
_REPUBLIC_BEGAN = 1911
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = "(?P<m>Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]{0,6}"
_ENGLISH_DATES = (
    re.compile(rf"\b{_MONTH}\.? (?P<d>\d{{1,2}}),? (?P<y>(?:19|20)\d\d)\b", re.IGNORECASE),
    re.compile(rf"\b(?P<d>\d{{1,2}}) {_MONTH}\.?,? (?P<y>(?:19|20)\d\d)\b", re.IGNORECASE),
)
_WEEKDAY = re.compile(
    r"(?:星期|周)[一二三四五六日天]|\b(?:MON|TUES?|WED(?:NES)?|THU(?:RS)?|FRI|SAT(?:UR)?|SUN)(?:DAY)?\b",
    re.IGNORECASE,
)
_LUNAR = re.compile(
    r"(?:农历|夏历)?[甲乙丙丁戊己庚辛壬癸][子丑寅卯辰巳午未申酉戌亥]年"
    r"(?:[正闰一二三四五六七八九十冬腊]{1,3}月(?:初[一二三四五六七八九十]|[十廿二三][一二三四五六七八九十]{0,2})?)?"
    r"|(?:农历|夏历)[正闰一二三四五六七八九十冬腊]{1,3}月(?:初[一二三四五六七八九十]|[十廿二三][一二三四五六七八九十]{0,2})?"
)
_PAGE = re.compile(
    rf"第\s*(?P<a>[A-Z]?\s*\d{{1,3}}|[{_NUMERAL}]{{1,3}})\s*版"
    rf"|(?<![A-Za-z\d])(?P<b>[A-Z]?\d{{1,3}}|[{_NUMERAL}]{{1,3}})\s*版"
    r"|(?<![A-Za-z\d])(?P<c>[A-Z]\d{1,3})(?![\dA-Za-z%])"
    r"|(?:^|(?<=\s))(?P<d>0?\d{1,2})(?=\s|$)"
)
_PAPER = re.compile(
    rf"[{HAN}]{{1,10}}(?:日报|晚报|早报|晨报|商报|时报|快报|都市报|周报|周刊|导报|青年报|邮报|新报|导刊|报)(?![{HAN}])"
)
_ENGLISH_PAPER = re.compile(
    r"(?:[A-Z][\w’'\-]{1,20} ){1,4}"
    r"(?:(?i:Post|Times|Daily|News|Herald|Journal|Tribune|Gazette|Review|Star|Weekly|Standard|Observer|Mail))\b"
)
_PROSE = re.compile(r"[。，！？；“”《》]")
FIGURE: Final = re.compile(r"[版年\d]")
"""A date or a page's label has one of these."""

_DESK = re.compile(rf"[{HAN}]{{1,2}}?\s*(?:责编|编辑|美编|校对|主编)|电话|邮箱|E-?mail", re.IGNORECASE)


def parse_folio(line: str) -> Folio | None:
    """Paper, date and page number of a folio line, or None when the line is none.

    A line counts when it names two of the three and hardly anything else.

    >>> parse_folio("山川日报 2025年3月4日 星期二 第3版")
    Folio(paper='山川日报', date=datetime.date(2025, 3, 4), number=3, label='3')
    >>> parse_folio("二〇二五年三月四日，全县开了一次会。") is None
    True
    """
    if not FIGURE.search(line) or _PROSE.search(line):
        return None
    text = " ".join(line.split())
    if len(text) > _LONGEST:
        return None
    day, rest = _date(text)
    if day is None and "报" not in text and "刊" not in text:
        return None
    english = _ENGLISH_PAPER.search(text) if text.isascii() else None
    rest = _LUNAR.sub(" ", _WEEKDAY.sub(" ", rest))
    paper = english or _PAPER.search(_closed_up(rest)) or _PAPER.search(rest)
    label, rest = _label(rest)
    known = sum(value is not None for value in (paper, day, label))
    rest = rest.replace(paper.group(), " ") if paper else rest
    if known < _LEAST_KNOWN or _too_much(rest, known):
        return None
    return Folio(paper.group() if paper else None, day, number_of(label) if label else None, label)


_PIECE_LABEL = re.compile(
    rf"(?:第\s*[A-Z]?\d{{1,3}}\s*版|第[{_NUMERAL}]{{1,3}}版|[A-Z]\d{{1,3}}(?:\s*版)?|0\d(?:\s*版)?|\d{{1,2}}\s*版)[\s：:·|]*[{HAN}·、]{{0,8}}"
    rf"|\d{{1,2}}(?:\s+[{HAN}·、]{{1,8}})?"
)
_NAMED_LABEL = re.compile(
    rf"[{HAN}·、]{{2,8}}[\s：:·|]+(?P<label>第?(?:[A-Z]?\d{{1,2}}|[{_NUMERAL}]{{1,3}})版?)"
)
_SECTION = (
    "要闻|综合|国内|国际|中国|世界|时政|经济|财经|文化|体育|副刊|社会|民生|教育|健康|法治|评论|理论|深度|专题|专版|天下|都市|城事|县域|区县"
    "|城乡|本地|本市|视点|焦点|聚焦|特刊|特别报道|科技|生活|文娱|娱乐|旅游|三农|农业|党建|卫生|人文|读书|艺术|观点|时评|广告|服务|周刊|专刊"
    "|城市|社区|基层|乡村|乡镇|校园|企业|产业|市场|证券|金融|能源|汽车|房产|消费|文旅|文苑|读者|区域|地方|政法|军事|两岸|港澳|公告|信息"
)
_PAGE_NAME = re.compile(rf"(?:{_SECTION})(?:[·・•/／&与 ]?(?:{_SECTION})){{0,2}}(?:新闻|专版|版)?")
_NAME_ALONE = re.compile(
    rf"[{HAN}]{{2,6}}(?:日报|晚报|早报|晨报|商报|时报|快报|都市报|周报|周刊|青年报|新报|导报)"
)
_NUMERIC = re.compile(r"\d{4}[./\-]\d{1,2}[./\-]\d{1,2}")


def folio_piece(line: str) -> Folio | None:
    """What a line at the edge of a page tells when it is one piece of a folio set on several lines.

    A page's label and name, or a full date with its weekday; elsewhere such a line may be a heading.

    >>> folio_piece("A3 城事").label, folio_piece("十项措施惠民")
    ('A3', None)
    """
    text = " ".join(line.split())
    if not text or len(text) > _LONGEST or _PROSE.search(text):
        return None
    if _PIECE_LABEL.fullmatch(text):
        label, _ = _label(text) if "版" in text or text[0].isalpha() else (text.split()[0][:2], "")
        return Folio(number=number_of(label), label=label) if label else None
    if named := _NAMED_LABEL.fullmatch(text):
        label = named.group("label").strip("第版")
        return Folio(number=number_of(label), label=label)
    if _PAGE_NAME.fullmatch(text):
        return Folio()
    paper = _ENGLISH_PAPER.fullmatch(text) if text.isascii() else _NAME_ALONE.fullmatch(_closed_up(text))
    return Folio(paper=paper.group()) if paper else _date_alone(text)


_SCRAP = re.compile(
    rf"[A-Z]?\d{{1,4}}|第|期|版|[A-Za-z]{{3,16}}|[{HAN}]{{2,10}}[报刊]|[{HAN}]{{1,2}}刊|农历\S{{2,12}}|第?\d{{1,5}}期"
)


def folio_name(line: str) -> bool:
    """Whether a line is a paper's name and nothing else."""
    return _NAME_ALONE.fullmatch(_closed_up(line)) is not None


def folio_scrap(line: str) -> bool:
    """Whether a line may be a piece of a folio where others stand beside it: a date, a weekday, a number.

    >>> folio_scrap("2025年5月1日"), folio_scrap("星 期 二"), folio_scrap("新桥通车")
    (True, True, False)
    """
    bare = "".join(line.split())
    if len(bare) > _LONGEST or _PROSE.search(bare):
        return False
    if (
        _SCRAP.fullmatch(bare)
        or _WEEKDAY.fullmatch(bare)
        or _LUNAR.fullmatch(bare)
        or _PAGE_NAME.fullmatch(bare)
    ):
        return True
    day, rest = _date(bare)
    return day is not None and not _LUNAR.sub("", _WEEKDAY.sub("", rest)).strip()


def _date_alone(text: str) -> Folio | None:
    """A full date with its weekday, or in figures alone; offices sign notices with 年月日 and no weekday."""
    day, rest = _date(text)
    if day is None or not (_WEEKDAY.search(rest) or _NUMERIC.fullmatch(text)):
        return None
    return None if _too_much(_LUNAR.sub("", _WEEKDAY.sub("", rest)), _LEAST_KNOWN) else Folio(date=day)


_PADDING = re.compile(rf"(?<=(?<![{HAN}])[{HAN}]) (?=[{HAN}](?![{HAN}]))")


def _closed_up(text: str) -> str:
    """山 川 日 报 as 山川日报."""
    return _PADDING.sub("", text) if " " in text else text


def _too_much(rest: str, known: int) -> bool:
    """Beside what was read a folio has the page's name, an editor or a telephone, not a sentence."""
    return width("" if _DESK.search(rest) else rest) > _ROOM[known]


def _date(text: str) -> tuple[date | None, str]:
    if text.isascii():
        return _english_date(text)
    if "民国" in text and (found := _REPUBLIC.search(text)):
        year, month, day = (_number(found.group(part)) for part in "ymd")
        if dated := _valid(_REPUBLIC_BEGAN + year, month, day):
            return dated, text[: found.start()] + " " + text[found.end() :]
    return _numeric_date(text)


def _number(figures: str) -> int:
    return int(figures) if figures.isascii() and figures.isdigit() else chinese(figures) or 0


def _english_date(text: str) -> tuple[date | None, str]:
    for pattern in _ENGLISH_DATES:
        if found := pattern.search(text):
            month = _MONTHS.index(found.group("m").lower()) + 1
            if day := _valid(int(found.group("y")), month, int(found.group("d"))):
                return day, text[: found.start()] + " " + text[found.end() :]
    return _numeric_date(text)


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _numeric_date(text: str) -> tuple[date | None, str]:
    for pattern in _DATES:
        if found := pattern.search(text):
            parts = [
                int(part) if part.isdigit() and part.isascii() else chinese(part) for part in found.groups()
            ]
            try:
                day = date(*[part or 0 for part in parts])
            except ValueError:
                continue
            return day, text[: found.start()] + " " + text[found.end() :]
    return None, text


def _label(text: str) -> tuple[str | None, str]:
    found = _PAGE.search(text)
    if not found:
        return None, text
    label = next(group for group in found.groups() if group)
    return "".join(label.split()), text[: found.start()] + " " + text[found.end() :]
