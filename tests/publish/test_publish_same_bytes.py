"""A digest rendered again, by another process, is the same message."""

from __future__ import annotations

import subprocess
import sys

_TOLD = (
    "import hashlib; from tests.publish.publish_golden import message; "
    "parts = [message(each).as_bytes() for each in ('zh-CN', 'en')]; "
    "print(hashlib.sha256(b''.join(parts)).hexdigest())"
)


def digest_of_messages(seed: str) -> bytes:
    """Of the messages of both languages, made by a process that hashes in another order."""
    environment = {
        "PYTHONHASHSEED": seed,
        "PYTHONPATH": ":".join(filter(None, (".", *sys.path))),
        "TZ": f"UTC{seed}",
    }
    return subprocess.run(
        [sys.executable, "-c", _TOLD], env=environment, check=True, capture_output=True
    ).stdout


def test_another_process_makes_the_same_bytes() -> None:
    assert digest_of_messages("1") == digest_of_messages("2")
