"""The operator's own templates of the mail: used, and never the reason that a mail does not leave."""

from __future__ import annotations

import logging

import pytest

from digest.errors import DigestError
from digest.pipeline.mail_preview import preview_mail
from digest.pipeline.mail_templates import template_faults
from tests.pipeline.office import SETTINGS, Office, page, text_of

BRIDGE = page("清河大桥今日通车", "大桥全长一千二百米,双向四车道通车")
HTML = "<!DOCTYPE html><html><body>{{ digest.masthead.title }} OWN {{ digest.links }}</body></html>"
BROKEN = (
    "{% if %}",
    "{{ nothing_of_the_kind }}",
    "{{ 1 / 0 }}",
    "{{ ''.__class__.__mro__ }}",
    "{% include 'digest.txt.j2' %}",
    "{{ digest.masthead.title.nothing }}",
    "{{ 'x' * 200000 }}",
    "{% for a in range(10 ** 9) %}{% endfor %}",
)


def with_templates(office: Office, **texts: str) -> None:
    folder = office.folder / "own" / "mail"
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in texts.items():
        (folder / f"{name.replace('_', '.')}.j2").write_text(text, encoding="utf-8")
    office.configure(f'templates_dir = "own"\n{SETTINGS}')


def html_of(office: Office) -> str:
    body = office.mails()[-1].get_body(("html",))
    assert body is not None
    return body.get_content()


def test_own_template_takes_the_place_of_one_shipped(office: Office) -> None:
    with_templates(office, digest_html=HTML)
    office.drop("a.md", BRIDGE)
    office.work(at_once=True)
    assert "OWN" in html_of(office)
    assert "清河大桥" in text_of(office.mails()[0]), "the text is still the shipped one"
    assert template_faults(office.desk.config) == []


@pytest.mark.parametrize("broken", BROKEN)
def test_broken_template_falls_back_to_the_shipped_one_and_is_reported(
    office: Office, broken: str, caplog: pytest.LogCaptureFixture
) -> None:
    with_templates(office, digest_html=HTML, digest_txt=broken)
    office.drop("a.md", BRIDGE)
    with caplog.at_level(logging.WARNING, logger="digest.templates"):
        office.work(at_once=True)
    assert "清河大桥" in text_of(office.mails()[0])
    assert "the shipped one is used" in caplog.text
    assert any("the shipped one is used" in fault for fault in template_faults(office.desk.config))


def test_one_broken_template_does_not_switch_off_the_others(office: Office) -> None:
    with_templates(office, digest_html=HTML, digest_txt="{% if %}")
    office.drop("a.md", BRIDGE)
    office.work(at_once=True)
    assert "OWN" in html_of(office)


def test_unreadable_template_is_reported(office: Office) -> None:
    with_templates(office, digest_html=HTML)
    (office.folder / "own" / "mail" / "digest.txt.j2").write_bytes(b"\xff\xfe\xff")
    assert "cannot be read" in template_faults(office.desk.config)[0]


def test_template_of_an_unknown_name_is_reported(office: Office) -> None:
    with_templates(office, digets_html=HTML)
    assert template_faults(office.desk.config)[0].startswith("digets.html.j2: no mail is made")


def test_own_template_can_build_on_a_shipped_one_and_on_parts(office: Office) -> None:
    with_templates(office, digest_txt="{% include '_greeting.j2' %}\n{% include 'shipped/digest.txt.j2' %}")
    (office.folder / "own" / "mail" / "_greeting.j2").write_text("早上好", encoding="utf-8")
    office.drop("a.md", BRIDGE)
    office.work(at_once=True)
    text = text_of(office.mails()[0])
    assert text.startswith("早上好")
    assert "清河大桥" in text
    assert template_faults(office.desk.config) == []


def test_preview_shows_what_came_and_stores_nothing(office: Office) -> None:
    office.drop("a.md", BRIDGE)
    office.work()
    before = (office.folder / "var" / "digest.db").read_bytes()
    shown = preview_mail(office.desk, language="en")
    assert "清河大桥" in shown.text
    assert "Preferences" not in shown.html
    assert shown.links not in shown.text + shown.html
    assert preview_mail(office.desk, language="en") == shown
    assert (office.folder / "var" / "digest.db").read_bytes() == before
    assert office.mails() == []


def test_preview_of_a_profile_shows_its_clips_alone(office: Office) -> None:
    office.drop("a.md", BRIDGE)
    office.drop("b.md", page("城东小学迎来新教师", "小学新增教师三十名,教师队伍更加年轻"))
    office.work()
    text = preview_mail(office.desk, profile="schools").text
    assert "城东小学" in text
    assert "清河大桥" not in text


def test_preview_shows_the_last_days_when_nothing_is_new(office: Office) -> None:
    office.drop("a.md", BRIDGE)
    office.work(at_once=True)
    office.pass_time(hours=1)
    assert "清河大桥" in preview_mail(office.desk).text


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_preview_shows_a_made_up_digest_when_there_is_nothing(office: Office, language: str) -> None:
    assert "128" in preview_mail(office.desk, language=language).subject


def test_preview_of_an_unknown_profile_names_those_there_are(office: Office) -> None:
    office.work()
    with pytest.raises(DigestError, match="bridges, schools"):
        preview_mail(office.desk, profile="nothing")


def test_folder_that_is_not_there_is_reported(office: Office) -> None:
    office.configure(f'templates_dir = "nowhere"\n{SETTINGS}')
    assert "no such folder" in template_faults(office.desk.config)[0]
