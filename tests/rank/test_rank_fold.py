from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from digest.rank.fold import fold, is_spaced, is_unspaced, key_of, match_form

TEXTS = st.text(max_size=60) | st.text("大数据 \n　aAＡ５\u200b\u00adİß⼭", max_size=30)
INVISIBLE = "\u00ad\u061c\u200b\u200c\u200d\u200e\u202e\u2060\u2069\ufeff"


@given(TEXTS)
def test_folding_keeps_every_offset(text: str) -> None:
    assert len(fold(text)) == len(text)


@given(TEXTS)
def test_folding_twice_changes_nothing_more(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert key_of(key_of(text)) == key_of(text)


@given(TEXTS)
def test_every_matched_character_leads_back_to_its_original(text: str) -> None:
    form = match_form(text)
    for place, character in enumerate(form.text):
        start, end = form.original(place, place + 1)
        assert end == start + 1
        is_blank = text[start].isspace() or text[start] in INVISIBLE
        assert fold(text[start]) == character or (character == " " and is_blank)


def test_folding_leaves_signs_that_only_nfkc_would_rewrite() -> None:
    assert fold("①㎡…") == "①㎡…"


def test_radicals_of_pdf_text_layers_match_their_characters() -> None:
    assert fold("⼭") == "山"


def test_white_space_inside_chinese_is_no_barrier_but_parts_latin_words() -> None:
    assert key_of("乡 村　振\n兴") == "乡村振兴"
    assert key_of("5 月 14 日") == "5月14日"
    assert key_of("machine\n learning") == "machine learning"
    assert key_of("soft\u00adware") == "software"
    assert key_of(" AI ") == "ai"


def test_scripts_are_told_apart() -> None:
    assert is_spaced("a")
    assert is_spaced("5")
    assert is_spaced("я")
    assert not is_spaced("字")
    assert not is_spaced("-")
    assert not is_spaced("")
    assert is_unspaced("字")
    assert is_unspaced("カ")
    assert not is_unspaced("。")
