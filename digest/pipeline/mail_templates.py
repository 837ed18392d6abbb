"""Templates of the mail: the operator's own where there are any, else the shipped ones; none stops the mail.

the operator's templates, read anew each time, over the shipped ones
    one that cannot be rendered is left out, reported, and the shipped one takes its place
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING, TypeVar
from uuid import UUID

from digest.config import Config
from digest.errors import TemplateError
from digest.publish import render_digest, templates
from digest.publish.letter import Question, confirmation
from digest.publish.specimen import specimen_digest, specimen_sender
from digest.shipped import shipped

if TYPE_CHECKING:
    from jinja2 import Environment

log = logging.getLogger("digest.templates")

_Rendered = TypeVar("_Rendered")
_Report = Callable[[str], None]


def with_templates(config: Config, make: Callable[[Environment], _Rendered]) -> _Rendered:
    """What `make` renders with the operator's templates, or where those are broken with the shipped ones.

    Raises:
        TemplateError: A shipped template is broken.
    """
    return _rendered(_own(config, log.warning), make, log.warning)


def template_faults(config: Config) -> list[str]:
    """What is wrong with the operator's templates, tried on made-up mail in both languages."""
    faults: dict[str, None] = {}
    report = faults.setdefault
    own = _own(config, report)
    for name in sorted(own.keys() - _shipped().keys()):
        if not _is_part(name):
            report(f"{name}: no mail is made with a template of this name; one it includes begins with _")
    for make in _specimens():
        _rendered(own, make, report)
    return list(faults)


def _rendered(own: dict[str, str], make: Callable[[Environment], _Rendered], report: _Report) -> _Rendered:
    left = dict(own)
    while left:
        try:
            return make(_environment(left))
        except TemplateError as error:
            report(f"{error}; the shipped one is used")
            left = _without(left, error.template)
    return make(_shipped_environment())


def _without(own: dict[str, str], broken: str | None) -> dict[str, str]:
    """The others; none when it is no single one's fault."""
    if broken not in own:
        return {}
    return {name: text for name, text in own.items() if name != broken}


def _own(config: Config, report: _Report) -> dict[str, str]:
    """The operator's templates by name, those that can be read."""
    if config.templates_dir is None:
        return {}
    folder, found = config.path(config.templates_dir) / "mail", dict[str, str]()
    if not folder.is_dir():
        report(f"{folder}: there is no such folder; templates_dir names the one above it")
    for path in sorted(folder.glob("*.j2")):
        try:
            found[path.name] = path.read_text(encoding="utf-8")
        except (OSError, UnicodeDecodeError) as error:
            report(f"the mail template {path} cannot be read: {error}; the shipped one is used")
    return found


def _is_part(name: str) -> bool:
    return name.startswith("_")


@cache
def _shipped() -> dict[str, str]:
    folder = shipped("templates") / "mail"
    return {path.name: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.j2"))}


@cache
def _shipped_environment() -> Environment:
    return _environment({})


def _environment(own: dict[str, str]) -> Environment:
    """Shipped templates are also found as `shipped/NAME`, for one's own to extend or include."""
    from jinja2 import DictLoader  # noqa: PLC0415  loaded only when mail is made

    behind = {f"shipped/{name}": text for name, text in _shipped().items()}
    return templates.mail_templates(DictLoader({**behind, **_shipped(), **own}))


def _specimens() -> Iterator[Callable[[Environment], object]]:
    sender = specimen_sender()
    for language in ("zh-CN", "en"):
        digest = specimen_digest(language)
        question = Question(
            digest.title, ("桥梁",), "https://clips.example", language, datetime(2031, 5, 6, tzinfo=UTC)
        )
        yield lambda mail, digest=digest: render_digest(digest, sender, mail)
        yield lambda mail, question=question: confirmation(UUID(int=1), question, sender, mail)
