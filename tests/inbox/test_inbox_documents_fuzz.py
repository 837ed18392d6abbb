"""Documents cut up and spoiled are read or refused with a reason; nothing else may come of them."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from digest.errors import PageError
from digest.inbox.documents.html_page import read_html
from digest.inbox.documents.sandbox import Limits, parse_document
from tests.inbox.pdf_press import pdf
from tests.inbox.press_pages import STYLES, bands, one_page
from tests.inbox.test_inbox_html_systems import FOLDER, content_of

_PAGES = [content_of(path.stem) for path in sorted(FOLDER.glob("*.html"))]
_KNOWN = {"read", "broken", "too_complex", "no_text", "empty", "encrypted"}
_TAGS = (
    b"<p>",
    b"</div>",
    b"<table>",
    b"<a href=",
    b"<!--",
    b"&#x0;",
    b"<b>",
    b"\x00",
    b"\xff\xfe",
    b"<script>",
)


def spoiled(content: bytes, rng: Random, pieces: tuple[bytes, ...]) -> bytes:
    for _ in range(rng.randint(1, 12)):
        at, size = rng.randrange(len(content) + 1), rng.randint(0, 200)
        put = rng.choice(pieces) if rng.random() < 0.7 else rng.randbytes(rng.randint(1, 8))
        content = content[:at] + put + content[at + size :]
    return content


def outcome(read: Callable[[bytes], object], content: bytes) -> str:
    try:
        read(content)
    except PageError as error:
        return error.reason if error.detail else "without a word of advice"
    return "read"


def test_spoiled_html_is_read_or_refused() -> None:
    seen = {
        outcome(read_html, spoiled(_PAGES[seed % len(_PAGES)], Random(seed), _TAGS))  # noqa: S311 - no secret
        for seed in range(150)
    }
    assert {"read", "no_text"} <= seen, "the cases are spoiled neither too little nor too much"
    assert "without a word of advice" not in seen


@given(st.binary(max_size=400))
@settings(max_examples=200, deadline=None)
def test_no_bytes_are_more_than_refused_as_html(content: bytes) -> None:
    assert outcome(read_html, content) != "without a word of advice"


@pytest.mark.parametrize("seed", range(6))
def test_spoiled_pdf_is_read_or_refused(seed: int) -> None:
    whole = pdf([one_page(bands, STYLES[0])[0]])
    rng = Random(seed)  # noqa: S311 - a page, no secret
    content = b"%PDF-1.5\n" + spoiled(
        whole, rng, (b"endobj", b"<<", b">>stream", b"[", b"999999999", b"/Kids")
    )
    assert outcome(lambda file: parse_document(file, "pdf", Limits(seconds=2)), content) in _KNOWN
