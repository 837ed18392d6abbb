from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from digest.cli.commands import app
from tests.pipeline.office import SETTINGS, Office

RUNNER = CliRunner()


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(
        tmp_path / "office", SETTINGS.replace('name = "schools"', 'name = "schools"\npublic = false')
    )
    made.work()
    yield made
    made.desk.store.close()


def digest(office: Office, *words: str) -> Result:
    return RUNNER.invoke(app, ["--config", str(office.folder / "config.toml"), "feeds", "token", *words])


def test_a_token_is_shown_once_listed_and_taken_back(office: Office) -> None:
    given = digest(office, "add", "schools", "--name", "何")
    addresses = [line for line in given.output.splitlines() if line.startswith("http")]
    token = addresses[0].split("/")[-2]
    assert [address.rpartition(token)[2] for address in addresses] == [
        "/schools.rss", "/schools.atom", "/schools.json",
    ]  # fmt: skip
    listed = digest(office, "list", "schools")
    assert "何" in listed.output
    assert "never" in listed.output
    assert token not in listed.output
    [row] = json.loads(digest(office, "list", "schools", "--json").output)
    assert (row["name"], row["used"]) == ("何", None)
    assert digest(office, "revoke", "schools", "--name", "何").exit_code == 0
    assert "no token" in digest(office, "list", "schools").output


def test_what_is_not_there_is_told(office: Office) -> None:
    assert "no profile" in str(digest(office, "add", "nobody").exception)
    assert "no token" in str(digest(office, "revoke", "schools").exception)
