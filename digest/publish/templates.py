"""Builds the Jinja2 environment of the mail templates; the templates themselves stand in templates/mail."""

from __future__ import annotations

from pathlib import Path

from jinja2 import BaseLoader, Environment, FileSystemLoader, StrictUndefined, select_autoescape
from jinja2.sandbox import ImmutableSandboxedEnvironment

from digest.publish.wrap import wrapped


def mail_templates(source: Path | BaseLoader) -> Environment:
    """An environment with the templates of a folder or loader: `digest.html.j2` and `digest.txt.j2`.

    HTML is escaped by itself, names that do not exist are errors, and templates are sandboxed, since
    operators may write their own. The filter `wrapped(indent)` wraps plain text.

    >>> from jinja2 import DictLoader
    >>> templates = mail_templates(DictLoader({"a.html.j2": "<p>{{ text }}</p>"}))
    >>> templates.get_template("a.html.j2").render(text="<b>")
    '<p>&lt;b&gt;</p>'
    """
    environment = ImmutableSandboxedEnvironment(
        loader=FileSystemLoader(source) if isinstance(source, Path) else source,
        autoescape=select_autoescape(enabled_extensions=("html.j2",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters["wrapped"] = wrapped
    return environment
