"""A PDF's page keeps where its lines stood, and its article page shows them."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from fastapi.testclient import TestClient

from digest.model import ArchivedArticle
from digest.store import archive, pages
from digest.web import create_app
from tests.inbox.newsprint import piece
from tests.inbox.pdf_press import Canvas, Press, pdf
from tests.inbox.press_pages import STYLES, printed_pages
from tests.pipeline.office import Office


def test_article_of_a_pdf_shows_where_it_stands_on_the_sheet(office: Office) -> None:
    printed = printed_pages(next(iter(STYLES)), range(1))[0]
    path = office.folder / "seeds" / "page.pdf"
    path.write_bytes(printed.content)
    office.pass_time(days=365)
    office.work()
    with office.desk.store.read() as tx:
        article = archive.latest_updates(tx, 1)[0]
        page = pages.page(tx, article.page_id)
    assert page
    assert page.boxes
    with TestClient(create_app(office.desk.config, office.desk.store)) as client:
        shown = client.get(f"/articles/{article.id}").text
    assert '<svg class="sheet-map"' in shown
    assert '<rect class="own"' in shown


def sheets() -> list[Canvas]:
    """Sheets 3 and 4 of a paper; an article jumps from the first to the second."""
    random, style, drawn = Random(5), STYLES[0], []  # noqa: S311 - a page, no secret
    tail, other = piece(random, "桥", 300), piece(random, "湖", 300)
    heads = [
        piece(random, "桥", 400, jump=True),
        replace(tail, dateline="（上接第3版）", headline="新桥通车之后"),
    ]
    for number, head in enumerate(heads, 3):
        press = Press(style, random=random)
        y = press.folio(f"河湾日报 2031年5月6日 星期二 第{number}版")
        press.article(head, 0, style.columns, y)
        if number == 3:
            press.article(other, 0, style.columns, press.canvas.lowest + 30)
        press.foot()
        drawn.append(press.finish())
    return drawn


def read(office: Office, name: str, content: bytes) -> list[ArchivedArticle]:
    (office.folder / "seeds" / name).write_bytes(content)
    office.pass_time(days=365)
    office.work()
    with office.desk.store.read() as tx:
        return archive.latest_updates(tx, 20)


def test_sheets_of_a_pdf_are_pages_whose_jumps_are_joined(office: Office) -> None:
    articles = read(office, "issue.pdf", pdf(sheets()))
    assert sorted(article.folio.number or 0 for article in articles) == [3, 3]
    whole = next(article for article in articles if article.article.continues_on is None)
    assert len(articles) == 2
    assert {article.folio.paper for article in articles} == {"河湾日报"}
    assert whole.article.headline


def test_pdf_is_read_again_only_when_it_changes(office: Office) -> None:
    before = read(office, "issue.pdf", pdf(sheets()))
    assert read(office, "issue.pdf", pdf(sheets())) == before
    office.work()
    revised = read(office, "issue.pdf", pdf(sheets()[:1]))
    assert {article.id for article in revised} <= {article.id for article in before}
    copied = read(office, "copy.pdf", pdf(sheets()[:1]))
    assert copied == revised
