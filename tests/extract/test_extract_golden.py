from __future__ import annotations

from pathlib import Path

import pytest

from digest.extract import extract_page
from tests.extract.extract_golden import FOLDER, printed, sections


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.txt")), ids=lambda path: path.stem)
def test_page_is_read_as_printed(path: Path) -> None:
    wanted = sections(path)
    page = wanted.pop("page")
    assert printed(extract_page(page)) == wanted
