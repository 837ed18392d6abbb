from __future__ import annotations

import hashlib
import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

from digest.errors import PageError
from digest.inbox import reading
from digest.inbox.reading import PageFile, read_pages
from digest.inbox.scan import FoundFile, find_files
from tests.inbox.pdf_press import Canvas, pdf
from tests.inbox.press_pages import STYLES, bands, one_page

TEXT = "青石市今年的春耕已经开始，各县区的农业部门正在组织人员检查农机。\n"


def found_in(root: Path, name: str) -> FoundFile:
    return next(found for found in find_files(root, (".txt", ".md")) if found.os_path == name)


def reason_of(root: Path, found: FoundFile, max_bytes: int = 1_000_000) -> str:
    with pytest.raises(PageError) as caught:
        read_pages(root, found, max_bytes)
    assert caught.value.detail
    return caught.value.reason


def test_page_is_read_with_hash_and_encoding(tmp_path: Path) -> None:
    content = TEXT.encode("gb18030")
    (tmp_path / "a").mkdir()
    (tmp_path / "a/1.txt").write_bytes(content)
    (page,) = read_pages(tmp_path, found_in(tmp_path, "a/1.txt"), 1_000_000)
    assert page == PageFile("a/1.txt", hashlib.sha256(content).hexdigest(), TEXT, "gb18030")


def test_file_of_exactly_the_largest_size_is_read(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_bytes(b"x" * 3_000_000)
    found = found_in(tmp_path, "1.txt")
    assert len(read_pages(tmp_path, found, 3_000_000)[0].text) == 3_000_000
    assert reason_of(tmp_path, found, 2_999_999) == "too_large"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"\xef\xbb\xbf \r\n\t", "empty"),
        ("\u3000\n".encode(), "empty"),
        (b"\x7fELF\x02\x01\x01" + bytes(60), "binary"),
        (bytes(range(256)) * 4, "binary"),
        ("Le café a été ouvert hier à midi".encode("cp1252"), "undecodable"),
    ],
)
def test_what_is_no_page_is_refused_with_its_reason(content: bytes, reason: str, tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_bytes(content)
    assert reason_of(tmp_path, found_in(tmp_path, "1.txt")) == reason


def test_huge_file_is_refused_without_being_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with (tmp_path / "1.txt").open("wb") as sparse:
        sparse.truncate(50 << 30)
    monkeypatch.delattr(reading, "_read_up_to")
    assert reason_of(tmp_path, found_in(tmp_path, "1.txt")) == "too_large"


def test_vanished_file_is_told_from_an_unreadable_one(tmp_path: Path) -> None:
    (tmp_path / "1.txt").write_text(TEXT)
    found = found_in(tmp_path, "1.txt")
    (tmp_path / "1.txt").unlink()
    assert reason_of(tmp_path, found) == "vanished"


def test_file_without_permission_is_unreadable(
    open_inbox: Path, unprivileged: Callable[[], AbstractContextManager[None]]
) -> None:
    path = open_inbox / "1.txt"
    path.write_text(TEXT)
    path.chmod(0)
    with unprivileged():
        found = found_in(open_inbox, "1.txt")
        assert reason_of(open_inbox, found) == "unreadable"


def test_error_while_reading_is_unreadable(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "1.txt").write_text(TEXT)
    found = found_in(tmp_path, "1.txt")

    def failing(_file: int, _limit: int) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(reading, "_read_up_to", failing)
    assert reason_of(tmp_path, found) == "unreadable"


def make_link(path: Path) -> None:
    target = path.parent.parent / "secret.txt"
    target.write_text(TEXT)
    path.symlink_to(target)


@pytest.mark.parametrize("make", [make_link, os.mkfifo, Path.mkdir])
def test_what_took_a_files_place_is_not_opened(make: Callable[[Path], None], tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "1.txt").write_text(TEXT)
    found = found_in(inbox, "1.txt")
    (inbox / "1.txt").unlink()
    make(inbox / "1.txt")
    assert reason_of(inbox, found) == "unreadable"


def test_folder_that_became_a_link_is_not_followed(tmp_path: Path) -> None:
    inbox = tmp_path / "inbox"
    (inbox / "a").mkdir(parents=True)
    (inbox / "a/1.txt").write_text(TEXT)
    found = found_in(inbox, "a/1.txt")
    (inbox / "a").rename(tmp_path / "outside")
    (inbox / "a").symlink_to(tmp_path / "outside")
    assert reason_of(inbox, found) == "unreadable"


def test_problem_found_by_the_scan_is_raised(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert reason_of(tmp_path, found_in(tmp_path, "pipe.txt")) == "unreadable"


def test_file_changed_since_the_scan_is_left_for_later(tmp_path: Path) -> None:
    path = tmp_path / "1.txt"
    path.write_text(TEXT)
    found = found_in(tmp_path, "1.txt")
    os.utime(path, ns=(0, found.mtime_ns + 1))
    assert reason_of(tmp_path, found) == "changing"


@pytest.mark.parametrize("added", [b"x", b"x" * 100])
def test_file_that_grows_while_it_is_read_is_left_for_later(
    added: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "1.txt"
    path.write_text(TEXT)
    found = found_in(tmp_path, "1.txt")
    reads = os.read

    def growing(file: int, count: int) -> bytes:
        chunk = reads(file, count)
        with path.open("ab") as more:
            more.write(added)
        os.utime(path, ns=(0, found.mtime_ns))
        return chunk

    monkeypatch.setattr(os, "read", growing)
    assert reason_of(tmp_path, found) == "changing"


def test_descriptors_are_closed(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "a/1.txt").write_text(TEXT)
    found = found_in(tmp_path, "a/1.txt")
    before = os.open(tmp_path, os.O_RDONLY)
    os.close(before)
    read_pages(tmp_path, found, 1_000_000)
    assert reason_of(tmp_path, found, 1) == "too_large"
    after = os.open(tmp_path, os.O_RDONLY)
    os.close(after)
    assert before == after


def test_pdf_is_read_as_markdown_with_boxes(tmp_path: Path) -> None:
    (tmp_path / "3.pdf").write_bytes(pdf([one_page(bands, STYLES[0])[0]]))
    (page,) = read_pages(tmp_path, next(find_files(tmp_path, (".pdf",))), 1_000_000)
    assert page.encoding == "pdf"
    lines = page.text.split("\n")
    assert sum(line.startswith("# ") for line in lines) == 6
    assert all(lines[box.line - 1] for box in page.boxes)


def test_each_sheet_of_a_pdf_is_a_page_and_blank_ones_are_none(tmp_path: Path) -> None:
    first, last = (one_page(bands, STYLES[0], seed)[0] for seed in (1, 2))
    (tmp_path / "3.pdf").write_bytes(pdf([first, Canvas(600, 900), last]))
    pages = read_pages(tmp_path, next(find_files(tmp_path, (".pdf",))), 1_000_000)
    assert [(page.path, page.sheet) for page in pages] == [("3.pdf", 1), ("3.pdf#3", 3)]
    assert len({page.sha256 for page in pages}) == 2
    for page in pages:
        assert {box.sheet for box in page.boxes} == {page.sheet - 1}
        assert max(box.line for box in page.boxes) <= page.text.count("\n")


def test_html_is_known_by_its_first_bytes(tmp_path: Path) -> None:
    article = f"<!DOCTYPE html><h1>青石春耕</h1><p>{TEXT}</p>"
    (tmp_path / "1.txt").write_text(article, encoding="utf-8")
    (page,) = read_pages(tmp_path, found_in(tmp_path, "1.txt"), 1_000_000)
    assert (page.encoding, page.text) == ("html", f"# 青石春耕\n\n{TEXT}")


@pytest.mark.parametrize("content", [b"plain text", b"%PDF-1.7 and no more"])
def test_what_is_called_pdf_and_is_none_is_broken(content: bytes, tmp_path: Path) -> None:
    (tmp_path / "1.pdf").write_bytes(content)
    assert reason_of(tmp_path, next(find_files(tmp_path, (".pdf",)))) == "broken"
