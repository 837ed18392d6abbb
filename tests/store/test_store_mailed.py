"""What is kept of what readers were mailed: versions, alerts, up to when they were served."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import time, timedelta
from pathlib import Path

from alembic import command
from sqlalchemy import create_engine, insert

from digest.store import Store, archive, clips, digests, pages, subscriptions
from digest.store.deliveries import delivery_id
from digest.store.digests import HeldClip, Reader, Sent
from digest.store.migrations import configuration
from digest.store.subscriptions import Alerts, Subscription
from digest.store.tables import deliveries, digest_clips
from digest.store.tables import digests as digest_table
from tests.store.filling import (
    NOW,
    a_clip,
    a_digest,
    a_page,
    a_profile,
    an_article,
    named,
    store_clips,
    store_page,
    store_profiles,
)

HOUR = timedelta(hours=1)


def test_what_was_mailed_before_the_upgrade_is_of_no_known_version(tmp_path: Path) -> None:
    engine = create_engine(f"sqlite:///{tmp_path / 'digest.db'}")
    command.upgrade(configuration(engine), "0008")
    page, profile = a_page("a"), a_profile("one")
    article, digest = an_article("a1", page), a_digest(1)
    row = {name: getattr(digest, name) for name in digest.__dataclass_fields__ if name != "kind"}
    queued = {"id": delivery_id(digest.id, "a@b.example"), "digest_id": digest.id, "address": "a@b.example"}
    rest = {"plain": False, "state": "sent", "attempts": 1, "queued": NOW, "due": NOW, "detail": ""}
    with engine.begin() as tx:
        store_profiles(tx, profile)
        store_page(tx, page, article)
        tx.execute(insert(digest_table).values(**row | {"tally": {}}))
        key = {"digest_id": digest.id, "profile_id": profile.id, "article_id": article.id}
        tx.execute(insert(digest_clips).values(**key, position=0))
        tx.execute(insert(deliveries).values(**queued, **rest))
    engine.dispose()
    store = Store.open(tmp_path)
    with store.read() as tx:
        assert digests.sent_before(tx, ["a@b.example"], [article.id]) == {
            "a@b.example": {article.id: Sent(None, None)}
        }
        assert [each.kind for each in digests.latest(tx, 9)] == [None]
    store.close()


def test_the_last_version_sent_counts(store: Store) -> None:
    page, profile = a_page("a"), a_profile("one")
    article = an_article("a1", page)
    with store.write() as tx:
        store_profiles(tx, profile)
        store_page(tx, page, article)
        for number in (1, 2):
            digest = a_digest(number, slot=NOW + number * HOUR)
            held = HeldClip(profile.id, article.id, 0, NOW + number * HOUR, f"题{number}")
            digests.save_digest(tx, digest, [held], [Reader("a@b.example")])
        had = digests.sent_before(tx, ["a@b.example"], [article.id])
    assert had["a@b.example"][article.id] == Sent(NOW + 2 * HOUR, "题2")


def test_changed_articles_are_those_of_earlier_windows(store: Store) -> None:
    page, profile = a_page("a"), a_profile("one")
    same, changed = an_article("a1", page), an_article("a2", page, 1)
    with store.write() as tx:
        store_profiles(tx, profile)
        store_page(tx, page, same, changed)
        store_clips(tx, profile, a_clip(profile, same), a_clip(profile, changed))
        pages.save_article(tx, replace(changed, updated=NOW + 5 * HOUR), 1, changed=True)
        found = clips.corrected(tx, profile.id, NOW + HOUR, NOW)
        assert [article.id for _, article, _ in found] == [changed.id]
        assert clips.corrected(tx, profile.id, NOW - HOUR, NOW) == []
        assert clips.corrected(tx, profile.id, NOW + HOUR, NOW + 6 * HOUR) == []


def test_pages_lack_between_the_first_and_last_of_a_paper_and_day(store: Store) -> None:
    with store.write() as tx:
        for number in (2, 3, 6, 9_999):
            store_page(tx, a_page(f"p{number}", number))
        assert archive.missing_pages(tx, None, NOW) == 2
        assert archive.missing_pages(tx, NOW, NOW + HOUR) == 0
        store_page(tx, a_page("p5", 5, seen=NOW + HOUR))
        assert archive.missing_pages(tx, NOW, NOW + HOUR) == 1, "what came before counts too"


def test_alerts_are_counted_by_subscription(store: Store) -> None:
    one, other = named("one"), named("other")
    with store.write() as tx:
        for number, kind in enumerate(("alert", "alert", None), 1):
            made = replace(a_digest(number, slot=NOW + number * HOUR), kind=kind)
            digests.save_digest(tx, made, (), [Reader("a@b.example", one), Reader("c@d.example", other)])
        assert digests.alerts_since(tx, [one], NOW) == Counter({one: 2})
        assert digests.alerts_since(tx, [one, other], NOW + 2 * HOUR) == Counter({one: 1, other: 1})


def test_beside_the_slots_nothing_moves_a_reader_s_window(store: Store) -> None:
    with store.write() as tx:
        alert = replace(a_digest(1), kind="alert")
        digests.save_digest(tx, alert, (), [Reader("a@b.example")])
        assert digests.last_window_sent_to(tx, ["a@b.example"], NOW) == (None, None)


def test_alerts_and_what_was_covered_come_back(store: Store) -> None:
    wanted = Subscription(
        named("s"), "a@b.example", (), "en", NOW, alerts=Alerts(70.5, (time(22), time(7))), covered=NOW
    )
    with store.write() as tx:
        subscriptions.save(tx, wanted)
        assert subscriptions.known(tx, wanted.id) == wanted
        subscriptions.save(tx, replace(wanted, alerts=Alerts(1)))
        subscriptions.cover(tx, [wanted.id], NOW + HOUR)
        found = subscriptions.known(tx, wanted.id)
    assert found == replace(wanted, alerts=Alerts(1), covered=NOW + HOUR)
