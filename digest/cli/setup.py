"""Writes the first configuration of an installation; it never overwrites one."""

from __future__ import annotations

from pathlib import Path

from digest.config import load_config
from digest.errors import ConfigError
from digest.shipped import shipped


def write_configuration(folder: Path) -> str:
    """Writes config.toml and makes the inbox folder; returns what to do next.

    Raises:
        ConfigError: There is a configuration already, or the folder cannot be written.
    """
    path = folder / "config.toml"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8") as file:
            file.write(shipped("config.toml").read_text(encoding="utf-8"))
        inbox = folder / load_config(path, {}).inbox.folder
        inbox.mkdir(parents=True, exist_ok=True)
    except FileExistsError as error:
        raise ConfigError("is there already; edit it, or remove it first", path=str(path)) from error
    except OSError as error:
        raise ConfigError(f"cannot be written: {error.strerror}", path=str(path)) from error
    enter = "" if folder == Path() else f"cd {folder} && "
    return f"Wrote {path}. Put your keywords there, page files into {inbox}, then: {enter}digest run --now"
