from __future__ import annotations

import gzip
from pathlib import Path

from digest.pipeline.feed_folder import gzipped, write_feeds


def content_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def test_each_feed_stands_beside_its_gzip(tmp_path: Path) -> None:
    assert write_feeds(tmp_path / "feeds", [("a.rss", b"one")]) == ["a.rss"]
    written = content_of(tmp_path / "feeds")
    assert set(written) == {"a.rss", "a.rss.gz"}
    assert gzip.decompress(written["a.rss.gz"]) == written["a.rss"] == b"one"


def test_the_gzip_does_not_change_with_the_time() -> None:
    assert gzipped(b"one")[4:8] == bytes(4)


def test_what_did_not_change_is_not_touched(tmp_path: Path) -> None:
    write_feeds(tmp_path, [("a.rss", b"one"), ("b.rss", b"two")])
    before = {path: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assert write_feeds(tmp_path, [("a.rss", b"one"), ("b.rss", b"new")]) == ["b.rss"]
    kept = [path for path, time in before.items() if path.stat().st_mtime_ns == time]
    assert {path.name for path in kept} == {"a.rss", "a.rss.gz"}


def test_a_missing_gzip_is_made_again(tmp_path: Path) -> None:
    write_feeds(tmp_path, [("a.rss", b"one")])
    (tmp_path / "a.rss.gz").unlink()
    assert write_feeds(tmp_path, [("a.rss", b"one")]) == ["a.rss"]
    assert (tmp_path / "a.rss.gz").exists()


def test_feeds_that_are_no_more_go_and_other_files_stay(tmp_path: Path) -> None:
    write_feeds(tmp_path, [("a.rss", b"one"), ("b.json", b"two")])
    (tmp_path / "robots.txt").write_text("mine")
    assert write_feeds(tmp_path, [("a.rss", b"one")]) == ["b.json"]
    assert set(content_of(tmp_path)) == {"a.rss", "a.rss.gz", "robots.txt"}
