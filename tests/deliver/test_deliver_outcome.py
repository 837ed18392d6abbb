from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from digest.deliver.outcome import RetryPolicy, Step, fault_of_reply
from digest.errors import Fault

QUEUED = datetime(2025, 3, 4, 7, 30, tzinfo=UTC)
POLICY = RetryPolicy(timedelta(minutes=1), timedelta(hours=1), timedelta(days=2))


@pytest.mark.parametrize(
    ("step", "code", "text", "fault"),
    [
        ("RCPT", 450, "4.2.0 greylisted", "temporary"),
        ("RCPT", 452, "too many recipients", "temporary"),
        ("RCPT", 550, "5.1.1 no such user", "permanent"),
        ("RCPT", 550, "no such user", "permanent"),
        ("RCPT", 553, "", "permanent"),
        ("RCPT", 552, "5.2.2 mailbox full", "temporary"),
        ("RCPT", 554, "5.7.1 relay access denied", "policy"),
        ("RCPT", 530, "authentication required", "policy"),
        ("DATA", 451, "4.3.0 try later", "temporary"),
        ("DATA", 554, "transaction failed", "permanent"),
        ("DATA", 554, "5.7.1 looks like spam", "policy"),
        ("DATA", 552, "5.3.4 too large", "permanent"),
        ("MAIL", 552, "too large", "permanent"),
        ("MAIL", 550, "5.3.4 too large", "permanent"),
        ("MAIL", 553, "sender refused", "policy"),
        ("AUTH", 535, "5.7.8 wrong", "policy"),
        ("AUTH", 454, "4.7.0 later", "temporary"),
        ("CONNECT", 554, "no service here", "policy"),
        ("CONNECT", 421, "too busy", "connection"),
        ("RCPT", 421, "shutting down", "connection"),
        ("DATA", -1, "garbage", "connection"),
        ("DATA", 250, "out of turn", "connection"),
    ],
)
def test_replies_tell_who_has_to_act(step: Step, code: int, text: str, fault: Fault) -> None:
    assert fault_of_reply(step, code, text) == fault


def pause(attempts: int, fault: Fault = "temporary", jitter: float = 0.0) -> timedelta:
    due = POLICY.next_attempt(attempts, QUEUED, fault, jitter, queued=QUEUED)
    assert due is not None
    return due - QUEUED


def test_pauses_double_up_to_the_cap() -> None:
    minutes = [pause(attempts).total_seconds() / 60 for attempts in (1, 2, 3, 6, 7, 8, 10**9)]
    assert minutes == [1, 2, 4, 32, 60, 60, 60]


def test_jitter_shortens_a_pause_by_up_to_half() -> None:
    assert pause(7, jitter=1.0) == timedelta(minutes=30)
    assert pause(7, jitter=0.5) == timedelta(minutes=45)


def test_broken_connections_are_retried_like_temporary_refusals() -> None:
    assert pause(3, "connection") == pause(3, "temporary")


def test_policy_faults_wait_for_the_operator_and_lose_nothing() -> None:
    assert pause(1, "policy") == POLICY.cap


def test_permanent_refusals_are_not_tried_again() -> None:
    assert POLICY.next_attempt(1, QUEUED, "permanent", 0.0, queued=QUEUED) is None


def test_last_attempt_is_at_the_age_of_giving_up() -> None:
    deadline = QUEUED + POLICY.give_up
    late = deadline - timedelta(minutes=5)
    assert POLICY.next_attempt(99, late, "temporary", 0.0, queued=QUEUED) == deadline
    assert POLICY.next_attempt(100, deadline, "temporary", 0.0, queued=QUEUED) is None


@given(
    st.integers(1, 1000),
    st.timedeltas(timedelta(0), timedelta(days=3)),
    st.sampled_from(["temporary", "connection", "policy"]),
    st.floats(0, 1),
)
def test_next_attempt_is_later_and_never_past_giving_up(
    attempts: int, age: timedelta, fault: Fault, jitter: float
) -> None:
    now = QUEUED + age
    due = POLICY.next_attempt(attempts, now, fault, jitter, queued=QUEUED)
    if due is None:
        assert age >= POLICY.give_up
    else:
        assert now < due <= min(now + POLICY.cap, QUEUED + POLICY.give_up)
