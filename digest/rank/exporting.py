"""Writes profiles as the `[[profiles]]` tables of a configuration; never writes a file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from digest.model import Profile


def profile_table(name: str, title: str, keywords: Sequence[str], settings: Iterable[str] = ()) -> str:
    """One `[[profiles]]` table, a keyword a line; `settings` are further lines.

    >>> print(profile_table("chips", "芯片", ["芯片^2", "半导体"]), end="")
    [[profiles]]
    name = "chips"
    title = "芯片"
    keywords = [
        "芯片^2",
        "半导体",
    ]
    """
    listed = "".join(f"    {toml_string(keyword)},\n" for keyword in keywords)
    more = "".join(f"{line}\n" for line in settings)
    named = f"[[profiles]]\nname = {toml_string(name)}\ntitle = {toml_string(title)}\n"
    return f"{named}keywords = [\n{listed}]\n{more}"


def toml_string(text: str) -> str:
    """The text as a basic string of TOML 1.0, which escapes what JSON does and DEL."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def export_profiles(profiles: Iterable[Profile]) -> str:
    """The profiles as TOML, with their thresholds and whether they are public."""
    tables = (
        profile_table(
            profile.name,
            profile.title,
            profile.keywords,
            (f"threshold = {profile.threshold:.10g}", f"public = {str(profile.public).lower()}"),
        )
        for profile in profiles
    )
    return "\n".join(tables)
