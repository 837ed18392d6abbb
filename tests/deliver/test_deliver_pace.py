from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from digest.deliver.halt import NAME, Halt, forget_halt, halted, note_halt
from digest.deliver.pace import DomainLimit, Spacing
from digest.errors import StoreError

NOW = datetime(2031, 5, 6, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def test_messages_leave_at_even_distances() -> None:
    spacing = Spacing(4)
    left: list[float] = []
    now = 100.0
    while len(left) < 5:
        if not (wait := spacing.wait(now)):
            spacing.leave(now)
            left.append(now)
        now += wait
    assert left == [100.0, 100.25, 100.5, 100.75, 101.0]


def test_a_pause_is_not_made_up_for() -> None:
    spacing = Spacing(4)
    spacing.leave(100.0)
    spacing.leave(200.0)
    assert spacing.wait(200.0) == 0.25


def test_without_a_limit_nothing_waits() -> None:
    spacing = Spacing(0)
    spacing.leave(1.0)
    assert spacing.wait(1.0) == 0.0
    assert DomainLimit(0).slot("a@b.example", NOW) == NOW


def test_a_domain_gets_its_share_of_any_minute() -> None:
    limit = DomainLimit(2)
    slots = [limit.slot(f"r{n}@B.example", NOW + n * SECOND) for n in range(5)]
    assert [(slot - NOW).total_seconds() for slot in slots] == [0, 1, 60, 61, 120]
    assert limit.slot("a@other.example", NOW) == NOW


def test_what_left_before_counts() -> None:
    limit = DomainLimit(2)
    limit.count([(NOW - 50 * SECOND, "a@b.example"), (NOW - 40 * SECOND, "b@b.example")])
    assert limit.slot("c@b.example", NOW) == NOW + 10 * SECOND


def test_a_halt_holds_until_its_time_or_other_settings(tmp_path: Path) -> None:
    halt = Halt(NOW + 60 * SECOND, "登录被拒绝", "settings")
    note_halt(tmp_path, halt)
    assert halted(tmp_path, "settings", NOW) == halt
    assert halted(tmp_path, "others", NOW) is None
    assert halted(tmp_path, "settings", halt.until) is None
    forget_halt(tmp_path)
    forget_halt(tmp_path)
    assert halted(tmp_path, "settings", NOW) is None
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "note", ["", "{}", "[]", '{"until": 1}', '{"until": "x", "reason": "", "settings": ""}']
)
def test_a_note_that_cannot_be_read_halts_nothing(note: str, tmp_path: Path) -> None:
    (tmp_path / NAME).write_text(note)
    assert halted(tmp_path, "settings", NOW) is None


def test_a_halt_that_cannot_be_noted_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="cannot be written"):
        note_halt(tmp_path / "none", Halt(NOW, "", ""))
