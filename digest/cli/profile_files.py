"""Profiles as a person names them: configured, in TOML, or a list of keywords; never the stored ones."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from digest.config import Config
from digest.errors import DigestError
from digest.model import Profile
from digest.pipeline.profiles import profile_id, written_profiles

_USUAL_THRESHOLD = 20.0


def profiles_called(named: str | None, config: Config) -> list[Profile]:
    """The profiles as written: those of a file, the configured one of that name, or all configured ones.

    Raises:
        DigestError: There is neither such a profile nor such a file.
    """
    written = written_profiles(config)
    if named is None:
        return written
    found = [profile for profile in written if profile.name == named]
    if found:
        return found
    if not Path(named).is_file():
        names = ", ".join(profile.name for profile in written)
        raise DigestError(f"{named}: there is no such profile and no such file; profiles are {names}")
    return read_profiles(Path(named))


def read_profiles(path: Path) -> list[Profile]:
    """The profiles of a TOML file, or the one that a list of keywords, one a line, makes.

    Raises:
        DigestError: The file cannot be read.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
        if path.suffix != ".toml":
            return [_listed(path, text)]
        tables: list[Mapping[str, Any]] = tomllib.loads(text).get("profiles", [])
        return [_profile(table) for table in tables]
    except (OSError, ValueError, TypeError) as error:
        raise DigestError(f"{path}: cannot be read: {error}") from error
    except KeyError as error:
        raise DigestError(f"{path}: every profile needs the key {error}") from error


def _listed(path: Path, text: str) -> Profile:
    keywords = tuple(line.strip() for line in text.splitlines() if line.strip())
    return Profile(profile_id(path.stem), path.stem, path.stem, keywords, _USUAL_THRESHOLD)


def _profile(table: Mapping[str, Any]) -> Profile:
    name = str(table["name"])
    return Profile(
        id=profile_id(name),
        name=name,
        title=str(table.get("title", name)),
        keywords=tuple(str(keyword) for keyword in table["keywords"]),
        threshold=float(table.get("threshold", _USUAL_THRESHOLD)),
        public=bool(table.get("public", True)),
    )
