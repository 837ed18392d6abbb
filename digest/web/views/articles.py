"""The list of all articles, and an article's own page with where each word of it came from."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from itertools import groupby
from uuid import UUID

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from sqlalchemy import Connection

from digest.model import ArchivedArticle, Clip, Profile
from digest.pipeline.correcting import DOUBTFUL
from digest.store import archive, clips, corrections, pages, stories
from digest.web.failures import not_found
from digest.web.jumps import jumps_of
from digest.web.offered import ALL, public_profiles
from digest.web.page_map import sheet_maps
from digest.web.pager import PageNumber, Pager
from digest.web.provenance import blocks_of, is_shortened
from digest.web.site import ThisVisit

router = APIRouter()

_AT_ONCE = 40


@router.get("/articles")
def articles(visit: ThisVisit, page: PageNumber = 1) -> HTMLResponse:
    """All articles by date, page and paper."""
    with visit.store.read() as tx:
        pager = Pager(page, archive.counts(tx)["articles"], _AT_ONCE)
        shown = archive.newest(tx, _AT_ONCE, skip=pager.skip)
    printed_on = groupby(shown, key=lambda article: (article.page_id, article.folio))
    return visit.show(
        "articles.html",
        pages=[(page_id, folio, list(found)) for (page_id, folio), found in printed_on],
        pager=pager,
        feeds=[(ALL, None)],
    )


@router.get("/articles/{article_id}")
def article(article_id: UUID, visit: ThisVisit) -> Response:
    """An article, who clipped it and why, its reprints and story, and the page with its lines marked."""
    with visit.store.read() as tx:
        found = archive.article(tx, article_id)
        page = pages.page(tx, found.page_id) if found else None
        if found is None or page is None:
            raise not_found()
        if found.id != article_id:  # a part that was joined into another article
            return RedirectResponse(str(found.id), status_code=HTTPStatus.MOVED_PERMANENTLY)
        blocks = blocks_of(page, archive.on_page(tx, page.id))
        clipped = _clipped_for(public_profiles(tx), clips.of_article(tx, article_id))
        return visit.show(
            "article.html",
            archived=found,
            page=page,
            blocks=blocks,
            own_roles={part.role for part in found.article.parts},
            shortened=is_shortened(page, blocks),
            clipped=clipped,
            clips=[clip for _, clip in clipped],
            jumps=jumps_of(tx, found),
            sheets=sheet_maps(page, [found]),
            others=_other_outlets(tx, found),
            story=_story(tx, found),
            doubtful=found.article.confidence < DOUBTFUL,
            by_hand=_was_corrected(tx, found.id),
            feeds=[(profile.name, profile.title) for profile, _ in clipped],
        )


def _was_corrected(tx: Connection, article_id: UUID) -> bool:
    """Whether what is read is not what was printed, as an editor saw."""
    found = corrections.of_articles(tx, [article_id]).get(article_id)
    return found is not None and (found.headline is not None or found.kind is not None)


def _clipped_for(shown: list[Profile], found: Mapping[UUID, Clip]) -> list[tuple[Profile, Clip]]:
    """The public profiles that clipped the article, best score first."""
    pairs = [(profile, found[profile.id]) for profile in shown if profile.id in found]
    return sorted(pairs, key=lambda pair: -pair[1].score)


def _other_outlets(tx: Connection, found: ArchivedArticle) -> list[ArchivedArticle]:
    """The same story elsewhere: the article that stands for it, and all that are folded into that one."""
    stands = archive.reprint_of(tx, found.id) or found.id
    first = archive.article(tx, stands)
    same = [first, *archive.reprints(tx, [stands]).get(stands, ())]
    return [other for other in same if other is not None and other.id != found.id]


def _story(tx: Connection, found: ArchivedArticle) -> list[ArchivedArticle]:
    """The story over the days, oldest first, this article too; empty when it was told but once."""
    stands = archive.reprint_of(tx, found.id) or found.id
    first = stories.earlier(tx, [stands]).get(stands) or archive.article(tx, stands)
    later = stories.later(tx, first.id) if first else ()
    return [first, *later] if first and later else []
