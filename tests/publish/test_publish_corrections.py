"""How a digest tells what changed since it was mailed, and what could not wait."""

from __future__ import annotations

from dataclasses import replace

import pytest

from digest.model import Correction, Digest, Tally
from digest.publish import RenderedDigest, render_digest
from digest.publish.digest_view import digest_view, subject
from digest.publish.length import FULL
from digest.publish.render import MOST_BYTES
from tests.publish import publish_samples as samples
from tests.publish.publish_golden import LANGUAGES, TEMPLATES


def corrected(language: str, former: str | None = None, *, count: int = 1) -> Digest:
    made = samples.small_digest(language)
    clipping = replace(made.sections[0].clippings[0], correction=Correction(former))
    return replace(made, sections=made.sections[1:], corrections=(clipping,) * count)


def rendered(digest: Digest) -> RenderedDigest:
    return render_digest(digest, samples.SENDER, TEMPLATES)


@pytest.mark.parametrize(
    ("language", "told"),
    [("zh-CN", "更新：标题原为「旧标题」"), ("en", "Updated: the headline was “旧标题”")],
)
def test_former_headline_is_told_at_the_digests_end(language: str, told: str) -> None:
    made = rendered(corrected(language, "旧标题"))
    for body in (made.text, made.html):
        assert told in body
        assert body.index(told) > body.index(samples.small_digest().sections[1].profile.title)


def test_change_of_the_text_alone_is_told_without_a_headline() -> None:
    assert "更新：标题未变，正文或署名有改动" in rendered(corrected("zh-CN")).text


def test_corrections_count_among_the_clippings_and_in_the_tally() -> None:
    digest = replace(corrected("zh-CN"), tally=Tally(pages=3, corrected=1, missing=2))
    view = digest_view(digest, samples.SENDER, "links", FULL)
    others = sum(len(section.clippings) for section in digest.sections)
    assert view.masthead.count == f"{others + 1}条"
    assert view.tally.endswith("更新1篇。尚缺2版。")


def test_tally_names_no_missing_pages_when_there_are_none() -> None:
    assert "缺" not in digest_view(corrected("zh-CN"), samples.SENDER, "links", FULL).tally


@pytest.mark.parametrize("language", LANGUAGES)
def test_digest_of_corrections_alone_does_not_say_that_nothing_matched(language: str) -> None:
    made = rendered(replace(corrected(language), sections=()))
    assert made.text.count("\n1. ") == 1
    assert "本期没有" not in made.text
    assert "No article matched" not in made.html


def test_many_long_corrections_stay_within_the_size_of_a_mail() -> None:
    made = rendered(corrected("zh-CN", "长" * 5_000, count=200))
    assert len(made.html.encode()) + len(made.text.encode()) < MOST_BYTES


@pytest.mark.parametrize(("language", "begins"), [("zh-CN", "快讯："), ("en", "Alert: ")])
def test_alerts_subject_is_its_first_headline(language: str, begins: str) -> None:
    made = samples.small_digest(language)
    one = replace(made, sections=made.sections[:1], alert=True)
    one = replace(one, sections=(replace(one.sections[0], clippings=one.sections[0].clippings[:1]),))
    headline = one.sections[0].clippings[0].article.article.headline
    assert subject(one) == begins + headline
    assert headline in subject(replace(made, alert=True))
    assert subject(replace(made, alert=True)) != subject(one)


def test_alerts_preheader_is_how_the_article_begins() -> None:
    made = replace(samples.small_digest(), alert=True)
    lead = made.sections[0].clippings[0].article.article.lead
    assert digest_view(made, samples.SENDER, "links", FULL).preheader[:10] == lead[:10]


def test_alert_says_so_at_its_head() -> None:
    assert "快讯 · 第" in rendered(replace(samples.small_digest(), alert=True)).text


def test_contents_of_a_long_digest_name_the_corrections() -> None:
    made = corrected("zh-CN", count=6)
    sections = (*samples.small_digest().sections, *made.sections)
    made = rendered(replace(made, sections=sections))
    assert "\n  更新 6条\n" in made.text
    assert '<a href="#corrections"' in made.html
    assert 'id="corrections"' in made.html
