"""What mail that comes back is taken for."""

from __future__ import annotations

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.deliver.bounces import kind_of, read_returned
from digest.deliver.verp import ReturnAddress
from tests.deliver.returned_mail import DELIVERY, HOME, complaint, dsn, note

OWN = HOME.own("delivery", DELIVERY)


@given(st.uuids(), st.sampled_from(["delivery", "unsubscribe"]))
def test_own_address_is_read_back_in_any_case(named: UUID, purpose: str) -> None:
    address = HOME.own(purpose, named)  # pyright: ignore[reportArgumentType]  one of the two
    assert len(address.partition("@")[0]) <= 64
    assert HOME.read(f"<{address.upper()}>, other@b.example") == [(purpose, named)]


@given(st.integers(0, 31), st.sampled_from("abcdefghijklmnopqrstuvwxyz234567"))
def test_changed_token_is_not_ours(place: int, letter: str) -> None:
    start = len("bounces+") + place
    changed = OWN[:start] + letter + OWN[start + 1 :]
    assert changed == OWN or HOME.read(changed) == []


def test_token_of_another_installation_or_purpose_is_not_ours() -> None:
    assert HOME.read(ReturnAddress(HOME.mailbox, b"other").own("delivery", DELIVERY)) == []
    assert HOME.read(OWN.replace("bounces+", "bounces+u-")) == []


def test_report_of_an_unknown_user_is_hard_and_names_nobody() -> None:
    read = read_returned(dsn(OWN), HOME)
    assert (read.kind, read.deliveries) == ("hard", (DELIVERY,))
    assert read.detail == "5.1.1 smtp; 550 5.1.1 <…>: no such user"


@pytest.mark.parametrize(
    ("status", "action", "kind"),
    [
        ("5.1.1", "failed", "hard"),
        ("5.1.10", "failed", "hard"),
        ("5.0.0", "failed", "hard"),
        ("5.2.1", "failed", "hard"),
        ("5.4.4", "failed", "hard"),
        ("5.1.8", "failed", "soft"),  # the sender's address
        ("5.2.2", "failed", "soft"),  # full
        ("5.7.1", "failed", "soft"),  # somebody's policy
        ("5.3.4", "failed", "soft"),
        ("4.4.7", "failed", "soft"),
        ("4.4.1", "delayed", "nothing"),
        ("2.0.0", "delivered", "nothing"),
        ("2.0.0", "relayed", "nothing"),
    ],
)
def test_only_what_is_wrong_with_the_address_is_hard(status: str, action: str, kind: str) -> None:
    assert kind_of(action, status) == kind
    assert read_returned(dsn(OWN, status=status, action=action), HOME).kind == kind


def test_status_may_stand_in_the_diagnostic_alone() -> None:
    read = read_returned(dsn(OWN, status="", diagnostic="552 5.2.2 mailbox full"), HOME)
    assert read.kind == "soft"


def test_message_id_is_found_in_what_is_quoted() -> None:
    quoted = f"Message-ID: <{DELIVERY}@shanchuan.example>"
    read = read_returned(dsn("clips@shanchuan.example", quoted=quoted), HOME)
    assert (read.deliveries, read.message_ids) == ((), (DELIVERY,))
    assert read.recipients == ("lin@reader.example",)


@pytest.mark.parametrize(
    "mail",
    [
        complaint(OWN),
        complaint("fbl@shanchuan.example", fields=f"Original-Mail-From: <{OWN}>"),
        complaint("fbl@shanchuan.example", quoted=f"Return-Path: <{OWN}>"),
    ],
    ids=["to", "original mail from", "return path"],
)
def test_complaint_is_about_the_delivery_whose_address_it_shows(mail: bytes) -> None:
    read = read_returned(mail, HOME)
    assert (read.kind, read.deliveries, read.detail) == ("complaint", (DELIVERY,), "reported as abuse")


def test_complaint_is_about_the_subscription_of_its_unsubscribing_address() -> None:
    leave = HOME.own("unsubscribe", DELIVERY)
    read = read_returned(complaint("fbl@a.example", quoted=f"List-Unsubscribe: <mailto:{leave}>"), HOME)
    assert (read.kind, read.subscriptions) == ("complaint", (DELIVERY,))


def test_report_that_it_was_no_spam_changes_nothing() -> None:
    assert read_returned(complaint(OWN, kind="not-spam"), HOME).kind == "nothing"


def test_mail_to_the_unsubscribing_address_unsubscribes_whatever_it_says() -> None:
    read = read_returned(note(HOME.own("unsubscribe", DELIVERY).upper(), body=""), HOME)
    assert (read.kind, read.subscriptions) == ("unsubscribe", (DELIVERY,))


def test_address_of_the_envelope_counts_where_the_header_hides_it() -> None:
    hidden = note("undisclosed", headers=f"Delivered-To: {HOME.own('unsubscribe', DELIVERY)}\n")
    assert read_returned(hidden, HOME).kind == "unsubscribe"


def test_bounce_to_the_unsubscribing_address_unsubscribes_nobody() -> None:
    assert read_returned(dsn(HOME.own("unsubscribe", DELIVERY)), HOME).kind != "unsubscribe"


def test_note_of_absence_changes_nothing() -> None:
    away = note(OWN, headers="Auto-Submitted: auto-replied\n", body="I am away; 550 5.1.1 is my room.")
    assert read_returned(away, HOME).kind == "nothing"


def test_bounce_in_a_form_of_its_own_is_understood() -> None:
    qmail = note(
        OWN,
        body="Hi. This is the qmail-send program at mx.reader.example.\n"
        "I'm afraid I wasn't able to deliver your message to the following addresses.\n"
        "This is a permanent error; I've given up. Sorry it didn't work out.\n\n"
        "<lin@reader.example>:\nSorry, no mailbox here by that name. (#5.1.1)\n",
    )
    read = read_returned(qmail, HOME)
    assert (read.kind, read.deliveries, read.recipients) == ("hard", (DELIVERY,), ("lin@reader.example",))
    assert "@" not in read.detail


def test_letter_of_a_reader_is_left_for_a_person() -> None:
    assert read_returned(note("bounces@shanchuan.example", body="Where is my paper?"), HOME).kind == "unknown"


@given(st.binary(max_size=400))
def test_any_bytes_are_read_without_an_error(content: bytes) -> None:
    read_returned(content, HOME)


@given(st.integers(0, 1200), st.binary(max_size=30))
def test_damaged_reports_are_read_without_an_error(place: int, noise: bytes) -> None:
    for mail in (dsn(OWN), complaint(OWN)):
        read_returned(mail[:place] + noise + mail[place + len(noise) :], HOME)
