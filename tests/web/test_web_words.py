from __future__ import annotations

import re
import string
from pathlib import Path
from uuid import UUID

import pytest

from digest.model import Article, Clip, Hit, Reason
from digest.shipped import shipped
from digest.web.excerpt import excerpt
from digest.web.failures import EXPLAINED
from digest.web.language import preferred
from digest.web.pager import Pager
from digest.web.score_bar import score_parts
from digest.web.site import root_from
from digest.web.words import WORDS, Speaker

TEMPLATES = sorted((shipped("templates") / "web").glob("*.html"))


def fields(phrase: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(phrase) if name}


@pytest.mark.parametrize("key", WORDS)
def test_both_languages_say_the_same(key: str) -> None:
    chinese, english = WORDS[key]
    assert chinese
    assert english
    assert fields(chinese) == fields(english.partition("|")[0] or english)
    assert "|" not in chinese


def test_every_phrase_of_the_templates_is_known() -> None:
    said = {
        key for path in TEMPLATES for key in re.findall(r"\bt\('([a-z_A-Z-]+)'[,)]", path.read_text("utf-8"))
    }
    assert said
    assert said <= set(WORDS)


def test_every_explained_failure_has_its_words() -> None:
    assert all({f"error_{status}", f"error_{status}_told"} <= set(WORDS) for status in EXPLAINED)


def test_templates_never_switch_escaping_off() -> None:
    for path in TEMPLATES:
        assert not re.search(r"\|\s*safe\b|autoescape", path.read_text("utf-8")), path.name


def test_an_unknown_phrase_is_an_error() -> None:
    with pytest.raises(KeyError):
        Speaker("en")("no such phrase")


@pytest.mark.parametrize(
    ("header", "language"),
    [
        ("zh-CN,zh;q=0.9,en;q=0.8", "zh-CN"),
        ("en-GB", "en"),
        ("fr;q=1, en;q=0.2, zh;q=0.3", "zh-CN"),
        ("fr, *;q=0.5", "zh-CN"),
        ("en;q=nonsense", "zh-CN"),
        (",;=;,", "zh-CN"),
        ("en;level=1", "en"),
    ],
)
def test_the_browsers_wish_decides(header: str, language: str) -> None:
    assert preferred(header, "zh-CN") == language


def test_an_excerpt_cuts_no_keyword_in_two() -> None:
    article = Article("news", "题", lead="麦苗返青时节农机下田忙")
    clip = Clip(UUID(int=1), UUID(int=2), 5.0, (Reason("农机", 5.0, (Hit("lead", 0, 6, 8),)),))
    assert excerpt(article, [clip], 7) == "麦苗返青时节…"


def test_an_article_without_lead_is_excerpted_from_its_caption() -> None:
    assert excerpt(Article("photo", "题", captions=("农机手<检修>",)), ()) == "农机手&lt;检修&gt;"
    assert excerpt(Article("photo", "题"), ()) == ""


def test_what_takes_points_off_has_no_width() -> None:
    clip = Clip(UUID(int=1), UUID(int=2), 30.0, (Reason("春耕", 40.0), Reason("prominence", -10.0)))
    assert [(part.start, part.width) for part in score_parts(clip, "en")] == [(0, 40), (40, 0)]


def test_a_bar_is_never_wider_than_the_whole() -> None:
    clip = Clip(UUID(int=1), UUID(int=2), 150.0, (Reason("甲", 80.0), Reason("乙", 70.0)))
    assert [part.width for part in score_parts(clip, "en")] == [80, 20]


def test_the_way_to_the_root_holds_at_any_depth() -> None:
    assert root_from(b"/a/b/c") == "../../"
    assert root_from(b"/a%2Fb") == "./"


def test_pages_of_a_list() -> None:
    assert (Pager(3, 45, 20).skip, Pager(3, 45, 20).last, Pager(1, 20, 20).last) == (40, 3, 1)


def test_every_state_a_file_can_have_is_said_with_what_to_do() -> None:
    manual = (Path(__file__).parents[2] / "docs" / "operations.md").read_text("utf-8")
    rows = manual.partition("| state | means | remedy |")[2].partition("\n\n")[0]
    states = set(re.findall(r"^\| `([a-z_]+)` \|", rows, re.MULTILINE)) - {"read", "fault"}
    assert len(states) > 10
    assert {f"{part}_{state}" for state in states for part in ("state", "told")} <= set(WORDS)
