from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.rank.expression import Words
from digest.rank.fold import key_of
from digest.rank.matcher import COMPOUND_CREDIT, Matcher
from digest.rank.segments import frequency, is_word, segment


def hits(keyword: str, text: str) -> list[str]:
    return [text[match.start : match.end] for match in Matcher([Words(keyword)]).find(text)]


@pytest.mark.parametrize(
    ("keyword", "text", "found"),
    [
        ("mac", "machine", []),
        ("mac", "iMac", []),
        ("mac", "Mac、mac-book 与 ＭＡＣ", ["Mac", "mac", "ＭＡＣ"]),
        ("5G", "5G网络", ["5G"]),
        ("5G", "15G 内存", []),
        ("5G网络", "5 G网络与５Ｇ 网络", ["５Ｇ 网络"]),
        ("AI芯片", "OpenAI芯片", []),
        ("machine learning", "Machine\nLearning", ["Machine\nLearning"]),
        ("数据", "big数据", ["数据"]),
    ],
)
def test_latin_ends_of_keywords_are_ends_of_words(keyword: str, text: str, found: list[str]) -> None:
    assert hits(keyword, text) == found


@pytest.mark.parametrize("keyword", ["新基建", "大数据", "乡村振兴", "智能体", "新质生产力"])
def test_keyword_that_the_segmenter_never_emits_is_found(keyword: str) -> None:
    assert hits(keyword, f"大力推进{keyword}，云溪先行。") == [keyword]


def test_letter_spacing_and_line_breaks_are_no_barrier() -> None:
    assert hits("乡村振兴", "推进乡 村 振\n兴工作") == ["乡 村 振\n兴"]


@pytest.mark.parametrize(
    ("keyword", "text"),
    [
        ("服装", "和服装饰讲究"),
        ("智能体", "发展智能体育"),
        ("中非", "从中非洲得利"),
        ("大同", "两案大同小异"),
        ("长治", "社会长治久安"),
        ("学无", "不学无术的人"),
    ],
)
def test_hit_that_cuts_through_a_word_is_dropped(keyword: str, text: str) -> None:
    assert hits(keyword, text) == []


@pytest.mark.parametrize(
    ("keyword", "text"),
    [
        ("学生", "大学生就业"),
        ("能源", "发展新能源"),
        ("污染", "治理土壤污染"),
        ("大学", "云溪师范大学"),
        ("联赛", "中超联赛开幕"),
        ("互联网", "中国互联网络信息中心"),
    ],
)
def test_part_of_a_compound_counts(keyword: str, text: str) -> None:
    [match] = Matcher([Words(keyword)]).find(text)
    assert match.credit in {COMPOUND_CREDIT, 1.0}


def test_part_of_a_compound_counts_less_than_the_word_itself() -> None:
    matches = Matcher([Words("学生")]).find("学生和大学生")
    assert [match.credit for match in matches] == [1.0, COMPOUND_CREDIT]


def test_hit_that_ends_at_the_seam_of_a_compound_counts_whole() -> None:
    [match] = Matcher([Words("生态环境")]).find("加强生态环境保护工作")
    assert match.credit == 1.0


def test_cut_by_frequency_gives_way_to_one_of_fewer_words() -> None:
    assert 3 not in segment("某护肤品牌上市").starts
    assert hits("品牌", "某护肤品牌上市") == ["品牌"]


def test_prefix_may_be_followed_by_letters_and_by_nothing() -> None:
    matcher = Matcher([Words("semi", prefix=True)])
    found = [match.start for match in matcher.find("Semi, semiconductor; unsemi 与semi体")]
    assert found == [0, 6, 29]


def test_capitals_count_where_asked() -> None:
    matcher = Matcher([Words("IT", case=True), Words("it")])
    found = [(match.key, match.start) for match in matcher.find("it 与 ＩＴ")]
    assert sorted(found) == [(" c IT", 5), ("it", 0), ("it", 5)]


def test_every_substring_counts_where_asked() -> None:
    [match] = Matcher([Words("大同", substring=True), Words("大同")]).find("两案大同小异")
    assert (match.start, match.credit) == (2, 1.0)


def test_names_are_found_whatever_the_dictionary_says() -> None:
    matcher = Matcher([Words("王大同")])
    assert matcher.read("记者王大同小异", names=True).found


@pytest.mark.parametrize(("keyword", "text"), [("云计算", "雲計算"), ("雲計算", "云计算"), ("软件", "軟件")])
def test_simplified_and_traditional_are_the_same(keyword: str, text: str) -> None:
    assert hits(keyword, f"发展{text}产业") == [text]


def test_overlapping_keywords_are_all_found() -> None:
    found = Matcher(map(Words, ["人工智能", "智能", "工智"])).find("人工智能产业")
    assert {match.key for match in found} == {"人工智能", "智能"}


def test_matcher_without_keywords_finds_nothing() -> None:
    matches = Matcher([]).read("云 溪")
    assert matches.found == ()
    assert matches.text == "云溪"


@given(
    st.lists(st.text("大数据中心abＡ5 ", min_size=1, max_size=4).filter(key_of), min_size=1, max_size=5),
    st.text("大数据中心abＡ5 \n，", max_size=40),
)
def test_offsets_select_original_text_that_folds_to_the_keyword(keywords: list[str], text: str) -> None:
    for match in Matcher(map(Words, keywords)).find(text):
        assert key_of(text[match.start : match.end]) == match.key
        assert 0 < match.credit <= 1


@given(st.text(max_size=80))
def test_segments_tile_the_text(text: str) -> None:
    starts = segment(text).starts
    assert starts[0] == 0
    assert starts[-1] == len(text)
    assert list(starts) == sorted(set(starts))


def test_dictionary_knows_words_and_how_often_they_occur() -> None:
    assert is_word("环境")
    assert not is_word("新基建")
    assert frequency("新基建") == 0
    assert frequency("环境") > frequency("环境保护")


def test_time_grows_linearly_with_a_text_of_nothing_but_cut_words() -> None:
    matcher = Matcher(map(Words, ["服装", "品牌", "牌上"]))
    matcher.find("和服装饰与护肤品牌上市")
    started = time.process_time()
    matcher.find("和服装饰与护肤品牌上市" * 5_000)
    assert time.process_time() - started < 4


WORDS = st.builds(Words, st.text("大数据中心abＡ5", min_size=1, max_size=3), substring=st.booleans())


@settings(deadline=None)  # the first example loads the dictionary
@given(st.lists(st.tuples(WORDS, st.booleans()), max_size=12), st.text("大数据中心abＡ5 ，", max_size=30))
def test_words_that_come_and_go_leave_what_a_new_matcher_would_find(
    steps: list[tuple[Words, bool]], text: str
) -> None:
    matcher, wanted = Matcher(), list[Words]()
    for words, tidy in steps:
        if words in wanted:
            wanted.remove(words)
            matcher.remove(words)
        else:
            wanted.append(words)
            matcher.add(words)
        if tidy:
            matcher.tidy()
        assert matcher.read(text) == Matcher(wanted).read(text)


def test_words_added_twice_stay_until_both_are_removed() -> None:
    matcher = Matcher([Words("5g"), Words("5G")])
    matcher.remove(Words("5g"))
    assert matcher.find("5G")
    assert matcher.uses("5g") == 1
    matcher.remove(Words("5g"))
    assert not matcher.find("5G")
    with pytest.raises(KeyError):
        matcher.remove(Words("5g"))
