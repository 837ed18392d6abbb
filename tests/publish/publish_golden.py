"""What the golden files are made of; `python -m tests.publish.publish_golden` writes them anew."""

from __future__ import annotations

from collections.abc import Callable
from email.message import EmailMessage, MIMEPart
from functools import cache, partial
from pathlib import Path

from digest.publish import FeedForm, compose, mail_templates, render_digest, render_feed
from tests.publish import publish_samples as samples

FOLDER = Path(__file__).parent / "golden"
SHIPPED = Path(__file__).parents[2] / "templates" / "mail"
TEMPLATES = mail_templates(SHIPPED)
LANGUAGES = ("zh-CN", "en")
FORMS: tuple[FeedForm, ...] = ("rss", "atom", "json")


@cache
def message(language: str) -> EmailMessage:
    digest = samples.small_digest(language)
    return compose(render_digest(digest, samples.SENDER, TEMPLATES), samples.RECIPIENT)


def body(mail: EmailMessage, subtype: str) -> str:
    part = mail.get_body((subtype,))
    assert isinstance(part, MIMEPart)
    return part.get_content()


def headers(language: str) -> bytes:
    return message(language).as_bytes().partition(b"\r\n\r\n")[0] + b"\r\n"


def feed_bytes(language: str, form: FeedForm) -> bytes:
    return render_feed(samples.small_feed(language), form)


def body_bytes(language: str, subtype: str) -> bytes:
    return body(message(language), subtype).encode()


GOLDEN: dict[str, Callable[[], bytes]] = {
    **{f"feed.{lang}.{form}": partial(feed_bytes, lang, form) for lang in LANGUAGES for form in FORMS},
    **{f"digest.{lang}.html": partial(body_bytes, lang, "html") for lang in LANGUAGES},
    **{f"digest.{lang}.txt": partial(body_bytes, lang, "plain") for lang in LANGUAGES},
    **{f"digest.{lang}.headers": partial(headers, lang) for lang in LANGUAGES},
}

if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, made in GOLDEN.items():
        (FOLDER / name).write_bytes(made())
