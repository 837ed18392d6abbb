"""Shows settings as a table of key, value and where it comes from."""

from __future__ import annotations

import json as json_format
import os
import re
from collections.abc import Iterator
from typing import cast

from pydantic import BaseModel, SecretStr
from rich.table import Table

from digest.cli.terminal import console
from digest.config import Config, variable_of
from digest.inbox.naming import compile_patterns
from digest.pipeline.mail_templates import template_faults
from digest.pipeline.profiles import configured_profiles
from digest.rank.lint import lint

_URL_PASSWORD = re.compile(r"(://[^/@:]*:)[^/@]*@")

Row = tuple[str, object, str]


def check_settings(config: Config) -> str:
    """A sentence when everything can be used, keywords and patterns included.

    Raises:
        ConfigError: Something cannot.
    """
    profiles = configured_profiles(config)
    compile_patterns(config.inbox.patterns, config.inbox.suffixes)
    words = sum(len(profile.keywords) for profile in profiles)
    doubts = [
        f"{profile.name}: {each.keyword}: {each.message}" for profile in profiles for each in lint(profile)
    ]
    doubts += template_faults(config)
    told = f"The configuration is fine: {len(profiles)} profiles with {words} keywords."
    return "\n".join([*(f"warning: {doubt}" for doubt in doubts), told])


def show_settings(config: Config, *, json: bool) -> None:
    """Prints every setting in force; secrets as stars."""
    rows = list(_rows(config, ""))
    if json:
        values = {key: {"value": value, "from": source} for key, value, source in rows}
        print(json_format.dumps(values, ensure_ascii=False, indent=2, default=str))
        return
    table = Table("Key", "Value", "From", box=None, header_style="bold")
    for key, value, source in rows:
        table.add_row(key, _shown(value), source)
    console().print(table)


def _rows(table: BaseModel, prefix: str) -> Iterator[Row]:
    for name in type(table).model_fields:
        key, value = prefix + name, cast("object", getattr(table, name))
        inner = _tables(value)
        if isinstance(value, BaseModel):
            yield from _rows(value, f"{key}.")
        elif inner:
            for index, item in enumerate(inner):
                yield from _rows(item, f"{key}[{index}].")
        else:
            yield key, _plain(value), _source(table, name, key)


def _tables(value: object) -> list[BaseModel]:
    """The tables of a list of tables; nothing for other values."""
    items = cast("tuple[object, ...]", value) if isinstance(value, tuple) else ()
    return [item for item in items if isinstance(item, BaseModel)]


def _plain(value: object) -> object:
    if isinstance(value, SecretStr):
        return "********" if value.get_secret_value() else ""
    if isinstance(value, str):
        return _URL_PASSWORD.sub(r"\1********@", value)
    return list(cast("tuple[object, ...]", value)) if isinstance(value, tuple) else value


def _source(table: BaseModel, name: str, key: str) -> str:
    if variable_of(key) in os.environ:
        return variable_of(key)
    return "file" if name in table.model_fields_set else "default"


def _shown(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, cast("list[object]", value)))
    return "" if value is None else str(value)
