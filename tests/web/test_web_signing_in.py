"""Only who was let in may edit; each test here fails when its defence is taken away."""

from __future__ import annotations

import logging
import re
import stat
import time
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from digest.pipeline import passwords, signing_in
from digest.pipeline.desk import Desk
from digest.store import accounts
from digest.store.secret_key import NAME
from tests.web.editing_office import HOST, PASSWORD, EditingOffice, sent, token_of

COOKIE = "__Host-digest-session"


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    cheap = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "hasher", lambda: cheap)
    passwords.nobodys.cache_clear()
    yield
    passwords.nobodys.cache_clear()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[EditingOffice]:
    made = EditingOffice.made(tmp_path / "office")
    yield made
    made.office.desk.store.close()


def sign_in(browser: Any, name: str = "lin", password: str = PASSWORD, **fields: Any) -> Any:
    return browser.post("/sign-in", data={"name": name, "password": password} | fields)


def editing(browser: Any) -> bool:
    return browser.get("/edit").status_code == 200


# Links


def test_first_start_has_a_link_for_the_owner_and_later_ones_none(office: EditingOffice) -> None:
    token = signing_in.first_owner(office.desk)
    assert token
    assert editing(office.member(token, "lin"))
    assert signing_in.first_owner(office.desk) is None


def test_link_is_good_once(office: EditingOffice) -> None:
    token = signing_in.invite_owner(office.desk)
    office.member(token, "lin")
    fields = {"name": "he", "password": PASSWORD, "again": PASSWORD}
    assert office.browser().get(f"/join/{token}").status_code == 410
    assert office.browser().post(f"/join/{token}", data=fields).status_code == 410
    with office.desk.store.read() as tx:
        assert [each.name for each in accounts.listed(tx)] == ["lin"]


def test_opening_a_link_uses_nothing_up(office: EditingOffice) -> None:
    token = signing_in.invite_owner(office.desk)
    for _ in range(3):
        assert office.browser().get(f"/join/{token}").status_code == 200
    assert editing(office.member(token, "lin"))


def test_link_expires(office: EditingOffice) -> None:
    late = Desk(office.desk.config, office.desk.store, clock=lambda: office.office.now - timedelta(days=4))
    token = signing_in.invite_owner(late)
    assert office.browser().get(f"/join/{token}").status_code == 410


def test_another_owner_link_makes_the_earlier_one_worthless(office: EditingOffice) -> None:
    first, second = (signing_in.invite_owner(office.desk) for _ in range(2))
    assert office.browser().get(f"/join/{first}").status_code == 410
    assert office.browser().get(f"/join/{second}").status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [{"password": "short", "again": "short"}, {"again": "another one"}, {"name": " "}, {"name": "a\x00b"}],
)
def test_account_that_cannot_be_made_leaves_the_link_good(office: EditingOffice, wrong: Any) -> None:
    token = signing_in.invite_owner(office.desk)
    fields = {"name": "lin", "password": PASSWORD, "again": PASSWORD} | wrong
    assert office.browser().post(f"/join/{token}", data=fields).status_code == 422
    assert editing(office.member(token, "lin"))


def test_name_is_taken_once_whatever_its_capitals(office: EditingOffice) -> None:
    office.owner("lin")
    token = signing_in.invite(office.desk, "editor")
    fields = {"name": " LIN", "password": PASSWORD, "again": PASSWORD}
    assert office.browser().post(f"/join/{token}", data=fields).status_code == 422


def test_new_password_ends_every_session(office: EditingOffice) -> None:
    browser = office.owner()
    with office.desk.store.read() as tx:
        account = accounts.named(tx, "lin")
    assert account
    token = signing_in.invite_anew(office.desk, account.id)
    other = "nine black storks"
    fields = {"name": "somebody else", "password": other, "again": other}
    assert office.browser().post(f"/join/{token}", data=fields).status_code == 303
    assert not editing(browser)
    assert sign_in(office.browser()).status_code == 422
    assert sign_in(office.browser(), password=other).status_code == 303


# What is kept


def test_nothing_that_lets_anybody_in_can_be_read_from_the_database(office: EditingOffice) -> None:
    token = signing_in.invite_owner(office.desk)
    link = signing_in.invite(office.desk, "editor")
    browser = office.member(token, "lin")
    database = b"".join(path.read_bytes() for path in office.desk.state.glob("digest.db*"))
    with office.desk.store.read() as tx:
        account = accounts.named(tx, "lin")
    assert account
    assert account.password.startswith("$argon2id$")
    session = signing_in.sign_in(office.desk, "lin", PASSWORD, "")
    for secret in (PASSWORD, token, link, session):
        assert secret.encode() not in database
    assert browser.cookies[COOKIE]


def test_secret_key_is_its_owners_alone(office: EditingOffice) -> None:
    office.owner()
    assert stat.S_IMODE((office.desk.state / NAME).stat().st_mode) == 0o600


def test_cookie_is_out_of_reach_of_scripts_and_other_sites(office: EditingOffice) -> None:
    office.owner()
    cookie = sign_in(office.browser()).headers["set-cookie"]
    parts = {part.strip().lower() for part in cookie.split(";")[1:]}
    assert cookie.startswith(f"{COOKIE}=")
    assert {"httponly", "secure", "samesite=lax", "path=/"} <= parts
    assert not any(part.startswith("domain") for part in parts)


def test_cookie_works_without_https_where_the_pages_do(tmp_path: Path) -> None:
    office = EditingOffice.made(tmp_path / "office")
    office.office.configure(office.office.settings.replace(f"https://{HOST}", f"http://{HOST}"))
    office.owner()
    cookie = sign_in(office.browser()).headers["set-cookie"]
    assert cookie.startswith("digest-session=")
    assert "secure" not in cookie.lower()
    office.office.desk.store.close()


def test_session_is_worth_nothing_unsigned(office: EditingOffice) -> None:
    office.owner()
    token = signing_in.sign_in(office.desk, "lin", PASSWORD, "")
    browser = office.browser()
    browser.cookies.set(COOKIE, token)
    assert not editing(browser)
    browser.cookies.set(COOKIE, f'"{token}".AAAAAAAAAAAAAAAAAAAAAAAAAAA')
    assert not editing(browser)


# Sessions


def test_sign_in_gives_a_session_of_its_own(office: EditingOffice) -> None:
    """Fixation: a cookie that somebody planted is not the session after signing in."""
    browser = office.owner()
    planted = browser.cookies[COOKIE]
    victim = office.browser()
    victim.cookies.set(COOKIE, planted)
    assert sign_in(victim).status_code == 303
    fresh = [value for value in (cookie.value for cookie in victim.cookies.jar) if value != planted]
    assert fresh
    assert not editing(browser)


def test_signing_out_ends_the_session_on_the_server(office: EditingOffice) -> None:
    browser = office.owner()
    kept = browser.cookies[COOKIE]
    assert sent(browser, "/sign-out").status_code == 303
    thief = office.browser()
    thief.cookies.set(COOKIE, kept)
    assert not editing(thief)


def test_signing_out_everywhere_ends_all_sessions_of_the_account(office: EditingOffice) -> None:
    one, other, colleague = office.owner(), office.browser(), office.editor()
    sign_in(other)
    assert sent(one, "/sign-out", everywhere="yes").status_code == 303
    assert not editing(other)
    assert editing(colleague)


def test_session_ends_by_itself(office: EditingOffice) -> None:
    office.owner()
    before = Desk(office.desk.config, office.desk.store, clock=lambda: office.office.now - timedelta(days=15))
    token = signing_in.sign_in(before, "lin", PASSWORD, "")
    assert signing_in.signed_in(before, token)
    assert signing_in.signed_in(office.desk, token) is None


# Who tries


def test_unknown_name_gets_the_same_answer(office: EditingOffice) -> None:
    office.owner()
    known, unknown = (sign_in(office.browser(), name, "wrong password") for name in ("lin", "who"))
    assert known.status_code == unknown.status_code == 422
    assert known.text.replace('value="lin"', "") == unknown.text.replace('value="who"', "")


def test_unknown_name_takes_as_long(office: EditingOffice, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not by the clock, which a busy machine upsets: the same hash is worked out."""
    office.owner()
    worked: list[str] = []
    kept = passwords.hasher()

    class Counting:
        def hash(self, password: str) -> str:
            return kept.hash(password)

        def verify(self, hashed: str, password: str) -> bool:
            worked.append(hashed.rsplit("$", 2)[0])
            return kept.verify(hashed, password)

    monkeypatch.setattr(passwords, "hasher", Counting)
    for name in ("lin", "who"):
        sign_in(office.browser(), name, "wrong password")
    assert len(worked) == 2
    assert worked[0] == worked[1]


def test_account_is_guessed_at_only_so_often(office: EditingOffice) -> None:
    office.owner()
    answers = [
        sign_in(office.browser(address=f"192.0.2.{n}"), password=f"guess number {n}").status_code
        for n in range(11)
    ]
    assert answers == [422] * 10 + [429]
    assert sign_in(office.browser(address="192.0.2.99")).status_code == 429


def test_unknown_account_is_limited_alike(office: EditingOffice) -> None:
    answers = [sign_in(office.browser(address=f"192.0.2.{n}"), "who").status_code for n in range(11)]
    assert answers == [422] * 10 + [429]


def test_network_guesses_only_so_often_at_all_accounts(office: EditingOffice) -> None:
    office.owner()
    answers = [sign_in(office.browser(address=f"2001:db8::{n}"), f"who{n}").status_code for n in range(1, 32)]
    assert answers == [422] * 30 + [429]
    assert sign_in(office.browser(address="2001:db8::ffff")).status_code == 429
    assert sign_in(office.browser(address="2001:db8:1::1")).status_code == 303


def test_tries_are_forgiven_after_a_sign_in_and_after_a_while(office: EditingOffice) -> None:
    office.owner()
    for n in range(8):
        sign_in(office.browser(), password=f"guess number {n}")
    assert sign_in(office.browser()).status_code == 303
    for n in range(8):
        assert sign_in(office.browser(), password=f"guess number {n}").status_code == 422
    later = Desk(office.desk.config, office.desk.store, lambda: office.office.now + timedelta(minutes=30))
    assert signing_in.sign_in(later, "lin", PASSWORD, "")


def test_long_password_is_refused_at_once(office: EditingOffice) -> None:
    office.owner()
    begun = time.monotonic()
    assert sign_in(office.browser(), password="x" * 60_000).status_code == 422
    assert time.monotonic() - begun < 5


# Where it leads


@pytest.mark.parametrize(
    "elsewhere",
    ["https://evil.example", "//evil.example", "/\\evil.example", "edit//evil.example", "../x", "data:x",
     "edit/..//evil", "edit\n/x", "status", ""],
)  # fmt: skip
def test_sign_in_leads_nowhere_else(office: EditingOffice, elsewhere: str) -> None:
    office.owner()
    form = office.browser().get("/sign-in", params={"next": elsewhere}).text
    assert re.search(r'name="next" value="edit"', form)
    assert sign_in(office.browser(), next=elsewhere).headers["location"] == "./edit"


def test_sign_in_leads_back_to_the_page_asked_for(office: EditingOffice) -> None:
    office.owner()
    asked = office.browser().get("/edit/people")
    assert (asked.status_code, asked.headers["location"]) == (303, "../sign-in?next=edit%2Fpeople")
    assert sign_in(office.browser(), next="edit/people").headers["location"] == "./edit/people"


# Who asks from where


@pytest.mark.parametrize("token", [None, "", "0" * 64])
def test_change_without_the_token_is_refused(office: EditingOffice, token: str | None) -> None:
    browser = office.owner()
    fields = {"invite": "yes"} | ({} if token is None else {"csrf": token})
    assert browser.post("/edit/people", data=fields).status_code == 403
    assert browser.post("/edit/retry", data=fields).status_code == 403
    assert browser.post("/sign-out", data=fields).status_code == 403
    assert editing(browser)


def test_token_of_another_session_is_refused(office: EditingOffice) -> None:
    one, other = office.owner(), office.editor()
    assert one.post("/edit/retry", data={"csrf": token_of(other)}).status_code == 403
    assert one.post("/edit/retry", data={"csrf": token_of(one)}).status_code == 303


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": f"https://{HOST}.evil.example"},
    ],
)
def test_change_sent_by_another_site_is_refused(office: EditingOffice, headers: Any) -> None:
    """Also signing in: or others could have somebody work in an account of theirs."""
    browser = office.owner()
    data = {"csrf": token_of(browser)}
    assert browser.post("/edit/retry", data=data, headers=headers).status_code == 403
    fields = {"name": "lin", "password": PASSWORD}
    assert office.browser().post("/sign-in", data=fields, headers=headers).status_code == 403


@pytest.mark.parametrize("headers", [{"sec-fetch-site": "same-origin"}, {"origin": f"https://{HOST}"}, {}])
def test_change_sent_by_our_page_is_taken(office: EditingOffice, headers: Any) -> None:
    browser = office.owner()
    data = {"csrf": token_of(browser)}
    assert browser.post("/edit/retry", data=data, headers=headers).status_code == 303


def test_reading_changes_nothing(office: EditingOffice) -> None:
    browser = office.owner()
    for path in ("/sign-out", "/edit/retry"):
        assert browser.get(path).status_code == 405
    assert browser.get("/edit/people?invite=yes").status_code == 200
    assert "/join/" not in browser.get("/edit/people?invite=yes").text
    assert editing(browser)


@pytest.mark.parametrize("host", ["evil.example", f"{HOST}.evil.example", "evil.example:8321", "[::1", "a@b"])
def test_name_somebody_pointed_at_us_is_no_door(office: EditingOffice, host: str) -> None:
    browser = office.owner()
    for path in ("/edit", "/edit/people", "/sign-in", "/join/x"):
        assert browser.get(path, headers={"host": host}).status_code == 421


@pytest.mark.parametrize("host", [HOST, f"{HOST}:443", "localhost:8321", "127.0.0.1:8321", "[::1]:8321"])
def test_our_own_names_are_doors(office: EditingOffice, host: str) -> None:
    assert office.browser().get("/sign-in", headers={"host": host}).status_code == 200


def test_further_names_are_doors_when_the_settings_say_so(tmp_path: Path) -> None:
    office = EditingOffice.made(tmp_path / "office", web='hosts = ["Desk.lan"]')
    assert office.browser("desk.lan").get("/sign-in").status_code == 200
    office.office.desk.store.close()


def test_pages_cannot_be_framed_kept_or_indexed(office: EditingOffice) -> None:
    browser = office.owner()
    token = signing_in.invite(office.desk, "editor")
    for path in ("/edit", "/edit/people", "/sign-in", f"/join/{token}"):
        headers = browser.get(path).headers
        assert "frame-ancestors 'none'" in headers["content-security-policy"], path
        assert "unsafe" not in headers["content-security-policy"], path
        assert headers["x-frame-options"] == "DENY", path
        assert "no-store" in headers["cache-control"], path
        assert headers["x-robots-tag"] == "noindex", path


def test_no_path_leads_out_of_the_pages(office: EditingOffice) -> None:
    browser = office.owner()
    for path in ("/edit/../secret.key", "/edit/%2e%2e/secret.key", "/join/..%2f..%2fsecret.key"):
        answer = browser.get(path)
        assert answer.status_code in {404, 410}
        assert (office.desk.state / NAME).read_bytes() not in answer.content


# Who may what


def test_nobody_edits_without_signing_in(office: EditingOffice) -> None:
    office.owner()
    browser = office.browser()
    for path in ("/edit", "/edit/people"):
        assert browser.get(path).status_code == 303
    for path in ("/edit/retry", "/edit/people", "/sign-out"):
        answer = browser.post(path, data={"csrf": "x"})
        assert answer.status_code == 303
        assert answer.headers["location"].endswith("sign-in")


def test_editors_neither_see_nor_invite_people(office: EditingOffice) -> None:
    office.owner()
    browser = office.editor()
    assert "edit/people" not in browser.get("/edit").text
    assert browser.get("/edit/people").status_code == 403
    assert sent(browser, "/edit/people", invite="yes", role="owner").status_code == 403


def test_owner_invites_changes_and_removes(office: EditingOffice) -> None:
    owner = office.owner()
    page = sent(owner, "/edit/people", invite="yes", role="editor").text
    [token] = re.findall(rf"https://{HOST}/join/([\w-]+)", page)
    assert token not in owner.get("/edit/people").text
    editor = office.member(token, "he")
    with office.desk.store.read() as tx:
        account = accounts.named(tx, "he")
    assert account
    assert account.role == "editor"
    assert sent(owner, "/edit/people", account=account.id, role="owner", change="yes").status_code == 200
    assert editor.get("/edit/people").status_code == 200
    assert sent(owner, "/edit/people", account=account.id, remove="yes").status_code == 422
    assert sent(owner, "/edit/people", account=account.id, remove="yes", sure="yes").status_code == 200
    assert not editing(editor)
    assert sign_in(office.browser(), "he").status_code == 422


@pytest.mark.parametrize("fields", [{"change": "yes", "role": "editor"}, {"remove": "yes", "sure": "yes"}])
def test_last_owner_stays(office: EditingOffice, fields: Any) -> None:
    owner = office.owner()
    with office.desk.store.read() as tx:
        account = accounts.named(tx, "lin")
    assert account
    assert sent(owner, "/edit/people", account=account.id, **fields).status_code == 422
    assert owner.get("/edit/people").status_code == 200


def test_editing_can_be_off(tmp_path: Path) -> None:
    office = EditingOffice.made(tmp_path / "office", web='editing = "off"')
    for path in ("/edit", "/sign-in", "/join/x"):
        assert office.browser().get(path).status_code == 404
    assert 'href="./edit"' not in office.browser().get("/").text
    office.office.desk.store.close()


def test_editing_is_open_only_when_the_settings_say_so(tmp_path: Path) -> None:
    office = EditingOffice.made(tmp_path / "office", web='editing = "open"')
    office.office.drop("empty.txt", "")
    office.office.work()
    browser = office.browser()
    assert editing(browser)
    assert browser.get("/edit/people").status_code == 403
    assert browser.post("/edit/retry").status_code == 403
    assert sent(browser, "/edit/retry").status_code == 303
    office.office.desk.store.close()


def test_secrets_stay_out_of_the_log(office: EditingOffice, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG, logger="digest")
    token = signing_in.invite_owner(office.desk)
    office.member(token, "lin")
    sign_in(office.browser())
    assert PASSWORD not in caplog.text
    assert not any(token in each.getMessage() for each in caplog.records if each.name.startswith("digest"))
