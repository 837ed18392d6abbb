"""Invented papers, articles, clippings, feeds and digests for the tests of the publishing stage."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid5

from digest.model import (
    ArchivedArticle,
    Article,
    Clip,
    Clipping,
    Digest,
    Entry,
    Feed,
    Folio,
    Hit,
    Profile,
    Reason,
    Recipient,
    Section,
    Sender,
    Tally,
    Zone,
)
from digest.publish import entry_id

ROOT = UUID("5b0c7a52-9c39-4f0e-8d0e-6b2d0a9f1c11")
BASE_URL = "https://clips.example.org"
SLOT = datetime(2025, 3, 4, 23, 30, tzinfo=UTC)
SEEN = datetime(2025, 3, 4, 22, 15, 7, tzinfo=UTC)

ECONOMY = Profile(uuid5(ROOT, "economy"), "economy", "数字经济", ("数字经济^3", "大数据", "-招聘"))
VILLAGES = Profile(uuid5(ROOT, "villages"), "villages", "乡村振兴", ("乡村振兴^2", "合作社"))

SENDER = Sender("clips@shanchuan.example", "山川剪报", "山川传媒资料室 · 云岭市和平路1号")
RECIPIENT = Recipient(
    "reader@mail.example",
    "林晓",
    unsubscribe_url="https://clips.example.org/unsubscribe/k3v9",
    unsubscribe_mailto="leave@shanchuan.example?subject=k3v9",
    preferences_url="https://clips.example.org/preferences/k3v9",
)

LEAD = (
    "云岭市数字经济产业园3月3日正式开园。首批四十二家企业入驻，预计三年内带动就业六千人。"
    "市里将为入驻企业减免两年租金。"
)

NEWS = Article(
    kind="news",
    headline="云岭数字经济产业园开园",
    kicker=("项目建设一线传真",),
    deck=("首批四十二家企业入驻",),
    column="高质量发展在云岭",
    byline=("周远航", "何青"),
    byline_text="本报记者 周远航 通讯员 何青",
    dateline="本报云岭3月3日讯",
    place="云岭",
    date="03-03",
    dated=date(2025, 3, 3),
    lead=LEAD,
    paragraphs=(
        LEAD,
        "园区以数字经济为主线，建有算力中心和大数据交易厅。",
        "“我们从签约到搬入只用了二十天。”入驻企业负责人说。",
    ),
    captions=("图为开园当日的算力中心。",),
    jumps=("下转第4版",),
    continues_on=4,
    continues_on_label="4",
)

COOPERATIVE = Article(
    kind="news",
    headline="柳河合作社春播忙",
    byline=("田甜",),
    byline_text="本报记者 田甜",
    lead="连日来，柳河村合作社的社员抢抓墒情，春播面积已过九成。",
    paragraphs=("连日来，柳河村合作社的社员抢抓墒情，春播面积已过九成。", "乡村振兴，关键在人。"),
)


def spot(zone: Zone, text: str, word: str, index: int = 0) -> Hit:
    start = text.index(word)
    return Hit(zone, index, start, start + len(word))


def archived(
    article: Article, name: str, folio: Folio | None = None, seen: datetime = SEEN
) -> ArchivedArticle:
    folio = folio or Folio("山川日报", date(2025, 3, 4), 3, "3")
    return ArchivedArticle(uuid5(ROOT, name), uuid5(ROOT, f"page {name}"), article, folio, seen, seen)


def clipping(
    profile: Profile,
    article: ArchivedArticle,
    reasons: tuple[Reason, ...],
    also_in: tuple[ArchivedArticle, ...] = (),
) -> Clipping:
    score = sum(reason.points for reason in reasons)
    clip = Clip(profile.id, article.id, score, reasons)
    return Clipping(entry_id(profile.id, article.id), profile, article, clip, article.first_seen, also_in)


NEWS_REASONS = (
    Reason(
        "数字经济^3",
        61.4,
        (
            spot("headline", NEWS.headline, "数字经济"),
            spot("lead", NEWS.lead, "数字经济"),
            spot("body", NEWS.paragraphs[1], "数字经济", 1),
        ),
    ),
    Reason("大数据", 12.3, (spot("body", NEWS.paragraphs[1], "大数据", 1),)),
    Reason("recency", 4.0),
    Reason("prominence", 3.3),
)
REPRINT = archived(NEWS, "reprint", Folio("云岭晚报", date(2025, 3, 4), 2, "A2"))
EARLIER = archived(
    Article(
        kind="news", headline="云岭数字经济产业园竣工", lead="园区昨日竣工。", paragraphs=("园区昨日竣工。",)
    ),
    "earlier",
    Folio("山川日报", date(2025, 2, 26), 1, "1"),
)
NEWS_CLIPPING = replace(clipping(ECONOMY, archived(NEWS, "news"), NEWS_REASONS, (REPRINT,)), earlier=EARLIER)
COOPERATIVE_CLIPPING = clipping(
    VILLAGES,
    archived(COOPERATIVE, "cooperative", Folio("云岭晚报", date(2025, 3, 4), 5, "A5")),
    (
        Reason("合作社", 33.0, (spot("headline", COOPERATIVE.headline, "合作社"),)),
        Reason("乡村振兴^2", 18.6, (spot("body", COOPERATIVE.paragraphs[1], "乡村振兴", 1),)),
    ),
)


def entry(clip: Clipping, updated: datetime = SEEN) -> Entry:
    return Entry(clip.entry_id, clip.article, updated, clip)


def feed(*entries: Entry, language: str = "zh-CN", hubs: tuple[str, ...] = ()) -> Feed:
    return Feed(
        id=ECONOMY.id,
        name=ECONOMY.name,
        title="数字经济 · 山川剪报",
        subtitle="关注词：数字经济、大数据",
        base_url=BASE_URL,
        language=language,
        updated=max((entry.updated for entry in entries), default=SEEN),
        entries=entries,
        hubs=hubs,
    )


def small_feed(language: str = "zh-CN") -> Feed:
    plain = archived(replace(COOPERATIVE, byline=()), "plain", Folio(), SEEN - timedelta(hours=3))
    return feed(
        entry(NEWS_CLIPPING),
        entry(COOPERATIVE_CLIPPING, SEEN - timedelta(hours=1)),
        Entry(plain.id, plain, plain.first_seen),
        language=language,
        hubs=("https://hub.example.net/",),
    )


def digest(*sections: Section, language: str = "zh-CN") -> Digest:
    shown = sum(len(section.clippings) for section in sections)
    return Digest(
        id=uuid5(ROOT, "digest 128"),
        number=128,
        title="山川剪报",
        slot=SLOT,
        window_start=SLOT - timedelta(days=1),
        timezone="Asia/Shanghai",
        language=language,
        base_url=BASE_URL,
        sections=sections,
        tally=Tally(pages=16, articles=93, matched=shown + 3, shown=shown, folded=1, held=2),
    )


def small_digest(language: str = "zh-CN") -> Digest:
    return digest(
        Section(ECONOMY, (NEWS_CLIPPING,)), Section(VILLAGES, (COOPERATIVE_CLIPPING,)), language=language
    )
