"""Editing: profiles that editors write on the web; those of config.toml stay as they are there.

save    → a version in force from the next pass on        restore → an earlier version as a new one
retire  → a version that takes the profile out of use
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Connection

from digest.config import Config, Language
from digest.errors import ProfileSyntaxError, RequestError
from digest.model import Profile
from digest.pipeline.desk import Desk
from digest.pipeline.profiles import profile_id, web_profiles, written_profiles
from digest.rank.includes import resolve
from digest.rank.lint import Remark, lint
from digest.rank.terms import check_profile
from digest.store import profile_versions
from digest.store.profile_versions import Version

LONGEST_NAME: Final = 63
LONGEST_TITLE: Final = 100
MOST_KEYWORDS: Final = 500
_NAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?", re.ASCII)
"""As in the configuration."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A profile as it was typed."""

    name: str
    title: str
    keywords: tuple[str, ...]
    threshold: float
    public: bool
    language: Language

    @property
    def profile(self) -> Profile:
        """The profile it would be; unchecked."""
        return Profile(
            id=profile_id(self.name),
            name=self.name,
            title=self.title,
            keywords=self.keywords,
            threshold=self.threshold,
            public=self.public,
            language=self.language,
        )


def save(desk: Desk, draft: Draft, editor: str, *, new: bool) -> None:
    """Puts a draft in force from the next pass on.

    Args:
        desk: The installation.
        draft: What was typed.
        editor: Who it was.
        new: There must be no profile of the name; else there must be one, written on the web.

    Raises:
        RequestError: `name`, `title`, `threshold`, `many` or `keywords` cannot be used; `taken`, `unknown`.
    """
    _check(draft)
    with desk.store.write() as tx:
        _check_name(desk.config, tx, draft.name, new=new)
        if errors_of(desk.config, tx, draft.profile):
            raise RequestError("keywords", "a keyword cannot be used")
        profile_versions.save(tx, draft.profile, editor, desk.clock())


def _check(draft: Draft) -> None:
    if not _NAME.fullmatch(draft.name) or draft.name in {"all", "digests", "new"}:
        raise RequestError("name", "a name has small letters, digits and hyphens")
    if not draft.title or len(draft.title) > LONGEST_TITLE or not draft.title.isprintable():
        raise RequestError("title", f"a title has 1 to {LONGEST_TITLE} characters")
    if not 0 <= draft.threshold <= 100:  # noqa: PLR2004 - scores are 0 to 100
        raise RequestError("threshold", "a threshold is 0 to 100")
    if len(draft.keywords) > MOST_KEYWORDS:
        raise RequestError("many", f"a profile has at most {MOST_KEYWORDS} keywords")


def _check_name(config: Config, tx: Connection, name: str, *, new: bool) -> None:
    before = next(iter(profile_versions.history(tx, name)), None)
    used = before is not None and not before.retired
    if name in configured_names(config) or (new and used):
        raise RequestError("taken", "there is a profile of this name")
    if not new and not used:
        raise RequestError("unknown", "there is no profile of this name any more")


def retire(desk: Desk, name: str, editor: str) -> None:
    """Takes a profile out of use with the next pass; its versions are kept.

    Raises:
        RequestError: `unknown`: there is no such profile.
    """
    with desk.store.write() as tx:
        _check_name(desk.config, tx, name, new=False)
        newest = profile_versions.history(tx, name)[0]
        profile_versions.save(tx, newest.profile, editor, desk.clock(), retired=True)


def restore(desk: Desk, name: str, number: int, editor: str) -> None:
    """Makes an earlier version the newest.

    Raises:
        RequestError: `unknown`: there is no such version; `taken`: by the configuration; `keywords` cannot be
            used any more.
    """
    with desk.store.write() as tx:
        versions = {each.number: each for each in profile_versions.history(tx, name)}
        if number not in versions:
            raise RequestError("unknown", "there is no such version")
        if name in configured_names(desk.config):
            raise RequestError("taken", "there is a profile of this name")
        wanted = versions[number].profile
        if errors_of(desk.config, tx, wanted):
            raise RequestError("keywords", "a keyword cannot be used")
        profile_versions.save(tx, wanted, editor, desk.clock())


def configured_names(config: Config) -> set[str]:
    """The names that config.toml has."""
    return {table.name for table in config.profiles}


def on_the_web(desk: Desk) -> list[Version]:
    """The profiles written on the web as they are in force or were when they were retired, by name."""
    with desk.store.read() as tx:
        return profile_versions.in_force(tx)


def history(desk: Desk, name: str) -> list[Version]:
    """All versions of a profile, newest first."""
    with desk.store.read() as tx:
        return profile_versions.history(tx, name)


def resolved(config: Config, tx: Connection, profile: Profile) -> Profile:
    """The profile with its includes, of both sorts, and the common exclusions put in.

    Raises:
        ProfileSyntaxError: It cannot be used.
    """
    others = [each for each in (*written_profiles(config), *web_profiles(tx)) if each.name != profile.name]
    whole = resolve(profile, others, config.exclusions)
    check_profile(whole)
    return whole


def errors_of(config: Config, tx: Connection, profile: Profile) -> list[Remark]:
    """What keeps a profile from being used."""
    return [each for each in remarks_on(config, tx, profile) if each.severity == "error"]


def remarks_on(config: Config, tx: Connection, profile: Profile) -> tuple[Remark, ...]:
    """What is wrong or doubtful with a profile, errors first."""
    try:
        whole = resolved(config, tx, profile)
    except ProfileSyntaxError as error:
        fault = Remark("error", error.text, error.position, error.message)
        return tuple(dict.fromkeys((fault, *(each for each in lint(profile) if _is_own(each)))))
    return lint(whole)


def _is_own(remark: Remark) -> bool:
    """Not that an include is none of the profile's own words."""
    return not remark.keyword.lstrip("-").startswith("@")
