from __future__ import annotations

import pytest

from tests.publish import publish_golden as golden


@pytest.mark.parametrize("name", sorted(golden.GOLDEN))
def test_output_is_the_golden_file(name: str) -> None:
    assert golden.GOLDEN[name]() == (golden.FOLDER / name).read_bytes()


def test_every_golden_file_is_compared() -> None:
    assert {path.name for path in golden.FOLDER.iterdir()} == set(golden.GOLDEN)
