from __future__ import annotations

import math

import pytest

from digest.model import ArchivedArticle
from digest.rank import rank_all
from digest.rank.background import Background, matcher_of, measure_background
from digest.rank.explain import explain
from digest.rank.keyword import Keyword, parse_keyword
from digest.rank.parts import characters_of
from digest.rank.reading import read_article
from digest.rank.score import part_relevances, score_article, score_near
from digest.rank.terms import terms_of
from tests.rank.rank_articles import SEEN, archived, profile

FILLER = "全市各部门认真落实各项任务，确保按期完成。" * 4
CLINICS = [archived(n, "镇上新开诊所", f"医生说，就医更近了，医师{n}名。", FILLER) for n in range(1, 9)]
SPORTS = [archived(20 + n, "田径赛开幕", f"第{n}组跑道，生力军亮相。", FILLER) for n in range(20)]
NEAR = archived(90, "乡村医师进修", "医师进修班开班，就医难得到缓解。", FILLER)
WANTED = profile("医生", "医院")


def keywords_of(*texts: str) -> list[Keyword]:
    return [keyword for keyword in map(parse_keyword, texts) if keyword is not None]


@pytest.fixture(scope="module")
def background() -> Background:
    return measure_background([*CLINICS, *SPORTS, NEAR], [WANTED])


def test_characters_come_from_chinese_words_that_say_what_a_profile_is_about() -> None:
    found = characters_of(keywords_of("+医生", "?护士", "-兽药", "5G", "病", "(诊所 & -宠物)"))
    assert set(found) == set("医生诊所")


def test_character_counts_where_it_keeps_company_with_the_keywords(background: Background) -> None:
    weights = background.parts[WANTED.keywords]
    assert weights["医"] > 0
    assert "生" not in weights  # outside of 医生 it stands in articles on sports only


def test_few_articles_prove_nothing() -> None:
    assert measure_background([CLINICS[0], SPORTS[0]], [WANTED]).parts == {}


def test_characters_count_more_the_more_articles_show_it() -> None:
    few = [*CLINICS, *SPORTS, NEAR]
    many = [
        archived(100 * n + k, each.article.headline, each.article.lead, FILLER)
        for n in range(5)
        for k, each in enumerate(few)
    ]
    backgrounds = [measure_background(each, [WANTED]) for each in (few, many)]
    in_few, in_many = (each.parts[WANTED.keywords]["医"] for each in backgrounds)
    assert in_many > 3 * in_few


def test_characters_add_to_a_clip_and_the_reasons_add_up(background: Background) -> None:
    terms = terms_of(WANTED)
    reading = read_article(CLINICS[0].article, matcher_of([terms]))
    clip = score_article(CLINICS[0], reading, terms, background, SEEN)
    assert clip is not None
    assert [reason.label for reason in clip.reasons] == ["医生", "parts"]
    assert clip.reasons[1].points > 0
    assert math.fsum(reason.points for reason in clip.reasons) == pytest.approx(clip.score)
    assert [character for character, _ in part_relevances(reading, terms, background)] == ["医"]


def near(article: ArchivedArticle, *keywords: str) -> float:
    wanted = profile(*keywords)
    terms = terms_of(wanted)
    background = measure_background([*CLINICS, *SPORTS, NEAR], [wanted])
    reading = read_article(article.article, matcher_of([terms]))
    clip = score_near(article, reading, terms, background, SEEN)
    return clip.score if clip else 0.0


def test_article_without_keywords_is_near_by_their_characters_and_never_a_clip() -> None:
    [ranking] = rank_all([*CLINICS, *SPORTS, NEAR], [WANTED], SEEN)
    assert {clip.article_id for clip in ranking.clips} == {each.id for each in CLINICS}
    assert [clip.article_id for clip in ranking.near] == [NEAR.id]
    assert 0 < ranking.near[0].score < ranking.clips[-1].score


def test_secondary_keyword_brings_an_article_near() -> None:
    assert near(NEAR, "医生", "?进修") > near(NEAR, "医生") > 0


def test_nothing_is_near_that_is_shut_out_or_lacks_what_is_required() -> None:
    assert near(NEAR, "医生", "-进修") == 0
    assert near(NEAR, "医生", "+医院") == 0
    assert near(SPORTS[0], "医生") == 0


def test_explanation_shares_the_points_of_the_characters(background: Background) -> None:
    told = explain(CLINICS[0], WANTED, background, SEEN)
    [part] = told.parts
    [reason] = [each for each in told.adjustments if each.label == "parts"]
    assert (part.character, part.count) == ("医", 3)
    assert part.points == pytest.approx(reason.points)
    assert part.points > 0
    [share] = [trace.share for trace in told.traces if trace.holds]
    assert share == pytest.approx(told.traces[0].points / (told.traces[0].points + part.points))


def test_explanation_of_what_is_not_selected_tells_the_characters(background: Background) -> None:
    told = explain(NEAR, WANTED, background, SEEN)
    assert told.verdict == "nothing"
    assert [(part.character, part.points) for part in told.parts] == [("医", 0.0)]


def passing_mention(*keywords: str, news: str) -> float:
    """What one mention scores where half of the articles of the archive are on the subject."""
    wanted = profile(*keywords)
    subject = [archived(n, f"{news}的第{n}天", f"{news}，第{n}次。{FILLER}") for n in range(1, 21)]
    mention = archived(91, "田径赛闭幕", FILLER, f"赛场边有{keywords[0]}。" + FILLER)
    background = measure_background([*subject, *SPORTS, mention], [wanted])
    reading = read_article(mention.article, matcher_of([terms_of(wanted)]))
    clip = score_article(mention, reading, terms_of(wanted), background, SEEN)
    assert clip is not None
    return clip.score


def test_threshold_means_much_the_same_whether_characters_count_or_not() -> None:
    chinese = passing_mention("医生", "医院", news="医生在医院里说，就医的人、医药和医术")
    latin = passing_mention("doctors", "hospital", news="doctors of the hospital on medicine")
    assert 0 < chinese < 1.3 * latin
