"""The question to a reader, and the made-up digest that templates are tried on."""

from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

import pytest

from digest.publish import compose, render_digest
from digest.publish.letter import Question, confirmation
from digest.publish.specimen import specimen_digest, specimen_sender
from tests.publish import publish_samples as samples
from tests.publish.publish_golden import LANGUAGES, TEMPLATES

URL = "https://clips.example/subscribe/token"


def question(language: str, *, title: str = "山川剪报", profile: str = "桥梁") -> Question:
    return Question(title, (profile, "学校"), URL, language, datetime(2031, 5, 6, tzinfo=UTC))


@pytest.mark.parametrize("language", LANGUAGES)
def test_question_names_what_is_subscribed_and_where_to_answer(language: str) -> None:
    made = confirmation(UUID(int=1), question(language), samples.SENDER, TEMPLATES)
    for body in (made.text, made.html):
        assert URL in body
        assert "桥梁" in body
        assert "学校" in body
    assert made.language == language
    assert "山川剪报" in made.subject


def test_question_with_a_hostile_title_adds_no_header_and_no_markup() -> None:
    hostile = question("en", title="A\r\nBcc: x@y.example\n<script>", profile="<b>\r\nX: 1")
    made = confirmation(UUID(int=1), hostile, samples.SENDER, TEMPLATES)
    mail = compose(made, samples.RECIPIENT)
    assert "Bcc" not in mail
    assert "<script" not in made.html
    assert "\n" not in str(mail["Subject"])


@pytest.mark.parametrize("language", LANGUAGES)
def test_specimen_fills_every_place_of_the_templates(language: str) -> None:
    made = render_digest(specimen_digest(language), specimen_sender(), TEMPLATES)
    words = ("另见", "持续跟踪", "同题另有", "更新：", "入选理由", "尚缺")
    if language == "en":
        words = ("Also in", "Earlier on", "more on this story", "Updated:", "Chosen for", "missing")
    assert all(word in made.text for word in words)
    assert made.sender.name
