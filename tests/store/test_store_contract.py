"""What every backend must do, told by behaviour."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from digest.errors import StoreError
from digest.model import InboxFile
from digest.store import Store, archive, clips, deliveries, digests, pages, profiles, subscriptions
from digest.store.digests import HeldClip, Reader, Sent
from digest.store.subscriptions import configured
from tests.store.filling import (
    DAY,
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


def a_file(path: str, state: str = "read") -> InboxFile:
    return InboxFile(path, 10, "1", None, state, "", None, NOW, NOW)


# Files


def test_first_sight_of_a_file_is_kept(store: Store) -> None:
    with store.write() as tx:
        pages.record_file(tx, a_file("a.txt", "empty"))
        pages.record_file(tx, replace(a_file("a.txt"), first_seen=NOW + HOUR, checked=NOW + HOUR))
    with store.read() as tx:
        kept = pages.file_at(tx, "a.txt")
    assert kept == replace(a_file("a.txt"), checked=NOW + HOUR)


def test_files_in_trouble_are_listed_first(store: Store) -> None:
    with store.write() as tx:
        for path, state in (("a", "read"), ("b", "empty"), ("c", "duplicate")):
            pages.record_file(tx, a_file(path, state))
    with store.read() as tx:
        assert [file.path for file in pages.list_files(tx)] == ["b", "a", "c"]
        assert pages.troubled_paths(tx) == {"b"}


@pytest.mark.parametrize(("asked", "again"), [((), {"b", "c"}), (("b",), {"b"}), (("a",), set[str]())])
def test_only_files_in_trouble_are_read_again(store: Store, asked: tuple[str, ...], again: set[str]) -> None:
    with store.write() as tx:
        for path, state in (("a", "read"), ("b", "empty"), ("c", "binary")):
            pages.record_file(tx, a_file(path, state))
        assert pages.ask_again(tx, asked) == len(again)
        assert {path for path, (_, mtime) in pages.files_seen(tx).items() if not mtime} == again


# Pages and articles


def test_page_is_kept_whole(store: Store) -> None:
    page = a_page("a")
    with store.write() as tx:
        pages.save_page(tx, page)
    with store.read() as tx:
        assert pages.page(tx, page.id) == page
        assert pages.page_with_content(tx, "a") == page.id
        assert pages.page(tx, named("nothing")) is None


def test_revision_takes_the_place_of_the_page(store: Store) -> None:
    page = a_page("a")
    revised = replace(page, sha256="other", revision=2, read_at=NOW + HOUR)
    with store.write() as tx:
        pages.save_page(tx, page)
        pages.save_page(tx, revised)
        assert pages.page(tx, page.id) == revised
        assert pages.page_with_content(tx, "a") is None


@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=30))
@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
def test_any_text_comes_back_as_it_was(store: Store, text: str) -> None:
    page = a_page("a")
    article = an_article("a1", page)
    article = replace(article, article=replace(article.article, headline=text, lead=text, paragraphs=(text,)))
    with store.write() as tx:
        store_page(tx, replace(page, text=text), article)
        kept, stored = pages.page(tx, page.id), archive.article(tx, article.id)
    assert kept
    assert kept.text == text
    assert stored
    assert stored.article == article.article


def test_withdrawn_article_is_nowhere_and_can_come_back(store: Store) -> None:
    page = a_page("a")
    article = an_article("a1", page)
    with store.write() as tx:
        store_page(tx, page, article)
        pages.withdraw_articles(tx, [article.id], NOW)
        assert archive.article(tx, article.id) is None
        assert archive.on_page(tx, page.id) == []
        assert article.id in pages.articles_of_page(tx, page.id)
        pages.save_article(tx, article, 0, changed=False)
        assert archive.article(tx, article.id) == article


def test_new_and_changed_articles_are_unmatched_until_marked(store: Store) -> None:
    page = a_page("a")
    one, two = an_article("a1", page), an_article("a2", page, 1)
    with store.write() as tx:
        store_page(tx, page, one, two)
        assert archive.unmatched(tx) == [one, two]
        archive.mark_matched(tx, [one.id, two.id])
        pages.save_article(tx, two, 1, changed=False)
        assert archive.unmatched(tx) == []
        pages.save_article(tx, two, 1, changed=True)
        assert archive.unmatched(tx) == [two]


def test_instants_of_articles_go_past_the_latest(store: Store) -> None:
    page = a_page("a")
    with store.write() as tx:
        assert pages.distinct_instant(tx, NOW) == NOW
        store_page(tx, page, an_article("a1", page))
        assert pages.distinct_instant(tx, NOW) > NOW
        assert pages.distinct_instant(tx, NOW + HOUR) == NOW + HOUR


def test_readers_see_new_days_first_then_front_pages(store: Store) -> None:
    old, inside, front = (
        a_page("old", day=DAY - timedelta(days=1)),
        a_page("inside", 3),
        a_page("front", 1),
    )
    with store.write() as tx:
        for page in (old, inside, front):
            store_page(tx, page, an_article(f"{page.sha256} news", page))
        shown = archive.newest(tx, 10)
        assert [article.article.headline for article in shown] == ["front news", "inside news", "old news"]
        assert len(archive.newest(tx, 1, skip=2)) == 1


def test_notes_are_not_shown_or_counted(store: Store) -> None:
    page = a_page("a")
    with store.write() as tx:
        store_page(tx, page, an_article("note", page, kind="note"))
        assert archive.newest(tx, 9) == archive.latest_updates(tx, 9) == []
        assert archive.counts(tx)["articles"] == 0


def test_counts_of_a_window_leave_its_start_out(store: Store) -> None:
    with store.write() as tx:
        for hour in range(4):
            page = a_page(f"p{hour}", hour + 1, seen=NOW + hour * HOUR)
            store_page(tx, page, an_article(f"n{hour}", page))
        assert archive.counts(tx, NOW, NOW + 2 * HOUR)["pages"] == 2
        assert archive.counts(tx)["articles"] == 4


def test_page_is_found_by_number_only_when_there_is_one(store: Store) -> None:
    page, twin = a_page("a", 4), a_page("b", 4)
    with store.write() as tx:
        pages.save_page(tx, page)
        assert archive.page_numbered(tx, page.folio, 4) == page.id
        assert archive.page_numbered(tx, replace(page.folio, paper=None), 4) is None
        pages.save_page(tx, twin)
        assert archive.page_numbered(tx, page.folio, 4) is None


# Profiles and clips


def test_profiles_are_listed_in_their_order_and_retired_not_deleted(store: Store) -> None:
    one, two = a_profile("one"), a_profile("two")
    with store.write() as tx:
        store_profiles(tx, two, one)
        assert profiles.list_profiles(tx) == [two, one]
        store_profiles(tx, one)
        assert profiles.list_profiles(tx) == [one]
        assert profiles.retired_in_public(tx, "two")
        assert profiles.profile_named(tx, "two") is None
        store_profiles(tx, one, two)
        assert not profiles.retired_in_public(tx, "two")
        assert profiles.created(tx, two.id) == NOW


def test_clip_keeps_when_it_was_first_matched(store: Store) -> None:
    page, profile = a_page("a"), a_profile("one")
    article = an_article("a1", page)
    with store.write() as tx:
        store_profiles(tx, profile)
        store_page(tx, page, article)
        store_clips(tx, profile, a_clip(profile, article, 40.0))
        store_clips(tx, profile, a_clip(profile, article, 60.0), at=NOW + HOUR)
        [(clip, found, matched)] = clips.newest(tx, profile.id, 9)
    assert (clip, found, matched) == (a_clip(profile, article, 60.0), article, NOW)


def test_clip_not_found_again_is_dropped_and_others_stay(store: Store) -> None:
    page, profile, other = a_page("a"), a_profile("one"), a_profile("two")
    article = an_article("a1", page)
    with store.write() as tx:
        store_profiles(tx, profile, other)
        store_page(tx, page, article)
        store_clips(tx, profile, a_clip(profile, article))
        store_clips(tx, other, a_clip(other, article))
        clips.replace_clips(tx, (), clips.Matching((profile.id,), (article.id,), "b", NOW))
        assert clips.how_many(tx, profile.id) == 0
        assert set(clips.of_article(tx, article.id)) == {other.id}


def test_reprint_is_shown_with_the_clip_it_is_folded_into_or_alone(store: Store) -> None:
    page, profile = a_page("a"), a_profile("one")
    first, again = an_article("a1", page), an_article("a2", page, 1)
    with store.write() as tx:
        store_profiles(tx, profile)
        store_page(tx, page, first, again)
        store_clips(tx, profile, a_clip(profile, first), a_clip(profile, again))
        archive.set_reprints(tx, {again.id: first.id})
        assert [article for _, article, _ in clips.newest(tx, profile.id, 9)] == [first]
        assert archive.reprints(tx, [first.id]) == {first.id: (again,)}
        clips.replace_clips(tx, (), clips.Matching((profile.id,), (first.id,), "b", NOW))
        assert [article for _, article, _ in clips.newest(tx, profile.id, 9)] == [again]


def test_window_leaves_its_start_out_and_its_end_in(store: Store) -> None:
    page, profile = a_page("a"), a_profile("one")
    found = [an_article(f"a{place}", page, place) for place in range(3)]
    with store.write() as tx:
        store_profiles(tx, profile)
        store_page(tx, page, *found)
        for hour, article in enumerate(found):
            store_clips(tx, profile, a_clip(profile, article), at=NOW + hour * HOUR)
        rows = clips.matched_within(tx, profile.id, NOW, NOW + HOUR)
    assert [article for _, article, _ in rows] == [found[1]]


# Digests and deliveries


def test_slot_of_an_edition_has_one_digest(store: Store) -> None:
    with store.write() as tx:
        digests.save_digest(tx, a_digest(1), (), ())
    with pytest.raises(StoreError), store.write() as tx:
        digests.save_digest(tx, replace(a_digest(2), id=named("other")), (), ())
    with store.read() as tx:
        assert [row.number for row in digests.latest(tx, 9)] == [1]


def test_digest_comes_back_as_it_was_composed(store: Store) -> None:
    row = a_digest(1)
    with store.write() as tx:
        assert digests.next_number(tx) == 1
        digests.save_digest(tx, row, (), ())
        assert digests.next_number(tx) == 2
        assert digests.digest_row(tx, row.id) == row
        assert digests.last_window(tx, "e", NOW) == (NOW, NOW)
        assert digests.last_window(tx, "e", NOW - 48 * HOUR) == (None, None), "written by a wrong clock"
        assert digests.last_window(tx, "f", NOW) == (None, None)


def test_articles_held_back_do_not_count_as_sent(store: Store) -> None:
    page, profile = a_page("a"), a_profile("one")
    shown, held = an_article("a1", page), an_article("a2", page, 1)
    rows = [HeldClip(profile.id, shown.id, 0), HeldClip(profile.id, held.id, None)]
    with store.write() as tx:
        store_profiles(tx, profile)
        store_page(tx, page, shown, held)
        digests.save_digest(tx, a_digest(1), rows, [Reader("a@b.example")])
        had = digests.sent_before(tx, ["a@b.example", "c@d.example"], [shown.id, held.id])
        assert had == {"a@b.example": {shown.id: Sent(None, None)}}


def test_claimed_delivery_is_passed_by_until_its_lease_ends(store: Store) -> None:
    with store.write() as tx:
        digests.save_digest(tx, a_digest(1), (), [Reader("a@b.example"), Reader("c@d.example")])
        first = deliveries.claim(tx, NOW, NOW + HOUR, 1)
        second = deliveries.claim(tx, NOW, NOW + HOUR, 9)
        assert len(first) == len(second) == 1
        assert first != second
        assert deliveries.claim(tx, NOW + HOUR / 2, NOW + 2 * HOUR, 9) == []
        assert len(deliveries.claim(tx, NOW + HOUR, NOW + 2 * HOUR, 9)) == 2


def test_settled_deliveries_are_counted_by_state(store: Store) -> None:
    people = [Reader(f"p{number}@b.example") for number in range(4)]
    with store.write() as tx:
        digests.save_digest(tx, a_digest(1), (), people)
        sent, deferred, failed, back = deliveries.claim(tx, NOW, NOW + HOUR, 9)
        deliveries.mark_sent(tx, [sent], NOW, "accepted")
        deliveries.mark_unsent(tx, deferred, NOW + 2 * HOUR, "later")
        deliveries.mark_unsent(tx, failed, None, "no such user")
        deliveries.release(tx, [back])
        assert deliveries.tally(tx) == {"sent": 1, "deferred": 1, "failed": 1, "queued": 1}
        assert [each.id for each in deliveries.claim(tx, NOW + HOUR, NOW + 2 * HOUR, 9)] == [back.id]
        [again] = deliveries.claim(tx, NOW + 2 * HOUR, NOW + 3 * HOUR, 1)
        assert (again.id, again.attempts) in {(deferred.id, 1), (back.id, 0)}


# Subscriptions


def test_subscription_taken_out_of_the_configuration_ends_and_can_come_back(store: Store) -> None:
    lin, wang = (configured(f"{name}@b.example", (), "zh-CN", NOW) for name in ("lin", "wang"))
    with store.write() as tx:
        subscriptions.replace_configured(tx, [lin, wang])
        subscriptions.replace_configured(tx, [lin])
        assert subscriptions.active(tx) == [lin]
        back = replace(wang, created=NOW + HOUR)
        subscriptions.replace_configured(tx, [lin, back])
        assert subscriptions.active(tx) == [lin, back]


def test_reader_who_unsubscribed_stays_unsubscribed(store: Store) -> None:
    lin = configured("lin@b.example", ("one",), "en", NOW)
    with store.write() as tx:
        subscriptions.replace_configured(tx, [lin])
        assert subscriptions.end(tx, lin.id, "reader")
        subscriptions.replace_configured(tx, [lin])
        assert subscriptions.active(tx) == []
        assert not subscriptions.end(tx, lin.id, "reader")
