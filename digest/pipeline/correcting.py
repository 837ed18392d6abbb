"""Correcting: an editor's headline or kind takes the place of what was read, until it is taken back."""

from __future__ import annotations

from datetime import timedelta
from typing import Final, get_args
from uuid import UUID

from sqlalchemy import Connection

from digest.errors import RequestError
from digest.extract.revision import materially_changed
from digest.model import ArchivedArticle, Article, Kind
from digest.pipeline.desk import Desk
from digest.store import corrections, pages
from digest.store.corrections import Correction

KINDS: Final[tuple[Kind, ...]] = get_args(Kind)
LONGEST_HEADLINE: Final = 300
DOUBTFUL: Final = 0.6
"""Articles extracted with less confidence are to be looked at."""
_LATELY: Final = timedelta(days=60)
_AT_ONCE: Final = 50


def to_look_at(desk: Desk) -> list[ArchivedArticle]:
    """Doubtful articles of the last weeks, the least sure first; those an editor looked at are sure."""
    with desk.store.read() as tx:
        return corrections.doubtful(tx, desk.clock() - _LATELY, DOUBTFUL, _AT_ONCE)


def found(desk: Desk, article_id: UUID) -> tuple[Article, Correction | None] | None:
    """An article as it stands, and what was corrected in it."""
    with desk.store.read() as tx:
        article = corrections.own_content(tx, article_id)
        return (article, corrections.of_articles(tx, [article_id]).get(article_id)) if article else None


def correct(desk: Desk, article_id: UUID, headline: str, kind: str, editor: str) -> None:
    """Puts headline and kind in place of what was read; with the same as read, the article was found right.

    Raises:
        RequestError: `headline` or `kind` cannot be used; `unknown`: there is no such article.
    """
    wanted: Kind | None = next((each for each in KINDS if each == kind), None)
    if wanted is None:
        raise RequestError("kind", "there is no such kind")
    if not headline or len(headline) > LONGEST_HEADLINE or not headline.isprintable():
        raise RequestError("headline", f"a headline has 1 to {LONGEST_HEADLINE} characters")
    with desk.store.write() as tx:
        stands, original = _known(tx, article_id)
        correction = Correction(
            headline if headline != original.headline else None,
            wanted if wanted != original.kind else None,
            original,
            editor,
            desk.clock(),
        )
        corrections.save(tx, article_id, correction)
        _rewrite(desk, tx, article_id, stands, correction.applied_to(original))


def take_back(desk: Desk, article_id: UUID) -> None:
    """The article is again as it was read last.

    Raises:
        RequestError: `unknown`: there is no such article.
    """
    with desk.store.write() as tx:
        stands, original = _known(tx, article_id)
        corrections.drop(tx, article_id)
        _rewrite(desk, tx, article_id, stands, original)


def _known(tx: Connection, article_id: UUID) -> tuple[Article, Article]:
    """The article as it stands and as it was read."""
    stands = corrections.own_content(tx, article_id)
    if stands is None:
        raise RequestError("unknown", "there is no such article any more")
    before = corrections.of_articles(tx, [article_id]).get(article_id)
    return stands, before.original if before else stands


def _rewrite(desk: Desk, tx: Connection, article_id: UUID, old: Article, new: Article) -> None:
    changed = materially_changed(old, new)
    corrections.rewrite(tx, article_id, new, pages.distinct_instant(tx, desk.clock()) if changed else None)
