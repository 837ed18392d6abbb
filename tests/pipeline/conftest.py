"""Offices for pipeline tests."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.pipeline.office import Office


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An empty installation at the start of its time."""
    made = Office(tmp_path / "office")
    yield made
    made.desk.store.close()
