"""400 days of digests in six time zones, with all that happens to offices, clocks and readers."""

from __future__ import annotations

import random
from collections import Counter, defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any
from uuid import UUID, uuid5
from zoneinfo import ZoneInfo

import pytest
from sqlalchemy import select

from digest.deliver.slots import EVERY_DAY
from digest.model import ArchivedArticle, Article, Clip, Digest, Folio, Page, Sender
from digest.pipeline import compose
from digest.pipeline.alerts import is_quiet
from digest.pipeline.compose import compose_due
from digest.pipeline.profiles import apply_configuration
from digest.publish import RenderedDigest
from digest.store import clips, digests, pages, profiles, subscriptions
from digest.store.clips import Matching
from digest.store.subscriptions import Alerts, Subscription
from digest.store.tables import deliveries, digest_clips
from digest.store.tables import digests as digest_table
from tests.pipeline.office import Office

BEGIN = datetime(2011, 8, 1, tzinfo=UTC)
"""Samoa went over the date line in its 400 days: there was no 30 December in Apia."""
DAYS = 400
OLDEST = timedelta(days=7)
ZONES = (
    "Asia/Shanghai",
    "Europe/Paris",
    "America/New_York",
    "Australia/Lord_Howe",
    "Pacific/Apia",
    "Asia/Kathmandu",
)
NAMES = UUID(int=400)
SETTINGS = """
timezone = "Asia/Shanghai"
[digest]
at = ["02:15"]
min_items = 3
max_items = 200
alerts_a_day = 2
[[profiles]]
name = "one"
title = "一"
keywords = ["大桥"]
[[profiles]]
name = "two"
title = "二"
keywords = ["小学"]
"""


def unprinted(digest: Digest, sender: Sender, _templates: object) -> RenderedDigest:
    """What a rendering would be; how it looks is of no concern here."""
    return RenderedDigest(digest.id, digest.language, sender, digest.slot, "subject", "html", "text", "links")


@dataclass
class Machine:
    """An office whose time is driven, and what was seen of its readers.

    Attributes:
        served: For each subscription the ends of its windows with the time they were noted.
        matched: When each article was clipped for which profile.
    """

    office: Office
    draw: random.Random
    served: defaultdict[UUID, list[datetime]] = field(default_factory=lambda: defaultdict(list))
    matched: dict[UUID, tuple[str, datetime]] = field(default_factory=dict)
    people: list[UUID] = field(default_factory=list)

    def subscribe(self, name: str, **wish: Any) -> None:
        made = Subscription(
            uuid5(NAMES, name), f"{name}@reader.example", ("one", "two"), "en", self.office.now, origin="web"
        )
        self.people.append(made.id)
        self.save(replace(made, **wish))

    def save(self, subscription: Subscription) -> None:
        with self.office.desk.store.write() as tx:
            subscriptions.save(tx, subscription)

    def all(self) -> dict[UUID, Subscription]:
        with self.office.desk.store.read() as tx:
            return {each: found for each in self.people if (found := subscriptions.known(tx, each))}

    def clip(self, count: int) -> None:
        """New articles are clipped, as matching does it when the clock may have been put back."""
        desk = self.office.desk
        with desk.store.write() as tx:
            end = digests.latest_window_end(tx, self.office.now)
            now = max(self.office.now, end + timedelta(microseconds=1)) if end else self.office.now
            page = Page(uuid5(NAMES, f"p{now}"), f"{now}", f"{now}", 1, Folio(), "", now, now)
            pages.save_page(tx, page)
            known = {profile.name: profile.id for profile in profiles.list_profiles(tx)}
            for place in range(count):
                name = self.draw.choice(("one", "two"))
                article = ArchivedArticle(
                    uuid5(page.id, str(place)), page.id, Article("news", f"{place}"), Folio(),
                    seen := pages.distinct_instant(tx, now), seen,
                )  # fmt: skip
                pages.save_article(tx, article, place, changed=True)
                found = Clip(known[name], article.id, self.draw.uniform(20, 100), ())
                clips.replace_clips(tx, [found], Matching((known[name],), (article.id,), "b", now))
                self.matched[article.id] = (name, now)

    def work(self) -> None:
        compose_due(self.office.desk)
        for each, found in self.all().items():
            ends = self.served[each]
            if found.covered and (not ends or ends[-1] != found.covered):
                ends.append(found.covered)

    def change(self) -> None:
        """Some reader pauses, or wants mail at other times or as another reader has it."""
        everyone = [each for each in self.all().values() if not each.alerts]
        one, other = self.draw.sample(everyone, 2)
        match self.draw.randrange(4):
            case 0:
                until = self.office.now.date() + timedelta(days=self.draw.randrange(1, 6))
                self.save(replace(one, paused_until=until))
            case 1:
                self.save(replace(one, times=other.times, weekdays=other.weekdays, timezone=other.timezone))
            case 2:
                self.save(replace(one, weekdays=frozenset(self.draw.sample(range(7), 4))))
            case _:
                self.save(
                    replace(one, times=(time(self.draw.randrange(24), 30),), timezone=self.draw.choice(ZONES))
                )


def _until_the_next_pass(draw: random.Random) -> float:
    """Hours; less than none when the clock was put back, many when the office was closed."""
    chance = draw.random()
    if chance < 0.03:
        return -1
    return 24 * draw.uniform(2, 12) if chance > 0.985 else draw.uniform(5, 24)


def lived(machine: Machine) -> Machine:
    """400 days: passes some hours apart, the office closed at times, the clock set back at others."""
    draw, office = machine.draw, machine.office
    for number, zone in enumerate(ZONES):
        days = EVERY_DAY if number % 2 else frozenset(draw.sample(range(7), 3))
        machine.subscribe(f"r{number}", times=(time(2, 15),), timezone=zone, weekdays=frozenset(days))
    machine.subscribe("rung", timezone="Europe/Paris", alerts=Alerts(60, (time(22), time(7))))
    end = BEGIN + timedelta(days=DAYS)
    while office.now < end:
        office.pass_time(hours=_until_the_next_pass(draw))
        if draw.random() < 0.8:
            machine.clip(draw.randrange(1, 4))
        if draw.random() < 0.06:
            machine.change()
        if draw.random() < 0.006:
            machine.subscribe(f"new{office.now:%Y%m%d%H%M}", timezone=draw.choice(ZONES), times=(time(3),))
        machine.work()
    return machine


@pytest.fixture(scope="module", params=[1])
def machine(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    folder: Path = tmp_path_factory.mktemp("machine") / "office"
    office = Office(folder, settings=SETTINGS, now=BEGIN)
    patch = pytest.MonkeyPatch()
    patch.setattr(compose, "render_digest", unprinted)
    apply_configuration(office.desk)
    yield lived(Machine(office, random.Random(request.param)))  # noqa: S311  # no secret
    patch.undo()
    office.desk.store.close()


@dataclass(frozen=True)
class Mailed:
    """An article as it was mailed to an address."""

    address: str
    article: UUID
    digest: UUID
    kind: str | None
    slot: datetime
    start: datetime
    end: datetime


def mailed(machine: Machine) -> list[Mailed]:
    row, held, sent = digest_table.c, digest_clips.c, deliveries.c
    query = (
        select(sent.address, held.article_id, row.id, row.kind, row.slot, row.window_start, row.window_end)
        .join(digest_clips, held.digest_id == sent.digest_id)
        .join(digest_table, row.id == sent.digest_id)
        .where(held.position.is_not(None))
    )
    with machine.office.desk.store.read() as tx:
        return [Mailed(*each) for each in tx.execute(query)]


def digests_of(machine: Machine) -> dict[str, list[Mailed]]:
    """For each address one row of each of its digests, in the order of their windows."""
    found = {(each.address, each.digest): each for each in mailed(machine)}
    people: defaultdict[str, list[Mailed]] = defaultdict(list)
    for each in sorted(found.values(), key=lambda each: each.end):
        people[each.address].append(each)
    return people


def test_no_clip_is_mailed_twice(machine: Machine) -> None:
    counts = Counter((each.address, each.article) for each in mailed(machine))
    assert len(counts) > 3_000
    assert set(counts.values()) == {1}


def test_every_clip_of_a_readers_windows_is_mailed_or_was_too_old(machine: Machine) -> None:
    had = {(each.address, each.article) for each in mailed(machine)}
    lost, aged = [], 0
    for subscription in machine.all().values():
        bounds = [subscription.created, *machine.served[subscription.id]]
        for start, end in pairwise(bounds):
            for article, (_, matched) in machine.matched.items():
                if start < matched <= end and (subscription.address, article) not in had:
                    aged += matched <= end - OLDEST
                    lost += [(subscription.address, matched, end)] if matched > end - OLDEST else []
    assert lost == []
    assert 0 < aged < len(had) / 20


def test_windows_of_a_reader_follow_each_other_to_the_end(machine: Machine) -> None:
    for each, ends in machine.served.items():
        assert ends == sorted(set(ends))
        assert ends[-1] > machine.office.now - timedelta(days=32), machine.all()[each]


def test_windows_of_a_readers_digests_do_not_overlap(machine: Machine) -> None:
    for rows in digests_of(machine).values():
        slots = [each for each in rows if each.kind is None]
        assert all(one.end <= other.start for one, other in pairwise(slots))


def test_no_slot_is_served_twice_to_a_reader(machine: Machine) -> None:
    for rows in digests_of(machine).values():
        slots = [each.slot for each in rows if each.kind is None]
        assert len(slots) == len(set(slots))


def test_digests_that_waited_are_recorded(machine: Machine) -> None:
    with machine.office.desk.store.read() as tx:
        reasons = Counter(tx.execute(select(digest_table.c.reason)).scalars())
    assert reasons["too_few"] > 20
    assert reasons["nothing_clipped"] > 20


def test_alerts_ring_outside_quiet_hours_and_not_too_often(machine: Machine) -> None:
    zones = {each.address: ZoneInfo(each.timezone or "UTC") for each in machine.all().values() if each.alerts}
    rung = [each for rows in digests_of(machine).values() for each in rows if each.kind == "alert"]
    assert len(rung) > 50
    local = [each.slot.astimezone(zones[each.address]) for each in rung]
    assert not any(is_quiet((time(22), time(7)), each.time()) for each in local)
    assert max(Counter(each.date() for each in local).values()) <= 2
