from __future__ import annotations

import json
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID
from xml.etree import ElementTree as ET

import feedparser
import pytest

from digest.model import Folio
from digest.publish import FeedForm
from digest.publish.digest_feed import DigestEntry, DigestFeed, DigestItem, render_digest_feed
from digest.publish.opml import Outline, write_opml

NOW = datetime(2031, 5, 6, tzinfo=UTC)
SITE = "https://clips.example.org"
HOSTILE = "<script>x</script> ]]> &#0; \x00\u202e\ud800"
ITEMS = (
    DigestItem(UUID(int=5), f"大桥{HOSTILE}", Folio("河湾日报", date(2031, 5, 5), 1, "1")),
    DigestItem(UUID(int=6), "通车", Folio()),
)


def feed(*entries: DigestEntry) -> DigestFeed:
    return DigestFeed(UUID(int=1), "digests", f"剪报{HOSTILE}", SITE, "zh-CN", NOW, entries)


def entry(number: int, title: str = "期") -> DigestEntry:
    return DigestEntry(UUID(int=10 + number), number, title, NOW, "zh-CN", ((f"桥梁{HOSTILE}", ITEMS),))


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_a_digest_is_an_entry_with_what_stood_in_it(form: FeedForm) -> None:
    read: Any = feedparser.parse(render_digest_feed(feed(entry(2, f"第二期{HOSTILE}"), entry(1)), form))
    assert not read.bozo
    assert [found.link for found in read.entries] == [f"{SITE}/digests/2", f"{SITE}/digests/1"]
    assert [found.id for found in read.entries] == [UUID(int=12).urn, UUID(int=11).urn]
    content = read.entries[0].content[0].value
    assert f'href="{SITE}/articles/{UUID(int=5)}"' in content
    assert "《河湾日报》2031-05-05 第1版" in content
    assert "<script" not in content


def test_digests_of_one_instant_differ_in_time() -> None:
    items = json.loads(render_digest_feed(feed(entry(3), entry(2), entry(1)), "json"))["items"]
    found = [datetime.fromisoformat(item["date_modified"]) for item in items]
    assert found == [NOW, NOW - timedelta(microseconds=1), NOW - timedelta(microseconds=2)]


def test_a_digest_without_a_subject_is_called_by_its_number() -> None:
    [item] = json.loads(render_digest_feed(feed(entry(7, "\x00")), "json"))["items"]
    assert item["title"] == "No. 7"


def test_a_feed_without_a_digest_is_a_feed() -> None:
    assert json.loads(render_digest_feed(feed(), "json"))["items"] == []
    assert b"2031-05-06" in render_digest_feed(feed(), "atom")


def test_a_list_of_feeds_is_well_formed_whatever_their_titles() -> None:
    written = write_opml(HOSTILE, [Outline(f"\"'{HOSTILE}", f"{SITE}/feeds/a.atom", SITE)])
    [outline] = ET.fromstring(written).findall("body/outline")  # noqa: S314  # our own
    assert outline.get("xmlUrl") == f"{SITE}/feeds/a.atom"
    assert outline.get("text") == "\"'<script>x</script> ]]> &#0;"
