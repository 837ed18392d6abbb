"""`digest profile suggest` and `keep`: words and weights for a profile, and what they are learned from."""

from __future__ import annotations

import json as json_format
from dataclasses import asdict

from rich.table import Table
from rich.text import Text

from digest.cli.terminal import console
from digest.config import Config
from digest.pipeline.desk import open_desk
from digest.pipeline.suggest import Advice, Said, advise, keep

_SAID: dict[Said, str] = {
    "kept": "Kept for",
    "refused": "Not for",
    "nothing": "Nothing said any more for",
}


def show_suggestions(config: Config, profile: str, *, json: bool) -> None:
    """Prints words and weights for the profile, with what they are learned from.

    Raises:
        DigestError: There is no such profile, or it has nothing to learn from.
    """
    with open_desk(config) as desk:
        advice = advise(desk, profile)
    if json:
        print(json_format.dumps(asdict(advice), ensure_ascii=False))
        return
    _show(advice)


def _show(advice: Advice) -> None:
    told = {"kept": f"{advice.articles} kept articles", "clips": f"the {advice.articles} best clips"}
    words = _table(f"Words of {told[advice.source]}", "Word", "In them", "Would add", "As secondary")
    for each in advice.words:
        secondary = f"?{each.term}^{each.weight:g}"
        words.add_row(Text(each.term), str(each.kept), str(each.adds), Text(secondary))
    console().print(words)
    if advice.weights:
        weights = _table("Weights", "Keyword", "Could be", "In kept", "In refused")
        for change in advice.weights:
            weights.add_row(Text(change.before), Text(change.after), str(change.kept), str(change.refused))
        console().print(weights)


def _table(title: str, *columns: str) -> Table:
    return Table(
        *columns, title=title, title_justify="left", box=None, header_style="bold", padding=(0, 2, 0, 0)
    )


def keep_article(config: Config, profile: str, article: str, said: Said) -> None:
    """Records what the reader says of the article and prints its headline.

    Raises:
        DigestError: There is no such profile, or not exactly one such article.
    """
    with open_desk(config) as desk:
        found = keep(desk, profile, article, said)
    console().print(Text(f"{_SAID[said]} {profile}: {found.article.headline}"))
