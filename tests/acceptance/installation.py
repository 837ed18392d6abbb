"""An installation of its own for each test, used through the command line as its user does."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from digest.shipped import shipped


@dataclass
class Installation:
    """A folder with config.toml and an inbox."""

    folder: Path

    @property
    def inbox(self) -> Path:
        return self.folder / "seeds"

    @property
    def feeds(self) -> Path:
        return self.folder / "var" / "feeds"

    def command(self, *words: str) -> list[str]:
        return [sys.executable, "-m", "digest", *words]

    def environment(self) -> dict[str, str]:
        return {name: value for name, value in os.environ.items() if not name.startswith("DIGEST_")}

    def run(self, *words: str, code: int = 0, **variables: str) -> str:
        """Runs `digest WORDS`, checks its exit code, returns what it printed, standard error last."""
        done = subprocess.run(
            self.command(*words),
            cwd=self.folder,
            env=self.environment() | variables,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        output = done.stdout + done.stderr
        assert "Traceback" not in output, output
        assert done.returncode == code, output
        return output

    def read(self, *words: str) -> Any:
        """What `digest WORDS --json` prints."""
        return json.loads(self.run(*words, "--json"))

    def drop(self, name: str, content: str | bytes) -> Path:
        """Puts a file into the inbox as if it had lain there for a while."""
        path = self.inbox / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        age(path)
        return path

    def mails(self) -> list[Path]:
        folder = self.folder / "var" / "mail"
        return sorted([*folder.glob("new/*"), *folder.glob("cur/*")])

    def feed_bytes(self) -> dict[str, bytes]:
        """The feeds as they are read; their gzip is left out."""
        return {path.name: path.read_bytes() for path in sorted(self.feeds.iterdir()) if path.suffix != ".gz"}


def age(path: Path) -> None:
    """Makes a file older than any settle time."""
    os.utime(path, (1_700_000_000, 1_700_000_000))


def fill(installation: Installation) -> None:
    shutil.copytree(shipped("seeds"), installation.inbox, dirs_exist_ok=True)
    for path in installation.inbox.rglob("*"):
        age(path)


def install(folder: Path) -> Installation:
    """The shipped configuration with the demo pages, in `folder`."""
    shutil.copy(shipped("config.toml"), folder / "config.toml")
    made = Installation(folder)
    fill(made)
    return made
