"""Brings profiles and subscriptions of the configuration into the store."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from uuid import UUID, uuid5

from sqlalchemy import Connection

from digest.config import Config, RecipientTable
from digest.errors import ConfigError, ProfileSyntaxError
from digest.model import Profile
from digest.pipeline.desk import Desk
from digest.rank.includes import common_exclusions, resolve
from digest.rank.terms import check_profile
from digest.store import profile_versions, profiles, subscriptions
from digest.store.subscriptions import Alerts

log = logging.getLogger("digest.profiles")

_NAMESPACE = UUID("3f0c6a58-58b5-4d6b-8b8e-5f2b7b6f2f0d")


def configured_profiles(config: Config) -> list[Profile]:
    """The profiles of the configuration, checked, with their includes and the common exclusions put in.

    Raises:
        ConfigError: A keyword cannot be understood, or a profile could never select anything.
    """
    try:
        common_exclusions(config.exclusions)
    except ProfileSyntaxError as error:
        raise ConfigError(str(error), key="exclusions") from error
    written = written_profiles(config)
    return [_resolved(config, index, written) for index in range(len(written))]


def profile_id(name: str) -> UUID:
    """The id of the configured profile of that name."""
    return uuid5(_NAMESPACE, name)


def written_profiles(config: Config) -> list[Profile]:
    """The profiles of the configuration as they are written."""
    return [
        Profile(
            id=profile_id(table.name),
            name=table.name,
            title=table.title,
            keywords=table.keywords,
            threshold=table.threshold,
            public=table.public,
            language=config.language,
        )
        for table in config.profiles
    ]


def web_profiles(tx: Connection) -> list[Profile]:
    """The profiles in use that were written on the web, as they are written."""
    return [version.profile for version in profile_versions.in_force(tx) if not version.retired]


def resolved_web_profiles(tx: Connection, config: Config) -> Iterator[Profile]:
    """The profiles of the web with their includes; of a name that the configuration has, its own counts.

    One whose include has gone stays as it was in use: it must not stop the pass.
    """
    configured = written_profiles(config)
    names = {profile.name for profile in configured}
    written = [profile for profile in web_profiles(tx) if profile.name not in names]
    for profile in written:
        try:
            whole = resolve(profile, [*configured, *written], config.exclusions)
            check_profile(whole)
        except ProfileSyntaxError as error:
            log.warning("profile %s: stays as it was: %s", profile.name, error)
            whole = profiles.profile_named(tx, profile.name)
        if whole:
            yield whole


def _resolved(config: Config, index: int, written: list[Profile]) -> Profile:
    try:
        profile = resolve(written[index], written, config.exclusions)
        check_profile(profile)
    except ProfileSyntaxError as error:
        raise ConfigError(str(error), key=f"profiles[{index}].keywords", path=config.file) from error
    return profile


def apply_configuration(desk: Desk) -> None:
    """Makes the store's profiles those of configuration and web, and its subscriptions the configured."""
    wanted = configured_profiles(desk.config)
    now = desk.clock()
    people = [
        subscriptions.configured(
            person.address,
            person.profiles,
            person.language or desk.config.language,
            now,
            _alerts(person),
        )
        for person in desk.config.mail.recipients
    ]
    with desk.store.write() as tx:
        profiles.replace_profiles(tx, [*wanted, *resolved_web_profiles(tx, desk.config)], now)
        subscriptions.replace_configured(tx, people)


def _alerts(person: RecipientTable) -> Alerts | None:
    if person.alert_score is None:
        return None
    return Alerts(person.alert_score, (person.quiet[0], person.quiet[1]) if person.quiet else None)
