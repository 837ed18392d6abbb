"""Fresh installations for acceptance tests."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from digest.shipped import shipped
from tests.acceptance.installation import Installation, fill, install


@pytest.fixture
def empty(tmp_path: Path) -> Installation:
    """The shipped configuration with an empty inbox."""
    shutil.copy(shipped("config.toml"), tmp_path / "config.toml")
    (tmp_path / "seeds").mkdir()
    return Installation(tmp_path)


@pytest.fixture
def demo(empty: Installation) -> Installation:
    """The shipped configuration with the demo pages."""
    fill(empty)
    return empty


@pytest.fixture
def another(tmp_path_factory: pytest.TempPathFactory) -> Callable[[], Installation]:
    """Makes further installations with the demo pages."""
    return lambda: install(tmp_path_factory.mktemp("installation"))
