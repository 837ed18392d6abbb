from __future__ import annotations

from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import Article
from digest.rank.diversity import Choice, choose

STORIES = (
    ("清河大桥合龙", "昨日上午，横跨清河两岸的清河大桥主跨钢箱梁合龙，北岭镇居民过河不必再坐轮渡。"),
    ("城东小学开学", "城东小学昨日举行开学典礼，三百名新生在操场上放飞气球，新教学楼有两间科学实验室。"),
    ("松城茶园采茶", "松城白桦茶厂的工人进山采茶，今年春茶比去年早了十天，茶农的收入增加两成。"),
)


def told(story: int, score: float, diversity: float = 0.5, profile: int = 1) -> Choice:
    headline, lead = STORIES[story]
    article = Article("news", f"{headline}{score:.0f}", lead=lead, paragraphs=(lead,))
    return Choice(article, score, diversity, UUID(int=profile))


def test_one_story_makes_room_for_others_in_a_full_digest() -> None:
    choices = [told(0, 90), told(0, 85), told(0, 80), told(1, 60), told(2, 50)]
    found = choose(choices, 3)
    assert found.places == (0, 3, 4)
    assert found.more == {0: 2}


def test_without_diversity_the_highest_scores_are_chosen() -> None:
    choices = [told(0, 90, 0), told(0, 85, 0), told(0, 80, 0), told(1, 60, 0)]
    found = choose(choices, 3)
    assert found.places == (0, 1, 2)
    assert found.more == {}


def test_profile_has_at_most_its_cap() -> None:
    choices = [told(0, 90, 0), told(1, 80, 0), told(2, 70, 0, profile=2)]
    assert choose(choices, 9, {UUID(int=1): 1}).places == (0, 2)


def test_only_what_tells_of_a_story_shown_counts_as_more_on_it() -> None:
    found = choose([told(0, 90), told(0, 20), told(1, 10)], 1)
    assert found.places == (0,)
    assert found.more == {0: 1}


def test_nothing_to_choose_from_is_no_choice() -> None:
    assert choose([], 5).places == ()


CHOICES = st.lists(
    st.builds(
        told,
        st.integers(0, 2),
        st.integers(0, 100).map(float),
        st.sampled_from((0.0, 0.3, 0.9)),
        st.integers(1, 2),
    ),
    max_size=12,
)


@settings(deadline=None, max_examples=60)
@given(CHOICES, st.integers(1, 8))
def test_the_best_is_never_lost_and_room_is_used(choices: list[Choice], limit: int) -> None:
    found = choose(choices, limit)
    assert len(set(found.places)) == len(found.places) == min(limit, len(choices))
    if choices:
        assert choices[found.places[0]].score == max(choice.score for choice in choices)
    assert set(found.more) <= set(found.places)
    assert sum(found.more.values()) <= len(choices) - len(found.places)


@settings(deadline=None, max_examples=60)
@given(CHOICES, st.integers(1, 8), st.integers(1, 3))
def test_choosing_is_the_same_every_time_and_keeps_caps(choices: list[Choice], limit: int, cap: int) -> None:
    caps = {UUID(int=1): cap}
    found = choose(choices, limit, caps)
    assert choose(choices, limit, caps) == found
    assert sum(choices[place].profile_id == UUID(int=1) for place in found.places) <= cap
