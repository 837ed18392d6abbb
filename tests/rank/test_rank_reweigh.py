from __future__ import annotations

from digest.rank.keyword import parse_keyword
from digest.rank.reweigh import FURTHEST, reweigh
from tests.rank.rank_articles import archived, profile

KEPT = [archived(n, "无人机物流", "低空经济的无人机航线开通。") for n in range(1, 7)]
REFUSED = [archived(10 + n, "无人机表演", "云溪夜空的表演。") for n in range(6)]
WANTED = profile("无人机", "低空经济^2", "表演", "+昨日", "-招聘")


def test_keyword_of_kept_articles_gains_and_of_refused_ones_loses() -> None:
    changes = {each.before: each for each in reweigh(profile("无人机", "低空经济^2", "表演"), KEPT, REFUSED)}
    assert set(changes) == {"低空经济^2", "表演"}
    assert changes["低空经济^2"].after == "低空经济^3.9"
    assert (changes["低空经济^2"].kept, changes["低空经济^2"].refused) == (6, 0)
    assert changes["表演"].after == "表演^0.5"


def test_proposal_is_in_the_profile_language_and_never_goes_far() -> None:
    many = [archived(n, "低空经济") for n in range(100, 160)]
    others = [archived(n, "题目") for n in range(200, 260)]
    [change] = reweigh(profile("(低空经济 | 低空产业)^2", "学校"), many, others)
    keyword = parse_keyword(change.after)
    assert keyword is not None
    assert keyword.weight == 2 * FURTHEST


def test_required_keywords_and_exclusions_are_left_alone() -> None:
    assert {each.before for each in reweigh(WANTED, KEPT, REFUSED)} == {"低空经济^2", "表演"}


def test_few_verdicts_propose_nothing() -> None:
    assert reweigh(WANTED, KEPT, REFUSED[:2]) == ()
    assert reweigh(WANTED, KEPT[:2], REFUSED) == ()
    mixed = [*KEPT[:5], archived(50, "表演")]
    assert "表演" not in {each.before for each in reweigh(WANTED, mixed, [archived(60)] * 6)}
