"""`digest feeds token`: gives out, lists and takes back what opens the feeds of private profiles."""

from __future__ import annotations

import json as json_format
from dataclasses import asdict
from zoneinfo import ZoneInfo

from rich.table import Table
from rich.text import Text

from digest.cli.terminal import console
from digest.config import Config
from digest.pipeline.desk import open_desk
from digest.pipeline.feed_tokens import add_token, revoke_token, tokens_of
from digest.pipeline.feeds import FORMS


def give_token(config: Config, profile: str, name: str) -> None:
    """Prints the addresses that a new token opens."""
    with open_desk(config) as desk:
        token = add_token(desk, profile, name)
    print(f"The feeds of {profile} for {name}; these addresses are not shown again:")
    for form in FORMS:
        print(f"{config.public_url}/feeds/private/{token}/{profile}.{form}")


def show_tokens(config: Config, profile: str, *, json: bool) -> None:
    """Prints names and times of a profile's tokens."""
    with open_desk(config) as desk:
        tokens = tokens_of(desk, profile)
    if json:
        print(json_format.dumps([asdict(token) for token in tokens], ensure_ascii=False, default=str))
        return
    zone = ZoneInfo(config.timezone)
    table = Table("Name", "Made", "Last used", box=None, padding=(0, 2, 0, 0))
    for token in tokens:
        used = f"{token.used.astimezone(zone):%Y-%m-%d %H:%M}" if token.used else "never"
        table.add_row(Text(token.name), f"{token.created.astimezone(zone):%Y-%m-%d %H:%M}", used)
    console().print(table if tokens else f"{profile} has no token.")


def take_back(config: Config, profile: str, name: str) -> None:
    """Revokes a token and says so."""
    with open_desk(config) as desk:
        revoke_token(desk, profile, name)
    print(f"{name} can no longer read the feeds of {profile}.")
