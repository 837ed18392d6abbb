"""Plain house styles, each with one knob or two turned: what they set must be read without a fault."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from tests.typesetting.styles import HouseStyle

_PLAIN: Final = HouseStyle(
    "plain",
    dateline="本报{place}{month}月{day}日讯",
    dated=True,
    placed=True,
    names="（记者 {names}）",
)
_UNDATED: Final = replace(_PLAIN, dateline=None, dated=False, placed=False)
_MARKDOWN: Final = replace(_PLAIN, form="markdown", headline_mark="## ")
_BROKEN: Final = frozenset({"columns broken"})

PLAIN_STYLES: Final = (
    _PLAIN,
    replace(_PLAIN, name="after", heading="after", widths=(18,), column_length=11),
    replace(_PLAIN, name="doubled", heading="after", doubled="runs", widths=(15,)),
    replace(_PLAIN, name="blank lines", blanks="lines", heading="after", widths=(20,)),
    replace(_PLAIN, name="no blanks", blanks="none", widths=(17,)),
    replace(
        _UNDATED, name="above", credit_at="above", credit="本报记者 {names}", widths=(19,), heading="after"
    ),
    replace(
        _UNDATED, name="below", credit_at="below", credit="□ 本报记者 {names}", widths=(17,), heading="after"
    ),
    replace(_UNDATED, name="signed", credit_at="tail", credit="（{names}）", joint="、", widths=(24,)),
    replace(_PLAIN, name="narrow", widths=(12,), column_length=9),
    replace(
        _PLAIN,
        name="wide",
        widths=(34,),
        folio=("山川日报 2025年3月4日 星期二 第3版",),
        editors="责任编辑：秋水 版式：长天",
    ),
    replace(_PLAIN, name="hanging", hanging=True, blanks="lines"),
    replace(_PLAIN, name="unindented", indent="none", widths=(18,)),
    replace(_PLAIN, name="agency", dateline="新华社{place}{month}月{day}日电", widths=(18,), heading="after"),
    replace(_MARKDOWN, name="ocr", defects=_BROKEN),
    replace(
        _MARKDOWN,
        name="ocr ascii",
        dateline=None,
        dated=False,
        placed=False,
        credit_at="tail",
        credit="（{names}）",
        joint="、",
        headline_mark="# ",
        defects=frozenset({"ascii"}),
    ),
    replace(
        _MARKDOWN,
        name="ocr above",
        dateline=None,
        dated=False,
        placed=False,
        credit_at="above",
        credit="本报记者 {names}",
    ),
    replace(
        _MARKDOWN,
        name="ocr signed",
        dateline=None,
        dated=False,
        placed=False,
        credit_at="below",
        credit="作者：{names}",
        defects=_BROKEN,
    ),
)
