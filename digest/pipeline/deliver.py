"""Deliver: hands queued mail over, each message claimed before it is sent and settled right after.

claim some that are due, under a lease        another process passes them by
take off who must not be mailed, put off whom a limit concerns
a crew sends: write the message from the digest as stored → the way out
    accepted   → sent
    refused    → deferred with a growing pause, or failed; an address that is gone is not mailed again
    broken     → policy faults stop everything until the operator has acted, or the pause has passed
outcomes that come together are settled in one transaction
"""

from __future__ import annotations

import logging
import random
from collections import deque
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from time import monotonic, sleep
from uuid import UUID

from sqlalchemy import Connection

from digest.config import SmtpTable
from digest.deliver.bounces import nameless
from digest.deliver.halt import Halt, forget_halt, halted, note_halt
from digest.deliver.links import Links
from digest.deliver.outcome import RetryPolicy
from digest.deliver.pace import DomainLimit, Spacing
from digest.errors import DeliveryError, StoreError
from digest.pipeline.crew import Crew, Job, Outcome
from digest.pipeline.desk import Desk, only_deliverer
from digest.pipeline.editions import twins
from digest.pipeline.mail import maildir_of, return_address, settings_mark, signer_of, ways_out_of
from digest.pipeline.outgoing import Writer
from digest.pipeline.sparing import spare
from digest.store import deliveries, subscriptions, suppressions
from digest.store.deliveries import Delivery
from digest.store.secret_key import secret_key

log = logging.getLogger("digest.mail")

_LEASE = timedelta(minutes=15)
_STEPS = 6
"""Answers a message waits for at most, each as long as the timeout."""
_BATCH = 200
_BATCH_SECONDS = 60
"""A slow pace claims no more than leaves in so long."""
_TICK = 0.5
"""Seconds between two looks at whether to stop."""
_REFUSALS = 3
"""Messages refused for reasons of policy in a row that stop everything, after others were accepted."""
_PAUSES = (0.1, 1.0, 5.0, 15.0)
"""Seconds before another attempt to write down what was accepted."""
_HOUR, _MINUTE = timedelta(hours=1), timedelta(minutes=1)


@dataclass(slots=True)
class Delivered:
    """What came of the deliveries that were due; `place` is the Maildir, when mail goes to one.

    Attributes:
        halted: Why no mail leaves until the settings change or a pause has passed; empty when it does.
    """

    sent: int = 0
    unsent: int = 0
    detail: str = ""
    place: str = ""
    halted: str = ""


def deliver_due(desk: Desk) -> Delivered:
    """Tries every delivery that is due, once; one process at a time on a state folder.

    Raises:
        ConfigError: The way out cannot be used.
        StoreError: The database failed; what was accepted before is recorded, the rest is tried again.
    """
    folder = maildir_of(desk.config)
    done = Delivered(place=str(folder) if folder else "")
    with only_deliverer(desk) as alone:
        if alone and _any_due(desk) and not _halted(desk, done):
            with Crew(ways_out_of(desk.config)) as crew:
                _Run(desk, crew, done).go()
    return done


def _any_due(desk: Desk) -> bool:
    """Whether anything is due; what a process that died had claimed is queued again."""
    with desk.store.write() as tx:
        if not desk.config.database:  # alone on this machine, and no other machine shares the database
            deliveries.release_all(tx)
        return deliveries.any_due(tx, desk.clock())


def _halted(desk: Desk, done: Delivered) -> bool:
    halt = halted(desk.state, settings_mark(desk.config, secret_key(desk.state)), desk.clock())
    done.halted = halt.reason if halt else ""
    return halt is not None


@dataclass
class _Run:
    """One run through what is due: keeps the books for the crew."""

    desk: Desk
    crew: Crew
    done: Delivered
    waiting: deque[Job] = field(default_factory=deque[Job])
    stopped: bool = False
    exhausted: bool = False
    opened: bool = False
    """A message was taken, or refused for its own sake: the way out is one for others too."""
    refusals: int = 0

    def __post_init__(self) -> None:
        config = self.desk.config
        self._secret = secret_key(self.desk.state)
        self._writer = Writer(
            Links(self._secret),
            config.public_url,
            returns=return_address(config, self._secret),
            unsubscribing=config.mail.bounces.read,
            signer=signer_of(config),
        )
        self._limits = config.mail.smtp or SmtpTable(host="")
        self._spacing = Spacing(self._limits.per_second)
        self._domains = DomainLimit(self._limits.domain_per_minute)
        self._policy = RetryPolicy(give_up=timedelta(hours=self._limits.give_up_hours))
        self._busy_at_most = timedelta(seconds=self._limits.timeout * _STEPS)

    def go(self) -> None:
        """Delivers; what is under way when it is interrupted is finished and written down."""
        try:
            self._count_recent()
            while self._fill() or self.crew.busy:
                self._step()
        except BaseException as error:
            self.stopped = True
            if not isinstance(error, StoreError):
                with suppress(StoreError):
                    self._finish()
            raise

    def _finish(self) -> None:
        self._give_back()
        while self.crew.busy:
            self._step()

    def _step(self) -> None:
        if self.crew.busy:
            self._settle(self.crew.outcomes(_TICK))
        else:
            sleep(min(self._spacing.wait(monotonic()), _TICK))

    def _count_recent(self) -> None:
        if self._limits.domain_per_minute:
            with self.desk.store.read() as tx:
                self._domains.count(deliveries.accepted_addresses(tx, self.desk.clock() - _MINUTE))

    # What is to be sent.

    def _fill(self) -> bool:
        """Gives the crew work; whether more waits. The first message goes alone, to try the way out."""
        if self._stopping():
            self._give_back()
            return False
        if len(self.waiting) < self.crew.hands and not self.exhausted:
            self._take_up()
        at_most = 2 * self.crew.hands if self.opened else 1
        while self.waiting and self.crew.busy < at_most and not self._spacing.wait(monotonic()):
            self._spacing.leave(monotonic())
            self.crew.hand(self.waiting.popleft())
        return bool(self.waiting)

    def _stopping(self) -> bool:
        return self.stopped or self.desk.stopping()

    def _take_up(self) -> None:
        now = self.desk.clock()
        jobs: list[Job] = []
        with self.desk.store.write() as tx:
            claimed = deliveries.claim(tx, now, now + _LEASE + self._busy_at_most, self._batch(tx))
            spared = self._spared(tx, claimed)
            for delivery in claimed:
                slot = self._domains.slot(delivery.address, now) if delivery.id not in spared else now
                if delivery.id in spared:
                    deliveries.suppress(tx, delivery, spared[delivery.id])
                elif slot > now:
                    deliveries.postpone(tx, delivery, slot)
                else:
                    jobs.append(self._job(tx, delivery))
        self.exhausted = not claimed
        self.waiting.extend(jobs)

    def _batch(self, tx: Connection) -> int:
        """How many may be claimed now."""
        most = _BATCH
        if pace := self._limits.per_second:
            most = min(most, max(1, int(pace * _BATCH_SECONDS)))
        if hourly := self._limits.per_hour:
            since = self.desk.clock() - _HOUR
            most = max(0, min(most, hourly - deliveries.accepted_since(tx, since)))
        return most

    def _spared(self, tx: Connection, claimed: Sequence[Delivery]) -> Mapping[UUID, str]:
        """Who must not be mailed any more, and why; letters still go."""
        digests = [delivery for delivery in claimed if delivery.letter_id is None]
        active = subscriptions.active_among(tx, [delivery.address for delivery in digests])
        spared = {each.id: "the subscription has ended" for each in digests if each.address not in active}
        for each in self._ended(tx, digests):
            spared[each.id] = "the subscription has ended"
        keys = {delivery.id: self._key(delivery) for delivery in digests}
        hit = suppressions.among(tx, keys.values())
        for delivery in digests:
            if keys[delivery.id] in hit and (found := suppressions.of_key(tx, keys[delivery.id])):
                spared[delivery.id] = found.detail
        return spared

    def _ended(self, tx: Connection, digests: Sequence[Delivery]) -> list[Delivery]:
        """Those for a subscription that ended, unless its reader has another for the same."""
        ids = [delivery.subscription_id for delivery in digests if delivery.subscription_id]
        over = {each.id: each for each in subscriptions.ended_among(tx, ids)}
        gone = {each for each, mine in over.items() if not twins(tx, self.desk.config, mine)}
        return [delivery for delivery in digests if delivery.subscription_id in gone]

    def _key(self, delivery: Delivery) -> str:
        return suppressions.key_of(delivery.address, self._secret)

    def _job(self, tx: Connection, delivery: Delivery) -> Job:
        return Job(delivery, self._writer.writing(tx, delivery), partial(self._in_time, delivery))

    def _in_time(self, delivery: Delivery) -> bool:
        """Whether nobody else can have claimed it before it is through, should this process have slept."""
        return self.desk.clock() < delivery.lease - self._busy_at_most

    def _give_back(self) -> None:
        """What was claimed and not begun waits for another run."""
        rest = [*self.crew.recall(), *(job.delivery for job in self.waiting)]
        self.waiting.clear()
        if rest:
            with self.desk.store.write() as tx:
                deliveries.release(tx, rest)

    # What came of it.

    def _settle(self, outcomes: Sequence[Outcome]) -> None:
        if not outcomes:
            return
        self._keep(outcomes)
        for outcome in outcomes:
            self._judge(outcome)
        if self._stopping():
            self._give_back()
        self.crew.settled(outcomes)
        tried = self.done.sent + self.done.unsent
        self.desk.progress("deliver", tried, tried + len(self.waiting) + self.crew.busy)

    def _keep(self, outcomes: Sequence[Outcome]) -> None:
        """Writes down what came of messages; tried for a while, as nothing else knows what was accepted."""
        for pause in _PAUSES:
            with suppress(StoreError):
                return self._write_down(outcomes)
            sleep(pause)
        return self._write_down(outcomes)

    def _write_down(self, outcomes: Sequence[Outcome]) -> None:
        accepted = [each.delivery for each in outcomes if each.tried and each.error is None]
        with self.desk.store.write() as tx:
            deliveries.mark_sent(tx, accepted, self.desk.clock(), "accepted")
            deliveries.release(tx, [each.delivery for each in outcomes if not each.tried])
            for outcome in outcomes:
                if outcome.tried and isinstance(outcome.error, DeliveryError):
                    self._write_refused(tx, outcome.delivery, outcome.error)

    def _write_refused(self, tx: Connection, delivery: Delivery, error: DeliveryError) -> None:
        due = self._policy.next_attempt(
            delivery.attempts + 1,
            self.desk.clock(),
            error.fault,
            random.random(),  # noqa: S311  # spreads retries, guards nothing
            queued=delivery.queued,
        )
        deliveries.mark_unsent(tx, delivery, due, _told(error))
        if error.gone:
            detail = nameless(f"there is no such address: {error}")
            spare(self.desk, tx, delivery.address, "bounce", detail)

    def _judge(self, outcome: Outcome) -> None:
        """Counts an outcome, and stops everything where no other message would fare better."""
        error = outcome.error
        if isinstance(error, DeliveryError):
            self.done.unsent += 1
            self.done.detail = _told(error)
            self._judge_fault(error)
        elif error is not None:
            raise error
        elif outcome.tried:
            self.done.sent += 1
            self.refusals = 0
            self._open()

    def _judge_fault(self, error: DeliveryError) -> None:
        if error.fault == "policy":
            self.refusals += 1
            if error.address is None or not self.opened or self.refusals >= _REFUSALS:
                self._halt(error)
        elif error.fault == "connection" and error.address is None:
            self.stopped = True
        else:
            self._open()

    def _open(self) -> None:
        if not self.opened:
            forget_halt(self.desk.state)
        self.opened = True

    def _halt(self, error: DeliveryError) -> None:
        """Nothing leaves until the settings are others or the longest pause has passed."""
        if not self.stopped:
            until = self.desk.clock() + self._policy.cap
            log.error("mail is stopped until %s: %s", f"{until:%Y-%m-%d %H:%M} UTC", error)
            note_halt(self.desk.state, Halt(until, str(error), settings_mark(self.desk.config, self._secret)))
        self.stopped = True
        self.done.halted = str(error)


def _told(error: DeliveryError) -> str:
    perhaps = " (it may have arrived; it is sent again with the same Message-ID)" if error.uncertain else ""
    return f"{error}{perhaps}"
