"""Made-up rows for store tests."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

from sqlalchemy import Connection

from digest.model import (
    ArchivedArticle,
    Article,
    Clip,
    Folio,
    Hit,
    Kind,
    Leftover,
    Page,
    Profile,
    Reason,
    Repair,
    Tally,
)
from digest.store import clips, pages, profiles
from digest.store.clips import Matching
from digest.store.digests import DigestRow

NOW = datetime(2031, 5, 6, 8, 0, tzinfo=UTC)
DAY = date(2031, 5, 6)
_SPACE = UUID(int=99)


def named(name: str) -> UUID:
    return uuid5(_SPACE, name)


def a_page(name: str, number: int = 1, *, day: date = DAY, seen: datetime = NOW) -> Page:
    return Page(
        id=named(name),
        path=f"{name}.txt",
        sha256=name,
        revision=1,
        folio=Folio("晨报", day, number, str(number)),
        text=f"{name}的全文",
        first_seen=seen,
        read_at=seen,
        leftovers=(Leftover("folio", "晨报", 1, 1),),
        repairs=(Repair("markup", "#", 2),),
    )


def an_article(name: str, page: Page, place: int = 0, *, kind: Kind = "news") -> ArchivedArticle:
    text = f"{name}的正文。"
    article = Article(kind, name, lead=text, paragraphs=(text,))
    seen = page.first_seen + timedelta(microseconds=place)
    return ArchivedArticle(named(name), page.id, article, page.folio, seen, seen)


def store_page(tx: Connection, page: Page, *articles: ArchivedArticle) -> None:
    pages.save_page(tx, page)
    for place, article in enumerate(articles):
        pages.save_article(tx, article, place, changed=True)


def a_profile(name: str, *, public: bool = True) -> Profile:
    return Profile(named(name), name, f"{name}题", ("春耕^2",), threshold=10.0, public=public)


def store_profiles(tx: Connection, *wanted: Profile) -> None:
    profiles.replace_profiles(tx, wanted, NOW)


def a_clip(profile: Profile, article: ArchivedArticle, score: float = 50.0) -> Clip:
    return Clip(profile.id, article.id, score, (Reason("春耕", score, (Hit("headline", 0, 0, 2),)),))


def store_clips(tx: Connection, profile: Profile, *found: Clip, at: datetime = NOW) -> None:
    ids = tuple(clip.article_id for clip in found)
    clips.replace_clips(tx, found, Matching((profile.id,), ids, "background", at))


def a_digest(number: int | None, *, edition: str = "e", slot: datetime = NOW, variant: str = "") -> DigestRow:
    made = number is not None
    return DigestRow(
        id=named(f"digest {edition} {slot} {variant}"),
        number=number,
        edition=edition,
        slot=slot,
        variant=variant,
        window_start=None,
        window_end=slot,
        state="composed" if made else "skipped",
        reason=None if made else "nothing_clipped",
        tally=Tally(pages=3, shown=1),
        subject="第1期" if made else None,
        html="<p>" if made else None,
        text="…" if made else None,
        links="links" if made else None,
        sender={"address": "a@b.example", "name": "", "imprint": ""} if made else None,
        language="zh-CN",
        timezone="Asia/Shanghai",
        created=slot,
    )
