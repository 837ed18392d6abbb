"""The commands and their options; each opens what it needs and calls one use case."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Annotated, Literal

import typer

from digest import __version__
from digest.cli import EXIT_CODES, EXIT_CONFIG, EXIT_MAIL
from digest.cli.chosen import choose
from digest.cli.chosen import settings as _settings
from digest.cli.feed_commands import feeds_app
from digest.cli.mail_commands import mail_app

app = typer.Typer(
    help="Newspaper pages in, ranked clippings out: feeds and a daily digest mail.",
    epilog=EXIT_CODES,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
config_app = typer.Typer(help="Checks and shows the settings.", no_args_is_help=True)
app.add_typer(config_app, name="config")
profile_app = typer.Typer(help="Checks, tries out and converts profiles.", no_args_is_help=True)
app.add_typer(profile_app, name="profile")
app.add_typer(feeds_app, name="feeds")
app.add_typer(mail_app, name="mail")
owner_app = typer.Typer(help="Makes owners of the web pages.", no_args_is_help=True)
app.add_typer(owner_app, name="owner")
account_app = typer.Typer(help="Shows who may edit on the web.", no_args_is_help=True)
app.add_typer(account_app, name="account")

JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON for programs.")]
QuietOption = Annotated[bool, typer.Option("--quiet", "-q", help="Print nothing but errors.")]


def _version(wanted: bool) -> None:  # noqa: FBT001  # Typer's callback
    if wanted:
        typer.echo(f"digest {__version__}")
        raise typer.Exit


@app.callback()
def common(
    config: Annotated[
        Path | None,
        typer.Option("--config", "-c", help="The settings; else DIGEST_CONFIG, else ./config.toml."),
    ] = None,
    _version: Annotated[
        bool, typer.Option("--version", help="Print the version.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    """Options of all commands."""
    choose(config)


@app.command()
def init(
    folder: Annotated[Path, typer.Argument(help="Where to write config.toml and make the inbox.")] = Path(),
) -> None:
    """Write a commented config.toml where there is none, and make its inbox."""
    from digest.cli.setup import write_configuration

    typer.echo(write_configuration(folder))


@app.command()
def run(
    now: Annotated[bool, typer.Option("--now", help="Send a digest of what is new at once.")] = False,
    json: JsonOption = False,
    quiet: QuietOption = False,
) -> None:
    """Do one pass: scan, extract, rank, publish, compose what is due, deliver."""
    from digest.cli.passes import run_once

    if not run_once(_settings(), at_once=now, json=json, quiet=quiet):
        raise typer.Exit(EXIT_MAIL)


@app.command()
def serve(quiet: QuietOption = False) -> None:
    """Run the scheduler and the web pages until stopped."""
    from digest.cli.server import serve_until_stopped

    serve_until_stopped(_settings(), quiet=quiet)


@app.command()
def status(json: JsonOption = False) -> None:
    """Show the files of the inbox that are in trouble, the last digests and the outbox."""
    from digest.cli.status import show_status

    show_status(_settings(), json=json)


@app.command()
def doctor(json: JsonOption = False) -> None:
    """Check settings, folders, disk, database, clock, feeds and mail server; say what to do."""
    from digest.cli.doctor import show_findings

    if not show_findings(_settings(), json=json):
        raise typer.Exit(1)


@app.command()
def retry(
    paths: Annotated[
        list[str] | None, typer.Argument(help="Files as `status` names them; none means all.")
    ] = None,
) -> None:
    """Ask for refused files to be read again in the next pass."""
    from digest.cli.status import ask_again

    typer.echo(ask_again(_settings(), paths or []))


@app.command()
def extract(
    files: Annotated[list[Path], typer.Argument(help="Page files: text, Markdown, HTML or PDF.")],
    json: JsonOption = False,
    explain: Annotated[
        bool, typer.Option("--explain", help="Say what was weighed for each line and boundary.")
    ] = False,
) -> None:
    """Show the articles of page files; nothing is stored."""
    from digest.cli.extraction import show_extraction

    if not show_extraction(files, json=json, explain=explain):
        raise typer.Exit(1)


@app.command()
def rank(
    profiles: Annotated[Path, typer.Option(help=r"A TOML file with \[\[profiles]].")],
    articles: Annotated[Path, typer.Option(help="Articles as JSON lines, .jsonl or .jsonl.gz.")],
    suggest: Annotated[
        bool, typer.Option("--suggest", help="Rank again with words of each profile's best articles.")
    ] = False,
    diverse: Annotated[
        float, typer.Option(min=0, max=0.9, help="How far one story makes room for others among the first.")
    ] = 0.0,
    json: JsonOption = False,
) -> None:
    """Rank any articles by any profiles, without thresholds; nothing is stored."""
    from digest.cli.ranking import show_ranking

    show_ranking(profiles, articles, json=json, suggest=suggest, diverse=diverse)


@app.command(context_settings={"ignore_unknown_options": True})
def search(  # noqa: PLR0913, PLR0917 - one for each option
    words: Annotated[list[str], typer.Argument(help="What to look for; all terms must hold.")],
    since: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="The first day of papers.")
    ] = None,
    until: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="The last day of papers.")
    ] = None,
    paper: Annotated[str | None, typer.Option(help="A paper's whole name.")] = None,
    limit: Annotated[int, typer.Option(help="How many articles.", min=1, max=1000)] = 20,
    sort: Annotated[Literal["score", "date"], typer.Option(help="The best or the newest first.")] = "score",
    start: Annotated[int, typer.Option(help="Where to go on, as the search before said.", min=0)] = 0,
    json: JsonOption = False,
) -> None:
    """Find articles of the archive in the language of profiles."""
    from digest.cli.search import show_found
    from digest.pipeline.search import Asked

    for unknown in [word for word in words if word.startswith("--")]:  # with one hyphen, a word to leave out
        raise typer.BadParameter(f"No such option: {unknown}")
    asked = Asked(
        " ".join(words),
        since=since.date() if since else None,
        until=until.date() if until else None,
        paper=paper,
        sort=sort,
        limit=limit,
        start=start,
    )
    show_found(_settings(), asked, json=json)


@app.command()
def explain(
    profile: Annotated[str, typer.Argument(help="A profile's name.")],
    article: Annotated[str, typer.Argument(help="An article's id, address, or words of its headline.")],
    why_not: Annotated[
        bool, typer.Option("--why-not", help="Show what nearly matched of a selected article too.")
    ] = False,
    json: JsonOption = False,
) -> None:
    """Show why a profile selects an article or does not: keywords, places, points."""
    from digest.cli.profile import show_explanation

    show_explanation(_settings(), profile, article, why_not=why_not, json=json)


@profile_app.command("check")
def profile_check(
    profile: Annotated[str | None, typer.Argument(help="A name or a file; none means all.")] = None,
) -> None:
    """Say what is wrong or doubtful with profiles: with the archive's help, where there is one."""
    from digest.cli.profile import check_profiles

    if not check_profiles(_settings(), profile):
        raise typer.Exit(EXIT_CONFIG)


@profile_app.command("preview")
def profile_preview(
    profile: Annotated[str, typer.Argument(help="A name, a TOML file, or a list of keywords, one a line.")],
    days: Annotated[int, typer.Option(help="How much of the archive.", min=1, max=3650)] = 30,
    json: JsonOption = False,
) -> None:
    """Show what a profile would select from the archive, and what would change."""
    from digest.cli.profile import show_preview

    show_preview(_settings(), profile, days, json=json)


@profile_app.command("suggest")
def profile_suggest(
    profile: Annotated[str, typer.Argument(help="A profile's name.")],
    json: JsonOption = False,
) -> None:
    """Suggest keywords and weights from what was kept, else the best clips; the profile stays as it is."""
    from digest.cli.suggestions import show_suggestions

    show_suggestions(_settings(), profile, json=json)


@profile_app.command("keep")
def profile_keep(
    profile: Annotated[str, typer.Argument(help="A profile's name.")],
    article: Annotated[str, typer.Argument(help="An article's id, address, or words of its headline.")],
    refused: Annotated[bool, typer.Option("--not", help="It is not what the profile is for.")] = False,
    undo: Annotated[bool, typer.Option("--undo", help="Take back what was said of it.")] = False,
) -> None:
    """Tell that an article is what a profile is for, or not; suggestions learn from it."""
    from digest.cli.suggestions import keep_article

    keep_article(_settings(), profile, article, "nothing" if undo else "refused" if refused else "kept")


@profile_app.command("import")
def profile_import(
    file: Annotated[Path, typer.Argument(help="A keyword list of another tool.")],
    form: Annotated[
        Literal["trendradar", "alerts", "csv", "opml", "terms"] | None,
        typer.Option("--format", help="What it is; else the name and beginning tell."),
    ] = None,
) -> None:
    """Print the keyword list of another tool as profiles for config.toml."""
    from digest.cli.profile import show_import

    show_import(file, form)


@profile_app.command("export")
def profile_export(
    profile: Annotated[str | None, typer.Argument(help="A profile's name; none means all.")] = None,
) -> None:
    """Print profiles as TOML."""
    from digest.cli.profile import show_export

    show_export(_settings(), profile)


@owner_app.command("link")
def owner_link() -> None:
    """Print a link, good once and for three days, that makes an owner's account."""
    from digest.cli.accounts import show_owner_link

    show_owner_link(_settings())


@account_app.command("list")
def account_list() -> None:
    """Print who may edit."""
    from digest.cli.accounts import list_accounts

    list_accounts(_settings())


@account_app.command("link")
def account_link(name: Annotated[str, typer.Argument(help="The account's name.")]) -> None:
    """Print a link, good once and for three days, that sets another password."""
    from digest.cli.accounts import show_account_link

    show_account_link(_settings(), name)


@config_app.command("check")
def config_check() -> None:
    """Say whether the settings can be used, and if not, what is wrong where."""
    from digest.cli.settings import check_settings

    typer.echo(check_settings(_settings()))


@config_app.command("show")
def config_show(json: JsonOption = False) -> None:
    """Show the settings in force and where each comes from; secrets are not shown."""
    from digest.cli.settings import show_settings

    show_settings(_settings(), json=json)
