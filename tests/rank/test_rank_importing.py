from __future__ import annotations

import tomllib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.errors import DigestError
from digest.rank.exporting import export_profiles, profile_table, toml_string
from digest.rank.importing import Format, guess_format, import_profiles
from digest.rank.keyword import parse_line
from tests.rank.rank_articles import profile

TRENDRADAR = """\
# 说明
[GLOBAL_FILTER]
广告
!抽奖

[WORD_GROUPS]

[芯片产业]
芯片
+云溪
!招聘
@5
/半导体|集成电路/ => 半导体

大模型 => 人工智能
/(a+)+b/

!只有排除
"""

OPML = """<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE opml [<!ENTITY x "boom">]>
<opml version="2.0"><body><outline text="夹子">
<outline text="Google Alert - 芯片 OR 半导体 -招聘" xmlUrl="https://a.example/1"/>
<outline title="云溪 高铁 - Google News" xmlUrl="https://a.example/2"/>
</outline></body></opml>
"""


def keywords(text: str, form: Format) -> list[tuple[str, ...]]:
    return [draft.keywords for draft in import_profiles(text, form).drafts]


def test_trendradar_groups_become_profiles() -> None:
    imported = import_profiles(TRENDRADAR, "trendradar")
    assert [draft.title for draft in imported.drafts] == ["芯片产业", "大模型"]
    assert imported.drafts[0].keywords == ("芯片", "+云溪", "-招聘", "半导体 | 集成电路")
    assert imported.drafts[1].keywords == ("大模型",)
    assert imported.exclusions == ("广告", "抽奖")
    assert any("@5" in note for note in imported.notes)
    assert any("regular expressions" in note for note in imported.notes)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("芯片", ("芯片",)),
        ("芯片 出口", ("芯片 & 出口",)),
        ("芯片 OR 半导体 出口", ("(芯片 | 半导体) & 出口",)),
        ("芯片 AND (半导体 OR 出口)", ("芯片 & (半导体 | 出口)",)),
        ('"machine learning" -招聘 -"兼 职"', ("machine learning", "-招聘", "-兼 职")),
        ("intitle:芯片 出口", ("headline:芯片 & 出口",)),
        ("芯片 AROUND(5) 出口", ("芯片 NEAR/5 出口",)),
        ("芯片 -(招聘 OR 兼职)", ("芯片", "-(招聘 | 兼职)")),
        ("(芯片 出口) OR 云溪", ("(芯片 & 出口) | 云溪",)),
        ("芯片 site:a.example", ("芯片",)),
    ],
)
def test_searches_become_expressions(line: str, expected: tuple[str, ...]) -> None:
    assert keywords(line, "alerts") == [expected]


def test_table_gives_weights_and_profiles() -> None:
    table = "分组,关键词,权重\n芯片,半导体,2\n芯片,-招聘,\n铁路,高铁 (快),1\n"
    assert keywords(table, "csv") == [("半导体^2", "-招聘"), ('"高铁 (快)"',)]
    assert keywords("半导体;2\n高铁;1", "csv") == [("半导体^2", "高铁")]
    assert keywords("半导体，2\n高铁，1", "csv") == [("半导体^2", "高铁")]


def test_titles_of_feeds_become_profiles() -> None:
    assert keywords(OPML, "opml") == [("芯片 | 半导体", "-招聘"), ("云溪 & 高铁",)]


def test_list_of_terms_is_taken_as_it_is_and_faulty_ones_are_noted() -> None:
    imported = import_profiles("芯片^2\n\n出口 |\n-招聘\n", "terms")
    assert imported.drafts[0].keywords == ("芯片^2", "-招聘")
    assert [note[:10] for note in imported.notes] == ["left out: "]


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("a.opml", "", "opml"),
        ("a.txt", "<?xml", "opml"),
        ("a.csv", "", "csv"),
        ("frequency_words.txt", "芯片", "trendradar"),
        ("a.txt", "芯片\n!招聘", "trendradar"),
        ("a.txt", "芯片 OR 出口", "alerts"),
        ("a.txt", "芯片\n半导体^2", "terms"),
    ],
)
def test_format_is_guessed(name: str, text: str, form: Format) -> None:
    assert guess_format(name, text) == form


@pytest.mark.parametrize("form", ["trendradar", "alerts", "csv", "opml", "terms"])
def test_file_without_keywords_is_refused(form: Format) -> None:
    with pytest.raises(DigestError, match="no keywords"):
        import_profiles("\n", form)


def test_table_with_an_endless_cell_is_refused() -> None:
    with pytest.raises(DigestError, match="as a table"):
        import_profiles("芯片" * 100_000, "csv")


ANY_FORMAT = st.sampled_from(["trendradar", "alerts", "csv", "opml", "terms"])


@given(st.text('芯片ab \n\t,"()|-+!@/[]=<>*:OR', max_size=40) | st.text(max_size=40), ANY_FORMAT)
def test_whatever_is_imported_can_be_read_or_is_refused(text: str, form: Format) -> None:
    try:
        imported = import_profiles(text, form)
    except DigestError:
        return
    for draft in imported.drafts:
        assert all(parse_line(keyword) for keyword in draft.keywords)
    assert all(parse_line(word) for word in imported.exclusions)


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
def test_exported_strings_are_read_back(text: str) -> None:
    assert tomllib.loads(f"a = {toml_string(text)}")["a"] == text


def test_exported_profiles_are_read_back() -> None:
    read = tomllib.loads(export_profiles([profile("芯片^2", '"R^2"', threshold=20.5)]))["profiles"]
    assert read == [
        {
            "name": "profile-1",
            "title": "关注",
            "keywords": ["芯片^2", '"R^2"'],
            "threshold": 20.5,
            "public": True,
        }
    ]
    assert tomllib.loads(profile_table("a", "甲", []))["profiles"][0]["keywords"] == []
