"""Texts that once broke the extraction, and new ones of the same make."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extract.fuzzing import CASES, fuzzed, smallest
from tests.extract.invariants import broken
from tests.typesetting.manuscripts import seeded

_NEW = 150


@pytest.mark.parametrize("path", sorted(CASES.glob("*.txt")), ids=lambda path: path.stem)
def test_what_fuzzing_found_stays_mended(path: Path) -> None:
    assert broken(path.read_bytes().decode()) is None


@pytest.mark.parametrize("seed", range(_NEW))
def test_spoiled_pages_keep_every_invariant(seed: int) -> None:
    assert broken(fuzzed(seeded("test", seed))) is None


def test_a_case_is_as_small_as_it_can_be() -> None:
    assert smallest("aaaXbbbYccc", lambda text: "X" in text and "Y" in text) == "XY"
