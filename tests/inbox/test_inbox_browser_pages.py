from __future__ import annotations

import pytest

from digest.inbox.documents.pdf_page import read_pdf
from tests.inbox.browser_pages import FOLDER, LOOKS, pieces_of


def squeezed(text: str) -> str:
    return "".join(text.split())


@pytest.mark.parametrize("name", LOOKS)
def test_page_set_by_a_browser_is_written_whole(name: str) -> None:
    lines = list(
        filter(None, map(squeezed, read_pdf((FOLDER / f"{name}.pdf").read_bytes())[0].text.split("\n")))
    )
    for piece in pieces_of(name):
        assert "#" + piece.headline in lines
        body = list(piece.paragraphs)
        body[0] = piece.dateline + body[0]
        body[-1] += piece.tail + piece.jump
        place = lines.index(squeezed(body[0]))
        assert lines[place : place + len(body)] == list(map(squeezed, body))
        above = [text for text in (piece.kicker, piece.headline, piece.deck, piece.byline) if text]
        printed = [line.lstrip("#") for line in lines[place - len(above) : place]]
        assert printed == list(map(squeezed, above))
        if piece.caption:
            assert lines[place + len(body) : place + len(body) + 2] == ["![]()", squeezed(piece.caption)]
