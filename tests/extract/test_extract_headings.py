"""Which lines of a heading are column title, kicker, headline and deck."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.word_pairs import as_module, pairs_within_words
from digest.extract import word_pairs
from digest.extract.glyphs import width
from digest.extract.heading_weights import WEIGHTS
from digest.extract.headings import Heading, read_heading, readings
from digest.extract.joints import set_joints
from digest.extract.lines import Line
from digest.extract.units import Unit

_BODY = "昨日，松城县举行河湾新桥通车仪式，河湾镇的居民过河只要五分钟。县交通局说，车流比预计多。"


def units(*lines: str, level: int = 0) -> list[Unit]:
    """Short lines of a heading; `/` at the start of one stands for a blank line before it."""
    made: list[Unit] = []
    for number, line in enumerate(lines):
        text = line.removeprefix("/")
        gap = int(line.startswith("/") or number == 0)
        made.append(Unit("short", [Line(number, text, width(text), gap=gap, level=level)], text))
    return made


def read(*lines: str, body: str = _BODY) -> tuple[str | None, list[str], str, list[str]]:
    """Column, kicker, headline and deck of a heading on a page of its own."""
    made = units(*lines)
    set_joints(made)
    heading = read_heading(made, body)
    assert heading.headline is not None
    return (
        heading.column.text if heading.column else None,
        [part.text for part in heading.kicker],
        heading.headline.text,
        [part.text for part in heading.deck],
    )


@pytest.mark.parametrize(
    ("lines", "kicker", "headline", "deck"),
    [
        (("松城县委召开会议强调", "建好河湾新桥"), ["松城县委召开会议强调"], "建好河湾新桥", []),
        (("河湾新桥通车仪式举行", "涉及五个村"), [], "河湾新桥通车仪式举行", ["涉及五个村"]),
        (("河湾新桥通车仪式举行", "林小满出席并讲话"), [], "河湾新桥通车仪式举行", ["林小满出席并讲话"]),
        (("河湾新桥通车了", "——松城县河湾镇见闻"), [], "河湾新桥通车了", ["——松城县河湾镇见闻"]),
        (("过河要绕十里路怎么办？", "松城修起新桥"), ["过河要绕十里路怎么办？"], "松城修起新桥", []),
        (("柯远山在河湾镇调研", "/造桥修路惠民生"), ["柯远山在河湾镇调研"], "造桥修路惠民生", []),
        (("松城桥梁论坛举行", "/跨过江河 走向明天"), ["松城桥梁论坛举行"], "跨过江河 走向明天", []),
        (
            ("聚焦群众出行", "松城修起新桥", "——河湾镇见闻"),
            ["聚焦群众出行"],
            "松城修起新桥",
            ["——河湾镇见闻"],
        ),
    ],
)
def test_wording_tells_kicker_headline_and_deck(
    lines: tuple[str, ...], kicker: list[str], headline: str, deck: list[str]
) -> None:
    assert read(*lines)[1:] == (kicker, headline, deck)


@pytest.mark.parametrize(
    ("lines", "headline"),
    [
        (("松城河湾新桥建成并正", "式通车"), "松城河湾新桥建成并正式通车"),
        (("河湾新桥是怎样建成的", "（松城观察）"), "河湾新桥是怎样建成的 （松城观察）"),
        (("“新桥通了，", "路就近了”"), "“新桥通了， 路就近了”"),
        (("河湾镇“新桥", "”通车"), "河湾镇“新桥 ”通车"),
        (("林小满：", "守着河湾渡口的人"), "林小满： 守着河湾渡口的人"),
        (("新桥“通”起来了", "小镇“活”起来了"), "新桥“通”起来了 小镇“活”起来了"),
        (("松城为河湾镇的", "新桥命名"), "松城为河湾镇的 新桥命名"),
    ],
)
def test_a_headline_over_two_lines_is_one(lines: tuple[str, ...], headline: str) -> None:
    assert read(*lines) == (None, [], headline, [])


def test_after_a_kicker_that_leads_on_two_lines_are_the_headline() -> None:
    lines = ("松城县委召开会议强调", "扎实建好河湾新桥", "推动松城交通发展")
    assert read(*lines)[1:3] == (["松城县委召开会议强调"], "扎实建好河湾新桥 推动松城交通发展")


def test_blanks_that_part_what_wording_parts_join_the_lines_without() -> None:
    page = [units(*lines) for lines in (("聚焦出行——", "/新桥通车了"), ("新桥通了", "/——河湾见闻"))]
    asked = units("山前的大坝蓄水", "灌区沿线有了水")
    bodies = [Unit("body", [Line(9, _BODY, 90, gap=1)], _BODY) for _ in range(3)]
    together = [*page[0], bodies[0], *page[1], bodies[1], *page[0], bodies[2], *asked]
    set_joints(together)
    assert asked[1].joint > 0 > page[1][1].joint


def test_blanks_after_every_line_part_nothing() -> None:
    page = units("松城", "/河湾", "/新桥", "/通车")
    set_joints(page)
    assert all(unit.joint > 0 for unit in page[1:])


@pytest.mark.parametrize("title", ["■松城纪事", "深读", "【山河走笔】", "一线观察·"])
def test_a_title_the_article_never_speaks_of_is_its_column(title: str) -> None:
    assert read(title, "河湾新桥通车了")[0] == title


@pytest.mark.parametrize("line", ["河湾新桥", "松城人把日子过红火", "■通车，新桥"])
def test_other_lines_are_no_column(line: str) -> None:
    assert read(line, "河湾镇的居民过河只要五分钟")[0] is None


def test_marked_lines_of_one_level_are_one_and_the_highest_is_the_headline() -> None:
    made = [*units("河湾新桥", "通车", level=1), *units("松城修桥记", level=2)]
    made[1].lines[0].gap = made[2].lines[0].gap = 0
    heading = read_heading(made, "")
    assert heading.headline is not None
    assert heading.headline.text.replace(" ", "") == "河湾新桥通车"
    assert [part.text for part in heading.deck] == ["松城修桥记"]


def test_no_line_of_an_endless_heading_is_lost() -> None:
    made = units(*(f"/第{number}行" for number in range(40)))
    heading = read_heading(made, _BODY)
    assert heading.headline is not None
    parts = [*heading.kicker, heading.headline, *heading.deck]
    assert [line.number for part in parts for line in part.lines] == list(range(40))


def test_nothing_has_no_heading() -> None:
    assert read_heading([], _BODY) == Heading()


def test_every_sign_has_its_weight() -> None:
    many = readings(units("松城：", "河湾新桥，", "（通车", "——见闻", "A new bridge"), _BODY, WEIGHTS)
    assert {name for reading in many for name in reading.signs} <= WEIGHTS.keys()


def test_the_table_of_words_is_what_the_script_writes() -> None:
    made = as_module(pairs_within_words())
    assert Path(word_pairs.__file__).read_text(encoding="utf-8") == made
