"""House styles of papers that do not exist: which conventions and defects go together; it sets nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Final, Literal

from digest.model import Kind

Form = Literal["text", "markdown", "plain"]
Mix = tuple[tuple[Kind, int], ...]


@dataclass(frozen=True)
class HouseStyle:
    """The knobs of the press. Templates have the slots named beside them.

    Attributes:
        form: Hard-wrapped text layer, OCR as Markdown, or OCR as plain lines.
        widths: Column widths in characters; an article takes one.
        changing: Widths change within an article, at a column break.
        indent: Characters a first line is shorter, or printed before it as full-width blanks.
        blanks: Blank lines within a body: none, at column breaks only, between paragraphs, after every line.
        column_length: Lines until a column breaks with a blank line; 0 for never.
        gap: Blank lines between articles and around headings.
        hanging: Closing punctuation may hang over the edge. `ragged`: lines differ in width.
        whole_words: Latin words and figures are not divided.
        heading: Where headings stand; amid is after the first part of the body.
        parted: The parts of a heading are parted by blank lines.
        kickers, decks: Whether those are printed.
        headline_lines: Most lines of a headline; `headline_mark` and so on stand before each in Markdown.
        doubled: Fake bold prints runs twice, or every glyph twice.
        spaced: Headlines are letter-spaced.
        column_title: {column}; None where columns go unnamed.
        crosshead: {text}, and {number} counting from 一.
        dateline: {place} {month} {day} {names}; None for none. `dated`: it says a date. `placed`: a place.
        names: In the dateline: {names}, or {a} and {b} for reporters and correspondents.
        credit: Where those who wrote are named, in which words: {names}, {a}, {b}, {photo}.
        joint: What parts names. `padded`: two-character names are set as wide as three.
        jump_on, jump_from: {page} in the notation of the paper. `jump_apart`: on a line of its own.
        speakers: Who asks and who answers in interviews; None for 记者 and the guest's name.
        caption: {text} {photo}; `caption_inside`: between paragraphs.
        photo: {text} {photo}: pictures with a text of their own, parted by newlines.
        folio, editors, furniture: Lines above, below and between; {place} and so on as in words.py.
        note: {column}: how an editor's note is announced.
        defects: Names of what goes wrong, see defects.py.
    """

    name: str
    form: Form = "text"
    widths: tuple[int, ...] = (16,)
    changing: bool = False
    indent: Literal["short", "printed", "none"] = "short"
    blanks: Literal["none", "columns", "paragraphs", "lines"] = "paragraphs"
    column_length: int = 0
    gap: int = 1
    hanging: bool = False
    ragged: bool = False
    whole_words: bool = True
    heading: Literal["before", "after", "mixed", "amid"] = "before"
    parted: bool = True
    kickers: bool = True
    decks: bool = True
    headline_lines: int = 1
    headline_mark: str = ""
    kicker_mark: str = ""
    deck_mark: str = ""
    doubled: Literal["", "runs", "glyphs"] = ""
    spaced: bool = False
    column_title: str | None = None
    crosshead: str = "{text}"
    dateline: str | None = "本报讯"
    dated: bool = False
    placed: bool = False
    names: str = ""
    credit_at: Literal["dateline", "above", "tail", "below", "none"] = "dateline"
    credit: str = ""
    credit_two: str = ""
    joint: str = " "
    padded: bool = False
    jump_on: str | None = None
    jump_from: str | None = None
    page_label: str = "{n}"
    speakers: tuple[str, str] | None = None
    jump_apart: bool = False
    caption: str = "图为{text}"
    caption_inside: bool = False
    photo: str = "{text}\n本报记者 {photo} 摄"
    folio: tuple[str, ...] = ()
    editors: str | None = None
    furniture: tuple[str, ...] = ()
    advertisement: bool = False
    note: str | None = None
    defects: frozenset[str] = frozenset()
    kinds: Mix = (("news", 8), ("photo", 1), ("commentary", 1))
    english: bool = False


_TEXT: Final = HouseStyle("")
_MARKDOWN: Final = HouseStyle(
    "", form="markdown", headline_mark="# ", crosshead="**{text}**", defects=frozenset({"columns broken"})
)
_ALL: Final[Mix] = (("news", 7), ("photo", 2), ("commentary", 2), ("interview", 1), ("notice", 1))

STYLES: Final = (
    replace(
        _TEXT,
        name="provincial daily",
        widths=(15, 16),
        column_length=12,
        heading="after",
        dateline="本报{place}{month}月{day}日讯",
        dated=True,
        placed=True,
        names="（山川日报记者 {names}）",
        padded=True,
        folio=("山川日报 2025年3月4日 星期二 第2版 要闻",),
        editors="本版责编：{PERSON} 版式：{PERSON2}",
        doubled="runs",
        headline_lines=2,
        jump_on="（下转第{page}版）",
        jump_from="（上接第{page}版）",
        kinds=_ALL,
    ),
    replace(
        _TEXT,
        name="city tabloid",
        widths=(11, 12, 22),
        dateline="本报讯",
        names="（记者 {a} 通讯员 {b}）",
        column_title="■{column}",
        crosshead="{text}",
        headline_lines=2,
        folio=("A07 都市·民生", "2025.3.4 星期二", "责编 {PERSON} 美编 {PERSON2}"),
        jump_on="下转A{page}版",
        jump_apart=True,
        caption="▲{text}{photo}摄",
        kinds=_ALL,
    ),
    replace(
        _TEXT,
        name="very narrow",
        widths=(8, 9, 10),
        column_length=20,
        blanks="none",
        dateline="本报讯",
        names="（{names}）",
        joint="、",
        whole_words=False,
        heading="before",
        decks=False,
    ),
    replace(
        _TEXT,
        name="very wide",
        widths=(34, 40),
        dateline=None,
        credit_at="above",
        credit="本报记者 {names}",
        indent="printed",
        crosshead="{number}、{text}",
        folio=("第03版：综合新闻", "2025-03-04"),
        kinds=_ALL,
    ),
    replace(
        _TEXT,
        name="printed indents",
        widths=(18,),
        indent="printed",
        blanks="none",
        dateline="澜口商报讯",
        names="（记者{names}）",
        joint="、",
        heading="before",
        headline_lines=3,
        caption="图为{text}",
        furniture=("slogan",),
        editors="编辑/{PERSON} 校对/{PERSON2}",
    ),
    replace(
        _TEXT,
        name="every line parted",
        widths=(17, 19),
        blanks="lines",
        heading="after",
        dateline="本报{place}讯",
        placed=True,
        names="（记者 {names}）",
        kickers=False,
        jump_from="(上接{page}版)",
        jump_on="(下转{page}版)",
        hanging=True,
    ),
    replace(
        _TEXT,
        name="column breaks only",
        widths=(14, 20),
        blanks="columns",
        column_length=9,
        heading="after",
        dateline=None,
        credit_at="below",
        credit="（{names}）",
        joint="　",
        padded=True,
        parted=False,
    ),
    replace(
        _TEXT,
        name="changing widths",
        widths=(13, 18, 26),
        changing=True,
        column_length=8,
        dateline="桐陵时报{month}月{day}日讯",
        dated=True,
        names="（记者 {names}）",
        heading="before",
        column_title="【{column}】",
        kinds=_ALL,
    ),
    replace(
        _TEXT,
        name="unindented flush",
        widths=(20,),
        indent="none",
        blanks="none",
        dateline=None,
        credit_at="above",
        credit="□记者 {names}",
        heading="before",
        headline_lines=2,
        crosshead="● {text}",
        gap=1,
    ),
    replace(
        _TEXT,
        name="agency page",
        widths=(16, 17),
        dateline="新华社{place}{month}月{day}日电",
        dated=True,
        placed=True,
        names="（记者{names}）",
        joint="、",
        heading="after",
        photo="{text}\n新华社发（{photo}摄）",
        caption="{text}（新华社记者{photo}摄）",
        folio=("国内国际", "2025年3月4日 农历乙巳年二月初五 4"),
        kickers=False,
    ),
    replace(
        _TEXT,
        name="letter-spaced weekly",
        widths=(24,),
        spaced=True,
        dateline=None,
        credit_at="above",
        credit="撰文 {names}",
        heading="before",
        column_title="{column}",
        crosshead="{number} {text}",
        furniture=("index",),
        indent="printed",
    ),
    replace(
        _TEXT,
        name="doubled glyphs",
        widths=(15,),
        doubled="glyphs",
        dateline="本报讯",
        names="记者{names}报道：",
        joint="、",
        heading="before",
        decks=True,
        kickers=True,
        caption="↑{text}",
        kinds=_ALL,
    ),
    replace(
        _TEXT,
        name="mixed headings",
        widths=(16, 22),
        heading="mixed",
        column_length=14,
        dateline="本报讯",
        names="（记者 {names}）",
        gap=2,
        jump_on="【下转第{page}版】",
        page_label="{han}",
        jump_from="【上接第{page}版】",
    ),
    replace(
        _TEXT,
        name="noisy text layer",
        widths=(17,),
        dateline="本报{month}月{day}日讯",
        dated=True,
        names="（记者{names}）",
        defects=frozenset({"stray marks", "page numbers", "justified", "invisible"}),
        furniture=("weather", "slogan"),
        advertisement=True,
        folio=("霁州都市报", "www.jizhou-example.cn", "2025/03/04 TUE", "第1234期 今日16版"),
    ),
    replace(
        _MARKDOWN,
        name="ocr daily",
        dateline="本报讯",
        names="（记者 {names}）",
        headline_mark="## ",
        column_title="【{column}】",
        jump_on="（下转第{page}版）",
        jump_from="（上接第{page}版）",
        kinds=_ALL,
        defects=frozenset({"columns broken", "characters repeated", "images", "ascii"}),
    ),
    replace(
        _MARKDOWN,
        name="ocr signed",
        dateline=None,
        credit_at="tail",
        credit="（{names}）",
        joint="、",
        headline_mark="# ",
        kicker_mark="### ",
        deck_mark="## ",
        crosshead="### {text}",
        defects=frozenset({"columns broken", "ascii", "images"}),
    ),
    replace(
        _MARKDOWN,
        name="ocr bold headings",
        dateline="云泽晚报讯",
        names="（记者 {a} 通讯员 {b}）",
        headline_mark="**",
        deck_mark="",
        crosshead="**{text}**",
        caption="{text} {photo} 摄",
        joint="　",
        defects=frozenset({"images", "tables"}),
        folio=("**A3** 云泽晚报 民生 2025年3月4日 星期二",),
        kinds=_ALL,
    ),
    replace(
        _MARKDOWN,
        name="ocr photo report",
        dateline=None,
        credit_at="above",
        credit="文/{names} 图/{photo}",
        headline_mark="# ",
        deck_mark="",
        column_title="■ {column}",
        caption="▲ {text}",
        caption_inside=True,
        defects=frozenset({"images", "columns broken"}),
        advertisement=True,
        crosshead="## {text}",
    ),
    replace(
        _MARKDOWN,
        name="ocr of a bad scan",
        dateline="本报讯",
        names="（记者 {names}）",
        headline_mark="# ",
        deck_mark="## ",
        defects=frozenset(
            {
                "columns broken",
                "characters repeated",
                "confused",
                "brackets",
                "stray marks",
                "page numbers",
                "ascii",
            }
        ),
        editors="责任编辑：{PERSON} 电话：0000-7654321",
    ),
    replace(
        _MARKDOWN,
        name="ocr entities",
        dateline="中新网{place}{month}月{day}日电",
        dated=True,
        placed=True,
        names=" ({names})",
        headline_mark="# ",
        crosshead="#### {text}",
        defects=frozenset({"entities", "ascii", "images"}),
        kickers=False,
        editors="来源：雁回周刊 责任编辑 {PERSON}",
    ),
    replace(
        _MARKDOWN,
        name="ocr headings split",
        headline_mark="## ",
        headline_lines=2,
        kicker_mark="## ",
        deck_mark="## ",
        dateline=None,
        credit_at="above",
        credit="本报记者 {names}",
        defects=frozenset({"columns broken", "characters repeated"}),
        note="### 开栏的话",
        jump_on="▶▶▶下转第{page}版",
        page_label="A{n}",
        jump_apart=True,
        kinds=_ALL,
    ),
    replace(
        _MARKDOWN,
        name="ocr under bodies",
        heading="after",
        dateline="本报{place}{month}月{day}日讯",
        dated=True,
        placed=True,
        names="（记者 {names}）",
        headline_mark="# ",
        deck_mark="",
        defects=frozenset({"columns broken"}),
    ),
    replace(
        _MARKDOWN,
        name="ocr plain lines",
        form="plain",
        headline_mark="",
        dateline="本报讯",
        names="（记者{a} 通讯员{b}）",
        crosshead="{text}",
        defects=frozenset({"columns broken", "ascii"}),
        furniture=("weather",),
        jump_on="（下转{page}版）",
        jump_from="（上接{page}版）",
        page_label="{han}",
        kinds=_ALL,
    ),
    replace(
        _MARKDOWN,
        name="ocr dense lines",
        form="plain",
        headline_mark="",
        blanks="none",
        gap=0,
        dateline=None,
        credit_at="above",
        credit="记者 {names} 摄影报道",
        crosshead="{text}",
        defects=frozenset(),
        decks=False,
    ),
    replace(
        _MARKDOWN,
        name="ocr wrapped",
        form="text",
        widths=(20, 21),
        headline_mark="# ",
        dateline="央视网消息：",
        credit_at="tail",
        credit="（记者{a} 通讯员{b}）",
        joint="、",
        crosshead="**{text}**",
        indent="none",
        defects=frozenset({"images", "confused"}),
    ),
    replace(
        _TEXT,
        name="evening features",
        widths=(21, 28),
        heading="before",
        dateline=None,
        credit_at="below",
        credit="{names}",
        joint="　",
        padded=True,
        column_title="｜{column}｜",
        indent="printed",
        blanks="none",
        crosshead="【{text}】",
        advertisement=True,
        folio=("雁回周刊 · 深度 · 08", "主编 {PERSON} 电话 0000-7654321"),
        kinds=(("news", 5), ("commentary", 3), ("interview", 2)),
    ),
    replace(
        _TEXT,
        name="comment page",
        widths=(19,),
        heading="before",
        dateline=None,
        credit_at="above",
        credit="◎{names}",
        kickers=False,
        decks=False,
        column_title="{column}",
        kinds=(("commentary", 8), ("news", 1)),
        folio=("评论 07", "欢迎来稿 信箱：pinglun@example.cn"),
        spaced=False,
        hanging=True,
    ),
    replace(
        _TEXT,
        name="notices and weather",
        widths=(16, 24),
        heading="before",
        dateline="本报讯",
        names="（通讯员 {names}）",
        kinds=(("news", 4), ("notice", 3), ("photo", 2)),
        furniture=("weather", "index", "slogan"),
        advertisement=True,
        note="编者按",
        editors="值班编委 {PERSON} 一版责编 {PERSON2}",
        photo="{text}（{photo} 摄）",
    ),
    replace(
        _TEXT,
        name="grassroots paper",
        widths=(14, 16),
        dateline="本报讯",
        credit_at="tail",
        credit="（{names}）",
        joint=" ",
        heading="after",
        parted=False,
        padded=True,
        editors="本版编辑 {PERSON}　校检 {PERSON2}",
        column_length=16,
    ),
    replace(
        _TEXT,
        name="reporter in the lead",
        widths=(18, 18, 24),
        dateline="本报记者 {names} {place}报道",
        placed=True,
        heading="before",
        column_title="{column} · ",
        caption="{text} 摄影：{photo}",
        blanks="paragraphs",
        headline_lines=2,
    ),
    replace(
        _TEXT,
        name="specials and interns",
        widths=(15, 18),
        dateline="霁州都市报讯",
        names="（本报特约记者 {a} 实习生 {b}）",
        heading="before",
        column_title="◆{column}",
        furniture=("slogan",),
        kinds=_ALL,
        speakers=("问", "答"),
        jump_on="（下转{page}版）",
        page_label="B{n}",
        jump_from="（上接{page}版）",
    ),
    replace(
        _TEXT,
        name="ocr ragged lines",
        widths=(17, 19),
        ragged=True,
        dateline="本报讯",
        names="(记者 {names})",
        heading="before",
        defects=frozenset({"ascii", "stray marks"}),
        crosshead="{text}",
    ),
    replace(
        _TEXT,
        name="signed with a source",
        widths=(18,),
        dateline=None,
        credit_at="below",
        credit="来源：山川日报 记者：{names}",
        joint="、",
        heading="before",
        kickers=False,
        caption="（资料图片）{text}",
    ),
    replace(
        _TEXT,
        name="relayed agency",
        widths=(13,),
        dateline="据新华社{place}{month}月{day}日电",
        dated=True,
        placed=True,
        names="（记者 {names}）",
        heading="after",
        headline_lines=2,
        whole_words=False,
        hanging=True,
        indent="printed",
    ),
    replace(
        _MARKDOWN,
        name="ocr bold kickers",
        headline_mark="# ",
        kicker_mark="",
        deck_mark="> ",
        dateline=None,
        credit_at="above",
        credit="■ 融媒体记者 {names}",
        crosshead="**{number}、{text}**",
        speakers=("Q", "A"),
        kinds=_ALL,
        defects=frozenset({"columns broken", "images", "page numbers"}),
    ),
    replace(
        _MARKDOWN,
        name="ocr tail reporter",
        headline_mark="### ",
        dateline=None,
        credit_at="tail",
        credit="（本报记者 {names}）",
        joint="　",
        padded=True,
        column_title="# {column}",
        defects=frozenset({"columns broken", "characters repeated"}),
        advertisement=True,
        furniture=("index", "weather"),
    ),
    replace(
        _MARKDOWN,
        name="ocr one level",
        headline_mark="# ",
        kicker_mark="# ",
        deck_mark="# ",
        crosshead="# {text}",
        dateline="本报讯",
        names="（记者 {names}）",
        defects=frozenset({"columns broken", "images"}),
        folio=("# 04 要闻", "2025年3月4日 星期二"),
        editors="本版责编：{PERSON} {PERSON2}",
    ),
    replace(
        _MARKDOWN,
        name="ocr formulas and tags",
        headline_mark="## ",
        dateline="临漪新报讯",
        names="（记者{names}）",
        joint="、",
        defects=frozenset({"columns broken", "tags", "formulas"}),
        caption="<center>图为{text}</center>",
        column_title="**{column}**",
        jump_on="（下转第 {page} 版）",
    ),
    replace(
        _TEXT,
        name="heading amid the body",
        widths=(15, 20),
        heading="amid",
        dateline="本报{place}{month}月{day}日讯",
        dated=True,
        placed=True,
        names="（记者 {names}）",
        column_length=18,
        kinds=(("news", 1),),
    ),
    replace(
        _TEXT,
        name="English page",
        widths=(22,),
        english=True,
        dateline=None,
        credit_at="above",
        credit="By {names}",
        kickers=False,
        heading="before",
        indent="none",
        kinds=(("news", 1),),
        joint=" and ",
    ),
)
"""House styles; several are deliberately unlike any page that rules were made from."""
