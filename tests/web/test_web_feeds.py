from __future__ import annotations

import os
from datetime import UTC, datetime
from typing import Any

import pytest

from digest.errors import StoreError
from digest.web.conditional import is_current
from digest.web.feed_files import FeedFiles

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
    head = client.head("/feeds/grain.atom")
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
    assert (new.content, new.last_modified) == (b"new", "Thu, 01 Jan 1970 00:00:01 GMT")
    assert new.etag != old.etag


def test_an_unreadable_feed_is_told_without_its_folder(tmp_path: Any) -> None:
    (tmp_path / "grain.rss").mkdir()
    with pytest.raises(StoreError, match=r"the feed grain[.]rss cannot be read") as caught:
        FeedFiles(tmp_path).get("grain", "rss")
    assert str(tmp_path) not in str(caught.value)


@pytest.mark.parametrize(
    ("headers", "current"),
    [
        ({}, False),
        ({"if-none-match": '"b"'}, True),
        ({"if-none-match": '"a", W/"b"'}, True),
        ({"if-none-match": "*"}, True),
        ({"if-none-match": '"a"'}, False),
        ({"if-none-match": "b"}, False),
        ({"if-modified-since": "Tue, 04 Mar 2025 12:00:00 GMT"}, True),
        ({"if-modified-since": "Tue, 04 Mar 2025 11:59:59 GMT"}, False),
        ({"if-modified-since": "Tue, 04 Mar 2025 12:00:00 -0000"}, True),
        ({"if-modified-since": "yesterday"}, False),
        ({"if-none-match": '"a"', "if-modified-since": "Tue, 04 Mar 2025 12:00:00 GMT"}, False),
    ],
)
def test_a_copy_is_current_when_tag_or_date_say_so(headers: dict[str, str], current: bool) -> None:  # noqa: FBT001  # a table of cases
    assert is_current(headers, '"b"', MODIFIED) is current
