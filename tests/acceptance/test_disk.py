"""A full disk and a state folder that cannot be written: a clear message, and nothing is lost."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.acceptance.installation import Installation
from tests.parts import missing


@pytest.fixture
def small_disk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Path]]:
    """Mounts a file system in memory with the options given, or changes those of the one that is there."""
    place = tmp_path_factory.mktemp("disk")

    def mount(options: str) -> Path:
        again = "remount," if os.path.ismount(place) else ""
        command = ["mount", "-t", "tmpfs", "-o", again + options, "tmpfs", str(place)]
        if subprocess.run(command, capture_output=True, check=False).returncode:
            missing("the right to mount a file system in memory")
        return place

    yield mount
    if os.path.ismount(place):
        subprocess.run(["umount", str(place)], check=True)


@pytest.mark.parametrize("kilobytes", [300, 700, 1500, 2200])
def test_full_disk_is_told_and_the_next_run_goes_on(
    demo: Installation, small_disk: Callable[[str], Path], kilobytes: int
) -> None:
    state = str(small_disk(f"size={kilobytes}k") / "var")
    printed = demo.run("run", "--now", code=1, DIGEST_STATE=state)
    assert "disk is full" in printed or "No space left" in printed
    small_disk("size=50m")
    demo.run("run", "--now", DIGEST_STATE=state)
    demo.run("run", "--now", DIGEST_STATE=state)
    assert len(list(Path(state, "mail", "new").iterdir())) == 1
    names = {path.name for path in Path(state, "feeds").iterdir()}
    assert {"all.atom", "all.atom.gz", "digital.rss", "digital.rss.gz"} <= names


def test_state_that_cannot_be_written_is_told(demo: Installation, small_disk: Callable[[str], Path]) -> None:
    state = small_disk("size=50m") / "var"
    demo.run("run", DIGEST_STATE=str(state))
    small_disk("size=50m,ro")
    printed = demo.run("run", code=1, DIGEST_STATE=str(state))
    assert "right to write" in printed or "Read-only" in printed
