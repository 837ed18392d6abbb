"""A page as it was read: its articles, and each line with what it became."""

from __future__ import annotations

from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import HTMLResponse

from digest.store import archive, pages
from digest.web.failures import not_found
from digest.web.provenance import blocks_of, is_shortened
from digest.web.site import ThisVisit

router = APIRouter()


@router.get("/pages/{page_id}")
def page(page_id: UUID, visit: ThisVisit) -> HTMLResponse:
    """A page with all its articles and what was left over."""
    with visit.store.read() as tx:
        found = pages.page(tx, page_id)
        if found is None:
            raise not_found()
        articles = archive.on_page(tx, page_id)
    blocks = blocks_of(found, articles)
    return visit.show(
        "page.html",
        page=found,
        articles=articles,
        numbers={article.id: number for number, article in enumerate(articles, start=1)},
        blocks=blocks,
        roles=frozenset[str]().union(*(block.roles for block in blocks)),
        shortened=is_shortened(found, blocks),
    )
