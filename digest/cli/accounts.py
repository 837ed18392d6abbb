"""`digest owner` and `digest account`: links for those who may edit on the web, printed in the terminal."""

from __future__ import annotations

from rich.table import Table

from digest.cli.terminal import console
from digest.config import Config
from digest.errors import RequestError
from digest.pipeline import signing_in
from digest.pipeline.desk import open_desk
from digest.store import accounts


def join_address(config: Config, token: str) -> str:
    """The link for a token."""
    return f"{config.public_url}/join/{token}"


def show_owner_link(config: Config) -> None:
    """Prints a link that makes an owner's account; earlier ones are worth nothing any more."""
    with open_desk(config) as desk:
        print(join_address(config, signing_in.invite_owner(desk)))


def show_account_link(config: Config, name: str) -> None:
    """Prints a link by which an account gets another password.

    Raises:
        RequestError: There is no such account.
    """
    with open_desk(config) as desk:
        with desk.store.read() as tx:
            account = accounts.named(tx, signing_in.spelt(name))
        if account is None:
            raise RequestError("unknown", f"there is no account {name!r}; `digest account list` has all")
        print(join_address(config, signing_in.invite_anew(desk, account.id)))


def list_accounts(config: Config) -> None:
    """Prints who may edit."""
    with open_desk(config) as desk, desk.store.read() as tx:
        found = accounts.listed(tx)
    table = Table("Name", "Role", "Since", box=None)
    for account in found:
        table.add_row(account.name, account.role, f"{account.created:%Y-%m-%d}")
    console().print(table if found else "No account yet; digest owner link prints the link that makes one.")
