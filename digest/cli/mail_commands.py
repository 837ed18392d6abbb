"""The commands of `digest mail` and their options; each calls one use case."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import typer

from digest.cli import EXIT_MAIL
from digest.cli.chosen import settings

mail_app = typer.Typer(
    help="Looks after mail: what was sent, what came back, who receives.", no_args_is_help=True
)
suppress_app = typer.Typer(help="Says which addresses must not be mailed.", no_args_is_help=True)
mail_app.add_typer(suppress_app, name="suppress")
subscribers_app = typer.Typer(help="Takes lists of subscribers in and gives them out.", no_args_is_help=True)
mail_app.add_typer(subscribers_app, name="subscribers")

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]


@mail_app.command("doctor")
def mail_doctor(
    to: Annotated[str | None, typer.Option("--to", help="Send a test message to this address.")] = None,
    json: JsonOption = False,
) -> None:
    """Check SPF, DKIM, DMARC, reverse DNS, the mail server and the mailbox; say what to do."""
    from digest.cli.mail_doctor import show_examination

    if not show_examination(settings(), to, json=json):
        raise typer.Exit(EXIT_MAIL)


@mail_app.command("bounces")
def mail_bounces() -> None:
    """Read the mail that came back now and do what it asks for."""
    from digest.cli.mail_reports import show_bounces

    show_bounces(settings())


@mail_app.command("log")
def mail_log(
    address: Annotated[str | None, typer.Option("--address", help="Mail to this address.")] = None,
    digest: Annotated[int | None, typer.Option("--digest", help="The digest of this number.")] = None,
    limit: Annotated[int, typer.Option(help="How many at most.", min=1, max=100_000)] = 50,
    json: JsonOption = False,
) -> None:
    """Show who was mailed what, when, and why not."""
    from digest.cli.mail_reports import show_log

    show_log(settings(), address, digest, limit, json=json)


@mail_app.command("resend")
def mail_resend(
    digest: Annotated[int, typer.Option("--digest", help="The digest's number.")],
    address: Annotated[str, typer.Option("--address", help="To whom.")],
    again: Annotated[bool, typer.Option("--again", help="Also when it was sent before.")] = False,
) -> None:
    """Queue a digest once more for an address that did not get it; the next pass sends it."""
    from digest.cli.mail_reports import send_again

    send_again(settings(), digest, address, again=again)


@suppress_app.command("import")
def suppress_import(
    file: Annotated[Path, typer.Argument(help="Addresses, one a line, or CSV with address and reason.")],
) -> None:
    """Mail none of the addresses of a list any more."""
    from digest.cli.mail_lists import import_suppressed

    import_suppressed(settings(), file)


@suppress_app.command("add")
def suppress_add(address: Annotated[str, typer.Argument(help="Not to be mailed any more.")]) -> None:
    """Mail an address no more and end its subscriptions."""
    from digest.cli.mail_lists import add_suppressed

    add_suppressed(settings(), address)


@suppress_app.command("remove")
def suppress_remove(address: Annotated[str, typer.Argument(help="May be mailed again.")]) -> None:
    """Allow an address to be mailed again; it has to subscribe anew."""
    from digest.cli.mail_lists import remove_suppressed

    remove_suppressed(settings(), address)


@subscribers_app.command("import")
def subscribers_import(
    file: Annotated[Path, typer.Argument(help="CSV whose first line names its columns.")],
    consent: Annotated[
        str, typer.Option("--consent", help="What the readers agreed to, where the list does not say it.")
    ] = "",
) -> None:
    """Subscribe the addresses of a list whose readers agreed; nobody who left or bounced is subscribed."""
    from digest.cli.mail_lists import import_list

    import_list(settings(), file, consent)


@subscribers_app.command("export")
def subscribers_export(
    every: Annotated[bool, typer.Option("--all", help="Also those that are pending or ended.")] = False,
) -> None:
    """Print the subscribers as CSV."""
    from digest.cli.mail_lists import export_list

    export_list(settings(), every=every)


@mail_app.command("preview")
def mail_preview(
    language: Annotated[Literal["zh-CN", "en"] | None, typer.Option(help="Else the configured one.")] = None,
    profile: Annotated[str | None, typer.Option(help="One profile's clips alone.")] = None,
    html: Annotated[Path | None, typer.Option(help="Write the HTML to this file.")] = None,
    text: Annotated[bool, typer.Option("--text", help="Print the text; so it is without --html.")] = False,
) -> None:
    """Show the next digest, or a made-up one when nothing is new; nothing is stored or sent."""
    from digest.cli.mail_preview import show_mail

    show_mail(settings(), language=language, profile=profile, html=None if text else html)
