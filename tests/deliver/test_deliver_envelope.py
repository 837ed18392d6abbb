from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.deliver.envelope import envelope_address, transparent
from digest.errors import DeliveryError


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


@settings(max_examples=200, deadline=None)
@given(st.lists(st.binary(max_size=9).filter(lambda line: not set(line) & set(b"\r\n")) | st.just(b".")))
def test_only_the_end_of_a_message_ends_it(lines: list[bytes]) -> None:
    sent = transparent(b"\r\n".join(lines))
    assert sent.endswith(b"\r\n")
    assert not sent.startswith(b".\r\n")
    assert b"\r\n.\r\n" not in sent


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text("a. ", max_size=5), min_size=1))
def test_lines_survive_the_wire(lines: list[str]) -> None:
    sent = transparent("\r\n".join(lines).encode())
    arrived = [line[1:] if line.startswith(b".") else line for line in sent.split(b"\r\n")]
    assert b"\r\n".join(arrived).decode().rstrip("\r\n") == "\r\n".join(lines).rstrip("\r\n")
