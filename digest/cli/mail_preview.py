"""`digest mail preview`: shows the next digest."""

from __future__ import annotations

from pathlib import Path

import typer

from digest.config import Config
from digest.errors import DigestError
from digest.pipeline.desk import open_desk
from digest.pipeline.mail_preview import preview_mail
from digest.pipeline.mail_templates import template_faults


def show_mail(config: Config, *, language: str | None, profile: str | None, html: Path | None) -> None:
    """Prints subject and text, or writes the HTML to a file.

    Raises:
        DigestError: There is no such profile, or the file cannot be written.
    """
    with open_desk(config) as desk:
        rendered = preview_mail(desk, language=language, profile=profile)
    for fault in template_faults(config):
        typer.echo(f"warning: {fault}", err=True)
    if html is None:
        typer.echo(f"{rendered.subject}\n\n{rendered.text}")
        return
    try:
        html.write_text(rendered.html, encoding="utf-8")
    except OSError as error:
        raise DigestError(f"{html}: cannot be written: {error.strerror}") from error
    typer.echo(f"{html}: {rendered.subject}")
