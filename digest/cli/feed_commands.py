"""The commands of `digest feeds` and their options; each calls one use case."""

from __future__ import annotations

from typing import Annotated

import typer

from digest.cli.chosen import settings

feeds_app = typer.Typer(help="Looks after feeds.", no_args_is_help=True)
token_app = typer.Typer(help="Lets readers have the feeds of private profiles.", no_args_is_help=True)
feeds_app.add_typer(token_app, name="token")

Profile = Annotated[str, typer.Argument(help="A profile's name.")]
Name = Annotated[str, typer.Option("--name", help="Whose token it is.")]


@token_app.command("add")
def token_add(profile: Profile, name: Name = "reader") -> None:
    """Make a token and print the addresses it opens, once."""
    from digest.cli.feed_tokens import give_token

    give_token(settings(), profile, name)


@token_app.command("list")
def token_list(
    profile: Profile, json: Annotated[bool, typer.Option("--json", help="Print JSON for programs.")] = False
) -> None:
    """Show whose tokens there are and when they were last used."""
    from digest.cli.feed_tokens import show_tokens

    show_tokens(settings(), profile, json=json)


@token_app.command("revoke")
def token_revoke(profile: Profile, name: Name = "reader") -> None:
    """Take a token back; its addresses answer 404 from now on."""
    from digest.cli.feed_tokens import take_back

    take_back(settings(), profile, name)
