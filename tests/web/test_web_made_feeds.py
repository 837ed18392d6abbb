from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5
from xml.etree import ElementTree as ET

import feedparser
import pytest
from sqlalchemy import Connection
from starlette.testclient import TestClient

from digest.config import Config
from digest.model import ArchivedArticle, Article, Clip, Folio, Page, Profile, Reason, Tally
from digest.pipeline.desk import Desk
from digest.pipeline.feed_tokens import add_token
from digest.pipeline.feeds import publish_feeds
from digest.store import Store, clips, digests, pages, profiles
from digest.store.clips import Matching
from digest.store.digests import DigestRow, HeldClip
from digest.web import create_app
from digest.web.feed_address import Wanted
from digest.web.made_feeds import BusyError, MadeFeeds

NOW = datetime(2031, 5, 6, tzinfo=UTC)
BASE = "https://clips.example.org"
BRIDGES = Profile(UUID(int=1), "bridges", "桥 <梁>", ("大桥",))
SECRET = Profile(UUID(int=2), "secret", "内部", ("机密",), public=False)
CLIPS = 120


def _id(number: int) -> UUID:
    return uuid5(UUID(int=0), str(number))


def _fill(tx: Connection) -> None:
    profiles.replace_profiles(tx, [BRIDGES, SECRET], NOW)
    background = clips.save_background(tx, {}, NOW)
    folio = Folio("河湾日报", date(2031, 5, 5), 1, "1")
    for number in range(CLIPS):
        seen = NOW + timedelta(minutes=number)
        page_id = uuid5(_id(number), "page")
        pages.save_page(tx, Page(page_id, f"{number}.txt", page_id.hex * 2, 1, folio, "text", seen, seen))
        article = Article("news", f"第{number}座大桥", lead="通车。", paragraphs=("通车。",))
        archived = ArchivedArticle(_id(number), page_id, article, folio, seen, seen)
        pages.save_article(tx, archived, 0, changed=True)
        score = float(number % 100)
        for profile in (BRIDGES, SECRET):
            clip = Clip(profile.id, archived.id, score, (Reason("大桥", score),))
            clips.replace_clips(tx, [clip], Matching((profile.id,), (archived.id,), background, seen))
    digests.save_digest(tx, _digest(1), [HeldClip(BRIDGES.id, _id(0), 0, NOW, "寄出时的<标题>")], [])
    digests.save_digest(tx, _digest(2), [HeldClip(SECRET.id, _id(1), 0)], [])
    digests.save_digest(
        tx, _digest(3), [HeldClip(BRIDGES.id, _id(2), 0), HeldClip(BRIDGES.id, _id(3), None)], []
    )


def _digest(number: int) -> DigestRow:
    return DigestRow(
        id=_id(1000 + number),
        number=number,
        edition="e",
        slot=NOW + timedelta(days=number),
        variant="",
        window_start=None,
        window_end=NOW,
        state="composed",
        reason=None,
        tally=Tally(),
        subject=f"第{number}期",
        html="<p>",
        text="text",
        links="links",
        sender={},
        language="zh-CN",
        timezone="Asia/Shanghai",
        created=NOW,
    )


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    config = Config(base_url=BASE).rooted(tmp_path_factory.mktemp("made"))
    store = Store.open(config.path(config.state))
    with store.write() as tx:
        _fill(tx)
    made = Desk(config, store)
    publish_feeds(made)
    yield made
    store.close()


@pytest.fixture
def client(desk: Desk) -> Any:
    return TestClient(create_app(desk.config, desk.store), follow_redirects=False)


def titles(text: str) -> list[str]:
    return [entry.title for entry in feedparser.parse(text).entries]


@pytest.mark.parametrize("form", ["rss", "atom"])
@pytest.mark.parametrize("folder", ["/feeds", "private"])
def test_archives_lead_back_to_the_first_clip(client: Any, desk: Desk, form: str, folder: str) -> None:
    if folder == "private":
        profile, folder = "secret", f"/feeds/private/{add_token(desk, 'secret', form)}"
    else:
        profile = "bridges"
    path, found, ways = f"{folder}/{profile}.{form}", dict[str, str](), 0
    while path:
        answer = client.get(path)
        assert answer.status_code == 200, path
        feed = feedparser.parse(answer.text)
        found |= {entry.id: entry.title for entry in feed.entries}
        links = {link["rel"]: link["href"] for link in feed.feed.links}
        assert links["self"] == BASE + path
        path, ways = links.get("prev-archive", "").removeprefix(BASE), ways + 1
    assert set(found.values()) == {f"第{number}座大桥" for number in range(CLIPS)}
    assert (len(found), ways) == (CLIPS, 4)


def test_a_full_archive_is_kept_for_good_and_the_last_is_asked_for_again(client: Any) -> None:
    answers = [client.get(f"/feeds/archive/bridges/{number}.atom") for number in (1, 2, 3)]
    assert ["immutable" in answer.headers["cache-control"] for answer in answers] == [True, True, False]
    tag = {"if-none-match": answers[0].headers["etag"]}
    assert client.get("/feeds/archive/bridges/1.atom", headers=tag).status_code == 304


def test_json_feed_is_paged_to_the_first_clip(client: Any) -> None:
    path, found = "/feeds/bridges.json", set[str]()
    while path:
        feed = client.get(path).json()
        found |= {item["id"] for item in feed["items"]}
        path = feed.get("next_url", "").removeprefix(BASE)
    assert len(found) == CLIPS


@pytest.mark.parametrize(
    "path",
    [
        "archive/bridges/0.atom", "archive/bridges/4.atom", "archive/bridges/1.txt", "archive/bridges/x.atom",
        "archive/secret/1.atom", "archive/nobody/1.atom", "archive/all/1.atom", "archive/digests/1.atom",
        "archive/bridges/1/1.atom", "archive//1.atom", "archive/bridges/99999999999.atom",
        "secret.atom?limit=5", "digests.atom?limit=5",
    ],
)  # fmt: skip
def test_there_is_no_other_archive(client: Any, path: str) -> None:
    assert client.get(f"/feeds/{path}").status_code == 404


def test_length_and_least_score_can_be_asked_for(client: Any) -> None:
    assert titles(client.get("/feeds/bridges.atom?limit=3").text) == [
        f"第{number}座大桥" for number in (119, 118, 117)
    ]
    best = client.get("/feeds/bridges.json?score=98.5&limit=20").json()
    assert [item["title"] for item in best["items"]] == ["第99座大桥"]
    assert best["feed_url"] == f"{BASE}/feeds/bridges.json?limit=20&score=98.5"
    assert len(client.get("/feeds/bridges.json?limit=200").json()["items"]) == CLIPS
    assert len(client.get("/feeds/all.json?limit=7").json()["items"]) == 7


def test_a_narrowed_feed_is_not_sent_again(client: Any) -> None:
    first = client.get("/feeds/bridges.rss?limit=3")
    for condition in (
        {"if-none-match": first.headers["etag"]},
        {"if-modified-since": first.headers["last-modified"]},
    ):
        assert client.get("/feeds/bridges.rss?limit=3", headers=condition).status_code == 304


def test_a_parameter_of_somebody_elses_is_passed_over(client: Any) -> None:
    plain, asked = (client.get(path) for path in ("/feeds/bridges.rss", "/feeds/bridges.rss?utm_source=x"))
    assert plain.content == asked.content


@pytest.mark.parametrize(
    "query", ["limit=0", "limit=201", "limit=x", "limit=", "limit=-1", "score=101", "score=nan", "score=1e2"]
)
def test_what_cannot_be_meant_is_refused(client: Any, query: str) -> None:
    answer = client.get(f"/feeds/bridges.rss?{query}")
    assert answer.status_code == (200 if query == "limit=" else 400)


def test_the_list_names_public_feeds_alone(client: Any, desk: Desk) -> None:
    answer = client.get("/feeds.opml")
    assert answer.headers["content-type"].startswith("text/x-opml")
    add_token(desk, "secret", "opml")
    assert len(ET.fromstring(answer.content).findall("body/outline")) == 3  # noqa: S314  # our own
    for address in ("bridges.atom", "all.atom", "digests.atom"):
        assert f'xmlUrl="{BASE}/feeds/{address}"' in answer.text
    assert "桥 &lt;梁&gt;" in answer.text
    assert "secret" not in answer.text
    assert "内部" not in answer.text
    assert "private" not in answer.text
    assert client.get("/feeds.opml", headers={"if-none-match": answer.headers["etag"]}).status_code == 304


def test_home_leads_to_the_list(client: Any) -> None:
    assert 'href="./feeds.opml"' in client.get("/").text


def test_no_private_profile_stands_in_the_static_folder(desk: Desk) -> None:
    for path in desk.feeds.iterdir():
        assert "secret" not in path.name
        if path.suffix != ".gz":
            assert "内部" not in path.read_text(encoding="utf-8")


@pytest.mark.parametrize("form", ["rss", "atom"])
def test_digests_have_a_feed_without_those_of_private_profiles(client: Any, form: str) -> None:
    feed = feedparser.parse(client.get(f"/feeds/digests.{form}").text)
    assert [entry.title for entry in feed.entries] == ["第3期", "第1期"]
    assert [entry.link for entry in feed.entries] == [f"{BASE}/digests/3", f"{BASE}/digests/1"]
    assert "寄出时的" in feed.entries[1].content[0].value
    assert "第2座大桥" in feed.entries[0].content[0].value
    assert "第3座大桥" not in feed.entries[0].content[0].value


def test_entries_of_digests_of_one_instant_differ_in_time(desk: Desk) -> None:
    items = json.loads((desk.feeds / "digests.json").read_text(encoding="utf-8"))["items"]
    assert len({item["date_modified"] for item in items}) == 2


def test_a_feed_asked_for_again_keeps_its_date(desk: Desk) -> None:
    seconds = [0.0]
    made = MadeFeeds(desk, lambda: seconds[0])
    wanted = Wanted("bridges", "rss", limit=2)
    first = asyncio.run(made.document(wanted))
    seconds[0] = 61.0
    assert asyncio.run(made.document(wanted)) is first is not None


def test_more_at_once_than_can_be_made_is_refused(desk: Desk) -> None:
    made = MadeFeeds(desk)

    async def all_at_once() -> list[Any]:
        asked = (made.document(Wanted("bridges", "rss", limit=limit)) for limit in range(1, 12))
        return await asyncio.gather(*asked, return_exceptions=True)

    refused = [answer for answer in asyncio.run(all_at_once()) if isinstance(answer, BusyError)]
    assert len(refused) == 3


def test_a_refusal_under_load_says_when_to_come_back(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.web.made_feeds._AT_ONCE", 0)
    answer = client.get("/feeds/bridges.rss?limit=4")
    assert answer.status_code == 503
    assert answer.headers["retry-after"] == "30"
    assert client.get("/feeds/bridges.rss").status_code == 200


def test_few_made_feeds_are_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("digest.web.made_feeds._KEPT", 2)
    made = MadeFeeds(desk, lambda: 0.0)
    for number in (7, 8, 9):
        assert asyncio.run(made.document(Wanted("bridges", "rss", number))) is None
    assert len(made._made) == 2  # noqa: SLF001  # what it holds is not told otherwise


def test_static_folder_is_complete(desk: Desk) -> None:
    names = {path.name for path in Path(desk.feeds).iterdir()}
    assert {
        f"{name}.{form}" for name in ("bridges", "all", "digests") for form in ("rss", "atom", "json")
    } <= names
