"""Editors correct headline and kind; a correction outlasts another reading and can be taken back."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from digest.model import ArchivedArticle
from digest.pipeline import correcting, passwords
from digest.store import archive
from tests.pipeline.office import page
from tests.web.editing_office import EditingOffice, sent

BRIDGE = page("清河大桥今日通车", "大桥双向通车")


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "hasher", lambda: cheap)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[EditingOffice]:
    made = EditingOffice.made(tmp_path / "office")
    made.office.drop("a.txt", BRIDGE)
    made.office.work()
    yield made
    made.office.desk.store.close()


@pytest.fixture
def browser(office: EditingOffice) -> Any:
    return office.editor()


def only(office: EditingOffice) -> ArchivedArticle:
    with office.desk.store.read() as tx:
        [found] = archive.newest(tx, 9)
    return found


def correct(office: EditingOffice, browser: Any, **fields: str) -> Any:
    values = {"headline": "清河桥通车了", "kind": "photo"} | fields
    return sent(browser, f"/edit/articles/{only(office).id}", **values)


def read_again(office: EditingOffice, content: str) -> None:
    office.office.pass_time(hours=1)
    office.office.drop("a.txt", content)
    office.office.work()


def test_correction_is_read_searched_and_marked(office: EditingOffice, browser: Any) -> None:
    before = only(office)
    answer = correct(office, browser)
    assert answer.headers["location"] == f"../../articles/{before.id}"
    after = only(office)
    assert (after.article.headline, after.article.kind, after.id) == ("清河桥通车了", "photo", before.id)
    assert after.updated > before.updated
    reader = office.browser()
    assert "经编辑更正" in reader.get(f"/articles/{after.id}").text
    assert "清河桥通车了" in reader.get("/search?q=清河桥通车了").text
    assert "he" not in re.findall(r"经编辑更正[^<]*", reader.get(f"/articles/{after.id}").text)


def test_correction_outlasts_another_reading(office: EditingOffice, browser: Any) -> None:
    correct(office, browser)
    corrected = only(office)
    read_again(office, BRIDGE.replace("大桥双向通车", "大桥双向六车道通车"))
    after = only(office)
    assert after.id == corrected.id
    assert (after.article.headline, after.article.kind) == ("清河桥通车了", "photo")
    assert "六车道" in "".join(after.article.paragraphs)


def test_reading_that_changes_nothing_is_no_update(office: EditingOffice, browser: Any) -> None:
    correct(office, browser)
    corrected = only(office)
    read_again(office, BRIDGE + "\n\n")
    assert only(office).updated == corrected.updated


def test_what_was_right_follows_the_page(office: EditingOffice, browser: Any) -> None:
    correct(office, browser, headline="清河大桥今日通车")
    read_again(office, BRIDGE.replace("清河大桥今日通车", "清河大桥昨日通车"))
    assert (only(office).article.headline, only(office).article.kind) == ("清河大桥昨日通车", "photo")


def test_correction_is_taken_back_to_the_last_reading(office: EditingOffice, browser: Any) -> None:
    correct(office, browser)
    read_again(office, BRIDGE.replace("清河大桥今日通车", "清河大桥昨日通车"))
    assert sent(browser, f"/edit/articles/{only(office).id}", back="yes").status_code == 303
    after = only(office)
    assert (after.article.headline, after.article.kind) == ("清河大桥昨日通车", "news")
    assert "经编辑更正" not in office.browser().get(f"/articles/{after.id}").text


def test_corrected_article_is_matched_anew(office: EditingOffice, browser: Any) -> None:
    assert "清河" not in office.browser().get("/profiles/schools").text
    correct(office, browser, headline="清河小学开学", kind="news")
    office.office.work()
    assert "清河" in office.browser().get("/profiles/schools").text


def test_doubtful_articles_are_listed_until_somebody_looked(
    office: EditingOffice, browser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(correcting, "DOUBTFUL", 0.9999)
    article = only(office).article
    assert article.confidence < 0.9999
    assert article.headline in browser.get("/edit/doubtful").text
    correct(office, browser, headline=article.headline, kind=article.kind)
    assert article.headline not in browser.get("/edit/doubtful").text
    assert "经编辑更正" not in office.browser().get(f"/articles/{only(office).id}").text


@pytest.mark.parametrize(
    "wrong",
    [{"headline": ""}, {"headline": "x" * 301}, {"headline": "a\x00b"}, {"kind": "novel"}, {"kind": ""}],
)
def test_what_cannot_be_is_refused(office: EditingOffice, browser: Any, wrong: dict[str, str]) -> None:
    before = only(office)
    assert correct(office, browser, **wrong).status_code == 422
    assert only(office) == before


def test_hostile_headline_stays_text(office: EditingOffice, browser: Any) -> None:
    correct(office, browser, headline="<script>alert(1)</script>")
    where = only(office).id
    for path in (f"/edit/articles/{where}", f"/articles/{where}", "/"):
        assert "<script>alert" not in browser.get(path).text


def test_nobody_else_corrects(office: EditingOffice, browser: Any) -> None:
    where = f"/edit/articles/{only(office).id}"
    fields = {"headline": "别的", "kind": "news"}
    assert office.browser().post(where, data=fields).status_code == 303
    assert browser.post(where, data=fields).status_code == 403
    assert only(office).article.headline == "清河大桥今日通车"


def test_article_that_is_not_there_is_not_found(browser: Any) -> None:
    nobody = "/edit/articles/00000000-0000-0000-0000-000000000000"
    assert browser.get(nobody).status_code == 404
    assert sent(browser, nobody, headline="别的", kind="news").status_code == 404
