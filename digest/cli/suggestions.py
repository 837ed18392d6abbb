"""`digest profile suggest`: words that could become keywords."""

from __future__ import annotations

import json as json_format
from dataclasses import asdict

from rich.table import Table
from rich.text import Text

from digest.cli.terminal import console
from digest.config import Config
from digest.pipeline.desk import open_desk
from digest.pipeline.suggest import suggest_keywords


def show_suggestions(config: Config, profile: str, *, json: bool) -> None:
    """Prints words of the profile's best clips, with what each would add.

    Raises:
        DigestError: There is no such profile, or it has no clips yet.
    """
    with open_desk(config) as desk:
        found = suggest_keywords(desk, profile)
    if json:
        print(json_format.dumps([asdict(each) for each in found], ensure_ascii=False))
        return
    table = Table("Word", "In clips", "Would add", box=None, header_style="bold", padding=(0, 2, 0, 0))
    for each in found:
        table.add_row(Text(each.term), str(each.kept), str(each.adds))
    console().print(table)
