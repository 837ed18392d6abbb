"""`digest owner` and `digest account` as they are typed; the links they print let people in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from typer.testing import CliRunner

from digest.cli.commands import app
from digest.errors import RequestError
from digest.pipeline import passwords, signing_in
from digest.pipeline.desk import Desk
from tests.pipeline.office import SETTINGS, Office

Command = Callable[..., str]
PASSWORD = "seven white herons"  # noqa: S105 - nobody's


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    cheap = PasswordHasher(time_cost=1, memory_cost=64, parallelism=1)
    monkeypatch.setattr(passwords, "hasher", lambda: cheap)
    made = Office(tmp_path / "office", 'base_url = "https://clips.example.org"\n' + SETTINGS)
    made.now = Desk(made.desk.config, made.desk.store).clock()
    yield made
    made.desk.store.close()


@pytest.fixture
def digest(office: Office) -> Command:
    def run(*words: str) -> str:
        result = CliRunner().invoke(app, ["--config", str(office.folder / "config.toml"), *words])
        if result.exception and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert result.exit_code == 0, result.output
        return result.output

    return run


def token_in(printed: str) -> str:
    return printed.strip().removeprefix("https://clips.example.org/join/")


def test_owner_link_makes_an_owner(office: Office, digest: Command) -> None:
    assert "No account yet" in digest("account", "list")
    token = token_in(digest("owner", "link"))
    assert signing_in.join(office.desk, token, "Lin", PASSWORD, again=PASSWORD)
    listed = digest("account", "list")
    assert "lin" in listed
    assert "owner" in listed


def test_account_link_sets_another_password(office: Office, digest: Command) -> None:
    signing_in.join(office.desk, token_in(digest("owner", "link")), "lin", PASSWORD, again=PASSWORD)
    token = token_in(digest("account", "link", "LIN"))
    other = "nine black storks"
    signing_in.join(office.desk, token, "", other, again=other)
    assert signing_in.sign_in(office.desk, "lin", other, "")
    with pytest.raises(RequestError):
        signing_in.sign_in(office.desk, "lin", PASSWORD, "")


def test_account_link_for_nobody_says_where_to_look(digest: Command) -> None:
    with pytest.raises(RequestError, match="digest account list"):
        digest("account", "link", "nobody")
