"""Editions: subscribers who want the same digest at the same times share one."""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from digest.config import WEEKDAYS, Config
from digest.deliver.slots import Schedule
from digest.model import Profile
from digest.store import profiles, subscriptions
from digest.store.subscriptions import Subscription


@dataclass(frozen=True, slots=True)
class Edition:
    """A set of profiles with language, length and schedule, and who wants it so.

    Attributes:
        caps: How many clips of a profile are shown at most, where it has a cap.
        diversity: Of each profile, see `digest.rank.diversity`.
        apart: Empty, or names what keeps its digests out of the row of the others.
    """

    profiles: tuple[Profile, ...]
    language: str
    length: int
    schedule: Schedule
    subscribers: tuple[Subscription, ...]
    caps: Mapping[UUID, int]
    diversity: Mapping[UUID, float]
    apart: str = ""

    @property
    def addresses(self) -> tuple[str, ...]:
        """Of its subscribers; an address that subscribed twice stands there once."""
        return tuple(dict.fromkeys(subscription.address for subscription in self.subscribers))

    @property
    def asked_for(self) -> bool:
        """Whether all its readers subscribed themselves; they get what comes after that."""
        return all(subscription.origin != "configuration" for subscription in self.subscribers)

    @property
    def key(self) -> str:
        """Stays the same while profiles, language, length and schedule do."""
        names = sorted(str(profile.id) for profile in self.profiles)
        inputs = [names, self.language, self.length, repr(self.schedule)]
        if self.apart:
            inputs.append(self.apart)
        return hashlib.sha256(json.dumps(inputs).encode()).hexdigest()


def editions_of(tx: Connection, config: Config, now: datetime) -> list[Edition]:
    """The editions that have subscribers at `now`, in a stable order."""
    used = profiles.list_profiles(tx)
    here = now.astimezone(ZoneInfo(config.timezone)).date()
    groups: defaultdict[tuple[tuple[Profile, ...], str, int, Schedule], list[Subscription]] = defaultdict(
        list
    )
    for subscription in subscriptions.active(tx, here):
        wish = _wish(subscription, used, config)
        if wish[0]:
            groups[wish].append(subscription)
    caps, diversity = _caps(config, used), _diversity(config, used)
    return [Edition(*wish, tuple(people), caps, diversity) for wish, people in groups.items()]


def edition_for(config: Config, wanted: tuple[Profile, ...], reader: Subscription) -> Edition:
    """The edition of one reader who is to receive these profiles."""
    length, schedule = reader.length or config.digest.max_items, schedule_for(reader, config)
    caps, diversity = _caps(config, wanted), _diversity(config, wanted)
    return Edition(wanted, reader.language, length, schedule, (reader,), caps, diversity)


def _caps(config: Config, used: Sequence[Profile]) -> dict[UUID, int]:
    caps = {table.name: table.max_items for table in config.profiles}
    return {profile.id: cap for profile in used if (cap := caps.get(profile.name)) is not None}


def _diversity(config: Config, used: Sequence[Profile]) -> dict[UUID, float]:
    own = {table.name: table.diversity for table in config.profiles if table.diversity is not None}
    return {profile.id: own.get(profile.name, config.digest.diversity) for profile in used}


def twins(tx: Connection, config: Config, mine: Subscription) -> list[Subscription]:
    """Those in force of the reader of `mine` that ask for the same: one mail serves them all."""
    used = profiles.list_profiles(tx)
    wish = _wish(mine, used, config)
    return [each for each in subscriptions.of_address(tx, mine.address) if _wish(each, used, config) == wish]


def _wish(
    subscription: Subscription, used: Sequence[Profile], config: Config
) -> tuple[tuple[Profile, ...], str, int, Schedule]:
    length = subscription.length or config.digest.max_items
    wanted = profiles_for(subscription, used)
    return wanted, subscription.language, length, schedule_for(subscription, config)


def profiles_for(subscription: Subscription, used: Sequence[Profile]) -> tuple[Profile, ...]:
    """What it receives: private profiles only where the operator said so."""
    return tuple(
        profile
        for profile in used
        if (not subscription.profiles or profile.name in subscription.profiles)
        and (profile.public or subscription.origin == "configuration")
    )


def schedule_for(subscription: Subscription, config: Config) -> Schedule:
    """When its digests are due: as the reader chose, else as configured."""
    usual = schedule_of(config)
    return Schedule(
        times=subscription.times or usual.times,
        weekdays=subscription.weekdays or usual.weekdays,
        timezone=subscription.timezone or usual.timezone,
    )


def schedule_of(config: Config) -> Schedule:
    """When digests are due as configured."""
    days = frozenset(WEEKDAYS.index(day) for day in config.digest.weekdays)
    return Schedule(times=config.digest.at, weekdays=days, timezone=config.timezone)
