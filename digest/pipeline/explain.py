"""Explain: one profile and one article of the archive, scored as matching would score them now."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy import Connection

from digest.errors import DigestError
from digest.model import ArchivedArticle
from digest.pipeline.census import ARCHIVE_WINDOW, window_start
from digest.pipeline.desk import Desk
from digest.pipeline.profiles import configured_profiles, resolved_web_profiles
from digest.rank.background import measure_background
from digest.rank.explain import Explanation, explain
from digest.store import archive


def explain_article(desk: Desk, profile: str, article: str) -> Explanation:
    """What the profile of that name makes of an article, given by id, address or headline.

    Raises:
        ConfigError: The configured profiles cannot be used.
        DigestError: There is no such profile, or not exactly one such article.
    """
    with desk.store.read() as tx:
        used = [*configured_profiles(desk.config), *resolved_web_profiles(tx, desk.config)]
        found = [each for each in used if each.name == profile]
        if not found:
            names = ", ".join(each.name for each in used)
            raise DigestError(f"there is no profile {profile!r}; there are: {names}")
        window = archive.seen_since(tx, window_start(desk.clock()))
        archived = find_article(tx, article, window)
    return explain(archived, found[0], measure_background(window, found), desk.clock())


def find_article(tx: Connection, named: str, window: list[ArchivedArticle]) -> ArchivedArticle:
    """The article with this id or address, or the only one of `window` with these words in its headline.

    Raises:
        DigestError: There is none, or more than one.
    """
    try:
        identity = UUID(named.rstrip("/").rpartition("/")[2])
    except ValueError:
        return _headed(named, window)
    archived = archive.article(tx, identity)
    if archived is None:
        raise DigestError(f"There is no article {identity}; it may have been withdrawn")
    return archived


def _headed(words: str, window: list[ArchivedArticle]) -> ArchivedArticle:
    found = [archived for archived in window if words in archived.article.headline]
    if len(found) == 1:
        return found[0]
    days = ARCHIVE_WINDOW.days
    if not found:
        raise DigestError(f"No article of the last {days} days has {words!r} in its headline; give its id")
    listed = "\n".join(f"  {archived.id}  {archived.article.headline}" for archived in found[:10])
    raise DigestError(f"{len(found)} articles have {words!r} in their headline; give one's id:\n{listed}")
