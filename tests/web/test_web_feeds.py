from __future__ import annotations

import gzip
import hashlib
import os
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.testclient import TestClient

from digest.errors import StoreError
from digest.pipeline.desk import Desk
from digest.web import create_app
from digest.web.compression import takes_gzip
from digest.web.conditional import unchanged_since
from digest.web.feed_document import Asked, FeedDocument
from digest.web.feed_files import FeedFiles
from digest.web.feed_names import FeedNames
from digest.web.feed_server import FeedServer

MODIFIED = datetime(2025, 3, 4, 12, 0, 0, 500_000, tzinfo=UTC)


@pytest.mark.parametrize(
    ("form", "media_type"),
    [("rss", "application/rss+xml"), ("atom", "application/atom+xml"), ("json", "application/feed+json")],
)
@pytest.mark.parametrize("name", ["grain", "all"])
def test_feeds_come_with_their_media_type(client: Any, name: str, form: str, media_type: str) -> None:
    response = client.get(f"/feeds/{name}.{form}")
    assert response.status_code == 200
    assert response.text == f"{name} as {form}"
    assert response.headers["content-type"] == f"{media_type}; charset=utf-8"


def test_a_known_feed_is_not_sent_again(client: Any) -> None:
    first = client.get("/feeds/grain.rss")
    assert first.headers["etag"].startswith('"')
    for header, value in (
        ("if-none-match", first.headers["etag"]),
        ("if-modified-since", first.headers["last-modified"]),
    ):
        again = client.get("/feeds/grain.rss", headers={header: value})
        assert again.status_code == 304
        assert again.content == b""
        assert again.headers["etag"] == first.headers["etag"]


def test_head_of_a_feed_tells_its_length(client: Any) -> None:
    head = client.head("/feeds/grain.atom", headers={"accept-encoding": "identity"})
    assert head.status_code == 200
    assert head.content == b""
    assert head.headers["content-length"] == str(len("grain as atom"))
    assert (
        client.head("/feeds/grain.atom", headers={"if-none-match": head.headers["etag"]}).status_code == 304
    )


def test_a_retired_profiles_feed_is_gone(client: Any) -> None:
    assert client.get("/feeds/old.rss").status_code == 410


@pytest.mark.parametrize(
    "file",
    [
        "nobody.rss", "grain.txt", "grain", "grain.", ".rss", "..%2Fkey.rss", "../key.rss", "..\\key.rss",
        "%2e%2e%2fkey.rss", "%00.rss", "grain.rss%00", "all.rss/..", "a" * 5000 + ".rss",
    ],
)  # fmt: skip
def test_only_published_feeds_are_served(client: Any, file: str) -> None:
    response = client.get(f"/feeds/{file}")
    assert response.status_code == 404
    assert "the secret key" not in response.text


def test_a_replaced_feed_is_served_anew(tmp_path: Any) -> None:
    files = FeedFiles(tmp_path)
    assert files.get("grain", "rss") is None
    (tmp_path / "grain.rss").write_bytes(b"old")
    old = files.get("grain", "rss")
    assert files.get("grain", "rss") is old
    (tmp_path / "new").write_bytes(b"new")
    os.utime(tmp_path / "new", (1, 1))
    (tmp_path / "new").replace(tmp_path / "grain.rss")
    new = files.get("grain", "rss")
    assert old is not None
    assert new is not None
    assert new.content == b"new"
    headers = [dict(feed.answer(asked()).headers) for feed in (old, new)]
    assert headers[1][b"last-modified"] == b"Thu, 01 Jan 1970 00:00:01 GMT"
    assert headers[0][b"etag"] != headers[1][b"etag"]


def test_an_unreadable_feed_is_told_without_its_folder(tmp_path: Any) -> None:
    (tmp_path / "grain.rss").mkdir()
    with pytest.raises(StoreError, match=r"the feed grain[.]rss cannot be read") as caught:
        FeedFiles(tmp_path).get("grain", "rss")
    assert str(tmp_path) not in str(caught.value)


DOCUMENT = FeedDocument(b"content" * 100, "application/atom+xml", MODIFIED)
TAG, ZIPPED = (f'"{hashlib.sha256(DOCUMENT.content).hexdigest()[:32]}{end}"' for end in ("", "-gz"))


def asked(**headers: str) -> Asked:
    return Asked([(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()])


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 200),
        ({"if_none_match": TAG}, 304),
        ({"if_none_match": f"W/{TAG}"}, 304),
        ({"if_none_match": f'"a,b", W/{TAG} , "c"'}, 304),
        ({"if_none_match": ZIPPED}, 304),
        ({"if_none_match": "*"}, 304),
        ({"if_none_match": '"a"'}, 200),
        ({"if_none_match": TAG.strip('"')}, 200),
        ({"if_none_match": f'"x{TAG}'}, 200),
        ({"if_modified_since": "Tue, 04 Mar 2025 12:00:00 GMT"}, 304),
        ({"if_modified_since": "Tue, 04 Mar 2025 11:59:59 GMT"}, 200),
        ({"if_modified_since": "Tue, 04 Mar 2025 12:00:00 -0000"}, 304),
        ({"if_modified_since": "yesterday"}, 200),
        ({"if_none_match": '"a"', "if_modified_since": "Tue, 04 Mar 2025 12:00:00 GMT"}, 200),
    ],
)
def test_a_copy_is_current_when_tag_or_date_say_so(headers: dict[str, str], status: int) -> None:
    assert DOCUMENT.answer(asked(**headers)).status == status


def test_tags_of_several_lines_count_together() -> None:
    lines = [(b"if-none-match", b'"a"'), (b"if-none-match", TAG.encode())]
    assert DOCUMENT.answer(Asked(lines)).status == 304


def test_not_modified_names_the_copy_the_reader_has() -> None:
    for tag in (TAG, ZIPPED):
        headers = dict(DOCUMENT.answer(asked(if_none_match=tag)).headers)
        assert headers[b"etag"] == tag.encode()
        assert headers[b"vary"] == b"Accept-Encoding"
        assert b"content-length" not in headers


@pytest.mark.parametrize(
    ("encoding", "compressed"),
    [
        ("gzip", True),
        ("deflate, GZIP;q=0.1", True),
        ("x-gzip", True),
        ("*", True),
        ("gzip;q=0", False),
        ("gzip; q=0.000, *;q=1", False),
        ("br", False),
        ("", False),
        ("gzip;q=high", False),
    ],
)
def test_gzip_goes_to_those_who_take_it(encoding: str, compressed: bool) -> None:  # noqa: FBT001  # a table of cases
    assert takes_gzip(encoding) is compressed
    answer = DOCUMENT.answer(asked(accept_encoding=encoding))
    headers = dict(answer.headers)
    assert headers[b"vary"] == b"Accept-Encoding"
    assert headers[b"content-length"] == str(len(answer.body)).encode()
    assert headers[b"etag"].decode() == (ZIPPED if compressed else TAG)
    assert (gzip.decompress(answer.body) if compressed else answer.body) == DOCUMENT.content


@given(st.text(max_size=40))
def test_any_condition_is_answered(condition: str) -> None:
    value = condition.encode("utf-8", "surrogatepass")
    for name in (b"if-none-match", b"if-modified-since", b"accept-encoding"):
        assert DOCUMENT.answer(Asked([(name, value)])).status in {200, 304}
    assert unchanged_since(condition, MODIFIED) in {True, False}


def test_a_poll_that_finds_nothing_new_asks_the_database_at_most_once_a_second(office: Any) -> None:
    seconds = [0.0]
    names = FeedNames(office.store, lambda: seconds[0])
    with counted_reads(office.store) as reads:
        assert names.standing("grain") == "public"
        assert [names.standing(name) for name in ("secret", "old", "hushed", "all", "nobody")] == [
            "private", "gone", None, "public", None,
        ]  # fmt: skip
        seconds[0] = 0.9
        names.standing("grain")
        assert len(reads) == 1
        seconds[0] = 1.0
        names.standing("grain")
        assert len(reads) == 2


@contextmanager
def counted_reads(store: Any) -> Generator[list[str]]:
    reads: list[str] = []
    plain = store.read

    def read() -> Any:
        reads.append("read")
        return plain()

    store.read = read
    try:
        yield reads
    finally:
        del store.read


def test_a_poll_within_the_second_looks_nowhere(office: Any) -> None:
    seconds = [0.0]
    pages = create_app(office.config, office.store)
    server = FeedServer(Desk(office.config, office.store), pages, lambda: seconds[0])
    with TestClient(server) as client, counted_reads(office.store) as reads:
        for moment in (0.0, 0.9, 1.0):
            seconds[0] = moment
            assert client.get("/feeds/grain.rss").status_code == 200
        assert len(reads) == 2
