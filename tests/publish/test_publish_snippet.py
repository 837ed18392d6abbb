"""Which part of an article shows why it was found."""

from __future__ import annotations

from uuid import UUID

from digest.model import Article, Clip, Hit, Reason, Zone
from digest.publish.snippet import snippet

ARTICLE = Article(
    kind="news",
    headline="新桥",
    lead="开头一段没有。",
    paragraphs=("开头一段没有。", "中" * 60 + "。新桥通车，" + "后" * 150 + "新桥", "新桥、新桥、新桥。"),
    captions=("图",),
)


def _clip(*hits: tuple[Zone, int, int, int]) -> Clip:
    return Clip(UUID(int=1), UUID(int=2), 9.0, (Reason("新桥", 9.0, tuple(Hit(*hit) for hit in hits)),))


def test_the_paragraph_with_the_most_hits_is_shown() -> None:
    hits: list[tuple[Zone, int, int, int]] = [("body", 1, 61, 63), ("body", 2, 0, 2), ("body", 2, 3, 5)]
    part = snippet(ARTICLE, _clip(*hits))
    assert part.text == ARTICLE.paragraphs[2]
    assert part.spans == ((0, 2), (3, 5))


def test_a_long_paragraph_is_cut_before_the_sentence_and_after_the_length() -> None:
    part = snippet(ARTICLE, _clip(("body", 1, 61, 63), ("body", 1, 216, 218)), 40)
    assert part.text.startswith("新桥通车")
    assert len(part.text) == 40
    assert part.spans == ((0, 2),)
    assert part.cut_before
    assert part.cut_after


def test_far_from_a_sentences_beginning_a_little_stands_before_the_hit() -> None:
    part = snippet(ARTICLE, _clip(("body", 1, 216, 218)), 40)
    assert part.text[part.spans[0][0] : part.spans[0][1]] == "新桥"
    assert 0 < part.spans[0][0] <= 24
    assert not part.cut_after


def test_a_hit_is_never_cut_in_two() -> None:
    part = snippet(ARTICLE, _clip(("body", 2, 0, 2), ("body", 2, 3, 5)), 4)
    assert part.text == "新桥、新桥"


def test_without_hits_in_the_prose_the_beginning_is_shown() -> None:
    part = snippet(ARTICLE, _clip(("headline", 0, 0, 2)), 4)
    assert part.text == "开头一段"
    assert part.spans == ()
    assert part.cut_after


def test_an_article_of_a_caption_shows_it() -> None:
    assert snippet(Article("photo", "题", captions=("图里有桥",)), _clip()).text == "图里有桥"
