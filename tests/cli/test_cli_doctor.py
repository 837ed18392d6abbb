"""The doctor finds what keeps an installation from working, and says what to do."""

from __future__ import annotations

import gzip
import json
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from digest.cli.doctor import show_findings
from digest.pipeline import doctor
from digest.pipeline.doctor import Finding, examine
from tests.pipeline.office import SETTINGS, Office, page

BRIDGE = page("清河大桥今日通车", "大桥全长一千二百米,双向四车道通车")


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    made = Office(tmp_path / "office", 'base_url = "https://clips.example.org"\n' + SETTINGS)
    made.drop("a.md", BRIDGE)
    made.work(at_once=True)
    yield made
    made.desk.store.close()


def found(office: Office) -> dict[str, Finding]:
    return {finding.what: finding for finding in examine(office.desk.config)}


def ill(office: Office) -> set[str]:
    return {what for what, finding in found(office).items() if finding.verdict == "ill"}


def test_sound_installation_is_well(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(doctor, "_CLOCK_ERROR", timedelta(days=36_500))  # its pages are of a day to come
    assert ill(office) == set()
    assert found(office)["database"].verdict == "well"


def test_clock_behind_the_database_is_found(office: Office) -> None:
    assert ill(office) == {"clock"}


def test_every_finding_that_is_not_well_says_what_to_do(office: Office) -> None:
    (office.desk.feeds / "bridges.atom").write_bytes(b"<feed")
    findings = found(office).values()
    assert {each.verdict for each in findings} >= {"well", "ill"}
    assert all(each.remedy for each in findings if each.verdict != "well")


def test_feed_that_no_reader_can_read_is_found(office: Office) -> None:
    (office.desk.feeds / "bridges.json").write_text("{", encoding="utf-8")
    assert "bridges.json" in found(office)["feeds"].told


@pytest.mark.parametrize("content", [b"", b"no gzip", gzip.compress(b"<feed"), gzip.compress(b"<a/>")[:-9]])
def test_packed_feed_is_unpacked_and_looked_at(office: Office, content: bytes) -> None:
    assert list(office.desk.feeds.glob("*.gz"))
    (office.desk.feeds / "bridges.atom.gz").write_bytes(content)
    assert found(office)["feeds"].told == "cannot be read: bridges.atom.gz"


def test_missing_inbox_is_found(office: Office) -> None:
    (office.folder / "seeds" / "a.md").unlink()
    (office.folder / "seeds").rmdir()
    assert "inbox" in ill(office)


def test_damaged_database_is_found_and_told(office: Office) -> None:
    office.desk.store.close()
    path = office.folder / "var" / "digest.db"
    for log in path.parent.glob("digest.db-*"):
        log.unlink()
    path.write_bytes(b"no database at all" * 100)
    assert "database" in ill(office)


def test_key_that_others_can_read_is_found(office: Office) -> None:
    key = office.folder / "var" / "secret.key"
    key.write_bytes(os.urandom(32))
    key.chmod(0o644)
    assert "chmod 600" in found(office)["secret key"].remedy


def test_server_that_does_not_answer_is_found(office: Office) -> None:
    office.configure(SETTINGS + '[mail.smtp]\nhost = "127.0.0.1"\nport = 1\n')
    assert "mail" in ill(office)


def test_profile_that_cannot_work_is_found(office: Office) -> None:
    office.configure(SETTINGS.replace('"大桥^2", "通车"', '"-大桥"'))
    assert "settings" in ill(office)


def test_report_for_programs(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert not show_findings(office.desk.config, json=True)
    records = json.loads(capsys.readouterr().out)
    assert {"what", "verdict", "told", "remedy"} == set(records[0])


def test_report_for_people(office: Office, capsys: pytest.CaptureFixture[str]) -> None:
    show_findings(office.desk.config, json=False)
    assert "✗ clock" in capsys.readouterr().out
