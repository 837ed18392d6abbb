from __future__ import annotations

import json
import re
from dataclasses import replace
from html import unescape
from typing import Any
from xml.etree import ElementTree as ET

import feedparser
import pytest

from digest.model import Article, Feed
from digest.publish import FeedForm, render_feed
from digest.publish.inert import one_line
from tests.publish import publish_samples as samples

XML_FORMS: tuple[FeedForm, ...] = ("rss", "atom")
FORMS: tuple[FeedForm, ...] = (*XML_FORMS, "json")
HOSTILE = {
    "script": "<script>alert(1)</script>",
    "end of CDATA": "a]]>b<![CDATA[c]]>",
    "references": "&#0; &#x1b; &amp;lt; &nbsp; R&D; &bogus;",
    "declarations": '<!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]>&y;<?xml version="1.0"?>',
    "control": "一\x00二\x08三\x1b[31m四\x7f五\x9b六",
    "bidi": "\u202e倒\u202c正\u2066隔\u2069\u200f\u061c",
    "lone surrogates": "前\ud800中\udfff后",
    "noncharacters": "前\ufffe中\uffff后\U0001fffe",
    "emoji": "👩‍👩‍👧‍👦🏳️‍🌈 𠮷野家 é",
    "long": "长" * 2_000,
    "one word": "x" * 2_000,
    "attribute": "\"' onmouseover='alert(1)' `x`",
    "comment": "<!-- --!> <!--> -->",
}


def feed_with(text: str) -> Feed:
    article = Article(
        "news", f"题{text}", lead=f"文{text}", paragraphs=(f"文{text}", text or "空"), byline=(text,)
    )
    clipping = samples.clipping(replace(samples.ECONOMY, title=text), samples.archived(article, "x"), ())
    return replace(samples.feed(samples.entry(clipping)), title=f"名{text}", subtitle=text)


@pytest.mark.parametrize("form", XML_FORMS)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_what_readers_take_out_is_what_was_printed(text: str, form: FeedForm) -> None:
    written = render_feed(feed_with(text), form)
    ET.fromstring(written)  # noqa: S314  # well-formed for a strict parser; it is our own
    read: Any = feedparser.parse(written, sanitize_html=False)
    assert not read.bozo
    title = read.entries[0].title
    shown = unescape(title) if read.entries[0].title_detail.type == "text/html" else title
    assert seen(shown) == seen(one_line(f"题{text}"))


def seen(text: str) -> str:
    """What a reader sees of a title, however a feed has to write its markup."""
    return re.sub(r"[\s<＜&＆]", "", text)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_nothing_of_it_becomes_markup_or_control(text: str, form: FeedForm) -> None:
    written = render_feed(feed_with(text), form).decode("utf-8")
    assert not re.search("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069\ufffe\uffff]", written)
    for content in contents(written, form):
        elements = set(re.findall(r"<([A-Za-z!?][^\s>/]*)", content))
        assert elements <= {
            "p",
            "small",
            "a",
            "mark",
            "ul",
            "li",
            "strong",
            "em",
            "h2",
            "h3",
            "br",
            "div",
            "ol",
            "hr",
        }, elements


def contents(written: str, form: FeedForm) -> list[str]:
    if form == "json":
        return [item["content_html"] for item in json.loads(written)["items"]]
    return [entry.content[0].value for entry in feedparser.parse(written, sanitize_html=False).entries]
