from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest.inbox.scan import find_files, is_ignored, is_settled, shown_path, wait_for_settling

NOW = datetime(2025, 3, 4, 8, 0, tzinfo=UTC)
SUFFIXES = (".txt", ".md")


def put(root: Path, name: str, *, age: float = 60, content: bytes = b"page") -> Path:
    path = root / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    stamp = NOW.timestamp() - age
    os.utime(path, (stamp, stamp))
    return path


def paths(root: Path) -> list[str]:
    return [found.path for found in find_files(root, SUFFIXES)]


def test_files_come_in_the_order_of_their_path_parts(tmp_path: Path) -> None:
    for name in ("b.txt", "a/2.md", "a/10.txt", "c/d/1.TXT", "notes.pdf"):
        put(tmp_path, name)
    assert paths(tmp_path) == ["a/10.txt", "a/2.md", "b.txt", "c/d/1.TXT"]


def test_size_and_modification_time_are_those_of_the_file(tmp_path: Path) -> None:
    path = put(tmp_path, "1.txt", content=b"12345")
    (found,) = find_files(tmp_path, SUFFIXES)
    assert (found.size, found.mtime_ns, found.problem) == (5, path.stat().st_mtime_ns, None)


@pytest.mark.parametrize(
    "name",
    [
        ".hidden.txt",
        ".3.txt.Xy12Zq",
        ".syncthing.3.txt.tmp",
        "~syncthing~3.txt.tmp",
        "~$3.txt",
        "3.txt~",
        "3.txt.part",
        "3.txt.PARTIAL",
        "3.txt.filepart",
        "3.tmp",
        "3.txt.crdownload",
        "3.txt.swp",
        "3.txt.ocTransferId1.part",
        "@eaDir",
        "#recycle",
    ],
)
def test_hidden_temporary_and_partial_names_are_ignored(name: str, tmp_path: Path) -> None:
    assert is_ignored(name)
    put(tmp_path, name)
    assert list(find_files(tmp_path, (".txt", ".md", ""))) == []


@pytest.mark.parametrize("name", ["3.txt", "#3版.txt", "partial.txt", "晨报.tmp.2.txt", "<script>.txt"])
def test_ordinary_names_are_not_ignored(name: str, tmp_path: Path) -> None:
    put(tmp_path, name)
    assert paths(tmp_path) == [name]


def test_pages_in_ignored_folders_are_ignored(tmp_path: Path) -> None:
    for folder in (".git", "@eaDir", "#recycle", "__MACOSX", "old~"):
        put(tmp_path, f"{folder}/1.txt")
    assert paths(tmp_path) == []


def test_folder_named_like_a_page_is_descended_into(tmp_path: Path) -> None:
    put(tmp_path, "x.txt/1.txt")
    assert paths(tmp_path) == ["x.txt/1.txt"]


def test_symbolic_links_are_never_followed(tmp_path: Path) -> None:
    outside = put(tmp_path, "outside/1.txt")
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    (inbox / "file.txt").symlink_to(outside)
    (inbox / "folder").symlink_to(outside.parent)
    (inbox / "loop").symlink_to(inbox)
    (inbox / "dangling.txt").symlink_to(tmp_path / "nowhere")
    assert paths(inbox) == []


def test_inbox_itself_may_be_a_symbolic_link(tmp_path: Path) -> None:
    put(tmp_path, "real/1.txt")
    (tmp_path / "inbox").symlink_to(tmp_path / "real")
    assert paths(tmp_path / "inbox") == ["1.txt"]


def test_missing_inbox_is_reported(tmp_path: Path) -> None:
    (found,) = find_files(tmp_path / "none", SUFFIXES)
    assert found.path == "."
    assert found.problem is not None
    assert "does not exist" in found.problem.detail


def test_pipe_is_reported_and_not_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    (found,) = find_files(tmp_path, SUFFIXES)
    assert found.problem is not None
    assert found.problem.reason == "unreadable"


def test_unlistable_folder_is_reported_and_the_rest_is_found(
    open_inbox: Path, unprivileged: Callable[[], AbstractContextManager[None]]
) -> None:
    put(open_inbox, "closed/1.txt")
    put(open_inbox, "open/1.txt")
    (open_inbox / "closed").chmod(0)
    with unprivileged():
        closed, readable = find_files(open_inbox, SUFFIXES)
    (open_inbox / "closed").chmod(0o700)
    assert closed.path == "closed"
    assert closed.problem is not None
    assert "Permission denied" in closed.problem.detail
    assert readable.path == "open/1.txt"


def test_file_that_vanishes_while_scanning_is_passed_over(tmp_path: Path) -> None:
    for name in ("1.txt", "2.txt"):
        put(tmp_path, name)
    scan = find_files(tmp_path, SUFFIXES)
    assert next(scan).path == "1.txt"
    (tmp_path / "2.txt").unlink()
    assert list(scan) == []


def test_names_that_are_no_utf8_are_found_and_can_be_shown_and_stored(tmp_path: Path) -> None:
    name = os.fsdecode("晨报.txt".encode("gb18030"))
    put(tmp_path, name)
    (found,) = find_files(tmp_path, SUFFIXES)
    assert found.path == r"\xb3\xbf\xb1\xa8.txt"
    assert found.path.encode("utf-8")
    assert (tmp_path / found.os_path).read_bytes() == b"page"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("a\nb.txt", r"a\x0ab.txt"),
        ("a\x1b[31mb.txt", r"a\x1b[31mb.txt"),
        ("a\u202etxt.md", r"a\xe2\x80\xaetxt.md"),
        (r"a\x0ab.txt", r"a\\x0ab.txt"),
        ("晨报　三版.txt", "晨报　三版.txt"),
    ],
)
def test_names_are_shown_in_one_line_and_stay_different(name: str, shown: str) -> None:
    assert shown_path(name) == shown


def test_file_settles_when_its_modification_is_old_enough(tmp_path: Path) -> None:
    put(tmp_path, "1.txt", age=5)
    (found,) = find_files(tmp_path, SUFFIXES)
    assert is_settled(found, NOW, 5)
    assert not is_settled(found, NOW - timedelta(seconds=1), 5)


def test_file_from_the_future_is_not_settled_but_waited_for(tmp_path: Path) -> None:
    put(tmp_path, "1.txt", age=-3600)
    (found,) = find_files(tmp_path, SUFFIXES)
    slept: list[float] = []
    assert not is_settled(found, NOW, 5)
    assert wait_for_settling(tmp_path, [found], 5, now=NOW, sleep=slept.append) == [found]
    assert slept == [5]


def test_one_wait_lets_the_youngest_settle_and_changed_files_are_left_out(tmp_path: Path) -> None:
    for name, age in (("grows.txt", 1), ("rests.txt", 4), ("swapped.txt", 4), ("vanishes.txt", 4)):
        put(tmp_path, name, age=age)
    young = list(find_files(tmp_path, SUFFIXES))
    slept: list[float] = []

    def meanwhile(seconds: float) -> None:
        slept.append(seconds)
        put(tmp_path, "grows.txt", age=1, content=b"page and more")
        (tmp_path / "swapped.txt").unlink()
        (tmp_path / "swapped.txt").symlink_to(tmp_path / "rests.txt")
        (tmp_path / "vanishes.txt").unlink()

    settled = wait_for_settling(tmp_path, young, 5, now=NOW, sleep=meanwhile)
    assert [found.path for found in settled] == ["rests.txt"]
    assert slept == [pytest.approx(4)]


def test_nothing_young_means_no_wait(tmp_path: Path) -> None:
    slept: list[float] = []
    assert wait_for_settling(tmp_path, [], 5, now=NOW, sleep=slept.append) == []
    assert slept == []
