"""`digest run` on the demo pages, as the README has it."""

from __future__ import annotations

import email
import email.policy
import json
from pathlib import Path

import feedparser

from tests.acceptance.installation import Installation


def test_run_turns_the_demo_pages_into_feeds_and_a_digest(demo: Installation) -> None:
    done = demo.read("run", "--now")
    assert done["ingested"]["files"] == {"read": 8}
    assert done["composed"]["numbers"] == [1]
    assert done["delivered"]["sent"] == len(demo.mails()) == 1
    names = {
        f"{n}.{f}"
        for n in ("all", "digests", "digital", "rural", "environment", "elderly")
        for f in ("rss", "atom", "json")
    }
    assert set(demo.feed_bytes()) == names


def test_every_demo_profile_selects_some_articles_but_not_all(demo: Installation) -> None:
    done = demo.read("run")
    for name in ("digital", "rural", "environment", "elderly"):
        count = len(json.loads(demo.feed_bytes()[f"{name}.json"])["items"])
        assert 3 <= count <= done["ingested"]["articles"] // 2


def test_second_run_finds_nothing_sends_nothing_and_leaves_every_feed_as_it_is(demo: Installation) -> None:
    demo.run("run", "--now")
    feeds, mails = demo.feed_bytes(), demo.mails()
    times = {path: path.stat().st_mtime_ns for path in demo.feeds.iterdir()}
    done = demo.read("run", "--now")
    assert done["ingested"]["files"] == {}
    assert done["composed"] == {"numbers": [], "skipped": 0}
    assert demo.mails() == mails
    assert demo.feed_bytes() == feeds
    assert {path: path.stat().st_mtime_ns for path in demo.feeds.iterdir()} == times


def test_the_digest_is_a_mail_any_client_reads(demo: Installation) -> None:
    demo.run("run", "--now")
    [path] = demo.mails()
    message = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)
    assert message["To"] == "reader@localhost.localdomain"
    assert "1" in message["Subject"]
    kinds = [part.get_content_type() for part in message.iter_parts()]
    assert kinds == ["text/plain", "text/html"]
    plain = message.get_body(("plain",))
    assert plain is not None
    assert plain.get_content().strip()


def test_feeds_are_read_by_a_feed_reader(demo: Installation) -> None:
    demo.run("run")
    for name, content in demo.feed_bytes().items():
        if not name.endswith(".json"):
            parsed = feedparser.parse(content)
            assert not parsed.bozo, name
            assert parsed.entries or name.startswith("digests"), name  # none was composed yet
            assert len({entry.id for entry in parsed.entries}) == len(parsed.entries)


def test_a_new_page_makes_the_next_digest_with_only_what_is_new(demo: Installation) -> None:
    held = demo.inbox / "青屏日报" / "2026-05-19" / "01.txt"
    content = held.read_bytes()
    held.unlink()
    demo.run("run", "--now")
    demo.drop("青屏日报/2026-05-19/01.txt", content)
    done = demo.read("run", "--now")
    assert done["composed"]["numbers"] == [2]
    first, second = (
        email.message_from_bytes(p.read_bytes(), policy=email.policy.default) for p in _by_number(demo)
    )
    assert first["Subject"] != second["Subject"]


def _by_number(demo: Installation) -> list[Path]:
    def number(path: Path) -> bool:
        subject = email.message_from_bytes(path.read_bytes(), policy=email.policy.default)["Subject"]
        return "2" in subject.split("·")[0]

    return sorted(demo.mails(), key=number)


def test_quiet_prints_nothing(demo: Installation) -> None:
    assert demo.run("run", "--quiet") == ""


def test_the_summary_names_the_places_to_look_at(demo: Installation) -> None:
    printed = demo.run("run", "--now").replace("\n", "")
    assert "feeds" in printed
    assert "http://127.0.0.1:8321" in printed
