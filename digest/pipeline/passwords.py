"""Hashes and checks passwords with argon2; it keeps none."""

from __future__ import annotations

from functools import cache
from threading import BoundedSemaphore
from typing import Final

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from digest.errors import RequestError

SHORTEST: Final = 10
LONGEST: Final = 200
"""Characters of a password; longer ones only cost time."""

_AT_ONCE: Final = BoundedSemaphore(2)
"""A hash takes 64 MiB (RFC 9106 §4, the second choice); a flood of sign-ins must not take all memory."""


@cache
def hasher() -> PasswordHasher:
    """With the library's parameters, which follow RFC 9106."""
    return PasswordHasher()


@cache
def nobodys() -> str:
    """What the password of an unknown account is checked with, so that it takes as long."""
    return hasher().hash("the password of nobody")


def hashed(password: str) -> str:
    """A password as it is kept.

    Raises:
        RequestError: `password`: it is too short or too long.
    """
    if not SHORTEST <= len(password) <= LONGEST:
        raise RequestError("password", f"a password has {SHORTEST} to {LONGEST} characters")
    with _AT_ONCE:
        return hasher().hash(password)


def is_right(password: str, kept: str | None) -> bool:
    """Whether it is the password that was hashed; always no, and as slowly, when nothing is kept."""
    with _AT_ONCE:
        try:
            right = hasher().verify(kept or nobodys(), password[: LONGEST + 1])
        except (VerificationError, InvalidHashError):
            return False
    return right and kept is not None
