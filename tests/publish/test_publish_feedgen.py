"""feedgen's known defects: each does not show in what is written."""

from __future__ import annotations

from xml.etree import ElementTree as ET

from digest.model import Feed
from digest.publish import render_feed
from tests.publish import publish_samples as samples

ATOM = "{http://www.w3.org/2005/Atom}"


def atom(feed: Feed) -> ET.Element:
    return ET.fromstring(render_feed(feed, "atom"))  # noqa: S314  our own bytes


def channel(feed: Feed) -> ET.Element:
    found = ET.fromstring(render_feed(feed, "rss")).find("channel")  # noqa: S314  our own bytes
    assert found is not None
    return found


def test_entries_keep_their_order() -> None:
    feed = samples.small_feed()
    ids = [entry.id.urn for entry in feed.entries]
    assert [entry.findtext(f"{ATOM}id") for entry in atom(feed).iter(f"{ATOM}entry")] == ids
    assert [item.findtext("guid") for item in channel(feed).iter("item")] == ids


def test_no_time_of_now_is_written() -> None:
    feed = samples.small_feed()
    assert atom(feed).findtext(f"{ATOM}updated") == "2025-03-04T22:15:07+00:00"
    assert channel(feed).findtext("lastBuildDate") == "Tue, 04 Mar 2025 22:15:07 +0000"
    assert [entry.findtext(f"{ATOM}updated") for entry in atom(feed).iter(f"{ATOM}entry")] == [
        entry.updated.isoformat() for entry in feed.entries
    ]


def test_one_control_character_does_not_cost_the_feed() -> None:
    article = samples.archived(
        samples.replace(samples.NEWS, headline="开\x0b园", paragraphs=("一\x00二",)), "c"
    )
    feed = samples.feed(samples.entry(samples.clipping(samples.ECONOMY, article, ())))
    assert atom(feed).findtext(f"{ATOM}entry/{ATOM}title") == "开园"
    assert channel(feed).findtext("item/title") == "开园"


def test_atom_content_is_labelled_html() -> None:
    types = {content.get("type") for content in atom(samples.small_feed()).iter(f"{ATOM}content")}
    assert types == {"html"}


def test_atom_text_that_looks_like_markup_is_labelled_html() -> None:
    article = samples.archived(samples.replace(samples.NEWS, headline="a<b>c", lead="1 < 2"), "m")
    entry = atom(samples.feed(samples.entry(samples.clipping(samples.ECONOMY, article, ())))).find(
        f"{ATOM}entry"
    )
    assert entry is not None
    title, summary = entry.find(f"{ATOM}title"), entry.find(f"{ATOM}summary")
    assert title is not None
    assert (title.get("type"), title.text) == ("html", "a&lt;b&gt;c")
    assert summary is not None
    assert (summary.get("type"), summary.text) == (None, "1 < 2")


def test_atom_entry_links_keep_rel_and_type() -> None:
    links = atom(samples.small_feed()).findall(f"{ATOM}entry/{ATOM}link")
    assert [(link.get("rel"), link.get("type")) for link in links] == [("alternate", "text/html")] * 3


def test_hubs_and_self_are_linked_in_both_forms() -> None:
    feed = samples.small_feed()
    for form, root in (("atom", atom(feed)), ("rss", channel(feed))):
        links = {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")}
        assert links["hub"] == "https://hub.example.net/"
        assert links["self"] == f"{samples.BASE_URL}/feeds/economy.{form}"


def test_the_rss_channel_links_its_page() -> None:
    assert channel(samples.small_feed()).findtext("link") == f"{samples.BASE_URL}/profiles/economy"


def test_rss_guids_are_no_permalinks() -> None:
    assert {guid.get("isPermaLink") for guid in channel(samples.small_feed()).iter("guid")} == {"false"}


def test_rss_authors_need_no_mail_address() -> None:
    creators = channel(samples.small_feed()).findall("item/{http://purl.org/dc/elements/1.1/}creator")
    assert [creator.text for creator in creators] == ["周远航", "何青", "田甜"]
