from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from digest.errors import PageError
from digest.extract import extract_page
from digest.inbox.documents.pdf_page import read_pdf
from digest.inbox.documents.pdf_reader import MOST_PAGES
from tests.inbox.hostile_pdf import drawn, locked
from tests.inbox.newsprint import SERIES, Piece
from tests.inbox.pdf_press import Canvas, Press, Style, pdf, placed
from tests.inbox.press_pages import LAYOUTS, STYLES, Printed, bands, english, one_page, printed_pages

PLAIN = STYLES[0]


def squeezed(text: str) -> str:
    return "".join(text.split())


def as_written(piece: Piece) -> list[str]:
    """The lines an article should become, without white space."""
    first, *others = piece.paragraphs
    body = [piece.dateline + first, *others]
    body[-1] += piece.tail + piece.jump
    heading = [("### ", piece.kicker), ("# ", piece.headline), ("### ", piece.deck), ("", piece.byline)]
    lines = [mark + text for mark, text in heading if text] + body
    return list(map(squeezed, lines + (["![]()", piece.caption] if piece.caption else [])))


def whole_articles(page: Printed) -> int:
    """How many of the page's articles were written in one piece and nothing between."""
    lines = [squeezed(line) for line in read_pdf(page.content)[0].text.split("\n") if line]
    spots = [(lines.index(squeezed("# " + piece.headline)), as_written(piece)) for piece in page.pieces]
    starts = [spot - want.index(lines[spot]) for spot, want in spots]
    return sum(
        lines[start : start + len(want)] == want for start, (_, want) in zip(starts, spots, strict=True)
    )


@pytest.mark.parametrize("style", STYLES, ids=lambda style: style.name)
def test_articles_of_a_house_style_are_written_whole(style: Style) -> None:
    pages = printed_pages(style, range(2))
    assert sum(map(whole_articles, pages)) >= 0.97 * sum(len(page.pieces) for page in pages)


def above(piece: Piece) -> tuple[str | None, tuple[str, ...]]:
    """Column title and kicker of a piece."""
    if piece.kicker == SERIES:
        return SERIES, ()
    return None, (piece.kicker,) if piece.kicker else ()


def test_extraction_finds_the_articles_that_are_written() -> None:
    pages = [page for style in STYLES for page in printed_pages(style, range(1))]
    right = 0
    for page in pages:
        found = extract_page(read_pdf(page.content)[0].text).articles
        printed = {
            (squeezed(article.headline), (article.column, article.kicker), article.deck, article.byline)
            for article in found
        }
        right += sum(
            (
                squeezed(piece.headline),
                above(piece),
                (piece.deck,) if piece.deck else (),
                piece.names,
            )
            in printed
            for piece in page.pieces
        )
    assert right >= 0.97 * sum(len(page.pieces) for page in pages)


@pytest.mark.parametrize("layout", [*LAYOUTS, english])
def test_every_character_printed_is_written_once(layout: object) -> None:
    canvas, _ = one_page(layout, PLAIN)  # type: ignore[arg-type]
    printed = Counter(
        bytes.fromhex(code[: code.index(">")]).decode("utf-16-be")
        for text in canvas.texts
        for code in text.split("<")[1:]
    )
    text = read_pdf(pdf([canvas]))[0].text
    lines = [line.lstrip("#").strip() for line in text.split("\n") if line != "![]()"]
    assert Counter("".join(map(squeezed, lines))) == printed


def test_boxes_stand_where_the_lines_are_printed() -> None:
    canvas, pieces = one_page(bands, PLAIN)
    ((text, boxes),) = read_pdf(pdf([canvas]))
    lines = text.split("\n")
    headline = lines.index("# " + pieces[0].headline) + 1
    ((_, sheet, x0, y0, x1, y1),) = [box for box in boxes if box[0] == headline]
    assert sheet == 0
    assert (x0, x1 - x0) == pytest.approx((28, len(pieces[0].headline) * PLAIN.headline), abs=1)
    assert 56 < y0 < y1 < 120
    assert {line for line, *_ in boxes} == {
        number for number, line in enumerate(lines, 1) if line not in {"", "![]()"}
    }


def test_paragraph_over_a_column_break_has_a_box_in_each_column() -> None:
    canvas, _ = one_page(bands, PLAIN)
    ((_, boxes),) = read_pdf(pdf([canvas]))
    parts = [box for box in boxes if sum(other[0] == box[0] for other in boxes) == 2]
    assert parts
    for first, second in zip(parts[::2], parts[1::2], strict=True):
        assert first[4] < second[2], "the second part stands to the right of the first"


def test_order_of_drawing_changes_nothing() -> None:
    canvas, _ = one_page(bands, PLAIN)
    before = read_pdf(pdf([canvas]))
    Random(3).shuffle(canvas.texts)  # noqa: S311 - a test page
    assert read_pdf(pdf([canvas])) == before


def test_headline_drawn_twice_is_written_once() -> None:
    canvas = Canvas(400, 300)
    for shift in (0, 0.4, 0.8):
        canvas.text(30 + shift, 60, placed("红红火火的新桥通车", 24), "hei", 24)
    canvas.text(30, 100, placed("河湾新桥建成通车，两岸往来只需五分钟。", 9), "song", 9)
    canvas.text(30, 113, placed("货车绕行的里程每天减少四千公里。", 9), "song", 9)
    assert read_pdf(pdf([canvas]))[0].text.startswith("# 红红火火的新桥通车\n")


def test_upright_headline_heads_the_columns_beside_it() -> None:
    press = Press(PLAIN)
    press.folio()
    for row, char in enumerate("桥头夜话"):
        press.canvas.text(28, 90 + 26 * row, [(char, 0.0)], "hei", 22)
    for column in (1, 2):
        for row in range(9):
            first = not row and column == 1
            text = "昨夜两岸居民过河散" if first else "两岸居民过河时间缩短了"
            x = press.left(column) + (18 if first else 0)
            press.canvas.text(x, 80 + 13 * row, placed(text, 9), "song", 9)
    article = extract_page(read_pdf(pdf([press.finish()]))[0].text).articles[0]
    assert article.headline == "桥头夜话"
    assert article.paragraphs[0].startswith("昨夜两岸居民过河散两岸居民")


def test_text_on_its_side_is_kept() -> None:
    canvas, _ = one_page(bands, PLAIN)
    canvas.texts.append("BT /hei 8 Tf 0 1 -1 0 590 2000 Tm <53455854> Tj ET")
    canvas.texts.append("BT /hei 8 Tf 0 1 -1 0 590 2700 Tm <5e7f544a> Tj ET")
    assert "广告" in read_pdf(pdf([canvas]))[0].text


def test_sheets_of_one_file_stand_apart_with_their_numbers() -> None:
    canvases, pieces = zip(*(one_page(bands, PLAIN, seed) for seed in (1, 2)), strict=True)
    alone = [read_pdf(pdf([canvas]))[0].text for canvas in canvases]
    together = read_pdf(pdf(canvases))
    assert [sheet.text for sheet in together] == alone
    assert [{number for _, number, *_ in sheet.boxes} for sheet in together] == [{0}, {1}]
    assert all("# " + each[0].headline in sheet.text for each, sheet in zip(pieces, together, strict=True))


def test_english_words_and_paragraphs_come_out_whole() -> None:
    canvas, pieces = one_page(english, STYLES[4])
    lines = read_pdf(pdf([canvas]))[0].text.split("\n")
    for piece in pieces:
        assert "# " + piece.headline in lines
        assert piece.byline in lines
        assert set(piece.paragraphs) <= set(lines)


def reason_of(content: bytes) -> str:
    with pytest.raises(PageError) as caught:
        read_pdf(content)
    assert caught.value.detail
    return caught.value.reason


def test_picture_without_text_asks_for_ocr() -> None:
    canvas = Canvas(400, 300)
    canvas.picture(0, 0, 400, 300)
    with pytest.raises(PageError, match="OCR") as caught:
        read_pdf(pdf([canvas]))
    assert caught.value.reason == "no_text"


def test_locked_file_asks_for_one_without_password() -> None:
    with pytest.raises(PageError, match="password") as caught:
        read_pdf(locked(pdf([one_page(bands, PLAIN)[0]])))
    assert caught.value.reason == "encrypted"


@pytest.mark.parametrize("content", [b"%PDF-1.7\n", b"%PDF-1.7\n" + bytes(range(256)) * 80])
def test_damaged_file_is_broken(content: bytes) -> None:
    assert reason_of(content) == "broken"


def test_truncated_file_is_broken() -> None:
    content = pdf([one_page(bands, PLAIN)[0]])
    assert reason_of(content[: len(content) // 2]) == "broken"


def test_file_with_too_many_pages_is_refused() -> None:
    assert reason_of(pdf([Canvas(100, 100)] * (MOST_PAGES + 1))) == "too_complex"


@pytest.mark.parametrize("media", [b"[0 0 1e30 1e30]", b"[0 0 0 0]", b"[5 5 1 1]", b"[-900 -900 -100 -100]"])
def test_page_of_any_size_is_read(media: bytes) -> None:
    text = b"BT /F1 9 Tf 1 0 0 1 20 700 Tm (words that stand on a page of an odd size) Tj ET"
    try:
        assert "words that stand" in read_pdf(drawn(text, media=media))[0].text
    except PageError as error:
        assert error.reason in {"broken", "no_text"}  # noqa: PT017 - either way is right
