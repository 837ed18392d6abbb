"""Renders a digest as HTML and text, once for all recipients of the same edition; it sends nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

from digest.errors import TemplateError
from digest.model import Digest, Sender
from digest.publish.digest_view import DigestView, digest_view, subject
from digest.publish.length import LENGTHS
from digest.publish.phrases import phrases

if TYPE_CHECKING:
    from jinja2 import Environment

MOST_BYTES = 100_000
"""Gmail cuts what is longer than 102 kB; this counts the whole message as it is sent."""

_OWN_BYTES = 4_000
"""Kept free for headers, MIME structure and the recipient's links."""


@dataclass(frozen=True, slots=True)
class RenderedDigest:
    """A digest ready to be addressed.

    Attributes:
        sender: Who it comes from, always with a name.
        html, text: The two forms of the body; `links` stands in them where the recipient's links go.
        date: The slot in the digest's time zone.
    """

    id: UUID
    language: str
    sender: Sender
    date: datetime
    subject: str
    html: str
    text: str
    links: str


def render_digest(digest: Digest, sender: Sender, templates: Environment) -> RenderedDigest:
    """The digest as HTML and text, short enough for every message made of it to stay under 100 kB.

    When all of it is too long, leads are shortened, then left out, then reasons, then clippings; a note
    says so.

    Raises:
        TemplateError: A template is missing or broken, or too long by itself.
    """
    # Unknown before the digest is composed, so no page text can contain it.
    links = f"links-{uuid5(digest.id, 'links').hex}"
    html, text = _that_fits(digest, sender, links, templates)
    return RenderedDigest(
        id=digest.id,
        language=phrases(digest.language).language,
        sender=replace(sender, name=sender.name or digest.title),
        date=digest.slot.astimezone(ZoneInfo(digest.timezone)),
        subject=subject(digest),
        html=html,
        text=text,
        links=links,
    )


def _that_fits(digest: Digest, sender: Sender, links: str, templates: Environment) -> tuple[str, str]:
    for length in LENGTHS:
        html, text = _bodies(digest_view(digest, sender, links, length), templates)
        if _sent_bytes(html) + _sent_bytes(text) + _OWN_BYTES <= MOST_BYTES:
            return html, text
    raise TemplateError("the mail templates are too long by themselves; a digest must stay under 100 kB")


def _bodies(view: DigestView, templates: Environment) -> tuple[str, str]:
    html = filled("digest.html.j2", templates, digest=view, words=view.words)
    return inlined(html), filled("digest.txt.j2", templates, digest=view, words=view.words)


def inlined(html: str) -> str:
    """Rendered HTML with its styles at the tags; never a Jinja source, whose tags would be rearranged."""
    import css_inline  # noqa: PLC0415  loads a compiled library the command line's start need not pay for

    return css_inline.inline(html, keep_style_tags=True, load_remote_stylesheets=False, minify_css=True)


_FAULTS = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError)
"""What a template's own expressions raise."""


def filled(name: str, templates: Environment, **values: object) -> str:
    """The template filled in.

    Raises:
        TemplateError: It is missing or broken.
    """
    from jinja2 import TemplateError as BrokenTemplate  # noqa: PLC0415  as above

    try:
        return templates.get_template(name).render(**values)
    except (BrokenTemplate, *_FAULTS) as error:
        message = f"the mail template {name} cannot be rendered: {error}"
        raise TemplateError(message, template=name) from error


def _sent_bytes(text: str) -> int:
    """The size in base64: 57 bytes make a line of 76 signs and CR LF."""
    return -(-len(text.encode()) // 57) * 78
