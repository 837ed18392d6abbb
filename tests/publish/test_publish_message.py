from __future__ import annotations

from dataclasses import replace
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr, parsedate_to_datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import DeliveryError
from digest.model import Recipient
from digest.publish import RenderedDigest, compose, message_id, parse_sender, render_digest
from digest.publish.inert import one_line
from tests.publish import publish_samples as samples
from tests.publish.publish_golden import TEMPLATES, body

RENDERED = render_digest(samples.small_digest(), samples.SENDER, TEMPLATES)
SMALL = replace(RENDERED, html=f"<p>{RENDERED.links}</p>", text=f"{RENDERED.links}\n")
BARE = Recipient("reader@mail.example")
TEXTS = st.text(st.characters(), max_size=120)


def sent(rendered: RenderedDigest = SMALL, recipient: Recipient = samples.RECIPIENT) -> EmailMessage:
    """The message as it arrives."""
    return message_from_bytes(compose(rendered, recipient).as_bytes(), policy=policy.SMTP)


def test_text_comes_first_and_html_last() -> None:
    mail = sent(RENDERED)
    assert mail.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]


def test_what_arrives_is_what_was_rendered() -> None:
    mail = sent(RENDERED)
    assert "云岭数字经济产业园开园" in body(mail, "plain")
    assert mail["Subject"] == "山川剪报 第128期 · 3月5日 · 2条"
    assert mail["From"].addresses[0].display_name == "山川剪报"
    assert mail["To"].addresses[0].addr_spec == "reader@mail.example"
    assert parsedate_to_datetime(mail["Date"]) == samples.SLOT
    assert mail["Content-Language"] == "zh-CN"
    assert mail["List-Id"] == "<digest.shanchuan.example>"
    assert mail["Auto-Submitted"] == "auto-generated"


def test_the_message_id_belongs_to_digest_and_address() -> None:
    first = sent()["Message-ID"]
    assert first == sent(recipient=Recipient("READER@mail.example "))["Message-ID"]
    assert first == message_id(SMALL.id, "reader@mail.example", samples.SENDER)
    assert first != sent(recipient=Recipient("other@mail.example"))["Message-ID"]
    assert first != sent(replace(SMALL, id=samples.ROOT))["Message-ID"]


def test_one_click_unsubscribing_by_https_and_mail() -> None:
    mail = sent()
    assert mail["List-Unsubscribe"] == (
        "<https://clips.example.org/unsubscribe/k3v9>, <mailto:leave@shanchuan.example?subject=k3v9>"
    )
    assert mail["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"


@pytest.mark.parametrize(
    ("recipient", "header", "one_click"),
    [
        (BARE, None, False),
        (replace(BARE, unsubscribe_mailto="leave@x.example"), "<mailto:leave@x.example>", False),
        (replace(BARE, unsubscribe_url="http://127.0.0.1:8321/u"), "<http://127.0.0.1:8321/u>", False),
        (replace(BARE, unsubscribe_url="https://x.example/u"), "<https://x.example/u>", True),
    ],
)
def test_one_click_is_offered_where_https_is(
    recipient: Recipient,
    header: str | None,
    one_click: bool,  # noqa: FBT001  a column of the table
) -> None:
    mail = sent(recipient=recipient)
    assert mail["List-Unsubscribe"] == header
    assert ("List-Unsubscribe-Post" in mail) is one_click


def test_each_recipient_finds_the_own_links_in_both_forms() -> None:
    mail = sent(RENDERED)
    for form in ("plain", "html"):
        written = body(mail, form)
        assert "https://clips.example.org/unsubscribe/k3v9" in written
        assert "https://clips.example.org/preferences/k3v9" in written
        assert RENDERED.links not in written


def test_without_links_none_are_shown() -> None:
    mail = sent(RENDERED, BARE)
    assert "退订" not in body(mail, "plain") + body(mail, "html")
    assert RENDERED.links not in body(mail, "plain") + body(mail, "html")


def test_mail_alone_unsubscribes_in_the_footer_too() -> None:
    mail = sent(recipient=replace(BARE, unsubscribe_mailto="leave@x.example"))
    assert body(mail, "plain").strip() == "退订 mailto:leave@x.example"


def test_a_long_unsubscribe_address_is_never_encoded() -> None:
    address = "https://clips.example.org/unsubscribe/" + "token" * 60
    raw = compose(SMALL, replace(BARE, unsubscribe_url=address)).as_bytes()
    assert f"List-Unsubscribe: <{address}>\r\n".encode() in raw


def test_a_long_domain_keeps_its_message_id() -> None:
    sender = replace(samples.SENDER, address=f"clips@{'.'.join(['verylonglabelofadomain'] * 5)}.example")
    raw = compose(replace(SMALL, sender=sender), BARE).as_bytes()
    assert f"Message-ID: {message_id(SMALL.id, BARE.address, sender)}\r\n".encode() in raw


def test_a_domain_of_other_scripts_is_written_in_ascii() -> None:
    assert sent(recipient=Recipient("reader@例子.example"))["To"] == "reader@xn--fsqu00a.example"


def header_names(raw: bytes) -> set[str]:
    return set(message_from_bytes(raw, policy=policy.SMTP).keys())


@settings(max_examples=60, deadline=None)
@given(TEXTS.map(lambda text: text + "\r\nBcc: victim@z.example\n\rX-Evil: 1\x00\u2028X: 2"))
def test_no_field_can_add_a_header(text: str) -> None:
    sender = replace(samples.SENDER, name=text)
    recipient = Recipient(
        "reader@mail.example", text, f"https://x.example/{text}", f"l@x.example?{text}", text
    )
    raw = compose(replace(SMALL, sender=sender, subject=one_line(text)), recipient).as_bytes()
    assert header_names(raw) == header_names(compose(SMALL, samples.RECIPIENT).as_bytes())


def decoded(value: str) -> str:
    """An encoded text as RFC 2047 §6.2 has it; the library's own reader leaves blanks between its words."""
    return str(make_header(decode_header(value)))


@settings(max_examples=60, deadline=None)
@given(TEXTS)
def test_names_and_subjects_arrive_as_they_were_written(text: str) -> None:
    written = one_line(text)[:60].strip()
    raw = compose(replace(SMALL, subject=written), replace(samples.RECIPIENT, name=written)).as_bytes()
    mail = message_from_bytes(raw)
    name, address = parseaddr(mail["To"])
    assert (decoded(name), address) == (written, "reader@mail.example")
    assert decoded(mail["Subject"]).split() == written.split()


@pytest.mark.parametrize("name", ["Reader, Esq.", 'A "B" C\\', "=?utf-8?q?x?=", "山" * 60, "a " * 30])
def test_no_line_with_a_name_is_too_long_or_misread(name: str) -> None:
    raw = compose(SMALL, replace(samples.RECIPIENT, name=name)).as_bytes()
    assert max(map(len, raw.partition(b"\r\n\r\n")[0].splitlines())) <= 78
    name_read, address = parseaddr(message_from_bytes(raw)["To"])
    assert address == "reader@mail.example"
    assert (decoded(name_read) if not name.isascii() else name_read) == name.strip()


@pytest.mark.parametrize(
    "address",
    [
        "",
        "reader",
        "@mail.example",
        "reader@",
        "a b@mail.example",
        "读者@mail.example",
        "reader@mail..example",
        "a@b,c@d.example",
        "a@" + "b" * 64 + "." + "é" * 70,
        "x@mail.example\r\nBcc: y@z.example",
        "x@y.example>\r\nBcc: victim@z.example\r\n\r\n<script>",
    ],
)
def test_what_is_no_address_is_refused_and_named(address: str) -> None:
    with pytest.raises(DeliveryError) as refused:
        compose(SMALL, Recipient(address))
    assert (refused.value.address, refused.value.fault) == (address, "permanent")


def test_a_sender_without_an_address_stops_every_mail() -> None:
    with pytest.raises(DeliveryError) as refused:
        compose(replace(SMALL, sender=replace(samples.SENDER, address="clips")), BARE)
    assert refused.value.fault == "policy"


def test_a_sender_without_a_name_is_called_like_the_digest() -> None:
    nameless = replace(samples.SENDER, name="")
    mail = sent(render_digest(replace(samples.small_digest(), title="柳河剪报"), nameless, TEMPLATES))
    assert mail["From"].addresses[0].display_name == "柳河剪报"


def test_a_link_cannot_leave_its_attribute() -> None:
    hostile = 'https://x.example/"><script>alert(1)</script>'
    html = body(sent(recipient=replace(BARE, preferences_url=hostile)), "html")
    assert "<script" not in html
    assert html.count('"') == 4


def test_a_sender_is_written_with_or_without_a_name() -> None:
    assert parse_sender("clips@shanchuan.example", "云岭").imprint == "云岭"
    assert parse_sender("山川剪报 <clips@shanchuan.example>").name == "山川剪报"
