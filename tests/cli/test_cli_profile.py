"""The commands around profiles, as they are typed, on an archive of two articles."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from digest.cli.commands import app
from digest.errors import DigestError
from tests.pipeline.office import SETTINGS, Office, page

BRIDGE = page("清河大桥今日通车", "大桥全长一千二百米,双向四车道通车")
SCHOOL = page("城东小学迎来新教师", "小学新增教师三十名,教师队伍更加年轻")

Command = Callable[..., str]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "office")
    made.drop("a.md", BRIDGE)
    made.drop("b.md", SCHOOL)
    made.work()
    yield made
    made.desk.store.close()


@pytest.fixture
def digest(office: Office) -> Command:
    """Runs `digest WORDS` with the office's configuration and returns what it printed."""

    def run(*words: str, code: int = 0) -> str:
        result = CliRunner().invoke(app, ["--config", str(office.folder / "config.toml"), *words])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code, result.output
        return result.output

    return run


def saved(office: Office, name: str, text: str) -> str:
    path = office.folder / name
    path.write_text(text, encoding="utf-8")
    return str(path)


def squeezed(printed: str) -> str:
    return "".join(printed.split())


def test_check_tells_errors_and_warnings_with_their_places(office: Office, digest: Command) -> None:
    assert "errors: 0" in digest("profile", "check")
    faulty = saved(office, "faulty.txt", "大桥 |\n隧道 OR 桥梁\n")
    printed = squeezed(digest("profile", "check", faulty, code=3))
    assert "error:faulty:'大桥|',character5" in printed
    assert "warning:faulty" in printed
    assert "errors:0" in squeezed(digest("profile", "check", saved(office, "good.txt", "大桥\n@schools\n")))
    assert (
        "thereisnoprofile"
        in squeezed(digest("profile", "check", saved(office, "b.txt", "@zug"), code=3)).lower()
    )


def test_check_names_profiles_and_files_that_are_not_there(digest: Command) -> None:
    with pytest.raises(DigestError, match="bridges, schools"):
        digest("profile", "check", "trains")


def test_check_makes_no_archive(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text(SETTINGS, encoding="utf-8")
    assert CliRunner().invoke(app, ["--config", str(path), "profile", "check"]).exit_code == 0
    assert not (tmp_path / "var").exists()


def test_configuration_check_shows_doubts(office: Office, digest: Command) -> None:
    office.desk.store.close()
    office.configure(SETTINGS.replace('"通车"', '"通车 OR 开通"'))
    printed = digest("config", "check")
    assert "warning: bridges: 通车 OR 开通" in printed
    assert "fine" in printed


def test_preview_shows_days_best_and_differences(office: Office, digest: Command) -> None:
    changed = saved(office, "bridges.txt", "小学\n")
    printed = digest("profile", "preview", changed, "--days", "3000")
    assert "Gained: 1" in printed
    assert "Lost: 1" in printed
    record: dict[str, Any] = json.loads(digest("profile", "preview", "bridges", "--days", "3000", "--json"))
    assert record["selected"] == 1
    assert [each["headline"] for each in record["best"]] == ["清河大桥今日通车"]
    assert record["best"][0]["before"] == pytest.approx(record["best"][0]["score"])


def test_explain_shows_keywords_places_and_points(digest: Command) -> None:
    printed = digest("explain", "bridges", "清河大桥")
    assert "selected" in printed
    assert "headline 1:3–4 大桥" in printed
    record: dict[str, Any] = json.loads(digest("explain", "bridges", "清河大桥", "--json"))
    assert record["verdict"] == "selected"
    assert sum(each["share"] for each in record["keywords"]) == pytest.approx(1)


def test_explain_shows_why_not(office: Office, digest: Command) -> None:
    assert "no keyword that selects" in digest("explain", "bridges", "城东小学")
    office.configure(SETTINGS.replace('"通车"', '"通车 & 隧道", "桥今", "-车道"'))
    printed = digest("explain", "bridges", "清河大桥", "--why-not")
    assert "an exclusion holds" in printed
    assert "all but 隧道" in printed
    assert "only a part of" in printed or "桥今" in printed


def test_import_prints_profiles_that_can_be_configured(office: Office, digest: Command) -> None:
    words = saved(
        office, "frequency_words.txt", "[GLOBAL_FILTER]\n广告\n\n[WORD_GROUPS]\n\n大桥\n+清河\n@3\n"
    )
    printed = digest("profile", "import", words)
    [read] = tomllib.loads(printed.partition("left out")[0])["profiles"]
    assert read["keywords"] == ["大桥", "+清河"]
    assert 'exclusions = ["广告"]' in printed
    assert "left out: @3" in printed
    table = saved(office, "words.txt", "大桥,2\n")
    assert "大桥^2" in digest("profile", "import", table, "--format", "csv")
    with pytest.raises(DigestError, match="cannot be read"):
        digest("profile", "import", str(office.folder / "missing.csv"))


def test_export_is_read_as_the_same_profiles(office: Office, digest: Command) -> None:
    printed = digest("profile", "export")
    exported = saved(office, "exported.toml", printed)
    assert [table["keywords"] for table in tomllib.loads(printed)["profiles"]] == [
        ["大桥^2", "通车"],
        ["小学^2", "教师"],
    ]
    assert digest("profile", "check", exported) == digest("profile", "check")


@pytest.mark.parametrize("text", ["[[profiles]]\n", "[[profiles]]\nname = 1\nkeywords = 2\n", "keywords ="])
def test_file_that_holds_no_profiles_is_an_error(office: Office, digest: Command, text: str) -> None:
    with pytest.raises(DigestError):
        digest("profile", "check", saved(office, "broken.toml", text))


def test_suggestions_come_from_what_was_kept_and_change_nothing(office: Office, digest: Command) -> None:
    for number in range(4):
        office.drop(f"r{number}.md", page(f"{number}号大桥合龙", f"无人机巡检{number}号大桥"))
        office.drop(f"k{number}.md", page(f"{number}路公交通车", f"{number}路公交昨日通车"))
    office.work()
    for number in range(4):
        assert digest("profile", "keep", "bridges", f"{number}号大桥").startswith("Kept for bridges: ")
        assert digest("profile", "keep", "bridges", f"{number}路公交", "--not").startswith(
            "Not for bridges: "
        )
    before = digest("profile", "export", "bridges")
    printed = digest("profile", "suggest", "bridges")
    assert "Words of 4 kept articles" in printed
    assert "?无人机^" in printed
    advice = json.loads(digest("profile", "suggest", "bridges", "--json"))
    assert (advice["source"], advice["articles"]) == ("kept", 4)
    assert advice["weights"][0]["before"] == "大桥^2"
    assert digest("profile", "export", "bridges") == before
    assert "Nothing said any more" in digest("profile", "keep", "bridges", "0号大桥", "--undo")


def test_explanation_lists_characters_of_keywords(office: Office, digest: Command) -> None:
    office.configure(SETTINGS.replace('"大桥^2", "通车"', '"渔船", "渔港"'))
    for number in range(9):
        office.drop(f"r{number}.md", page(f"{number}号渔船归来", "渔民喜迎休渔期结束"))
    office.drop("near.md", page("渔民学法", "渔政人员上门"))
    office.work()
    assert "渔×" in digest("explain", "bridges", "3号渔船")
    assert "characters of keywords: 渔×" in digest("explain", "bridges", "渔民学法")
