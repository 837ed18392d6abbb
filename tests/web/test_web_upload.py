"""Editors see the inbox, have files read again and upload pages; nothing else comes in that way."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher

from digest.pipeline import passwords
from digest.pipeline.uploads import uploads_folder
from digest.store import pages
from tests.pipeline.office import page
from tests.web.editing_office import EditingOffice, sent, token_of


@pytest.fixture(autouse=True)
def quick_hashes(monkeypatch: pytest.MonkeyPatch) -> None:
    cheap = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "hasher", lambda: cheap)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[EditingOffice]:
    made = EditingOffice.made(tmp_path / "office", settings="[inbox]\nmax_bytes = 2000\n")
    yield made
    made.office.desk.store.close()


@pytest.fixture
def browser(office: EditingOffice) -> Any:
    return office.editor()


def upload(browser: Any, *files: tuple[str, bytes], **fields: str) -> Any:
    data = {"csrf": token_of(browser)} | fields
    return browser.post("/edit/upload", data=data, files=[("page", file) for file in files])


def uploaded(office: EditingOffice) -> set[str]:
    folder = uploads_folder(office.desk)
    return {each.name for each in folder.iterdir()} if folder.is_dir() else set()


def read(office: EditingOffice) -> dict[str, str]:
    for path in uploads_folder(office.desk).iterdir():
        stamp = office.office.now.timestamp() - 60
        os.utime(path, (stamp, stamp))
    office.office.work()
    with office.desk.store.read() as tx:
        return {file.path: file.state for file in pages.list_files(tx)}


def test_uploaded_pages_are_read_like_those_of_the_inbox(office: EditingOffice, browser: Any) -> None:
    office.office.drop("a.txt", page("河湾大桥通车", "大桥昨日通车"))
    files = ("晨报_2031-05-06_4.txt", page("北岭大桥开工", "大桥今日开工").encode()), ("b.md", b"   \n")
    assert upload(browser, *files).status_code == 200
    assert read(office) == {
        "a.txt": "read",
        "@uploads/晨报_2031-05-06_4.txt": "read",
        "@uploads/b.md": "empty",
    }
    assert "北岭大桥开工" in browser.get("/articles").text
    listed = browser.get("/edit").text
    assert "@uploads/b.md" in listed
    assert "空文件" in listed


def test_file_of_the_same_name_is_the_pages_next_revision(office: EditingOffice, browser: Any) -> None:
    text = page("河湾大桥通车", "大桥昨日通车")
    for content in (text, text.replace("昨日通车", "昨日通车,车流顺畅")):
        upload(browser, ("a.txt", content.encode()))
        read(office)
    assert uploaded(office) == {"a.txt"}
    shown = browser.get("/articles").text
    assert len(re.findall('href="./articles/', shown)) == 1


@pytest.mark.parametrize(
    "name",
    ["../../evil.txt", "..\\..\\evil.txt", "/etc/evil.txt", "C:\\evil.txt", "a/b/evil.txt"],
)
def test_upload_stays_in_its_folder(office: EditingOffice, browser: Any, name: str) -> None:
    upload(browser, (name, b"text"))
    assert uploaded(office) == {"evil.txt"}


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("page.exe", b"text"),
        ("config.toml", b"text"),
        (".hidden.txt", b"text"),
        ("page.txt.part", b"text"),
        ("..", b"text"),
        ("a\u202etxt.txt", b"text"),
        ("x" * 250 + ".txt", b"text"),
        ("large.txt", b"x" * 2001),
        ("empty.txt", b""),
    ],
)
def test_what_can_be_no_page_is_refused_and_leaves_nothing(
    office: EditingOffice, browser: Any, name: str, content: bytes
) -> None:
    answer = upload(browser, ("good.txt", b"text"), (name, content))
    assert answer.status_code == 422
    assert uploaded(office) == {"good.txt"}


def test_name_of_a_file_is_shown_inert(browser: Any) -> None:
    answer = upload(browser, ("<script>alert(1)</script>.exe", b"x"))
    assert "<script>" not in answer.text


def test_upload_without_a_file_says_so(browser: Any) -> None:
    assert "没有选文件" in upload(browser, ("", b"")).text


@pytest.mark.parametrize("token", ["", "0" * 64])
def test_upload_needs_the_token_of_the_session(office: EditingOffice, browser: Any, token: str) -> None:
    assert upload(browser, ("a.txt", b"text"), csrf=token).status_code == 403
    assert uploaded(office) == set()


def test_nobody_uploads_without_signing_in(office: EditingOffice) -> None:
    files = [("page", ("a.txt", b"text"))]
    assert office.browser().post("/edit/upload", files=files).status_code == 303
    assert uploaded(office) == set()


def test_upload_from_another_site_is_refused(office: EditingOffice, browser: Any) -> None:
    data, files = {"csrf": token_of(browser)}, [("page", ("a.txt", b"text"))]
    headers = {"origin": "https://evil.example"}
    assert browser.post("/edit/upload", data=data, files=files, headers=headers).status_code == 403
    assert uploaded(office) == set()


def test_parcel_that_is_too_large_is_refused(
    office: EditingOffice, browser: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("digest.web.editing.upload._MOST_BYTES", 1500)
    assert upload(browser, ("a.txt", b"x" * 1900)).status_code == 413
    assert uploaded(office) == set()


@pytest.mark.parametrize("kind", ["text/plain", "multipart/form-data", "multipart/form-data; boundary=x"])
def test_what_is_no_parcel_is_refused(browser: Any, kind: str) -> None:
    answer = browser.post("/edit/upload", content=b"--y\r\n\r\nnothing", headers={"content-type": kind})
    assert answer.status_code in {403, 422}


def test_file_in_trouble_is_asked_for_again(office: EditingOffice, browser: Any) -> None:
    office.office.drop("a.txt", "")
    office.office.drop("b.txt", "")
    office.office.work()
    assert sent(browser, "/edit/retry", path="a.txt").headers["location"] == "../edit"
    assert browser.get("/edit").text.count("等待重读") == 1
    sent(browser, "/edit/retry")
    assert browser.get("/edit").text.count("等待重读") == 2
