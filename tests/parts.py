"""Parts that a test needs and a machine may lack."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def missing(part: str) -> NoReturn:
    """Skips for want of `part` on a user's machine, fails in CI."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI must have {part}")
    pytest.skip(f"needs {part}")
