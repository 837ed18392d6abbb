from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import feedparser
import pytest

from digest.model import Feed
from digest.publish import FeedForm, render_feed
from tests.publish import publish_samples as samples

XML_FORMS: tuple[FeedForm, ...] = ("rss", "atom")
FEED = replace(samples.small_feed(), archives=3)
BASE = f"{samples.BASE_URL}/feeds"


def read(feed: Feed, form: FeedForm) -> Any:
    found = feedparser.parse(render_feed(feed, form))
    assert not found.bozo
    return found.feed


def links(feed: Feed, form: FeedForm) -> dict[str, str]:
    return {link["rel"]: link["href"] for link in read(feed, form).links}


@pytest.mark.parametrize("form", XML_FORMS)
def test_the_feed_leads_to_its_newest_archive(form: FeedForm) -> None:
    found = links(FEED, form)
    assert found["prev-archive"] == f"{BASE}/archive/economy/3.{form}"
    assert "next-archive" not in found
    assert "current" not in found
    assert b":archive" not in render_feed(FEED, form)


@pytest.mark.parametrize("form", XML_FORMS)
def test_an_archive_leads_to_those_before_and_after_it_and_to_the_feed(form: FeedForm) -> None:
    found = links(replace(FEED, archive=2), form)
    assert found["self"] == f"{BASE}/archive/economy/2.{form}"
    assert found["prev-archive"] == f"{BASE}/archive/economy/1.{form}"
    assert found["next-archive"] == f"{BASE}/archive/economy/3.{form}"
    assert found["current"] == f"{BASE}/economy.{form}"
    assert b"fh:archive" in render_feed(replace(FEED, archive=2), form)


@pytest.mark.parametrize("form", XML_FORMS)
def test_the_first_archive_ends_the_way_back_and_the_last_the_way_on(form: FeedForm) -> None:
    assert "prev-archive" not in links(replace(FEED, archive=1), form)
    assert "next-archive" not in links(replace(FEED, archive=3), form)
    assert "prev-archive" not in links(replace(FEED, archives=0), form)


def test_json_feed_goes_on_with_the_archive() -> None:
    assert json.loads(render_feed(FEED, "json"))["next_url"] == f"{BASE}/archive/economy/3.json"
    assert "next_url" not in json.loads(render_feed(replace(FEED, archive=1), "json"))


@pytest.mark.parametrize("form", XML_FORMS)
def test_a_private_feeds_own_addresses_carry_its_token(form: FeedForm) -> None:
    private = replace(FEED, token="reader", archive=2)  # noqa: S106  # no real one
    found = links(private, form)
    for relation in ("self", "prev-archive", "next-archive", "current"):
        assert found[relation].startswith(f"{BASE}/private/reader/")
    assert "profiles/economy" not in found["alternate"]


@pytest.mark.parametrize("form", XML_FORMS)
def test_what_was_asked_for_stands_in_the_feeds_own_address(form: FeedForm) -> None:
    assert (
        links(replace(FEED, query="limit=5&score=60"), form)["self"]
        == f"{BASE}/economy.{form}?limit=5&score=60"
    )
