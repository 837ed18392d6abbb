"""The settings that the command line names; read when a command needs them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from digest.config import Config

_named: list[Path | None] = [None]


def choose(path: Path | None) -> None:
    """Names the file, as `--config` does."""
    _named[0] = path


def settings() -> Config:
    """The settings in force.

    Raises:
        ConfigError: There are none, or they are wrong.
    """
    from digest.config import find_config, load_config

    return load_config(find_config(_named[0]))
