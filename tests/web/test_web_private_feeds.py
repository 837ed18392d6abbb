from __future__ import annotations

import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from digest.errors import DigestError, StoreError
from digest.pipeline.feed_tokens import add_token, opened_by, revoke_token, token_place, tokens_of
from digest.store import feed_tokens
from digest.store.secret_key import secret_key
from digest.web import create_app
from tests.pipeline.office import SETTINGS, Office, page

PRIVATE = 'base_url = "https://clips.example.org"\n' + SETTINGS.replace(
    'name = "schools"', 'name = "schools"\npublic = false'
)
FORMS = ("rss", "atom", "json")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "office", PRIVATE)
    made.drop("a.md", page("河湾小学新校舍", "教师三十人"))
    made.work()
    yield made
    made.desk.store.close()


@pytest.fixture
def client(office: Office) -> Any:
    return TestClient(create_app(office.desk.config, office.desk.store), follow_redirects=False)


@pytest.fixture
def token(office: Office) -> str:
    return add_token(office.desk, "schools", "何")


@pytest.mark.parametrize("form", FORMS)
def test_a_token_opens_the_profiles_feeds(client: Any, token: str, form: str) -> None:
    answer = client.get(f"/feeds/private/{token}/schools.{form}")
    assert answer.status_code == 200
    assert "河湾小学" in answer.text
    assert f"https://clips.example.org/feeds/private/{token}/schools.{form}" in answer.text


def test_answers_ask_not_to_be_kept_indexed_or_referred_to(client: Any, token: str) -> None:
    known = client.get(f"/feeds/private/{token}/schools.rss")
    tag = {"if-none-match": known.headers["etag"]}
    answers = [
        known,
        client.get(f"/feeds/private/{token}/schools.rss", headers=tag),
        client.get("/feeds/private/nothing/schools.rss"),
    ]
    assert [answer.status_code for answer in answers] == [200, 304, 404]
    for answer in answers:
        assert answer.headers["x-robots-tag"].startswith("noindex")
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["cache-control"].startswith("private")


def test_each_reader_sees_their_own_token_alone_and_tags_agree(
    office: Office, client: Any, token: str
) -> None:
    other = add_token(office.desk, "schools", "林")
    place = token_place(secret_key(office.desk.state))
    mine, theirs = (client.get(f"/feeds/private/{known}/schools.atom") for known in (token, other))
    assert token in mine.text
    assert other not in mine.text
    assert place not in mine.text + theirs.text
    assert mine.text.replace(token, "") == theirs.text.replace(other, "")
    assert mine.headers["etag"] == theirs.headers["etag"]


def test_a_poll_that_finds_nothing_new_gets_no_body(client: Any, token: str) -> None:
    path = f"/feeds/private/{token}/schools.rss"
    first = client.get(path)
    again = client.get(path, headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_a_token_opens_nothing_else(office: Office, client: Any, token: str) -> None:
    paths = [
        f"/feeds/private/{token}/bridges.rss",
        f"/feeds/private/{token}/all.rss",
        f"/feeds/private/{token}/schools.txt",
        f"/feeds/private/{token}/../schools.rss",
        f"/feeds/private/{token}",
        f"/feeds/private/{token}x/schools.rss",
        f"/feeds/private/{token.swapcase()}/schools.rss",
        "/feeds/private//schools.rss",
        f"/feeds/private/{'é' * 43}/schools.rss",
        "/feeds/schools.rss",
    ]
    assert {client.get(path).status_code for path in paths} == {404}
    assert office.desk.private_feeds.stat().st_mode & 0o077 == 0


def test_a_revoked_token_opens_nothing(office: Office, client: Any, token: str) -> None:
    other = add_token(office.desk, "schools", "林")
    revoke_token(office.desk, "schools", "何")
    assert client.get(f"/feeds/private/{token}/schools.rss").status_code == 404
    assert client.get(f"/feeds/private/{other}/schools.rss").status_code == 200
    assert [known.name for known in tokens_of(office.desk, "schools")] == ["林"]


def test_a_private_profile_that_was_taken_away_is_gone(office: Office, client: Any, token: str) -> None:
    office.configure(PRIVATE[: PRIVATE.rindex("[[profiles]]")])
    office.work()
    assert client.get(f"/feeds/private/{token}/schools.rss").status_code == 410
    assert list(office.desk.private_feeds.iterdir()) == []


def test_a_profile_made_public_stays_open_to_its_tokens(office: Office, client: Any, token: str) -> None:
    office.configure(PRIVATE.replace("public = false", "public = true"))
    office.work()
    assert client.get(f"/feeds/private/{token}/schools.rss").status_code == 200


def test_only_a_hash_is_stored(office: Office, token: str) -> None:
    office.desk.store.close()
    written = b"".join(path.read_bytes() for path in office.desk.state.rglob("*") if path.is_file())
    assert token.encode() not in written


def test_use_is_noted_at_most_once_an_hour(office: Office, token: str) -> None:
    def used() -> Any:
        return tokens_of(office.desk, "schools")[0].used

    assert used() is None
    start = office.now
    seen: list[Any] = []
    for minutes in (0, 59, 60, 61):
        opened_by(office.desk.store, token, start + timedelta(minutes=minutes))
        seen.append(used() - start)
    assert seen == [timedelta(0), timedelta(0), timedelta(hours=1), timedelta(hours=1)]


@pytest.mark.parametrize("name", ["", "  ", "何", "x" * 65, "a\nb"])
def test_a_name_says_whose_it_is_and_is_free(office: Office, token: str, name: str) -> None:
    assert token
    with pytest.raises(DigestError):
        add_token(office.desk, "schools", name)


def test_what_is_not_there_is_told(office: Office) -> None:
    with pytest.raises(DigestError, match="no profile"):
        add_token(office.desk, "nobody", "何")
    with pytest.raises(DigestError, match="no token"):
        revoke_token(office.desk, "schools", "何")


def test_hashes_are_compared_in_constant_time(
    office: Office, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def differ(*_: object) -> bool:
        return False

    monkeypatch.setattr(feed_tokens.hmac, "compare_digest", differ)
    assert opened_by(office.desk.store, token, office.now) is None


def test_tokens_stand_in_no_log(
    office: Office, client: Any, token: str, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        client.get(f"/feeds/private/{token}/schools.rss")
        office.work()
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith("httpx")]
    assert token not in " ".join(ours)


def test_a_failing_database_is_told_without_keeping(
    client: Any, token: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise StoreError("the database is away")

    monkeypatch.setattr(feed_tokens, "opened_by", fail)
    answer = client.get(f"/feeds/private/{token}/schools.rss")
    assert answer.status_code == 503
    assert answer.headers["cache-control"].startswith("private")
