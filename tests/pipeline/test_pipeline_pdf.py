"""A PDF's page keeps where its lines stood, and its article page shows them."""

from __future__ import annotations

from fastapi.testclient import TestClient

from digest.store import archive, pages
from digest.web import create_app
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
