"""A small archive of invented papers, with a hostile page among them, and a reader's client for it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID, uuid5

import pytest
from sqlalchemy import Connection
from starlette.testclient import TestClient

from digest.config import Config
from digest.model import (
    ArchivedArticle,
    Article,
    Clip,
    Folio,
    Hit,
    InboxFile,
    Leftover,
    Page,
    Part,
    Profile,
    Reason,
    Tally,
)
from digest.rank.keyword import plain_keyword
from digest.store import Store, archive, clips, digests, pages, profiles, stories
from digest.store.clips import Matching
from digest.store.digests import DigestRow, HeldClip, Reader
from digest.web import create_app

NOW = datetime(2025, 3, 5, 1, 30, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>&amp;\x00\x1b\u202e"


def _id(name: str) -> UUID:
    return uuid5(UUID(int=0), name)


GRAIN = Profile(_id("grain"), "grain", "粮食安全", ("春耕^3", "良种", "-招聘"), threshold=20.0)
MARKET = Profile(_id("market"), "market", f"市场{HOSTILE}", (str(plain_keyword(f"集市{HOSTILE}")),))
SECRET = Profile(_id("secret"), "secret", "内部机密", ("机密词",), public=False)
OLD = Profile(_id("old"), "old", "旧题", ("旧词",))
HUSHED = Profile(_id("hushed"), "hushed", "旧密", ("密词",), public=False)

SPRING = Article(
    kind="news",
    headline="春耕从一粒良种开始",
    kicker=("山川县春耕一线见闻",),
    deck=("三百台农机下田",),
    column="田野",
    byline=("林小满",),
    byline_text="本报记者 林小满",
    dateline="本报山川3月3日讯",
    place="山川",
    lead="山川县的春耕从一粒良种开始。今年全县备种三千吨。",
    paragraphs=("山川县的春耕从一粒良种开始。今年全县备种三千吨。", "地头有了新办法", "农机手说，墒情正好。"),
    captions=("农机手在检修播种机。林小满摄",),
    jumps=("下转第3版",),
    continues_on=3,
    continues_on_label="三",
    parts=(
        Part("kicker", 3, 3),
        Part("headline", 4, 4),
        Part("paragraph", 6, 9),
        Part("dateline", 6, 6),
        Part("jump", 10, 10),
    ),
)
SPRING_TEXT = (
    "2025年3月4日\n\n山川县春耕一线见闻\n春耕从一粒良种开始\n\n"
    "本报山川3月3日讯 山川县的春耕从\n一粒良种开始。\n地头有了新办法\n农机手说，墒情正好。\n下转第3版\n\n"
    "本版责编 何苗\n集市\n夜里也亮着灯。"
)
NIGHT = Article(
    kind="photo",
    headline="集市夜里也亮着灯",
    headline_source="derived",
    lead="夜里也亮着灯。",
    paragraphs=("夜里也亮着灯。",),
    parts=(Part("headline", 13, 13), Part("paragraph", 14, 14)),
    confidence=0.3,
)
REST = Article(
    kind="news",
    headline="春耕从一粒良种开始（续）",
    lead="种子站的灯亮到深夜。",
    paragraphs=("种子站的灯亮到深夜。",),
    jumps=("上接第1版",),
    continued_from=1,
    continued_from_label="一",
    parts=(Part("headline", 1, 1), Part("paragraph", 2, 2)),
)
ELSEWHERE = Article(
    kind="news",
    headline="良种下田",
    lead="春耕用上了良种。",
    paragraphs=("春耕用上了良种。",),
    parts=(Part("headline", 1, 1), Part("paragraph", 2, 2)),
)
EVIL = Article(
    kind="notice",
    headline=HOSTILE,
    kicker=(HOSTILE,),
    deck=(HOSTILE,),
    column=HOSTILE,
    byline=(HOSTILE,),
    byline_text=HOSTILE,
    dateline=HOSTILE,
    place=HOSTILE,
    lead=HOSTILE,
    paragraphs=(HOSTILE, "javascript:alert(3)"),
    captions=(HOSTILE,),
    jumps=(HOSTILE,),
    continues_on=9,
    continues_on_label=HOSTILE,
    parts=(Part("headline", 1, 1), Part("paragraph", 2, 2)),
)


@dataclass
class Printed:
    """A page of the fixture with its articles."""

    name: str
    folio: Folio
    text: str
    articles: dict[str, Article]
    leftovers: tuple[Leftover, ...] = ()


PRINTED = (
    Printed(
        "山川日报/2025-03-04/1.txt",
        Folio("山川日报", date(2025, 3, 4), 1, "1"),
        SPRING_TEXT,
        {"spring": SPRING, "night": NIGHT},
        (Leftover("folio", "2025年3月4日", 1, 1), Leftover("editors", "本版责编 何苗", 12, 12)),
    ),
    Printed(
        "three.txt", Folio("山川日报", date(2025, 3, 4), 3, "3"), "续\n种子站的灯亮到深夜。", {"rest": REST}
    ),
    Printed(
        "other.txt",
        Folio("河谷晚报", date(2025, 3, 4), 2, "A2"),
        "良种下田\n春耕用上了良种。",
        {"reprint": ELSEWHERE},
    ),
    Printed(
        f"evil{HOSTILE}.txt", Folio(HOSTILE, None, None, HOSTILE), f"{HOSTILE}\n{HOSTILE}\n", {"evil": EVIL}
    ),
)


def _fill(tx: Connection, sent_html: str) -> None:
    profiles.replace_profiles(tx, [OLD, HUSHED], NOW - timedelta(days=2))
    profiles.replace_profiles(tx, [GRAIN, MARKET, SECRET], NOW - timedelta(days=1))
    for number, printed in enumerate(PRINTED):
        _print(tx, printed, NOW + timedelta(minutes=number))
    archive.set_reprints(tx, {_id("reprint"): _id("spring")})
    stories.set_links(tx, {_id("spring"): _id("evil"), _id("rest"): _id("evil")})
    _clip(tx, GRAIN, "spring", 71.0, Reason("春耕^3", 60.0, (Hit("headline", 0, 0, 2), Hit("lead", 0, 4, 6))))
    _clip(tx, GRAIN, "reprint", 40.0, Reason("春耕^3", 40.0, (Hit("lead", 0, 0, 2),)))
    _clip(tx, MARKET, "evil", 55.0, Reason(f"集市{HOSTILE}", 55.0, (Hit("headline", 0, 0, 9),)))
    _clip(tx, SECRET, "night", 90.0, Reason("机密词", 90.0, (Hit("headline", 0, 0, 2),)))
    states = {"two.txt": "empty", f"x{HOSTILE}.txt": "unheard_of", "busy.txt": "unreadable"}
    for path, state in states.items():
        pages.record_file(tx, _file(path, state, None))
    sent = HeldClip(GRAIN.id, _id("spring"), 0)
    digests.save_digest(tx, _digest(1, sent_html), [sent], [Reader("reader@example.org")])
    digests.save_digest(
        tx, _digest(2, "机密"), [HeldClip(SECRET.id, _id("night"), 0)], [Reader("boss@example.org")]
    )
    digests.save_digest(tx, _digest(None, None), [], [])


def _print(tx: Connection, printed: Printed, seen: datetime) -> None:
    page_id = _id(printed.name)
    pages.save_page(
        tx,
        Page(
            page_id,
            printed.name,
            _id(printed.name).hex * 2,
            1,
            printed.folio,
            printed.text,
            seen,
            seen,
            printed.leftovers,
        ),
    )
    pages.record_file(tx, _file(printed.name, "read", page_id))
    for position, (name, article) in enumerate(printed.articles.items()):
        when = seen + timedelta(seconds=position)
        archived = ArchivedArticle(_id(name), page_id, article, printed.folio, when, when)
        pages.save_article(tx, archived, position, changed=True)


def _clip(tx: Connection, profile: Profile, article: str, score: float, reason: Reason) -> None:
    rest = (Reason("recency", score - reason.points),) if score != reason.points else ()
    background = clips.save_background(tx, {}, NOW)
    matching = Matching((profile.id,), (_id(article),), background, NOW)
    clips.replace_clips(tx, [Clip(profile.id, _id(article), score, (reason, *rest))], matching)


def _file(path: str, state: str, page_id: UUID | None) -> InboxFile:
    return InboxFile(path, 1200, "1", None, state, f"detail of {path}", page_id, NOW, NOW)


def _digest(number: int | None, html: str | None) -> DigestRow:
    values: dict[str, Any] = dict.fromkeys(DigestRow.__dataclass_fields__)
    slot = NOW + timedelta(hours=number or 0)
    values |= {
        "id": _id(f"digest {number}"),
        "number": number,
        "edition": "e",
        "slot": slot,
        "variant": "",
        "window_end": slot,
        "state": "composed" if number else "skipped",
        "reason": None if number else "nothing_clipped",
        "tally": Tally(pages=4, articles=5, matched=2, shown=1),
        "subject": f"山川剪报 第{number}期 机密" if number == 2 else HOSTILE,
        "html": html,
        "text": "text",
        "links": "links-of-the-reader",
        "sender": {},
        "language": "zh-CN",
        "timezone": "Asia/Shanghai",
        "created": slot,
    }
    return DigestRow(**{name: values[name] for name in DigestRow.__dataclass_fields__})


SENT_HTML = (
    "<!doctype html><html><head><title>x</title></head><body>"
    '<p style="color:red">春耕</p><a href="https://clips.example.org/articles/1">读</a>'
    '<a href="#contents">目录</a>'
    "<p>links-of-the-reader</p></body></html>"
)


@dataclass
class Office:
    """The filled installation and its addresses by name."""

    config: Config
    store: Store
    state: Path
    client: TestClient
    ids: SimpleNamespace = field(default_factory=SimpleNamespace)

    def page(self, name: str) -> str:
        return f"/pages/{_id(name)}"

    def article(self, name: str) -> str:
        return f"/articles/{_id(name)}"


@pytest.fixture(scope="session")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    root = tmp_path_factory.mktemp("office")
    config = Config(base_url="https://clips.example.org").rooted(root)
    state = config.path(config.state)
    store = Store.open(state)
    with store.write() as tx:
        _fill(tx, SENT_HTML)
    (state / "feeds").mkdir()
    for name in ("grain", "market", "secret", "hushed", "old", "all", "digests"):
        for form in ("rss", "atom", "json"):
            (state / "feeds" / f"{name}.{form}").write_bytes(f"{name} as {form}".encode())
    (state / "key.rss").write_text("the secret key")
    app = create_app(config, store)
    with TestClient(app, raise_server_exceptions=False, follow_redirects=False) as client:
        yield Office(config, store, state, client)
    store.close()


@pytest.fixture
def client(office: Office) -> Iterator[TestClient]:
    """The reader's browser, without cookies."""
    office.client.cookies.clear()
    yield office.client
    office.client.cookies.clear()


@pytest.fixture
def broken(tmp_path: Path) -> Iterator[TestClient]:
    """The application over a database that was damaged after the start."""
    config = Config().rooted(tmp_path)
    store = Store.open(config.path(config.state))
    app = create_app(config, store)
    store.close()
    for file in config.path(config.state).glob("digest.db*"):
        file.unlink()
    (config.path(config.state) / "digest.db").write_bytes(b"no database at all" * 100)
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client
    store.close()


class Elements(HTMLParser):
    """The elements of a page as a browser would make them, with their attributes, and its text."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str]]] = []
        self.words = ""
        self.open: list[str] = []
        self.unbalanced: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))
        if tag not in {"meta", "link", "base", "img", "br", "hr", "wbr", "input"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if not self.open or self.open.pop() != tag:
            self.unbalanced.append(tag)

    def handle_data(self, data: str) -> None:
        self.words += data

    def all(self, tag: str) -> list[dict[str, str]]:
        return [attributes for name, attributes in self.found if name == tag]


@pytest.fixture(scope="session")
def elements() -> type[Elements]:
    """Reads a page."""
    return Elements


@pytest.fixture(scope="session")
def hostile() -> str:
    """What the hostile page says everywhere."""
    return HOSTILE


@pytest.fixture(scope="session")
def every_page(office: Office) -> list[str]:
    """One address of each kind of page."""
    return [
        "/", "/articles", "/profiles/grain", "/profiles/market", office.article("spring"),
        office.article("night"), office.article("rest"), office.article("reprint"), office.article("evil"),
        *(office.page(printed.name) for printed in PRINTED), "/status", "/digests", "/digests/1",
        "/search", "/search?q=%E6%98%A5%E8%80%95",
    ]  # fmt: skip
