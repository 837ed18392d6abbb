from __future__ import annotations

import json
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any
from uuid import UUID, uuid5

import feedparser
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.model import ArchivedArticle, Article, Entry, Feed, Folio
from digest.publish import FeedForm, entry_id, render_feed
from digest.publish.citation import headline_of
from digest.publish.feed_text import feed_text, opening, published
from digest.publish.inert import inert, one_line, plain
from tests.publish import publish_samples as samples
from tests.publish.publish_golden import FORMS

XML_FORMS: tuple[FeedForm, ...] = ("rss", "atom")
LATIN_1 = "".join(map(chr, range(0x80, 0x100)))
"""feedparser takes some sequences of these for badly decoded UTF-8 and mends them."""
HOSTILE = "<script>alert(1)</script> ]]> &amp; &#0; R&D \x00\x0b\u202e\ud800 😀 <!--"


def parsed(feed: Feed, form: FeedForm) -> Any:
    read = feedparser.parse(render_feed(feed, form))
    assert not read.bozo, read.get("bozo_exception")
    return read


def one_entry(article: Article) -> Feed:
    return samples.feed(samples.entry(samples.clipping(samples.ECONOMY, samples.archived(article, "x"), ())))


def test_an_entry_id_is_made_of_profile_and_article_alone() -> None:
    profile, article = UUID(int=1), UUID(int=2)
    assert entry_id(profile, article) == uuid5(profile, str(article)) != entry_id(article, profile)


@pytest.mark.parametrize("form", FORMS)
def test_bytes_do_not_change_with_the_time(form: FeedForm, monkeypatch: pytest.MonkeyPatch) -> None:
    before = render_feed(samples.small_feed(), form)
    now = time.time()
    monkeypatch.setattr(time, "time", lambda: now + 86_400)
    assert render_feed(samples.small_feed(), form) == before


@pytest.mark.parametrize("form", FORMS)
def test_an_empty_feed_is_a_feed(form: FeedForm) -> None:
    assert b"2025" in render_feed(samples.feed(), form) or form == "json"


@pytest.mark.parametrize("form", XML_FORMS)
def test_feedparser_reads_what_went_in(form: FeedForm) -> None:
    first = parsed(samples.small_feed(), form).entries[0]
    assert first.title == samples.NEWS.headline
    assert first.summary == samples.LEAD
    assert first.id == samples.NEWS_CLIPPING.entry_id.urn
    assert first.link == f"{samples.BASE_URL}/articles/{samples.NEWS_CLIPPING.article.id}"
    assert [author.name for author in first.authors] == ["周远航", "何青"]
    assert [tag.term for tag in first.tags] == ["数字经济", "大数据"]
    assert first.published_parsed[:6] == (2025, 3, 4, 12, 0, 0)


@pytest.mark.parametrize("form", FORMS)
def test_the_body_is_whole_marked_and_explained(form: FeedForm) -> None:
    written = unescape(render_feed(samples.small_feed(), form).decode())
    for paragraph in samples.NEWS.paragraphs[2:] + samples.NEWS.captions + samples.NEWS.jumps:
        assert f">{paragraph}<" in written
    assert "园区以<mark>数字经济</mark>为主线，建有算力中心和<mark>大数据</mark>交易厅。" in written
    assert "云岭市<mark>数字经济</mark>产业园" in written
    assert "《山川日报》2025-03-04 第3版" in written
    assert "数字经济：标题1次、导语1次、正文1次，+62分" in written
    assert "另见 《云岭晚报》2025-03-04 第A2版" in written


@pytest.mark.parametrize("form", FORMS)
def test_the_feed_of_all_articles_belongs_to_the_home_page(form: FeedForm) -> None:
    feed = replace(samples.small_feed(), name="all")
    assert feed_text(feed, form).page_url == f"{samples.BASE_URL}/"
    assert f"{samples.BASE_URL}/feeds/all.{form}".encode() in render_feed(feed, form)


@pytest.mark.parametrize("form", FORMS)
def test_every_text_survives_hostile_content_inert(form: FeedForm) -> None:
    many = (HOSTILE,)
    hostile = Article(
        kind="news",
        headline=HOSTILE,
        kicker=many,
        deck=many,
        column=HOSTILE,
        byline=many,
        byline_text=HOSTILE,
        lead=HOSTILE,
        paragraphs=many,
        captions=many,
        jumps=many,
    )
    archived = samples.archived(hostile, "hostile", Folio(HOSTILE, date(2025, 3, 4), 3, HOSTILE))
    profile = replace(samples.ECONOMY, title=HOSTILE, keywords=(HOSTILE,))
    reason = replace(samples.NEWS_REASONS[0], label=HOSTILE)
    clipping = samples.clipping(profile, archived, (reason,), (archived,))
    feed = replace(samples.feed(samples.entry(clipping)), title=HOSTILE, subtitle=HOSTILE)
    written = render_feed(feed, form).decode()
    for content in html_contents(written, form):
        assert "<script" not in content
        assert "<!--" not in content
    assert not any(sign in written for sign in "\x00\x0b\u202e")


def html_contents(written: str, form: FeedForm) -> list[str]:
    if form == "json":
        return [item["content_html"] for item in json.loads(written)["items"]]
    read = feedparser.parse(written, sanitize_html=False)
    entry = read.entries[0]
    texts = [entry.title_detail, entry.summary_detail, *entry.content, read.feed.title_detail]
    return [text.value for text in texts if text.type != "text/plain"]


@pytest.mark.parametrize("form", XML_FORMS)
@settings(max_examples=60, deadline=None)
@given(text=st.text(st.characters(exclude_characters=LATIN_1), max_size=60))
def test_any_headline_comes_back_as_it_went_in(form: FeedForm, text: str) -> None:
    article = replace(samples.COOPERATIVE, headline=text)
    entry = parsed(one_entry(article), form).entries[0]
    shown = headline_of(article, "zh-CN")
    title = unescape(entry.title) if entry.title_detail.type == "text/html" else entry.title
    assert title.split() == (plain(shown) if form == "rss" else shown).split()


@settings(max_examples=60, deadline=None)
@given(text=st.text(st.characters(), max_size=60))
def test_json_says_the_very_text(text: str) -> None:
    article = replace(samples.COOPERATIVE, headline="题" + text, lead="文" + text)
    item = json.loads(render_feed(one_entry(article), "json"))["items"][0]
    assert item["title"] == one_line("题" + text)
    assert item["summary"] == inert("文" + text).strip()


def test_other_outlets_are_named_and_counted() -> None:
    others = (samples.REPRINT, replace(samples.REPRINT, folio=Folio()))
    one = samples.entry(replace(samples.NEWS_CLIPPING, also_in=others[:1]))
    two = samples.entry(replace(samples.NEWS_CLIPPING, also_in=others))
    assert "另见 《云岭晚报》2025-03-04 第A2版</p>" in feed_text(samples.feed(one), "rss").entries[0].html
    said = feed_text(samples.feed(two), "rss").entries[0].html
    assert f"第A2版、{samples.NEWS.headline}，共2处</p>" in said


def test_an_entry_refers_back_to_the_first_report_of_its_story() -> None:
    html = feed_text(samples.small_feed(), "atom").entries[0].html
    link = f'<a href="{samples.BASE_URL}/articles/{samples.EARLIER.id}">2025-02-26 云岭数字经济产业园竣工</a>'
    assert f"<p>持续跟踪：{link}</p>" in html


def test_an_earlier_headline_is_inert_too() -> None:
    evil = replace(samples.EARLIER, article=replace(samples.EARLIER.article, headline=HOSTILE))
    feed = samples.feed(samples.entry(replace(samples.NEWS_CLIPPING, earlier=evil)))
    html = feed_text(feed, "json").entries[0].html
    assert "<script" not in html
    assert "\x00" not in html


def test_a_headline_of_nothing_visible_gets_a_name() -> None:
    assert headline_of(Article("news", "\x00 \u202e"), "zh-CN") == "（无题）"


def test_without_a_lead_a_paragraph_or_caption_opens_the_entry() -> None:
    assert opening(Article("photo", "花开", captions=("油菜花田。",))) == "油菜花田。"
    assert opening(Article("photo", "花开")) == ""


def test_an_article_without_any_text_is_written() -> None:
    for form in XML_FORMS:
        assert parsed(one_entry(Article("photo", "花开")), form).entries[0].title == "花开"


def seen_on(day: date | None, seen: datetime) -> datetime:
    archived = ArchivedArticle(UUID(int=1), UUID(int=2), samples.NEWS, Folio("山川日报", day), seen, seen)
    return published(archived)


SEEN = datetime(2025, 3, 4, 1, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        (date(2025, 3, 3), datetime(2025, 3, 3, 12, tzinfo=UTC)),
        (date(2025, 3, 4), SEEN),  # noon has not come yet
        (date(2025, 3, 5), SEEN),  # tomorrow's page
        (date(1989, 12, 31), SEEN),
        (date(1990, 1, 1), datetime(1990, 1, 1, 12, tzinfo=UTC)),
        (None, SEEN),
    ],
)
def test_published_is_the_printed_date_where_plausible(day: date | None, expected: datetime) -> None:
    assert seen_on(day, SEEN) == expected


def test_equal_updated_values_are_made_distinct_and_stay_when_entries_come_and_go() -> None:
    clippings = [samples.archived(samples.NEWS, f"n{n}") for n in range(4)]
    entries = [Entry(article.id, article, samples.SEEN) for article in clippings]
    newer = Entry(UUID(int=9), clippings[0], samples.SEEN + timedelta(hours=1))
    updated = {entry.id: entry.updated for entry in feed_text(samples.feed(*entries), "atom").entries}
    later = feed_text(samples.feed(newer, *entries[:2]), "atom").entries
    assert len(set(updated.values())) == 4
    assert [entry.updated for entry in later[1:]] == [updated[entry.id] for entry in later[1:]]


def test_json_feed_explains_the_clip() -> None:
    item = json.loads(render_feed(samples.small_feed(), "json"))["items"][0]
    digest = item["_digest"]
    assert (digest["paper"], digest["date"], digest["page"]) == ("山川日报", "2025-03-04", 3)
    assert digest["score"] == 81.0
    assert sum(reason["points"] for reason in digest["reasons"]) == pytest.approx(digest["score"])
    assert digest["reasons"][0]["hits"] == {"headline": 1, "lead": 1, "body": 1}


def test_json_feed_leaves_out_what_is_unknown() -> None:
    document = json.loads(render_feed(replace(samples.small_feed(), hubs=()), "json"))
    assert "hubs" not in document
    assert "authors" not in document["items"][2]
    assert "tags" not in document["items"][2]
    assert "score" not in document["items"][2]["_digest"]
