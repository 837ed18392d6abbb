from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

SAFE = (
    "content-security-policy",
    "x-content-type-options",
    "x-frame-options",
    "referrer-policy",
    "permissions-policy",
)
TAGS_WITH_HARM = {"script", "object", "embed", "img", "style", "base", "textarea"}
FIELDS = {"q", "paper", "kind", "from", "to", "sort", None}


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_hostile_texts_stay_text(client: Any, every_page: Any, elements: Any, language: str) -> None:
    for path in every_page:
        page = elements(client.get(path, headers={"accept-language": language}).text)
        for tag, attributes in page.found:
            assert tag not in TAGS_WITH_HARM, path
            assert not any(name.startswith("on") or name == "style" for name in attributes), path
            assert not attributes.get("href", "").startswith("javascript:"), path
        for form in page.all("form"):
            assert form["action"].removeprefix("../").removeprefix("./") == "search", path
            assert form["method"] == "get", path
        assert {field.get("name") for field in page.all("input") + page.all("button")} <= FIELDS, path


def test_hostile_texts_are_shown_as_they_were_printed(client: Any, office: Any, elements: Any) -> None:
    assert "<script>alert(1)</script>\"'>" in elements(client.get(office.article("evil")).text).words


def test_control_and_bidirectional_characters_never_arrive(client: Any, every_page: Any) -> None:
    for path in every_page:
        text = client.get(path).text
        assert not any(character in text for character in "\x00\x1b\u202e"), path


def test_a_query_is_not_reflected(client: Any) -> None:
    for path in ("/?x=<script>alert(1)</script>", "/articles?page=<script>", "/<script>alert(1)</script>"):
        assert "<script" not in client.get(path).text


def test_every_answer_carries_the_safe_headers(client: Any, every_page: Any) -> None:
    others = ["/health", "/feeds/grain.rss", "/nothing", "/articles?page=x", "/digests/1/mail"]
    for path in [*every_page, *others]:
        headers = client.get(path).headers
        assert all(name in headers for name in SAFE), path
    assert client.post("/").headers["x-frame-options"] == "DENY"


def test_the_policy_allows_no_script_and_nothing_from_elsewhere(client: Any) -> None:
    policy = client.get("/").headers["content-security-policy"]
    assert "default-src 'none'" in policy
    assert "script-src" not in policy
    assert "unsafe-inline" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "http" not in policy


def test_a_mail_may_only_be_looked_at(client: Any) -> None:
    policy = client.get("/digests/1/mail").headers["content-security-policy"]
    assert "sandbox" in policy
    assert "allow-scripts" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'self'" in policy


def test_the_host_header_is_believed_nowhere(client: Any, every_page: Any) -> None:
    for path in [*every_page, "/status/", "/profiles/grain/"]:
        response = client.get(path, headers={"host": "evil.example"})
        assert "evil.example" not in response.text
        assert "evil.example" not in str(response.headers)


def test_style_sheet_and_icon_are_kept_for_good(client: Any, elements: Any) -> None:
    page = elements(client.get("/").text)
    files = [link["href"] for link in page.all("link") if link["rel"] in {"stylesheet", "icon"}]
    for href in files:
        response = client.get(href.removeprefix("."))
        assert response.status_code == 200
        assert "immutable" in response.headers["cache-control"]
    assert client.get("/static/style.css").status_code == 404
    assert client.get("/static/..%2Fbase.html").status_code == 404


def test_the_style_sheet_asks_nobody_else(client: Any, elements: Any) -> None:
    href = next(
        link["href"] for link in elements(client.get("/").text).all("link") if link["rel"] == "stylesheet"
    )
    css = client.get(href.removeprefix(".")).text
    assert "url(" not in css
    assert "@import" not in css


@pytest.mark.parametrize("language", ["zh-CN", "en"])
@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/nothing", 404),
        ("/a/b/c/d", 404),
        ("/profiles/nobody", 404),
        (f"/articles/{uuid4()}", 404),
        ("/articles/none", 404),
        (f"/pages/{uuid4()}", 404),
        ("/pages/none", 404),
        ("/digests/99", 404),
        ("/digests/-1", 404),
        ("/digests/x", 404),
        ("/digests/99999999999999999999", 404),
        ("/profiles/old", 410),
        ("/articles?page=none", 422),
        ("/openapi.json", 404),
        ("/docs", 404),
    ],
)
def test_failures_are_pages_for_people(
    client: Any, elements: Any, path: str, status: int, language: str
) -> None:
    response = client.get(path, headers={"accept-language": language})
    assert response.status_code == status
    page = elements(response.text)
    assert page.all("html")[0]["lang"] == language
    assert page.unbalanced == []
    assert len(page.all("h1")) == 1


@pytest.mark.parametrize("path", ["/", "/status", "/feeds/grain.rss", "/health"])
def test_only_reading_is_allowed(client: Any, path: str) -> None:
    for method in ("post", "put", "delete", "patch", "options"):
        response = getattr(client, method)(path)
        assert response.status_code == 405
        assert response.headers["allow"] == "GET, HEAD"


def test_head_has_the_headers_of_get_and_no_body(client: Any, every_page: Any) -> None:
    for path in [*every_page, "/health", "/nothing"]:
        head, get = client.head(path), client.get(path)
        assert head.status_code == get.status_code
        assert head.content == b""
        assert head.headers["content-length"] == get.headers["content-length"]


def test_a_failing_database_is_told_with_its_remedy(broken: Any) -> None:
    for path in ("/", "/status", "/profiles/x", "/feeds/x.rss"):
        response = broken.get(path)
        assert response.status_code == 503
        assert response.headers["retry-after"] == "30"
        assert "no database of Digest" in response.text
        assert "Traceback" not in response.text


def test_health_fails_with_the_database(broken: Any) -> None:
    response = broken.get("/health")
    assert response.status_code == 503
    assert response.json()["status"] == "unavailable"
    assert "no database" in response.json()["detail"]


def test_a_fault_of_ours_shows_no_traceback(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("secret of the house")

    monkeypatch.setattr("digest.store.archive.counts", fail)
    response = client.get("/", headers={"accept-language": "en"})
    assert response.status_code == 500
    assert "secret of the house" not in response.text
    assert "Something went wrong" in response.text
    assert all(name in response.headers for name in SAFE)


def test_a_private_profile_is_seen_nowhere(client: Any, office: Any, every_page: Any) -> None:
    for path in [*every_page, "/health", "/feeds/all.rss"]:
        text = client.get(path).text
        assert "内部机密" not in text, path
        assert "机密词" not in text, path
        assert "profiles/secret" not in text, path
    for path in ("/profiles/secret", "/feeds/secret.rss", "/profiles/hushed", "/feeds/hushed.atom"):
        assert client.get(path).status_code == 404
    assert "入选理由" not in client.get(office.article("night")).text


def test_a_digest_with_a_private_profile_is_counted_but_not_shown(client: Any) -> None:
    for path in ("/digests/2", "/digests/2/mail"):
        assert client.get(path).status_code == 404
    for path in ("/digests", "/status"):
        text = client.get(path).text
        assert "第 2 期" in text
        assert "含不公开的关注词" in text
        assert "digests/2" not in text


def test_no_address_of_a_subscriber_is_shown(client: Any, every_page: Any) -> None:
    for path in [*every_page, "/digests/1/mail"]:
        assert "@example.org" not in client.get(path).text
