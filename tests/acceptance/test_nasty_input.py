"""Whatever lies in the inbox gets a clear message, and the rest goes on."""

from __future__ import annotations

import json
import os

import pytest

from tests.acceptance.installation import Installation

PAGE = """# 河湾新桥今日通车

本报讯 (记者林一舟)5月6日,河湾新桥正式通车,两岸居民过河时间由四十分钟缩短为五分钟。

新桥全长一千二百米,双向四车道,设有人行步道。桥面铺设的监测设备把数据实时传到数字经济产业园。(林一舟)
"""

NOISE = bytes((7 * i * i + i // 3) % 251 for i in range(4000))


@pytest.mark.parametrize(
    ("content", "state"),
    [
        (b"", "empty"),
        (b"\n\n  \n", "empty"),
        (NOISE, "binary"),
        (b"\x00" * 5000, "binary"),
        ("。\n".encode() * 40, "no_articles"),
    ],
)
def test_unusable_file_is_refused_with_its_reason_and_the_others_go_on(
    empty: Installation, content: bytes, state: str
) -> None:
    empty.drop("bad.txt", content)
    empty.drop("good.md", PAGE)
    done = empty.read("run")
    assert done["ingested"]["files"] == {"read": 1, state: 1}
    printed = empty.run("status")
    assert "bad.txt" in printed
    assert state in printed


def test_refused_file_is_not_read_again_until_asked_or_changed(empty: Installation) -> None:
    empty.drop("bad.txt", b"")
    empty.run("run")
    assert empty.read("run")["ingested"]["files"] == {}
    empty.run("retry")
    assert empty.read("run")["ingested"]["files"] == {"empty": 1}
    empty.drop("bad.txt", PAGE)
    os.utime(empty.inbox / "bad.txt", (1_700_000_100, 1_700_000_100))
    assert empty.read("run")["ingested"]["files"] == {"read": 1}


def test_huge_file_is_refused_unread(empty: Installation) -> None:
    path = empty.drop("huge.txt", b"")
    os.truncate(path, 50_000_000)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    assert empty.read("run")["ingested"]["files"] == {"too_large": 1}


def test_links_are_not_followed(empty: Installation, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.txt").write_text(PAGE, encoding="utf-8")
    (empty.inbox / "link.txt").symlink_to(outside / "secret.txt")
    (empty.inbox / "folder").symlink_to(outside)
    assert empty.read("run")["ingested"]["files"] == {}


def test_folder_and_pipe_with_a_pages_name_do_no_harm(empty: Installation) -> None:
    (empty.inbox / "x.txt").mkdir()
    empty.drop("x.txt/inside.md", PAGE)
    os.mkfifo(empty.inbox / "pipe.txt")
    assert empty.read("run")["ingested"]["files"] == {"read": 1, "unreadable": 1}


def test_hostile_names_and_texts_end_up_inert(empty: Installation) -> None:
    name = "<script>alert(1)<&script>\x1b[31m.md"
    hostile = PAGE.replace("新桥全长", "]]><script>alert(2)</script>\x0b\x00数字经济新桥全长", 1).replace(
        "\x00", ""
    )
    empty.drop(name, hostile)
    done = empty.read("run", "--now")
    assert sum(done["ingested"]["files"].values()) == 1
    for content in empty.feed_bytes().values():
        assert b"\x0b" not in content
    assert "\x1b[31m" not in empty.run("status")


def test_missing_inbox_is_told(empty: Installation) -> None:
    empty.inbox.rmdir()
    assert "does not exist" in empty.run("run")


def test_same_content_under_another_name_is_no_new_page(empty: Installation) -> None:
    empty.drop("one.md", PAGE)
    empty.run("run")
    empty.drop("two.md", PAGE)
    done = empty.read("run")
    assert done["ingested"]["files"] == {"duplicate": 1}
    assert empty.read("status")["counts"]["pages"] == 1


def test_changed_content_under_the_same_name_revises_the_page(empty: Installation) -> None:
    path = empty.drop("one.md", PAGE)
    empty.run("run")
    before = empty.feed_bytes()["all.json"].decode()
    path.write_text(PAGE.replace("一千二百米", "一千三百米"), encoding="utf-8")
    os.utime(path, (1_700_000_500, 1_700_000_500))
    assert empty.read("run")["ingested"]["files"] == {"read": 1}
    assert empty.read("status")["counts"] == {"pages": 1, "articles": 1, "troubled": 0}
    after = empty.feed_bytes()["all.json"].decode()
    assert "一千三百米" in after
    assert _ids(before) == _ids(after)


def _ids(feed: str) -> list[str]:
    return [item["id"] for item in json.loads(feed)["items"]]


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "gb18030"])
def test_pages_in_other_encodings_are_read(empty: Installation, codec: str) -> None:
    empty.drop("page.md", PAGE.encode(codec))
    empty.run("run")
    assert "河湾新桥今日通车" in empty.feed_bytes()["all.json"].decode()


def test_database_of_something_else_is_told(empty: Installation) -> None:
    (empty.folder / "var").mkdir()
    (empty.folder / "var" / "digest.db").write_bytes(b"something else entirely" * 400)
    assert "no database of Digest" in empty.run("run", code=1)


def test_wrong_configuration_stops_the_start(empty: Installation) -> None:
    (empty.folder / "config.toml").write_text("[inbox]\nfoldr='x'\n", encoding="utf-8")
    assert "did you mean inbox.folder?" in empty.run("run", code=3)


def test_misspelt_command_is_told(empty: Installation) -> None:
    assert "serv" in empty.run("serv", code=2)


def test_refused_file_that_is_gone_is_forgotten(empty: Installation) -> None:
    path = empty.drop("bad.txt", b"")
    empty.run("run")
    path.unlink()
    empty.run("run")
    assert empty.read("status")["counts"]["troubled"] == 0


def test_backlog_is_read_by_all_cores_in_order(empty: Installation) -> None:
    for number in range(120):
        empty.drop(f"{number:03}.md", PAGE.replace("河湾", f"河湾{number}号"))
    empty.drop("100.md", b"")
    done = empty.read("run")
    assert done["ingested"]["files"] == {"read": 119, "empty": 1}
    assert empty.read("status")["counts"]["pages"] == 119
