"""Draws house styles at random from all knobs, so that no rule can have been made for them."""

from __future__ import annotations

from random import Random
from typing import Any, Final

from tests.typesetting.manuscripts import seeded
from tests.typesetting.styles import Form, HouseStyle, Mix

_KINDS: Final[tuple[Mix, ...]] = (
    (("news", 8), ("photo", 1), ("commentary", 1)),
    (("news", 7), ("photo", 2), ("commentary", 2), ("interview", 1), ("notice", 1)),
    (("news", 1),),
)
_DATELINES: Final = (
    ("本报讯", False, False),
    ("本报{place}讯", False, True),
    ("本报{place}{month}月{day}日讯", True, True),
    ("本报{month}月{day}日讯", True, False),
    ("雁回青年报讯", False, False),
    ("沙棠新闻网{month}月{day}日讯", True, False),
    ("新华社{place}{month}月{day}日电", True, True),
    ("中新社{place}{month}月{day}日电", True, True),
    ("据新华社{place}电", False, True),
)
_IN_DATELINE: Final = (
    "（记者 {names}）",
    "（记者{names}）",
    "（本报记者 {names}）",
    "（记者 {a} 通讯员 {b}）",
    "（{names}）",
    "（通讯员 {names}）",
    "（融媒体记者 {a} 实习记者 {b}）",
)
_CREDITS: Final = {
    "above": (
        "本报记者 {names}",
        "□{names}",
        "■ 记者 {names}",
        "记者/{names}",
        "文/{names}",
        "撰文/{names} 摄影/{photo}",
        "作者：{names}",
    ),
    "below": ("（{names}）", "本报记者 {names}", "（记者 {names}）", "撰稿：{names}", "□ {names}"),
    "tail": ("（{names}）", "（记者 {names}）", "（本报记者{names}）", "（记者{a} 通讯员{b}）"),
}
_JUMPS: Final = (
    ("（下转第{page}版）", "（上接第{page}版）"),
    ("（下转{page}版）", "（上接{page}版）"),
    ("【下转第{page}版】", "【上接第{page}版】"),
    (None, None),
    (None, None),
)
_FOLIOS: Final = (
    (),
    (),
    ("霁州晨报 2025年11月2日 星期日 第6版 社会",),
    ("B06", "民生新闻", "2025年11月2日 星期日"),
    ("2025年11月2日 星期日 责任编辑 {PERSON} 电话：0000-5550123", "综合 6"),
    ("6 国内", "望川商报"),
)
_EDITORS: Final = (
    None,
    None,
    "本版责编 {PERSON} 版式 {PERSON2}",
    "责任编辑：{PERSON}　美术编辑：{PERSON2}",
    "编辑 {PERSON}",
)
_COLUMNS: Final = (
    None,
    None,
    None,
    "【{column}】",
    "■{column}",
    "▎{column}",
    "{column}",
    "[{column}]",
    "◎ {column}",
)
_CAPTIONS: Final = (
    "图为{text}",
    "▲{text}",
    "{text}{photo}摄",
    "{text}（{photo} 摄）",
    "上图：{text}",
    "{text} 本报记者 {photo} 摄",
)
_PHOTOS: Final = (
    "{text}\n本报记者 {photo} 摄",
    "{text}（{photo} 摄）",
    "{text}\n{photo} 摄",
    "{text}\n（{photo} 摄影报道）",
    "{text}{photo}摄",
)


def drawn_style(seed: int) -> HouseStyle:
    """The style that the seed draws."""
    rng = seeded("drawn", seed)
    choose = rng.choice
    form: Form = choose(("text", "text", "text", "markdown", "markdown", "plain"))
    dateline, dated, placed = choose(_DATELINES)
    credit_at = choose(("dateline", "dateline", "above", "below", "tail"))
    jump_on, jump_from = choose(_JUMPS)
    text = form == "text"
    return HouseStyle(
        f"drawn {seed}",
        form=form,
        widths=tuple(rng.sample(range(9, 36), rng.randint(1, 2))),
        changing=rng.random() < 0.2,
        indent=choose(("short", "short", "printed", "none")) if text else "none",
        blanks=choose(("none", "columns", "paragraphs", "paragraphs", "lines")) if text else "paragraphs",
        column_length=choose((0, 0, 9, 16)),
        gap=1,
        hanging=rng.random() < 0.3,
        ragged=rng.random() < 0.15,
        whole_words=rng.random() < 0.6,
        heading=choose(("before", "before", "after") if text else ("before",) * 7 + ("after",)),
        parted=rng.random() < 0.8,
        kickers=rng.random() < 0.8,
        decks=rng.random() < 0.8,
        headline_lines=choose((1, 1, 1, 2)),
        doubled=choose(("", "", "runs", "glyphs")) if text else "",
        spaced=text and rng.random() < 0.1,
        column_title=choose(_COLUMNS),
        dateline=dateline if credit_at == "dateline" or rng.random() < 0.3 else None,
        dated=dated,
        placed=placed,
        names=choose(_IN_DATELINE) if credit_at == "dateline" else "",
        credit_at=credit_at,
        credit=choose(_CREDITS[credit_at]) if credit_at in _CREDITS else "",
        joint=choose((" ", "、", "　")),
        padded=rng.random() < 0.3,
        jump_on=jump_on,
        jump_from=jump_from,
        page_label=choose(("{n}", "{n}", "A{n}", "{han}")),
        caption=choose(_CAPTIONS),
        photo=choose(_PHOTOS),
        folio=choose(_FOLIOS),
        editors=choose(_EDITORS),
        furniture=tuple(rng.sample(("slogan", "weather", "index"), choose((0, 0, 1)))),
        advertisement=rng.random() < 0.1,
        kinds=choose(_KINDS),
        **_marks(form, rng),
    )


def _marks(form: Form, rng: Random) -> dict[str, Any]:
    """What is marked, and which defects go with the form."""
    if form == "text":
        return {
            "defects": frozenset(
                rng.sample(("justified", "invisible", "page numbers"), rng.choice((0, 0, 1)))
            )
        }
    defects = {"columns broken"} | set(
        rng.sample(("ascii", "images", "characters repeated", "brackets", "tags"), 2)
    )
    if form == "plain":
        return {"defects": frozenset(defects)}
    level = rng.choice(("#", "##"))
    return {
        "defects": frozenset(defects),
        "headline_mark": f"{level} ",
        "kicker_mark": rng.choice(("", "", f"{level}# ")),
        "deck_mark": rng.choice(("", "", f"{level}# ")),
        "crosshead": rng.choice(("{text}", "**{text}**", level + "## {text}")),
    }
