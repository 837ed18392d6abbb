"""What a spam filter that knows nothing but the message says of the shipped digest."""

from __future__ import annotations

import re
import shutil
import subprocess

import pytest

from tests.parts import missing
from tests.publish.publish_golden import LANGUAGES, message


@pytest.mark.parametrize("language", LANGUAGES)
def test_spam_filter_finds_next_to_nothing(language: str) -> None:
    program = shutil.which("spamassassin") or missing("SpamAssassin (apt-get install spamassassin)")
    told = subprocess.run(
        [program, "--local", "--test-mode"],
        input=message(language).as_bytes(),
        capture_output=True,
        check=True,
    ).stdout.decode(errors="replace")
    found = re.search(r"Content analysis details:\s+\((-?[\d.]+) points", told)
    assert found, told[-2000:]
    assert float(found[1]) < 1.0, told[-2000:]
