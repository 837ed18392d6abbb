"""The backends that every contract test runs against."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from digest.store import Store


@pytest.fixture(params=["sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Store]:
    """An empty database; another backend joins by another parameter."""
    assert request.param == "sqlite"
    opened = Store.open(tmp_path / "state")
    yield opened
    opened.close()
