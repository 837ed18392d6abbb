"""What all tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.parts import missing

# Programs started by tests would refuse a variable that names no setting.
_CORPUS = os.environ.pop("DIGEST_CORPUS", None)


@pytest.fixture(scope="session")
def corpus() -> Path:
    """The folder of real pages with known truth, named by DIGEST_CORPUS."""
    if not _CORPUS or not Path(_CORPUS).is_dir():
        missing("the corpus of real pages (name its folder in DIGEST_CORPUS)")
    return Path(_CORPUS)
