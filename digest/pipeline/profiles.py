"""Brings profiles and subscriptions of the configuration into the store."""

from __future__ import annotations

from uuid import UUID, uuid5

from digest.config import Config, ProfileTable
from digest.errors import ConfigError, ProfileSyntaxError
from digest.model import Profile
from digest.pipeline.desk import Desk
from digest.rank.terms import check_profile
from digest.store import profiles, subscriptions
from digest.store.subscriptions import Subscription

_NAMESPACE = UUID("3f0c6a58-58b5-4d6b-8b8e-5f2b7b6f2f0d")


def configured_profiles(config: Config) -> list[Profile]:
    """The profiles of the configuration, their keywords checked.

    Raises:
        ConfigError: A keyword cannot be understood, or a profile could never select anything.
    """
    return [_profile(config, index, table) for index, table in enumerate(config.profiles)]


def _profile(config: Config, index: int, table: ProfileTable) -> Profile:
    profile = Profile(
        id=uuid5(_NAMESPACE, table.name),
        name=table.name,
        title=table.title,
        keywords=table.keywords,
        threshold=table.threshold,
        public=table.public,
        language=config.language,
    )
    try:
        check_profile(profile)
    except ProfileSyntaxError as error:
        raise ConfigError(str(error), key=f"profiles[{index}].keywords") from error
    return profile


def apply_configuration(desk: Desk) -> None:
    """Makes the store's profiles and configured subscriptions those of the configuration."""
    wanted = configured_profiles(desk.config)
    now = desk.clock()
    people = [
        Subscription(person.address, person.profiles, person.language or desk.config.language, now)
        for person in desk.config.mail.recipients
    ]
    with desk.store.write() as tx:
        profiles.replace_profiles(tx, wanted, now)
        subscriptions.replace_configured(tx, people)
