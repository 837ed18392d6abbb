from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs

import pytest
from starlette.testclient import TestClient

from digest.deliver.hubs import tell_hub
from digest.pipeline.websub import tell_hubs
from digest.store import hub_pings
from digest.web import create_app
from tests.pipeline.office import SETTINGS, Office, page

HUB = "https://hub.example/"
SITE = "https://clips.example.org"
HUBBED = f'base_url = "{SITE}"\n{SETTINGS}'.replace(
    "[digest]", f'[feeds]\nhubs = ["{HUB}"]\n[digest]', 1
).replace('name = "schools"', 'name = "schools"\npublic = false')
Told = list[tuple[str, str]]


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    monkeypatch.setattr("digest.pipeline.passes.tell_hubs", id)  # each test tells them itself
    made = Office(tmp_path / "office", HUBBED)
    made.work()
    tell_hubs(made.desk, lambda _hub, _topic: None)
    yield made
    made.desk.store.close()


def noting(told: Told, fault: str | None = None) -> Callable[[str, str], str | None]:
    def tell(hub: str, topic: str) -> str | None:
        told.append((hub, topic))
        return fault

    return tell


def waiting(office: Office) -> int:
    with office.desk.store.read() as tx:
        return len(hub_pings.due(tx, office.now + timedelta(days=9)))


def test_hubs_are_told_of_public_feeds_that_changed_and_of_no_other(office: Office) -> None:
    office.drop("a.md", page("河湾大桥通车", "小学教师到场"))
    office.work()
    told: Told = []
    assert tell_hubs(office.desk, noting(told)) == len(told)
    names = {topic.removeprefix(f"{SITE}/feeds/") for hub, topic in told if hub == HUB}
    assert names == {f"{name}.{form}" for name in ("all", "bridges") for form in ("rss", "atom", "json")}
    assert waiting(office) == 0
    office.work()
    assert waiting(office) == 0


def test_a_hub_that_fails_is_told_again_ever_later_for_a_day(office: Office) -> None:
    office.drop("a.md", page("河湾大桥通车", "教师到场"))
    office.work()
    told: Told = []
    failing = noting(told, "it answered 503")
    assert tell_hubs(office.desk, failing) == 0
    pauses: list[int] = []
    while waiting(office):
        before, minutes = len(told), 0
        while len(told) == before:
            office.pass_time(minutes=1)
            minutes += 1
            tell_hubs(office.desk, failing)
        pauses.append(minutes)
    assert pauses[:8] == [1, 2, 4, 8, 16, 32, 60, 60]
    assert timedelta(minutes=sum(pauses)) >= timedelta(days=1)


def test_a_feed_that_was_made_private_meanwhile_is_told_to_nobody(office: Office) -> None:
    office.drop("a.md", page("河湾大桥通车", "教师到场"))
    office.work()
    office.configure(HUBBED.replace('name = "bridges"', 'name = "bridges"\npublic = false'))
    office.work()
    told: Told = []
    tell_hubs(office.desk, noting(told))
    assert not any("bridges" in topic for _, topic in told)
    assert told
    assert waiting(office) == 0


def test_a_hub_taken_out_of_the_settings_is_told_no_more(office: Office) -> None:
    office.drop("a.md", page("河湾大桥通车", "教师到场"))
    office.work()
    office.configure(HUBBED.replace(HUB, "https://other.example/"))
    told: Told = []
    tell_hubs(office.desk, noting(told))
    assert told == []
    assert waiting(office) == 0


def test_feeds_and_headers_name_hub_and_self(office: Office) -> None:
    client = TestClient(create_app(office.desk.config, office.desk.store))
    answer = client.get("/feeds/bridges.atom")
    assert f'href="{HUB}" rel="hub"' in answer.text
    links = answer.headers["link"]
    assert f'<{HUB}>; rel="hub"' in links
    assert f'<{SITE}/feeds/bridges.atom>; rel="self"' in links
    assert (
        "link"
        not in client.get("/feeds/bridges.atom", headers={"if-none-match": answer.headers["etag"]}).headers
    )


def test_private_feeds_name_no_hub(office: Office) -> None:
    assert (office.desk.private_feeds / "schools.atom").exists()
    assert all(b"hub" not in path.read_bytes() for path in office.desk.private_feeds.glob("*.atom"))


@pytest.fixture
def hub() -> Iterator[tuple[str, list[dict[str, list[str]]], list[int]]]:
    """A hub, what it was told, and the statuses it answers with."""
    told: list[dict[str, list[str]]] = []
    statuses = [204]

    class Hub(BaseHTTPRequestHandler):
        def do_POST(self) -> None:  # http.server's name
            length = int(self.headers["Content-Length"])
            told.append(parse_qs(self.rfile.read(length).decode()))
            self.send_response(statuses[-1])
            self.send_header("Location", "https://elsewhere.example/")
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # http.server's name
            """Says nothing."""

    server = HTTPServer(("127.0.0.1", 0), Hub)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/hub", told, statuses
    server.shutdown()
    server.server_close()


def test_a_hub_is_asked_to_fetch_the_feed(hub: tuple[str, list[dict[str, list[str]]], list[int]]) -> None:
    address, told, statuses = hub
    topic = f"{SITE}/feeds/bridges.atom"
    assert tell_hub(address, topic) is None
    assert told == [{"hub.mode": ["publish"], "hub.topic": [topic], "hub.url": [topic]}]
    for status in (301, 404, 503):
        statuses.append(status)
        assert tell_hub(address, topic) == f"it answered {status}"


def test_a_hub_that_cannot_be_reached_is_a_fault_to_tell() -> None:
    assert tell_hub("http://127.0.0.1:1/", "https://x.example/", seconds=1)
    assert tell_hub("http://127.0.0.1:99999/", "https://x.example/", seconds=1)
