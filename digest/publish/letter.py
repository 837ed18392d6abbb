"""Renders a letter to one reader, such as the question whether they asked for mail; it sends nothing."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID, uuid5

from digest.model import Sender
from digest.publish.inert import one_line
from digest.publish.letter_words import letter_words
from digest.publish.render import RenderedDigest, filled, inlined

if TYPE_CHECKING:
    from jinja2 import Environment


@dataclass(frozen=True, slots=True)
class LetterView:
    """What the templates of a letter are given; all texts inert.

    Attributes:
        url: The one thing to press; `button` is written on it.
        closing: Small print under it.
    """

    language: str
    title: str
    greeting: str
    lines: tuple[str, ...]
    url: str
    button: str
    closing: tuple[str, ...]
    imprint: str
    links: str


@dataclass(frozen=True, slots=True)
class Question:
    """What a reader is asked to confirm: the digest's title, those of its profiles, where to do it."""

    title: str
    profiles: tuple[str, ...]
    url: str
    language: str
    date: datetime


def confirmation(
    letter_id: UUID, question: Question, sender: Sender, templates: Environment
) -> RenderedDigest:
    """The question whether the reader asked for the mail; its `url` leads to the answer.

    Raises:
        TemplateError: A template is missing or broken.
    """
    words = letter_words(question.language)
    titles = words.parted.join(map(one_line, question.profiles))
    named = {"title": one_line(question.title), "profiles": titles}
    view = LetterView(
        language=words.language,
        title=named["title"],
        greeting=words.confirm_greeting.format(**named),
        lines=tuple(line.format(**named) for line in words.confirm_lines),
        url=question.url,
        button=words.confirm_button,
        closing=words.confirm_closing,
        imprint=one_line(sender.imprint),
        links=f"links-{uuid5(letter_id, 'links').hex}",
    )
    return RenderedDigest(
        id=letter_id,
        language=words.language,
        sender=replace(sender, name=sender.name or question.title),
        date=question.date,
        subject=words.confirm_subject.format(**named),
        html=inlined(filled("letter.html.j2", templates, letter=view)),
        text=filled("letter.txt.j2", templates, letter=view),
        links=view.links,
    )
