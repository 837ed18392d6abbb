"""Whatever stands in pages, profiles or settings, a mail has its own headers and parts and no others."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import DeliveryError
from digest.model import Correction, Digest, Folio, Recipient, Sender
from digest.publish import compose, render_digest
from digest.publish.composer import Composer
from tests.publish import publish_samples as samples
from tests.publish.publish_golden import TEMPLATES, message

EVIL = (
    "\r\nBcc: victim@z.example",
    "\nX-Evil: 1",
    "\r\r\n\r\n<script>",
    "\u2028X: 2",
    "\x00",
    "\x85Y: 3",
    "\ud800",
)


def _around(before: str, evil: str, after: str) -> str:
    return before + evil + after


def _address(evil: str, host: str) -> str:
    return f"reader{evil}@{host}"


TEXT = st.builds(_around, st.text(max_size=30), st.sampled_from(EVIL), st.text(max_size=30))
ADDRESS = st.builds(_address, st.sampled_from(("", *EVIL)), st.one_of(TEXT, st.just("b.example")))


def hostile_digest(text: str, *, alert: bool) -> Digest:
    """The small digest with `text` in every field that comes from outside."""
    made = samples.small_digest()
    clipping = made.sections[0].clippings[0]
    article = replace(
        clipping.article.article,
        headline=text,
        kicker=(text,),
        byline=(text,),
        lead=text,
        paragraphs=(text,),
        byline_text=text,
    )
    archived = replace(clipping.article, article=article, folio=Folio(text, None, 4, text))
    profile = replace(clipping.profile, title=text, keywords=(text,))
    reasons = (replace(clipping.clip.reasons[0], label=text, hits=()),)
    hostile = replace(
        clipping,
        profile=profile,
        article=archived,
        clip=replace(clipping.clip, reasons=reasons),
        also_in=(archived,),
        earlier=archived,
    )
    section = replace(made.sections[0], profile=profile, clippings=(hostile,))
    corrected = replace(hostile, correction=Correction(text))
    return replace(made, title=text, sections=(section,), corrections=(corrected,), alert=alert)


def parsed(raw: bytes) -> EmailMessage:
    return message_from_bytes(raw, policy=default)


def assert_own_headers_alone(raw: bytes, mail: EmailMessage) -> None:
    golden: Any = message("zh-CN")
    assert set(mail.keys()) == set(golden.keys())
    assert len(mail.keys()) == len(set(mail.keys())), "a header stands there twice"
    assert all(len(line) <= 998 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert [part.get_content_type() for part in mail.walk()] == [
        "multipart/alternative",
        "text/plain",
        "text/html",
    ]
    html = mail.get_body(("html",))
    assert html is not None
    assert "<script" not in html.get_content().lower()


@settings(deadline=None)
@given(TEXT, st.booleans())
def test_texts_of_pages_profiles_and_settings_add_no_header_and_no_part(text: str, alert: bool) -> None:  # noqa: FBT001  # Hypothesis draws it
    sender = replace(samples.SENDER, name=text, imprint=text)
    rendered = render_digest(hostile_digest(text, alert=alert), sender, TEMPLATES)
    recipient = replace(samples.RECIPIENT, name=text)
    for raw in (compose(rendered, recipient).as_bytes(), Composer(rendered).message(recipient)):
        assert_own_headers_alone(raw, parsed(raw))


@settings(deadline=None)
@given(ADDRESS, TEXT)
def test_addresses_and_links_add_no_header_or_are_refused(address: str, text: str) -> None:
    rendered = render_digest(samples.small_digest(), samples.SENDER, TEMPLATES)
    hostile = (
        Recipient(address, unsubscribe_url="https://a.example/u", unsubscribe_mailto="u@a.example"),
        Recipient("a@b.example", "", f"https://a.example/{text}", f"u@a.example?subject={text}", text),
    )
    for recipient in hostile:
        with suppress(DeliveryError):
            raw = Composer(rendered).message(recipient)
            assert raw == compose(rendered, recipient).as_bytes()
            assert_own_headers_alone(raw, parsed(raw))


@settings(deadline=None)
@given(ADDRESS)
def test_senders_address_adds_no_header_or_is_refused(address: str) -> None:
    with suppress(DeliveryError):
        rendered = render_digest(samples.small_digest(), Sender(address), TEMPLATES)
        raw = Composer(rendered).message(samples.RECIPIENT)
        assert_own_headers_alone(raw, parsed(raw))
