from __future__ import annotations

import codecs
import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import PageError
from digest.inbox.decoding import decode

SIMPLIFIED = (
    "青石市今年春耕已经开始，各县区的农业部门正在组织人员检查农机。",
    "记者从市交通局了解到，通往白鹭镇的公路将于下月完工，全长三十二公里。",
    "图书馆的新馆昨天开放，当天接待读者两千多人。",
    "“我们希望孩子们多读书。”馆长说，这里有上万册图书。",
    "本报讯　受冷空气影响，全市气温明显下降，最低气温为3℃。",
    "经济开发区上半年实现产值120亿元，同比增长8.5%。",
    "老城区的排水管道改造工程进入第二阶段，居民出行受到一定影响。",
)
TRADITIONAL = (
    "青石市今年春耕已經開始，各縣區的農業部門正在組織人員檢查農機。",
    "記者從市交通局了解到，通往白鷺鎮的公路將於下月完工，全長三十二公里。",
    "圖書館的新館昨天開放，當天接待讀者兩千多人。",
    "「我們希望孩子們多讀書。」館長說，這裡有上萬冊圖書。",
    "經濟開發區上半年實現產值120億元，同比增長8.5%。",
    "老城區的排水管道改造工程進入第二階段，居民出行受到一定影響。",
)


def pages(sentences: tuple[str, ...]) -> st.SearchStrategy[str]:
    """Texts of some fifty characters and more, cut anywhere."""
    texts = st.lists(st.sampled_from(sentences), min_size=3, max_size=12).map("\n".join)
    return st.tuples(texts, st.integers(0, 15)).map(lambda pair: pair[0][pair[1] :].strip())


@settings(max_examples=60, deadline=None)
@given(pages(SIMPLIFIED + TRADITIONAL), st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "gb18030"]))
def test_chinese_text_survives_every_unicode_encoding(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == (text, encoding)


@settings(max_examples=60, deadline=None)
@given(pages(TRADITIONAL), st.sampled_from(["big5", "cp950", "big5hkscs"]))
def test_traditional_text_survives_big5(text: str, codec: str) -> None:
    assert decode(text.encode(codec)) == (text, "big5")


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 2**32), st.sampled_from(["utf-16-le", "utf-16-be", "gb18030"]))
def test_even_a_list_of_rare_names_is_read(seed: int, encoding: str) -> None:
    first_level = [bytes((lead, trail)) for lead in range(0xB0, 0xD7) for trail in range(0xA1, 0xFF)]
    names = random.Random(seed).sample(first_level, 60)  # noqa: S311 - no secret
    text = b"".join(names).decode("gb2312")
    assert decode(text.encode(encoding)) == (text, encoding)


@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        ("\ufeff".encode("gb18030"), "gb18030"),
    ],
)
def test_byte_order_mark_decides_and_is_taken_off(mark: bytes, encoding: str) -> None:
    assert decode(mark + "版".encode(encoding)) == ("版", encoding)


def test_characters_outside_the_basic_plane_survive() -> None:
    text = SIMPLIFIED[0] + "𠮷野家在㐀街。"
    for encoding in ("utf-8", "utf-16-le", "gb18030"):
        assert decode(text.encode(encoding)) == (text, encoding)


def test_hong_kong_characters_of_big5_are_read() -> None:
    text = TRADITIONAL[0] + "佢哋喺深水埗食嘢。"
    assert decode(text.encode("big5hkscs")) == (text, "big5")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16-le", "utf-16-be"])
def test_latin_text_is_read(encoding: str) -> None:
    text = "City council approves the new library at Market Street."
    assert decode(text.encode(encoding)) == (text, encoding)


def test_line_ends_become_newlines_only() -> None:
    assert decode(b"a\r\nb\rc\n\rd\x0ce")[0] == "a\nb\nc\n\nd\x0ce"


def test_one_control_character_does_not_make_a_page_binary() -> None:
    assert decode("版\x08面".encode())[0] == "版\x08面"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (bytes(100), "binary"),
        (b"page\0one", "binary"),
        (b"\x01\x02\x03\x04 text", "binary"),
        (b"\xff\xfe\x00\xd8\x00\xd8", "binary"),
        (b"\xef\xbb\xbf\xff\xff\xff", "undecodable"),
        ("Die Brücke über den Fluß wird geöffnet".encode("cp1252"), "undecodable"),
        ("Сегодня открылась новая библиотека".encode("cp1251"), "undecodable"),
        (SIMPLIFIED[0].encode()[1:], "undecodable"),
    ],
)
def test_what_cannot_be_read_has_a_reason(content: bytes, reason: str) -> None:
    with pytest.raises(PageError) as caught:
        decode(content)
    assert caught.value.reason == reason


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300))
def test_arbitrary_bytes_are_text_or_a_page_error(content: bytes) -> None:
    try:
        text, _ = decode(content)
    except PageError as error:
        assert error.reason in {"empty", "binary", "undecodable"}  # noqa: PT017 - either outcome is right
    else:
        assert text == text.encode("utf-8").decode("utf-8")
        assert "\r" not in text
        assert "\0" not in text
