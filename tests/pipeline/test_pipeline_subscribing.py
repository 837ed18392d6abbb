"""Readers subscribe, confirm, change, pause, end and are forgotten; nobody is mailed who did not ask."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime, time
from email.message import EmailMessage

import pytest
from sqlalchemy import select, update

from digest.errors import RequestError
from digest.pipeline import subscribing
from digest.pipeline.compose import compose_due
from digest.pipeline.subscribing import Wish, links_of
from digest.store import deliveries, subscriptions, suppressions
from digest.store.secret_key import secret_key
from digest.store.subscriptions import Subscription
from digest.store.tables import metadata
from tests.pipeline.office import SETTINGS, Office, page, text_of

BRIDGE = page("清河大桥今日通车", "大桥全长一千二百米,双向四车道通车")
SCHOOL = page("城东小学迎来新教师", "小学新增教师三十名,教师队伍更加年轻")
WISH = Wish(("bridges",), "zh-CN")
HE = "he@reader.example"


@pytest.fixture
def office(office: Office) -> Office:
    """Nobody receives anything but who asks for it; the page of the bridge is in the archive."""
    settings = SETTINGS.replace('[[mail.recipients]]\naddress = "lin@reader.example"\n', "")
    office.configure('base_url = "https://clips.example.org"\n' + settings)
    return office


def ask(office: Office, address: str = HE, wish: Wish = WISH, network: str = "192.0.2.7") -> None:
    subscribing.ask(office.desk, address, wish, wording="send me the digest", network=network)


def tokens(mail: EmailMessage, where: str) -> list[str]:
    return re.findall(rf"https://clips\.example\.org/{where}/(\S+)", text_of(mail))


def confirmed(office: Office, address: str = HE, wish: Wish = WISH) -> Subscription:
    office.pass_time(minutes=1)
    ask(office, address, wish)
    office.work()
    question = next(mail for mail in reversed(office.mails()) if tokens(mail, "subscribe"))
    return subscribing.confirm(office.desk, tokens(question, "subscribe")[0])


def token_of_pending(office: Office) -> str:
    with office.desk.store.read() as tx:
        [pending] = [each for each in subscriptions.every(tx) if each.state == "pending"]
    return links_of(office.desk).confirm(pending.id, pending.nonce or "", pending.created)


def own_token(office: Office, subscription: Subscription) -> str:
    return links_of(office.desk).own(subscription.id)


def digests_of(office: Office) -> list[EmailMessage]:
    return [mail for mail in office.mails() if not tokens(mail, "subscribe")]


def test_nothing_but_the_question_is_mailed_until_it_is_answered(office: Office) -> None:
    office.work()
    ask(office)
    office.drop("a.md", BRIDGE)
    for _ in range(3):
        office.pass_time(days=1)
        office.work()
    [question] = office.mails()
    assert question["To"] == HE
    assert "桥梁" in text_of(question)
    assert question["List-Unsubscribe"] is None


def test_confirmed_reader_gets_what_comes_from_then_on(office: Office) -> None:
    office.work()
    office.drop("a.md", BRIDGE)
    office.work()
    office.pass_time(hours=1)
    confirmed(office)
    office.drop("b.md", page("东山大桥合龙", "大桥将于年底通车"))
    office.pass_time(days=1)
    office.work()
    [digest] = digests_of(office)
    assert "东山大桥合龙" in text_of(digest)
    assert "清河大桥今日通车" not in text_of(digest)


def test_the_last_days_are_sent_as_a_start_once(office: Office) -> None:
    office.work()
    office.drop("a.md", BRIDGE)
    office.work()
    office.pass_time(hours=1)
    confirmed(office, wish=replace(WISH, start=True))
    for _ in range(3):
        office.work()
        office.pass_time(days=1)
    [digest] = digests_of(office)
    assert "清河大桥今日通车" in text_of(digest)


def test_every_digest_can_be_unsubscribed_by_one_click(office: Office) -> None:
    office.work()
    confirmed(office)
    office.drop("a.md", BRIDGE)
    office.pass_time(days=1)
    office.work()
    [digest] = digests_of(office)
    [address] = re.findall(r"<(https://[^>]+)>", digest["List-Unsubscribe"])
    assert digest["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    token = address.rpartition("/")[2]
    assert subscribing.end(office.desk, token)
    assert not subscribing.end(office.desk, token)
    office.drop("b.md", page("东山大桥合龙", "大桥将于年底通车"))
    office.pass_time(days=1)
    office.work()
    assert len(digests_of(office)) == 1


def test_link_confirms_once_and_then_changes_nothing(office: Office) -> None:
    office.work()
    ask(office)
    office.work()
    [token] = tokens(office.mails()[0], "subscribe")
    first = subscribing.confirm(office.desk, token)
    office.pass_time(hours=1)
    assert subscribing.confirm(office.desk, token) == first
    subscribing.end(office.desk, own_token(office, first))
    with pytest.raises(RequestError, match="expired"):
        subscribing.confirm(office.desk, token)


def test_link_expires_after_a_week(office: Office) -> None:
    office.work()
    ask(office)
    office.work()
    [token] = tokens(office.mails()[0], "subscribe")
    office.pass_time(days=7, seconds=1)
    with pytest.raises(RequestError, match="expired"):
        subscribing.confirm(office.desk, token)


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "Ijk.7", "\ud800"])
def test_made_up_links_open_nothing(office: Office, token: str) -> None:
    office.work()
    for use in (subscribing.confirm, subscribing.end, subscribing.own, subscribing.erase, subscribing.export):
        with pytest.raises(RequestError):
            use(office.desk, token)


def test_link_for_one_purpose_serves_no_other(office: Office) -> None:
    office.work()
    reader = confirmed(office)
    with pytest.raises(RequestError):
        subscribing.confirm(office.desk, own_token(office, reader))


def test_known_and_unknown_addresses_are_treated_alike(office: Office) -> None:
    office.work()
    confirmed(office)
    ask(office)
    ask(office, "new@reader.example")
    office.work()
    to = sorted(mail["To"] for mail in office.mails() if tokens(mail, "subscribe"))
    assert to == [HE, HE, "new@reader.example"]


def test_same_wish_confirmed_twice_is_served_once(office: Office) -> None:
    office.work()
    confirmed(office)
    office.pass_time(minutes=1)
    confirmed(office, HE.upper())
    office.drop("a.md", BRIDGE)
    office.pass_time(days=1)
    office.work()
    assert len(digests_of(office)) == 1


def test_requests_are_limited_by_address_and_by_network(office: Office) -> None:
    office.work()
    for _ in range(3):
        ask(office)
    with pytest.raises(RequestError) as by_address:
        ask(office)
    for number in range(17):
        ask(office, f"p{number}@reader.example")
    with pytest.raises(RequestError) as by_network:
        ask(office, "q@reader.example")
    ask(office, "q@reader.example", network="192.0.2.8")
    assert by_address.value.reason == by_network.value.reason == "often"
    office.pass_time(days=1)
    ask(office)


@pytest.mark.parametrize(
    ("address", "wish", "reason"),
    [
        ("nobody", WISH, "address"),
        ("a@b.example\r\nBcc: c@d.example", WISH, "address"),
        (HE, replace(WISH, profiles=("none",)), "profiles"),
        (HE, replace(WISH, length=0), "length"),
        (HE, replace(WISH, timezone="Mars/Base"), "schedule"),
        (HE, replace(WISH, weekdays=frozenset({9})), "schedule"),
    ],
)
def test_impossible_wishes_are_refused_with_their_reason(
    office: Office, address: str, wish: Wish, reason: str
) -> None:
    office.work()
    with pytest.raises(RequestError) as refused:
        ask(office, address, wish)
    assert refused.value.reason == reason
    office.work()
    assert office.mails() == []


def test_private_profiles_cannot_be_subscribed_nor_come_with_all(office: Office) -> None:
    office.configure(SETTINGS.replace('name = "bridges"', 'name = "bridges"\npublic = false'))
    office.work()
    with pytest.raises(RequestError):
        ask(office)
    office.configure('base_url = "https://clips.example.org"\n' + SETTINGS)
    confirmed(office, wish=replace(WISH, profiles=()))
    office.configure(SETTINGS.replace('name = "bridges"', 'name = "bridges"\npublic = false'))
    office.drop("a.md", BRIDGE)
    office.pass_time(days=1)
    office.work()
    assert [mail["To"] for mail in digests_of(office)] == ["lin@reader.example"]


def test_closed_office_takes_no_subscription(office: Office) -> None:
    office.configure(SETTINGS + "[subscriptions]\nopen = false\n")
    office.work()
    with pytest.raises(RequestError) as refused:
        ask(office)
    assert refused.value.reason == "closed"


def test_reader_chooses_days_times_and_time_zone(office: Office) -> None:
    office.work()
    wish = replace(WISH, times=(time(18),), weekdays=frozenset({4}), timezone="Europe/Paris")
    confirmed(office, wish=wish)  # on Tuesday 6 May 2031
    office.drop("a.md", BRIDGE)
    office.now = datetime(2031, 5, 9, 15, 59, tzinfo=UTC)
    office.work()
    assert digests_of(office) == []
    office.now = datetime(2031, 5, 9, 16, 1, tzinfo=UTC)
    office.work()
    [digest] = digests_of(office)
    assert digest["Date"].datetime.isoformat() == "2031-05-09T18:00:00+02:00"


def test_reader_who_wants_text_gets_no_html(office: Office) -> None:
    office.work()
    confirmed(office, wish=replace(WISH, form="text"))
    office.drop("a.md", BRIDGE)
    office.pass_time(days=1)
    office.work()
    [digest] = digests_of(office)
    assert digest.get_content_type() == "text/plain"
    assert "清河大桥今日通车" in text_of(digest)


def test_paused_reader_gets_nothing_until_the_day_named(office: Office) -> None:
    office.work()
    reader = confirmed(office)
    token = own_token(office, reader)
    subscribing.pause(office.desk, token, reader.id, date(2031, 5, 10))
    office.drop("a.md", BRIDGE)
    for _ in range(3):
        office.pass_time(days=1)
        office.work()
    assert digests_of(office) == []
    office.pass_time(days=2)
    office.work()
    assert len(digests_of(office)) == 1


def test_pause_wants_a_day_to_come(office: Office) -> None:
    office.work()
    reader = confirmed(office)
    for day in (date(2031, 5, 6), date(2033, 1, 1)):
        with pytest.raises(RequestError):
            subscribing.pause(office.desk, own_token(office, reader), reader.id, day)


def test_reader_changes_what_is_received(office: Office) -> None:
    office.work()
    reader = confirmed(office)
    subscribing.change(
        office.desk, own_token(office, reader), reader.id, replace(WISH, profiles=("schools",))
    )
    office.drop("a.md", BRIDGE)
    office.drop("b.md", SCHOOL)
    office.pass_time(days=1)
    office.work()
    [digest] = digests_of(office)
    assert "城东小学迎来新教师" in text_of(digest)
    assert "清河大桥今日通车" not in text_of(digest)


def test_a_reader_reaches_only_their_own_subscriptions(office: Office) -> None:
    office.work()
    reader, other = confirmed(office), confirmed(office, "other@reader.example")
    token = own_token(office, reader)
    assert [each.id for each in subscribing.own(office.desk, token)] == [reader.id]
    with pytest.raises(RequestError):
        subscribing.change(office.desk, token, other.id, WISH)
    with pytest.raises(RequestError):
        subscribing.pause(office.desk, token, other.id, None)


def test_all_subscriptions_of_a_reader_end_together(office: Office) -> None:
    office.work()
    reader = confirmed(office)
    confirmed(office, wish=replace(WISH, profiles=("schools",)))
    token = own_token(office, reader)
    assert len(subscribing.own(office.desk, token)) == 2
    assert subscribing.end(office.desk, token, every=True)
    assert subscribing.own(office.desk, token) == []


def test_export_holds_what_is_kept(office: Office) -> None:
    office.work()
    reader = confirmed(office)
    kept = subscribing.export(office.desk, own_token(office, reader))
    assert kept["address"] == HE
    [subscription] = kept["subscriptions"]
    assert subscription["consent"]["wording"] == "send me the digest"
    assert subscription["consent"]["network"] is None
    assert [row["state"] for row in kept["mail"]] == ["sent"]


def test_erased_reader_leaves_no_address_and_is_not_mailed_again(office: Office) -> None:
    office.work()
    reader = confirmed(office)
    office.drop("a.md", BRIDGE)
    office.pass_time(days=1)
    office.work()
    subscribing.erase(office.desk, own_token(office, reader))
    office.work()
    with office.desk.store.read() as tx:
        kept = [row for table in metadata.sorted_tables for row in tx.execute(select(table))]
        key = suppressions.key_of(HE, secret_key(office.desk.state))
        found = suppressions.of_key(tx, key)
    assert kept
    assert HE not in repr(kept)
    assert found is not None
    assert found.reason == "erased"


def spare(office: Office, reason: suppressions.Reason) -> None:
    key = suppressions.key_of(HE, secret_key(office.desk.state))
    with office.desk.store.write() as tx:
        suppressions.suppress(tx, key, suppressions.Suppression(reason, "user unknown", office.now))


@pytest.mark.parametrize("reason", ["bounce", "complaint"])
def test_after_a_bounce_the_reader_has_to_say_so_explicitly(
    office: Office, reason: suppressions.Reason
) -> None:
    office.work()
    spare(office, reason)
    ask(office)
    office.work()
    [token] = tokens(office.mails()[0], "subscribe")
    with pytest.raises(RequestError) as refused:
        subscribing.confirm(office.desk, token)
    assert refused.value.reason == "spared"
    assert subscribing.confirm(office.desk, token, again=True).state == "active"


def test_address_the_operator_bars_is_not_even_asked_and_stays_barred(office: Office) -> None:
    office.work()
    spare(office, "operator")
    ask(office)
    office.work()
    assert office.mails() == []
    with pytest.raises(RequestError, match="operator"):
        subscribing.confirm(office.desk, token_of_pending(office), again=True)


def test_spared_address_is_not_mailed_though_it_is_configured(office: Office) -> None:
    office.configure(SETTINGS.replace("lin@reader.example", HE))
    office.work()
    spare(office, "bounce")
    office.drop("a.md", BRIDGE)
    office.pass_time(days=1)
    office.work()
    assert office.mails() == []
    with office.desk.store.read() as tx:
        assert deliveries.tally(tx) == {"suppressed": 1}


def test_what_nobody_confirmed_is_forgotten(office: Office) -> None:
    office.work()
    ask(office)
    office.pass_time(days=15)
    ask(office, "new@reader.example")
    with office.desk.store.read() as tx:
        rows = tx.exec_driver_sql("SELECT address FROM subscriptions").scalars().all()
    assert rows == ["new@reader.example"]


def test_configured_reader_who_left_stays_away(office: Office) -> None:
    office.configure(SETTINGS)
    office.work()
    with office.desk.store.read() as tx:
        [lin] = subscriptions.active(tx)
    assert subscribing.end(office.desk, own_token(office, lin))
    office.drop("a.md", BRIDGE)
    office.pass_time(days=1)
    office.work()
    assert office.mails() == []


def test_one_click_ends_all_that_brings_the_same_mail_and_nothing_else(office: Office) -> None:
    settings = (office.folder / "config.toml").read_text(encoding="utf-8")
    office.configure(settings + f'[[mail.recipients]]\naddress = "{HE}"\nprofiles = ["bridges"]\n')
    office.work()
    twin = confirmed(office, wish=replace(WISH, times=(time(7, 30),), timezone="Asia/Shanghai"))
    other = confirmed(office, wish=replace(WISH, language="en"))
    assert subscribing.end(office.desk, own_token(office, twin))
    assert subscribing.own(office.desk, own_token(office, twin)) == [other]


def composed(office: Office) -> None:
    """A digest that waits to be delivered."""
    office.pass_time(hours=1)
    office.drop("a.md", BRIDGE)
    office.work()
    office.pass_time(days=1)
    compose_due(office.desk)


def test_digest_of_an_ended_subscription_does_not_leave_for_another(office: Office) -> None:
    office.work()
    ended, _other = confirmed(office), confirmed(office, wish=replace(WISH, language="en"))
    composed(office)
    subscribing.end(office.desk, own_token(office, ended))
    office.work()
    assert [mail["Content-Language"] for mail in digests_of(office)] == ["en"]


def test_digest_that_waits_is_not_lost_by_subscribing_to_the_same_again(office: Office) -> None:
    office.work()
    ended = confirmed(office)
    composed(office)
    ask(office)
    assert subscribing.confirm(office.desk, token_of_pending(office)).id != ended.id
    office.work()
    assert len(digests_of(office)) == 1


def test_digest_queued_by_the_first_version_can_be_unsubscribed(office: Office) -> None:
    office.work()
    mine = confirmed(office)
    composed(office)
    with office.desk.store.write() as tx:
        tx.execute(update(metadata.tables["deliveries"]).values(subscription_id=None))
    office.work()
    [digest] = digests_of(office)
    assert own_token(office, mine) in digest["List-Unsubscribe"]
