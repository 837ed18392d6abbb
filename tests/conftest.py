"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

# Programs started by tests would refuse a variable that names no setting.
_CORPUS = os.environ.pop("DIGEST_CORPUS", None)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real pages with known truth, named by DIGEST_CORPUS."""
    if _CORPUS and Path(_CORPUS).is_dir():
        return Path(_CORPUS)
    return missing("the corpus of real pages (name its folder in DIGEST_CORPUS)")


def missing(part: str) -> Path:
    """Skips for want of `part` on a user's machine, fails in CI."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI must have {part}")
    pytest.skip(f"needs {part}")
