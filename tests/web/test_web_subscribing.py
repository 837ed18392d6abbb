"""Readers subscribe, confirm and leave on the web; opening a page changes nothing."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from digest.pipeline.desk import Desk
from digest.pipeline.subscribing import links_of
from digest.store import subscriptions
from digest.web import create_app
from tests.pipeline.office import SETTINGS, Office

FIELDS = {
    "address": "he@reader.example",
    "profile": ["bridges"],
    "day": ["mon", "fri"],
    "at": "18:00",
    "timezone": "Europe/Paris",
    "length": "12",
    "language": "en",
    "form": "text",
}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "office", 'base_url = "https://clips.example.org"\n' + SETTINGS)
    made.now = Desk(made.desk.config, made.desk.store).clock()
    made.work()
    yield made
    made.desk.store.close()


@pytest.fixture
def client(office: Office) -> Any:
    return TestClient(create_app(office.desk.config, office.desk.store), follow_redirects=False)


def mailed_link(office: Office, client: Any, **fields: Any) -> str:
    answer = client.post("/subscribe", data=FIELDS | fields)
    assert answer.status_code == 200, answer.text
    office.now = Desk(office.desk.config, office.desk.store).clock()
    office.work()
    body = office.mails()[-1].get_body(("plain",))
    assert body is not None
    [link] = re.findall(r"https://clips\.example\.org(/subscribe/\S+)", body.get_content())
    return link


def subscribed(office: Office, client: Any) -> str:
    """The way of the reader's own page."""
    done = client.post(mailed_link(office, client))
    [token] = re.findall(r"subscription/([^\"/]+)\"", done.text)
    return token


def in_force(office: Office) -> list[str]:
    with office.desk.store.read() as tx:
        return [each.address for each in subscriptions.active(tx)]


def test_form_offers_public_profiles_and_ticks_the_one_asked_for(client: Any) -> None:
    page = client.get("/subscribe?profile=schools").text
    assert re.search(r'value="schools" checked', page)
    assert re.search(r'value="bridges">', page)


def test_subscribing_takes_the_form_the_mail_and_the_button(office: Office, client: Any) -> None:
    link = mailed_link(office, client)
    for _ in range(2):
        assert client.get(link).status_code == 200
    assert "he@reader.example" not in in_force(office)
    assert client.post(link).status_code == 200
    assert "he@reader.example" in in_force(office)
    with office.desk.store.read() as tx:
        [mine] = subscriptions.of_address(tx, "he@reader.example")
    assert (mine.profiles, mine.weekdays, mine.timezone) == (("bridges",), frozenset({0, 4}), "Europe/Paris")
    assert (mine.length, mine.form, mine.language) == (12, "text", "en")
    assert [f"{each:%H:%M}" for each in mine.times or ()] == ["18:00"]


@pytest.mark.parametrize(
    ("field", "value", "status"),
    [("address", "nobody", 422), ("at", "half past", 422), ("timezone", "../etc", 422), ("length", "0", 422)],
)
def test_a_wrong_field_is_told_and_the_rest_kept(client: Any, field: str, value: str, status: int) -> None:
    answer = client.post("/subscribe", data=FIELDS | {field: value})
    assert answer.status_code == status
    assert 'role="alert"' in answer.text
    assert 'value="bridges" checked' in answer.text


def test_hostile_fields_come_back_inert(client: Any) -> None:
    hostile = '"><script>alert(1)</script>'
    answer = client.post("/subscribe", data=dict.fromkeys(FIELDS, hostile))
    assert "<script>" not in answer.text


def test_answer_does_not_tell_who_is_known(office: Office, client: Any) -> None:
    subscribed(office, client)
    known = client.post("/subscribe", data=FIELDS).text
    unknown = client.post("/subscribe", data=FIELDS | {"address": "xx@reader.example"}).text
    assert known.replace("he@", "xx@") == unknown


def test_opening_a_mail_s_links_ends_nothing(office: Office, client: Any) -> None:
    token = subscribed(office, client)
    for way in ("unsubscribe", "subscription"):
        for method in ("GET", "HEAD"):
            assert client.request(method, f"/{way}/{token}").status_code == 200
    assert "he@reader.example" in in_force(office)


def test_one_click_unsubscribes_without_cookie_or_redirect(office: Office, client: Any) -> None:
    token = subscribed(office, client)
    answer = client.post(f"/unsubscribe/{token}", content="List-Unsubscribe=One-Click")
    assert answer.status_code == 200
    assert "set-cookie" not in answer.headers
    assert "he@reader.example" not in in_force(office)
    assert client.post(f"/unsubscribe/{token}", content="List-Unsubscribe=One-Click").status_code == 200


def test_own_page_changes_pauses_and_ends(office: Office, client: Any) -> None:
    token = subscribed(office, client)
    page = client.get(f"/subscription/{token}").text
    [number] = set(re.findall(r'name="subscription" value="([^"]+)"', page))
    mine = {"subscription": number}
    changed = FIELDS | mine | {"profile": ["schools"], "save": "yes"}
    assert 'value="schools" checked' in client.post(f"/subscription/{token}", data=changed).text
    wrong = mine | {"pause": "yes", "until": "2001-01-01"}
    assert client.post(f"/subscription/{token}", data=wrong).status_code == 422
    until = office.now.date().replace(day=28).isoformat()
    if until > office.now.date().isoformat():
        client.post(f"/subscription/{token}", data=mine | {"pause": "yes", "until": until})
        client.post(f"/subscription/{token}", data=mine | {"resume": "yes"})
    assert "he@reader.example" in in_force(office)
    client.post(f"/subscription/{token}", data=mine | {"end": "yes"})
    assert "he@reader.example" not in in_force(office)


def test_erasing_wants_the_box_ticked(office: Office, client: Any) -> None:
    token = subscribed(office, client)
    client.post(f"/subscription/{token}", data={"erase": "yes"})
    assert "he@reader.example" in in_force(office)
    client.post(f"/subscription/{token}", data={"erase": "yes", "sure": "yes"})
    assert "he@reader.example" not in in_force(office)
    assert client.get(f"/subscription/{token}").status_code == 404


def test_export_is_the_readers_own(office: Office, client: Any) -> None:
    token = subscribed(office, client)
    kept = client.get(f"/subscription/{token}/export.json").json()
    assert kept["address"] == "he@reader.example"
    assert client.get("/subscription/made.up/export.json").status_code == 404


def test_keys_in_addresses_go_into_no_referrer_index_or_cache(office: Office, client: Any) -> None:
    token = subscribed(office, client)
    for way in (f"/subscription/{token}", f"/unsubscribe/{token}", f"/subscription/{token}/export.json"):
        headers = client.get(way).headers
        assert headers["referrer-policy"] == "no-referrer"
        assert "noindex" in headers["x-robots-tag"]
        assert "no-store" in headers["cache-control"]


def test_made_up_and_expired_links_are_told(client: Any) -> None:
    for way in ("/subscribe/x.y", "/unsubscribe/x.y", "/subscription/x.y"):
        for method in ("GET", "POST"):
            assert client.request(method, way).status_code in {404, 410}


def test_a_link_made_elsewhere_opens_nothing(office: Office, client: Any, tmp_path: Path) -> None:
    subscribed(office, client)
    elsewhere = Office(tmp_path / "elsewhere")
    with office.desk.store.read() as tx:
        [mine] = subscriptions.of_address(tx, "he@reader.example")
    token = links_of(elsewhere.desk).own(mine.id)
    elsewhere.desk.store.close()
    assert client.post(f"/unsubscribe/{token}").status_code == 404
    assert "he@reader.example" in in_force(office)


def test_too_many_requests_are_told(client: Any) -> None:
    answers = [client.post("/subscribe", data=FIELDS).status_code for _ in range(4)]
    assert answers == [200, 200, 200, 429]


def test_too_long_a_form_is_refused(client: Any) -> None:
    assert client.post("/subscribe", content="address=" + "x" * 70_000).status_code >= 400


def test_closed_office_shows_no_form(tmp_path: Path) -> None:
    made = Office(tmp_path / "closed", SETTINGS + "[subscriptions]\nopen = false\n")
    made.work()
    client = TestClient(create_app(made.desk.config, made.desk.store))
    assert client.get("/subscribe").status_code == 404
    assert client.post("/subscribe", data=FIELDS).status_code == 403
    assert "subscribe?profile" not in client.get("/profiles/bridges").text
    made.desk.store.close()


def test_reader_chooses_alerts_and_takes_them_back(office: Office, client: Any) -> None:
    link = mailed_link(office, client, alert="75", quiet="21:30 – 08:00")
    [token] = re.findall(r"subscription/([^\"/]+)\"", client.post(link).text)
    page = client.get(f"/subscription/{token}").text
    assert re.search(r'name="alert"[^>]* value="75"', page)
    assert 'value="21:30 – 08:00"' in page
    [own] = re.findall(r'name="subscription" value="([^"]+)"', page)[:1]
    client.post(f"/subscription/{token}", data=FIELDS | {"subscription": own, "save": "1", "alert": ""})
    with office.desk.store.read() as tx:
        [mine] = subscriptions.of_address(tx, "he@reader.example")
    assert mine.alerts is None


@pytest.mark.parametrize(
    "wrong", [{"alert": "101"}, {"alert": "-1"}, {"alert": "x"}, {"alert": "5", "quiet": "22:00"}]
)
def test_alerts_that_cannot_be_are_refused_with_what_to_write(client: Any, wrong: dict[str, str]) -> None:
    answer = client.post("/subscribe", data=FIELDS | wrong)
    assert answer.status_code == 422
    assert "22:00 – 07:00" in answer.text


def test_the_browser_fills_in_its_time_zone_where_none_was_chosen(client: Any) -> None:
    blank = client.get("/subscribe")
    [script] = re.findall(r'<script src="([^"]+)"', blank.text)
    assert "timeZone" in client.get(f"/{script.removeprefix('./')}").text
    assert blank.headers["Content-Security-Policy"].endswith("script-src 'self'")
    assert "<script" not in client.post("/subscribe", data=FIELDS | {"length": "0"}).text
