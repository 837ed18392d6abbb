from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.deliver.envelope import envelope_address, wire_content
from digest.errors import DeliveryError

ADDRESS = "reader@example.org"


def letter(body: str = "今天的剪报\n", cte: str = "base64") -> EmailMessage:
    message = EmailMessage()
    message["Subject"] = "剪报"
    message.set_content(body, cte=cte)
    return message


@pytest.mark.parametrize(
    ("address", "envelope"),
    [
        ("reader@example.org", "reader@example.org"),
        ("a.b+c_d=e'f@mail.example.org", "a.b+c_d=e'f@mail.example.org"),
        ("leser@bücher.example", "leser@xn--bcher-kva.example"),
        ("读者@example.org", "读者@example.org"),
    ],
)
def test_addresses_are_made_fit_for_the_wire(address: str, envelope: str) -> None:
    assert envelope_address(address) == envelope


@pytest.mark.parametrize(
    "address",
    [
        "",
        "reader",
        "@example.org",
        "reader@",
        "a@b@example.org",
        "reader@example.org\r\nRCPT TO:<other@example.org>",
        "reader@example.org\n",
        "reader@exam\u2028ple.org",
        "reader@exam ple.org",
        "reader @example.org",
        "<reader@example.org>",
        "Reader <reader@example.org>",
        "a@example.org,b@example.org",
        "reader@example..org",
        "reader@" + "a" * 64 + ".org",
        "reader@" + "a.e." * 62 + "org",
        "x" * 65 + "@example.org",
        "reader\0@example.org",
        "reader\u3000@example.org",
    ],
)
def test_what_is_no_address_is_refused_for_good(address: str) -> None:
    with pytest.raises(DeliveryError) as caught:
        envelope_address(address)
    assert caught.value.fault == "permanent"
    assert caught.value.address == address
    assert "\n" not in str(caught.value)


@settings(max_examples=200, deadline=None)
@given(st.text(max_size=30).map(lambda text: text + "@example.org") | st.text(max_size=60))
def test_any_text_is_one_address_or_refused(text: str) -> None:
    try:
        address = envelope_address(text)
    except DeliveryError:
        return
    assert address.count("@") == 1
    assert not set(address) & set("\r\n <>,;")


def test_content_has_crlf_line_ends_and_seven_bits() -> None:
    content = wire_content(letter("今天\nof\n", cte="8bit"), ADDRESS, utf8=False)
    assert content.isascii()
    assert content.endswith(b"\r\n")
    assert content.count(b"\n") == content.count(b"\r\n") == content.count(b"\r")


def test_leading_dots_are_doubled() -> None:
    content = wire_content(letter(".\n..a\n", cte="7bit"), ADDRESS, utf8=False)
    assert content.endswith(b"\r\n\r\n..\r\n...a\r\n")


def test_headers_stay_readable_in_smtputf8() -> None:
    assert "Subject: 剪报\r\n".encode() in wire_content(letter(), ADDRESS, utf8=True)


@settings(max_examples=60, deadline=None)
@given(st.text(st.characters(exclude_characters="\r\0", exclude_categories=["Cs"]), max_size=80))
def test_body_survives_the_wire(body: str) -> None:
    content = wire_content(letter(body), ADDRESS, utf8=False).replace(b"\r\n..", b"\r\n.")
    parsed = email.message_from_bytes(content, policy=email.policy.default)
    assert isinstance(parsed, EmailMessage)
    assert parsed.get_content().rstrip("\n") == body.rstrip("\n")


def test_line_break_smuggled_into_a_header_is_refused() -> None:
    message = EmailMessage(policy=email.policy.compat32)  # pyright: ignore[reportArgumentType] - the lax policy
    message["Subject"] = "剪报\r\nBcc: other@example.org"
    with pytest.raises(DeliveryError, match="line break"):
        wire_content(message, ADDRESS, utf8=False)


def test_message_that_cannot_be_written_is_refused() -> None:
    message = EmailMessage()
    message["Content-Type"] = 'text/plain; charset="no-such-charset"'
    message["Content-Transfer-Encoding"] = "8bit"
    message.set_payload("版\udcff")
    with pytest.raises(DeliveryError, match="cannot be written"):
        wire_content(message, ADDRESS, utf8=False)
