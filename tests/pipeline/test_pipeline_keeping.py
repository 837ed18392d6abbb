"""What is kept of articles leads to the same links as reading the whole window again."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import TypeVar
from uuid import UUID

import pytest
from alembic import command
from sqlalchemy import Connection, create_engine

from digest.config import Config
from digest.model import ArchivedArticle, Article, Clip, Folio, Page
from digest.pipeline import stories as pipeline
from digest.pipeline.desk import Desk
from digest.rank.reprints import Folded, Printed, fold_new, fold_reprints
from digest.rank.stories import follow_stories
from digest.store import Store, archive, pages, tellings
from digest.store.migrations import configuration
from digest.store.tables import metadata
from tests.store.filling import a_profile, store_clips, store_profiles

_T = TypeVar("_T")

FIRST_DAY = date(2031, 5, 1)
KEPT = ("standing", "landmarks", "tellings", "told_words", "heading_words", "word_holders")
_CHARACTERS = (
    "云溪青禾石桥北岭南湾渡口市场学校公园道路工程建设居民老人孩子春天夏日清晨傍晚开放完成启用举行参加介绍"
)


class Clock:
    """Stands still until articles come."""

    def __init__(self) -> None:
        self.now = seen_on(FIRST_DAY)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture(name="desk")
def desk_with_an_empty_store(tmp_path: Path) -> Desk:
    return Desk(Config(), Store.open(tmp_path), clock=Clock())


def seen_on(day: date, place: int = 0) -> datetime:
    return datetime(day.year, day.month, day.day, 6, tzinfo=UTC) + timedelta(minutes=place)


def an_article(number: int, headline: str, text: str, day: date) -> ArchivedArticle:
    seen = seen_on(day, number)
    article = Article("news", headline, lead=text, paragraphs=(text,))
    return ArchivedArticle(
        UUID(int=number), UUID(int=10_000 + number), article, Folio("晨报", day, number), seen, seen
    )


def prose(chance: random.Random, clauses: int) -> str:
    return "，".join("".join(chance.choices(_CHARACTERS, k=11)) for _ in range(clauses)) + "。"


def misread(chance: random.Random, text: str, share: float) -> str:
    return "".join(
        chance.choice(_CHARACTERS) if each.isalnum() and chance.random() < share else each for each in text
    )


def printings(chance: random.Random) -> list[ArchivedArticle]:
    """Some stories, each printed one to four times within a week: misread, cut or lengthened."""
    made: list[ArchivedArticle] = []
    for _ in range(8):
        text = prose(chance, 30)
        variants = [text, misread(chance, text, 0.04), text[: len(text) * 2 // 3], text + prose(chance, 6)]
        for variant in chance.sample(variants, chance.randint(1, 4)):
            day = FIRST_DAY + timedelta(days=chance.randint(0, 5))
            made.append(an_article(len(made) + 1, f"题{len(made)}", variant, day))
    return made


def reports(chance: random.Random) -> list[ArchivedArticle]:
    """Some stories that go on for days, each with names of its own among words that all have."""
    made: list[ArchivedArticle] = []
    for story in range(6):
        names = ["".join(chance.choices(_CHARACTERS, k=4)) for _ in range(14)]
        for _ in range(chance.randint(1, 4)):
            told = "，".join([*chance.sample(names, 11), "昨日介绍工程建设", prose(chance, 1)])
            day = FIRST_DAY + timedelta(days=chance.randint(0, 9))
            headline = " ".join(chance.sample(names[:4], 3))
            made.append(an_article(100 * story + len(made) + 1, headline, told, day))
    return made


def batches(chance: random.Random, all_of: Sequence[ArchivedArticle]) -> list[list[ArchivedArticle]]:
    """In the order of first sight, some at a time."""
    rest, found = sorted(all_of, key=lambda each: each.first_seen), list[list[ArchivedArticle]]()
    while rest:
        many = chance.choice((1, 1, 2, 5, 40))
        found.append(rest[:many])
        rest = rest[many:]
    return found


PROFILE = a_profile("one")


def arrive(desk: Desk, new: Sequence[ArchivedArticle]) -> pipeline.Links:
    """As a pass does it: stored, linked, clipped."""
    with desk.store.write() as tx:
        store(tx, new)
    assert isinstance(desk.clock, Clock)
    desk.clock.now = max(desk.clock.now, *(each.first_seen for each in new))
    found = pipeline.links_of(desk, new)
    ids = [each.id for each in new]
    pipeline.keep_clips(desk, new, found, ids)
    with desk.store.write() as tx:
        clip(tx, new)
        pipeline.save(tx, desk, found, ids)
    return found


def store(tx: Connection, new: Sequence[ArchivedArticle]) -> None:
    store_profiles(tx, PROFILE)
    for each in new:
        path, sha256, seen = str(each.page_id), str(each.id), each.first_seen
        pages.save_page(tx, Page(each.page_id, path, sha256, 1, each.folio, "", seen, seen))
        pages.save_article(tx, each, 0, changed=True)


def clip(tx: Connection, new: Sequence[ArchivedArticle]) -> None:
    store_clips(tx, PROFILE, *(Clip(PROFILE.id, each.id, 50.0, ()) for each in new))
    archive.mark_matched(tx, [each.id for each in new])


def how_much_is_kept(desk: Desk) -> dict[str, int]:
    with desk.store.read() as tx:
        rows = {name: tx.execute(metadata.tables[name].select()).all() for name in KEPT}
    return {name: sum(1 for row in rows[name] if getattr(row, "number", 1)) for name in KEPT}


class InMemory:
    """Articles that stand, found by reading all of them."""

    def __init__(self) -> None:
        self.texts: dict[UUID, Printed] = {}
        self.marks: dict[UUID, tuple[int, ...]] = {}

    def add(self, new: Sequence[ArchivedArticle], folded: Folded) -> None:
        self.texts |= {each.id: Printed.of(each.article) for each in new if each.id not in folded.into}
        self.marks |= folded.standing

    def holders(self, marks: Collection[int]) -> Mapping[int, Collection[UUID]]:
        return {mark: [each for each, has in self.marks.items() if mark in has] for mark in marks}

    def printed(self, ids: Collection[UUID]) -> Mapping[UUID, Printed]:
        return {each: self.texts[each] for each in ids}


@pytest.mark.parametrize("seed", range(6))
def test_reprints_are_those_of_reading_everything_in_any_order_of_arrival(desk: Desk, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - test texts, not a secret
    everything = printings(chance)
    memory, found = InMemory(), dict[UUID, UUID | None]()
    for batch in batches(chance, everything):
        expected = fold_new(batch, memory)
        memory.add(batch, expected)
        now = arrive(desk, batch).reprints
        assert now == {each.id: expected.into.get(each.id) for each in batch}
        found |= now
    at_once = fold_reprints(everything)
    assert _groups(everything, found) == _groups(everything, at_once)
    assert any(found.values())


def _groups(everything: Sequence[ArchivedArticle], into: Mapping[UUID, UUID | None]) -> set[frozenset[UUID]]:
    stories: dict[UUID, set[UUID]] = {}
    for each in everything:
        stories.setdefault(into.get(each.id) or each.id, set()).add(each.id)
    return set(map(frozenset, stories.values()))


@pytest.mark.parametrize("seed", range(6))
def test_stories_are_those_of_reading_everything(desk: Desk, seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - test texts, not a secret
    older: list[ArchivedArticle] = []
    known: dict[UUID, UUID | None] = {}
    for batch in batches(chance, reports(chance)):
        expected = follow_stories([*older, *batch], 14, known)
        now = arrive(desk, batch)
        assert not any(now.reprints.values())
        assert now.follow_ups == {each.id: expected.get(each.id) for each in batch}
        older.extend(batch)
        known |= now.follow_ups
    assert any(known.values())


def noting(noted: list[UUID], load: Callable[[Connection, list[UUID]], _T]) -> Callable[..., _T]:
    def noted_load(tx: Connection, ids: Collection[UUID]) -> _T:
        noted.extend(ids)
        return load(tx, list(ids))

    return noted_load


def test_only_what_may_be_alike_is_loaded(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    chance = random.Random(1)  # noqa: S311 - test texts, not a secret
    others = [an_article(n, f"题{n}", prose(chance, 12), FIRST_DAY) for n in range(1, 60)]
    arrive(desk, others)
    loaded: list[UUID] = []
    monkeypatch.setattr(archive, "of_ids", noting(loaded, archive.of_ids))
    monkeypatch.setattr(tellings, "told", noting(loaded, tellings.told))
    again = an_article(70, "又题", others[7].article.lead, FIRST_DAY + timedelta(days=1))
    assert pipeline.links_of(desk, [again]).reprints == {again.id: others[7].id}
    assert loaded == [others[7].id]


def test_story_is_looked_for_as_long_as_it_is_reprinted(desk: Desk) -> None:
    text = prose(random.Random(1), 20)  # noqa: S311 - test text, not a secret
    first, second, third, fourth = (
        an_article(n, f"题{n}", text, FIRST_DAY + timedelta(days=day))
        for n, day in enumerate((0, 5, 10, 19), 1)
    )
    for each in (first, second, third):
        last = arrive(desk, [each]).reprints[each.id]
        assert last == (None if each is first else first.id)
    assert arrive(desk, [fourth]).reprints == {fourth.id: None}


def test_what_left_the_windows_is_not_kept(desk: Desk) -> None:
    chance = random.Random(3)  # noqa: S311 - test texts, not a secret
    arrive(desk, reports(chance))
    assert all(how_much_is_kept(desk).values())
    later = an_article(900, "", "短。", FIRST_DAY + timedelta(days=60))
    arrive(desk, [later])
    assert sum(how_much_is_kept(desk).values()) <= 1 + 2  # the clip itself, and no word of it
    arrive(desk, [an_article(901, "题", prose(chance, 3), FIRST_DAY + timedelta(days=61))])
    assert how_much_is_kept(desk)["standing"] == 1


def test_article_that_changes_is_kept_as_it_is_now(desk: Desk) -> None:
    chance = random.Random(4)  # noqa: S311 - test texts, not a secret
    old, new = prose(chance, 15), prose(chance, 15)
    first = an_article(1, "旧题", old, FIRST_DAY)
    arrive(desk, [first])
    before = how_much_is_kept(desk)
    arrive(desk, [an_article(1, "新题", new, FIRST_DAY)])
    with desk.store.read() as tx:
        assert tellings.how_many(tx) == 1
        total = sum(row.holders for row in tx.execute(metadata.tables["word_holders"].select()))
    assert total < 2 * before["told_words"]
    like_new, like_old = an_article(2, "题", new, FIRST_DAY), an_article(3, "题", old, FIRST_DAY)
    found = arrive(desk, [like_new, like_old]).reprints
    assert found == {like_new.id: first.id, like_old.id: None}


def test_article_with_reprints_that_changes_goes_on_to_stand(desk: Desk) -> None:
    text = prose(random.Random(5), 15)  # noqa: S311 - test text, not a secret
    first, again = an_article(1, "题", text, FIRST_DAY), an_article(2, "又题", text, FIRST_DAY)
    arrive(desk, [first])
    assert arrive(desk, [again]).reprints == {again.id: first.id}
    assert arrive(desk, [an_article(1, "改题", text, FIRST_DAY)]).reprints == {first.id: None}


def test_old_reprint_that_changes_stays_one(desk: Desk) -> None:
    chance = random.Random(8)  # noqa: S311 - test texts, not a secret
    text, day = prose(chance, 15), FIRST_DAY + timedelta(days=40)
    first, again = an_article(1, "题", text, FIRST_DAY), an_article(2, "又题", text, FIRST_DAY)
    arrive(desk, [first, again])
    arrive(desk, [an_article(3, "三题", prose(chance, 15), day)])
    corrected = an_article(2, "改题", text, FIRST_DAY)
    assert arrive(desk, [corrected]).reprints == {corrected.id: first.id}
    arrive(desk, [an_article(4, "四题", prose(chance, 15), day + timedelta(days=1))])
    assert how_much_is_kept(desk)["standing"] == 2


def test_wider_window_is_filled(desk: Desk) -> None:
    text, day = prose(random.Random(9), 15), FIRST_DAY + timedelta(days=10)  # noqa: S311 - test text
    first = an_article(1, "题", text, FIRST_DAY)
    arrive(desk, [first])
    other = an_article(2, "短", "短。", day)
    assert arrive(desk, [other]).reprints == {other.id: None}
    again = an_article(3, "又题", text, day)
    assert pipeline.links_of(desk, [again]).reprints == {again.id: None}
    longer = Config.model_validate({"stories": {"reprint_days": 12}})
    assert pipeline.links_of(replace(desk, config=longer), [again]).reprints == {again.id: first.id}


def test_withdrawn_article_has_no_reprints_and_no_story(desk: Desk) -> None:
    chance = random.Random(6)  # noqa: S311 - test texts, not a secret
    text = prose(chance, 15)
    first = an_article(1, "云溪大桥通车", text, FIRST_DAY)
    arrive(desk, [first])
    with desk.store.write() as tx:
        pages.withdraw_articles(tx, [first.id], seen_on(FIRST_DAY, 60))
    again = an_article(2, "云溪大桥通车", text, FIRST_DAY + timedelta(days=1))
    found = pipeline.links_of(desk, [again])
    assert (found.reprints, found.follow_ups) == ({again.id: None}, {again.id: None})


OPENING = (
    "清河大桥主跨合龙",
    """昨日上午，横跨清河两岸的清河大桥主跨钢箱梁顺利合龙。大桥由青石路桥集团承建，总工程师周望舒介绍，
合龙段重四百余吨，斜拉索已全部张拉到位。大桥通车后，北岭镇居民过河不必再坐轮渡。""",
)
LATER = (
    "清河大桥开始荷载试验",
    """三十辆满载砂石的卡车昨日驶上清河大桥，上周合龙的主跨开始荷载试验。总工程师周望舒表示，钢箱梁和斜拉索的
应力都在设计范围内。青石路桥集团计划下月交工，大桥通车后北岭镇的轮渡停航。""",
)


def test_first_pass_after_an_upgrade_finds_what_was_printed_before(tmp_path: Path) -> None:
    text = prose(random.Random(7), 15)  # noqa: S311 - test text, not a secret
    first, reprint = an_article(1, "题", text, FIRST_DAY), an_article(2, "又题", text, FIRST_DAY)
    told = an_article(3, *OPENING, FIRST_DAY)
    engine = create_engine(f"sqlite:///{tmp_path / 'digest.db'}")
    command.upgrade(configuration(engine), "0010")
    with engine.begin() as tx:
        store(tx, [first, reprint, told])
        clip(tx, [first, reprint, told])
        archive.set_reprints(tx, {reprint.id: first.id})
    engine.dispose()
    desk = Desk(Config(), Store.open(tmp_path), clock=Clock())
    day = FIRST_DAY + timedelta(days=1)
    again, later = an_article(4, "再题", text, day), an_article(5, *LATER, day)
    found = arrive(desk, [again, later])
    assert found.reprints == {again.id: first.id, later.id: None}
    assert found.follow_ups == {later.id: told.id}


def test_clips_of_a_changed_profile_begin_stories_too(desk: Desk) -> None:
    told = an_article(1, *OPENING, FIRST_DAY)
    with desk.store.write() as tx:
        store(tx, [told])
    unclipped = pipeline.links_of(desk, [told])
    with desk.store.write() as tx:
        pipeline.save(tx, desk, unclipped, [])
    later = an_article(2, *LATER, FIRST_DAY + timedelta(days=1))
    assert pipeline.links_of(desk, [later]).follow_ups == {later.id: None}
    nothing_new = pipeline.links_of(desk, [])
    pipeline.keep_clips(desk, [], nothing_new, [told.id])
    with desk.store.write() as tx:
        clip(tx, [told])
        pipeline.save(tx, desk, nothing_new, [told.id])
    assert pipeline.links_of(desk, [later]).follow_ups == {later.id: told.id}
