"""Editors see what is due, what it would be, who reads and what is missing; strangers see none of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from digest.pipeline import passwords
from digest.pipeline.desk import Desk
from digest.pipeline.forecast import next_mail, upcoming
from digest.store import digests
from tests.pipeline.office import page
from tests.web.editing_office import EditingOffice

PAGES = ("/edit/schedule", "/edit/coverage", "/edit/subscribers", "/edit/deliveries")


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "hasher", lambda: cheap)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[EditingOffice]:
    made = EditingOffice.made(tmp_path / "office")
    yield made
    made.office.desk.store.close()


def with_news(office: EditingOffice) -> None:
    office.office.drop("晨报_2031-05-06_1.txt", page("清河大桥今日通车", "大桥双向通车"))
    office.office.work()


def test_next_fourteen_digests_are_told_with_their_readers(office: EditingOffice) -> None:
    office.office.work()
    coming = upcoming(office.desk, 14)
    assert len(coming) == 14
    assert {each.slot - coming[0].slot for each in coming[1:2]} == {timedelta(days=1)}
    shown = office.editor().get("/edit/schedule").text
    assert shown.count('class="when"') == 14
    assert "07:30" in shown
    assert "桥梁" in shown


def test_next_digest_is_shown_as_it_would_be_and_nothing_is_stored(office: EditingOffice) -> None:
    browser = office.editor()
    office.office.work()
    assert browser.get("/edit/schedule/next").status_code == 404
    with_news(office)
    answer = browser.get("/edit/schedule/next")
    assert "清河大桥今日通车" in answer.text
    assert "sandbox" in answer.headers["content-security-policy"]
    assert "schedule/next" in browser.get("/edit/schedule").text
    assert "lin@reader.example" not in answer.text
    with office.desk.store.read() as tx:
        assert digests.how_many_composed(tx) == 0
    office.office.work(at_once=True)
    assert next_mail(Desk(office.desk.config, office.desk.store)) is None


def test_subscribers_and_deliveries_are_shown_with_state_and_address(office: EditingOffice) -> None:
    with_news(office)
    office.office.work(at_once=True)
    browser = office.editor()
    subscribers = browser.get("/edit/subscribers").text
    assert "lin@reader.example" in subscribers
    assert "在寄" in subscribers
    deliveries = browser.get("/edit/deliveries").text
    assert "lin@reader.example" in deliveries
    assert "第 1 期" in deliveries
    assert "lin@reader.example" in browser.get("/edit/deliveries?state=sent").text
    assert browser.get("/edit/deliveries?state=nonsense").status_code == 200


def test_addresses_are_shown_to_nobody_without_an_account(tmp_path: Path) -> None:
    office = EditingOffice.made(tmp_path / "office", web='editing = "open"')
    with_news(office)
    office.office.work(at_once=True)
    for path in PAGES:
        answer = office.browser().get(path)
        assert answer.status_code == 200
        assert "@reader.example" not in answer.text
    office.office.desk.store.close()


def test_coverage_tells_missing_pages(office: EditingOffice) -> None:
    today = (office.office.now + timedelta(hours=8)).date()
    for number in (1, 4):
        name = f"晨报_{today}_{number}.txt"
        office.office.drop(name, page(f"第{number}座桥通车", "大桥通车"))
    office.office.work()
    assert "缺第 2–3 版" in office.editor().get("/edit/coverage").text


def test_hostile_paper_stays_text(office: EditingOffice) -> None:
    today = office.office.now.date()
    office.office.drop(f"<b onclick=x>_{today}_1.txt", page("桥通车了", "大桥通车"))
    office.office.work()
    assert not re.search(r"<b\b", office.editor().get("/edit/coverage").text)


@pytest.mark.parametrize("path", [*PAGES, "/edit/schedule/next"])
def test_strangers_see_none_of_it(office: EditingOffice, path: str) -> None:
    assert office.browser().get(path).status_code == 303


@pytest.mark.parametrize(
    "path", ["/edit", "/edit/profiles", "/edit/profiles/new", "/edit/profiles/bridges", *PAGES]
)
@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_pages_are_whole_in_both_languages(
    office: EditingOffice, elements: Any, path: str, language: str
) -> None:
    with_news(office)
    page_of = elements(office.owner().get(path, headers={"accept-language": language}).text)
    assert page_of.all("html")[0]["lang"] == language
    assert page_of.unbalanced == []
    assert len(page_of.all("h1")) == 1
    assert "aria-current" in str(page_of.found)
