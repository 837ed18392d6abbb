"""What is slow to load is loaded by the commands that use it."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest

from tests.acceptance.installation import Installation


@pytest.mark.parametrize("words", [("--help",), ("run", "--quiet")])
def test_neither_help_nor_a_pass_loads_jieba(demo: Installation, words: tuple[str, ...]) -> None:
    loaded = imports_of(demo, *words)
    assert "digest.cli" in loaded
    assert "jieba" not in loaded


def test_suggesting_does(demo: Installation) -> None:
    demo.run("run")
    assert "jieba.analyse" in imports_of(demo, "profile", "suggest", "rural")


def imports_of(installation: Installation, *words: str) -> set[str]:
    """The modules that `digest WORDS` imports."""
    command = [sys.executable, "-X", "importtime", *installation.command(*words)[1:]]
    done = subprocess.run(
        command,
        cwd=installation.folder,
        env=installation.environment(),
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    return set(re.findall(r"\| +([\w.]+)$", done.stderr, re.MULTILINE))
