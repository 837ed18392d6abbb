"""`digest search` as it is typed, on an archive of three articles."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner

from digest.cli.commands import app
from digest.errors import ProfileSyntaxError
from tests.pipeline.office import Office, page

Command = Callable[..., str]


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "office")
    made.drop("云溪晚报_2031-05-01_1.md", page("清河大桥今日通车", "大桥全长一千二百米,双向四车道通车"))
    made.drop("云溪晚报_2031-05-03_2.md", page("城东大桥开工", "大桥由三家单位合建"))
    made.drop(
        "河谷日报_2031-05-03_1.md", page("城东小学迎来新教师", "小学新增教师三十名\x1b[31m,教师队伍更加年轻")
    )
    made.work()
    yield made
    made.desk.store.close()


@pytest.fixture
def digest(office: Office) -> Command:
    """Runs `digest search WORDS` and returns what it printed."""

    def run(*words: str, code: int = 0) -> str:
        result = CliRunner().invoke(app, ["--config", str(office.folder / "config.toml"), "search", *words])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == code, result.output
        return result.output

    return run


def headlines(printed: str) -> list[str]:
    return [article["headline"] for article in json.loads(printed)["articles"]]


def test_headlines_sources_and_snippets_are_printed(digest: Command) -> None:
    printed = digest("大桥", "通车")
    assert "清河大桥今日通车" in printed
    assert "云溪晚报" in printed
    assert "2031-05-01" in printed
    assert "一千二百米" in printed
    assert printed.endswith("1 article\n")


def test_options_narrow_and_order(digest: Command) -> None:
    bridges = ["城东大桥开工", "清河大桥今日通车"]
    assert headlines(digest("大桥", "--json", "--sort", "date")) == bridges
    assert headlines(digest("大桥", "--json", "--to", "2031-05-02")) == bridges[1:]
    assert headlines(digest("大桥", "--json", "--from", "2031-05-02")) == bridges[:1]
    assert headlines(digest("城东", "--json", "--paper", "河谷日报")) == ["城东小学迎来新教师"]
    assert headlines(digest("--json", "--", "-通车 大桥")) == bridges[:1]


def test_going_on_starts_where_the_last_one_said(digest: Command) -> None:
    first = json.loads(digest("大桥", "--json", "--sort", "date", "--limit", "1"))
    assert first["total"] == {"number": 2, "certainty": "exact"}
    second = digest("大桥", "--json", "--sort", "date", "--limit", "1", "--start", str(first["rest"]))
    assert headlines(second) == ["清河大桥今日通车"]
    assert json.loads(second)["rest"] is None
    assert f"--start {first['rest']}" in digest("大桥", "--sort", "date", "--limit", "1")


def test_records_have_what_programs_need(digest: Command) -> None:
    [record] = json.loads(digest("小学", "--json"))["articles"]
    assert record["paper"] == "河谷日报"
    assert record["date"] == "2031-05-03"
    assert record["page"] == 1
    assert sum(reason["points"] for reason in record["reasons"]) == pytest.approx(record["score"])
    text, marked = record["snippet"]["text"], record["snippet"]["marked"]
    assert all(text[start:end] == "小学" for start, end in marked)


def test_terminals_obey_nothing_that_was_printed(digest: Command) -> None:
    assert "\x1b" not in digest("教师")


def test_nothing_found_is_no_failure(digest: Command) -> None:
    assert digest("火箭").startswith("0 articles")


def test_a_fault_is_told_with_its_place(digest: Command) -> None:
    with pytest.raises(ProfileSyntaxError, match="character 4"):
        digest("大桥|")


def test_a_wrong_day_is_a_wrong_command_line(digest: Command) -> None:
    digest("大桥", "--from", "gestern", code=2)


def test_word_with_a_hyphen_before_it_is_left_out_and_no_option(digest: Command) -> None:
    assert headlines(digest("大桥", "-开工", "--json")) == ["清河大桥今日通车"]
    assert headlines(digest("-开工 大桥", "--json")) == ["清河大桥今日通车"]
    assert headlines(digest("--sort", "date", "-开工", "大桥", "--json")) == ["清河大桥今日通车"]


def test_unknown_option_is_told(digest: Command) -> None:
    assert "--sotr" in digest("大桥", "--sotr", "date", code=2)
