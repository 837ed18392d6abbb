"""The quick way of writing messages gives the bytes of the plain one."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import DeliveryError
from digest.model import Recipient
from digest.publish import compose, render_digest
from digest.publish.composer import Body, Composer
from tests.publish import publish_samples as samples
from tests.publish.publish_golden import TEMPLATES

RENDERED = render_digest(samples.small_digest(), samples.SENDER, TEMPLATES)
BARE = Recipient("reader@mail.example")
LINKED = samples.RECIPIENT
RECIPIENTS = (
    BARE,
    LINKED,
    replace(LINKED, plain=True),
    replace(BARE, plain=True),
    replace(LINKED, name="林 一舟"),
    replace(LINKED, address=" Leser@BÜCHER.example "),
    replace(LINKED, unsubscribe_url=None),
    replace(LINKED, unsubscribe_mailto=None),
    replace(LINKED, unsubscribe_url="http://127.0.0.1:8321/unsubscribe/x"),
    replace(LINKED, unsubscribe_url='https://x.example/?a=1&b="<2>,\r\nBcc: x'),
    replace(LINKED, preferences_url=None),
)


def test_every_message_has_the_bytes_of_the_plain_way() -> None:
    composer = Composer(RENDERED)
    for recipient in (*RECIPIENTS, *reversed(RECIPIENTS)):
        assert composer.message(recipient) == compose(RENDERED, recipient).as_bytes(), recipient


TEXTS = st.text(st.sampled_from("ab山川 \n\r\x0b\u2028") | st.characters(codec="utf-8"), max_size=200)


@settings(max_examples=150, deadline=None)
@given(st.lists(TEXTS, min_size=1, max_size=4), TEXTS, st.text("/ab1", max_size=120))
def test_links_may_stand_anywhere_and_often(pieces: list[str], html: str, token: str) -> None:
    mark = RENDERED.links
    rendered = replace(RENDERED, text=mark.join(pieces), html=f"{html}{mark}{html}")
    composer = Composer(rendered)
    for end in (token, token + "x", token + "xy"):
        recipient = replace(BARE, preferences_url=f"https://x.example/{end}")
        message = composer.message(recipient)
        assert message == compose(rendered, recipient).as_bytes()
        assert message.count(b"\n") == message.count(b"\r") == message.count(b"\r\n"), "no line of its own"


@pytest.mark.parametrize(
    "text", ["", "x", "MARK", "MARKMARK", "\nMARK", "MARK\n", "x" * 57, "x" * 56 + "MARK"]
)
def test_replacing_nothing_leaves_the_text_without_the_mark(text: str) -> None:
    assert Body(text, "MARK").encoded("") == Body(text.replace("MARK", ""), "MARK").encoded("")


def test_addresses_that_cannot_stand_in_a_header_are_refused() -> None:
    with pytest.raises(DeliveryError) as caught:
        Composer(RENDERED).message(Recipient("a@b.example>\r\nBcc: c@d.example"))
    assert caught.value.fault == "permanent"
    unfit = replace(RENDERED, sender=replace(RENDERED.sender, address="nobody"))
    with pytest.raises(DeliveryError) as caught:
        Composer(unfit).message(BARE)
    assert caught.value.fault == "policy"
