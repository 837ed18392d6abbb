"""Bounces: reads the mail that comes back and does what it asks for.

for each mail in the mailbox without a mark:
    unsubscribe          → the subscription ends
    hard bounce, complaint → the address is spared, its subscriptions end
    soft bounce          → counted; too many within the time are a hard one
    not about our mail   → nothing is done, whatever it says
    then, when that is kept → marked as seen, or flagged for a person
"""

from __future__ import annotations

import hashlib
import logging
from collections import Counter
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Literal
from uuid import UUID, uuid5

from sqlalchemy import Connection

from digest.config import Config, ImapTable
from digest.deliver.bounces import Returned, read_returned
from digest.deliver.mailboxes import ImapServer, Mailbox, open_imap, open_maildir, open_mbox
from digest.deliver.verp import ReturnAddress
from digest.pipeline.desk import Desk, only_reader
from digest.pipeline.editions import twins
from digest.pipeline.mail import return_address, secret_of
from digest.pipeline.sparing import spare
from digest.store import bounces, mail_log, subscriptions, suppressions
from digest.store.bounces import Bounce
from digest.store.mail_log import LogLine
from digest.store.secret_key import secret_key

log = logging.getLogger("digest.mail")

Outcome = Literal["hard", "soft", "complaint", "unsubscribe", "nothing", "foreign", "unknown"]
"""What a mail was: `foreign` is about no mail of ours, so it changes nothing."""

_LEFT = frozenset[Outcome]({"foreign", "unknown"})


@dataclass(frozen=True, slots=True)
class MailRead:
    """How many mails were read, by what they were; `left` of them wait, flagged, for a person."""

    counts: Counter[Outcome] = field(default_factory=Counter[Outcome])

    @property
    def left(self) -> int:
        """Of those that nobody understood."""
        return sum(self.counts[kind] for kind in _LEFT)


def read_bounces(desk: Desk) -> MailRead:
    """Reads the mailbox, where one is configured; one process at a time.

    Reading a mail again, as after a crash, changes nothing more.

    Raises:
        ConfigError: The password cannot be read.
        MailboxError: The mailbox cannot be read; what was read before is kept.
        StoreError: The database failed; the mail it was about is read again.
    """
    done, home = MailRead(), return_address(desk.config, secret_key(desk.state))
    if home is None or not desk.config.mail.bounces.read:
        return done
    with only_reader(desk) as alone:
        if alone:
            with mailbox_of(desk.config) as box:
                _read_all(desk, home, box, done)
    if done.counts:
        told = ", ".join(f"{count} {kind}" for kind, count in sorted(done.counts.items()))
        log.info("Mail that came back: %s", told)
    return done


def mailbox_of(config: Config) -> AbstractContextManager[Mailbox]:
    """The mailbox that the configuration names.

    Raises:
        ConfigError: The password cannot be read.
    """
    table = config.mail.bounces
    if table.imap:
        return open_imap(_server(config, table.imap))
    if table.mbox:
        return open_mbox(config.path(table.mbox))
    assert table.maildir is not None  # noqa: S101 - BouncesTable.read says so
    return open_maildir(config.path(table.maildir))


def _server(config: Config, imap: ImapTable) -> ImapServer:
    return ImapServer(
        host=imap.host,
        port=imap.port,
        security=imap.security,
        username=imap.username,
        password=secret_of(config, imap.password, imap.password_file, "mail.bounces.imap.password_file"),
        folder=imap.folder,
        timeout=imap.timeout,
    )


def _read_all(desk: Desk, home: ReturnAddress, box: Mailbox, done: MailRead) -> None:
    for key, content in box.waiting():
        if desk.stopping():
            return
        outcome = obey(desk, home, content)
        box.mark(key, "flagged" if outcome in _LEFT else "seen")
        done.counts[outcome] += 1


def obey(desk: Desk, home: ReturnAddress, content: bytes) -> Outcome:
    """Does what one mail asks for, in one transaction."""
    returned = read_returned(content, home)
    if returned.kind in {"nothing", "unknown"}:
        return "nothing" if returned.kind == "nothing" else "unknown"
    with desk.store.write() as tx:
        if returned.kind == "unsubscribe":
            return _end(desk, tx, returned)
        return _take_back(desk, tx, returned, hashlib.sha256(content).hexdigest())


def _end(desk: Desk, tx: Connection, returned: Returned) -> Outcome:
    known = [found for each in returned.subscriptions if (found := subscriptions.known(tx, each))]
    for mine in known:
        for each in (mine, *twins(tx, desk.config, mine)):
            subscriptions.end(tx, each.id, "reader")
    return "unsubscribe" if known else "foreign"


def _take_back(desk: Desk, tx: Connection, returned: Returned, message: str) -> Outcome:
    line = _meant(tx, returned)
    kind = returned.kind
    if line is None or kind not in ("hard", "soft", "complaint"):
        return "foreign"
    if "@" not in line.address:
        return "nothing"  # its reader was erased
    key = suppressions.key_of(line.address, secret_key(desk.state))
    if bounces.record(tx, Bounce(message, line.id, key, kind, returned.detail, desk.clock())):
        _answer(desk, tx, line, returned, key)
    return kind


def _answer(desk: Desk, tx: Connection, line: LogLine, returned: Returned, key: str) -> None:
    table = desk.config.mail.bounces
    if returned.kind == "complaint":
        spare(desk, tx, line.address, "complaint", returned.detail)
    elif returned.kind == "hard":
        spare(desk, tx, line.address, "bounce", returned.detail)
    elif bounces.soft_since(tx, key, desk.clock() - timedelta(days=table.soft_days)) >= table.soft_limit:
        many = f"came back {table.soft_limit} times within {table.soft_days} days, last: {returned.detail}"
        spare(desk, tx, line.address, "bounce", many)


def _meant(tx: Connection, returned: Returned) -> LogLine | None:
    """The delivery a mail is about: only what was signed by us, or names a mail that we did send, counts."""
    for delivery_id in (*returned.deliveries, *returned.message_ids):
        if line := mail_log.by_id(tx, delivery_id):
            return line
    for address in returned.recipients:
        for delivery_id, content_id in mail_log.contents_of(tx, address):
            # The mail's id is made of the address in small letters, the delivery's of it as it is written.
            if uuid5(content_id, address.lower()) in returned.message_ids:
                return mail_log.by_id(tx, delivery_id)
    return _last_of_subscription(tx, returned.subscriptions)


def _last_of_subscription(tx: Connection, named: tuple[UUID, ...]) -> LogLine | None:
    for subscription_id in named:
        found = subscriptions.known(tx, subscription_id)
        lines = mail_log.of_address(tx, found.address, 1) if found else []
        if lines:
            return lines[0]
    return None
