"""Puts the keywords of other profiles in place of `@name`, and common exclusions behind; reads no store."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from digest.errors import ProfileSyntaxError
from digest.model import Profile
from digest.rank.keyword import HEAVIEST_WEIGHT, Include, Keyword, parse_line
from digest.rank.terms import ShutOut, Terms, identity


def resolve(profile: Profile, others: Iterable[Profile], exclusions: Sequence[str] = ()) -> Profile:
    """The profile with its includes replaced and the common exclusions added.

    A keyword of its own, or of an include that stands before, comes before an included one. A common
    exclusion that would shut out all articles of one of the profile's keywords does not apply to it.

    Raises:
        ProfileSyntaxError: A keyword is malformed, or an include unknown or part of a circle.

    >>> from uuid import UUID
    >>> base = Profile(UUID(int=1), "base", "底", ("芯片", "-招聘"))
    >>> chips = Profile(UUID(int=2), "chips", "芯片", ("@base^2", "半导体"))
    >>> resolve(chips, [base], ["广告"]).keywords
    ('芯片^2', '-招聘', '半导体', '-广告')
    """
    known = {other.name: other for other in others} | {profile.name: profile}
    keywords = _flat(profile, known, ())
    return replace(profile, keywords=(*keywords, *map(str, _added(profile, keywords, exclusions))))


def _flat(profile: Profile, known: Mapping[str, Profile], path: tuple[str, ...]) -> tuple[str, ...]:
    """The keywords as written, those of includes printed anew."""
    path = (*path, profile.name)
    parsed = [(written, parse_line(written)) for written in profile.keywords]
    taken = {_identity(each) for _, each in parsed if isinstance(each, Keyword)}
    flat: list[str] = []
    for written, each in parsed:
        if not isinstance(each, Include):
            flat.append(written)
            continue
        for keyword in _included(each, written, known, path):
            if _identity(keyword) not in taken:
                taken.add(_identity(keyword))
                flat.append(str(keyword))
    return tuple(flat)


def _included(
    include: Include, written: str, known: Mapping[str, Profile], path: tuple[str, ...]
) -> list[Keyword]:
    if include.name in path:
        circle = " → ".join((*path[path.index(include.name) :], include.name))
        raise ProfileSyntaxError(
            f"The profiles include one another ({circle}); take one include out", text=written, position=0
        )
    if include.name not in known:
        near = difflib.get_close_matches(include.name, known, n=1)
        hint = f"did you mean @{near[0]}?" if near else "only configured profiles can be included"
        raise ProfileSyntaxError(f"There is no profile {include.name}; {hint}", text=written, position=1)
    parsed = map(parse_line, _flat(known[include.name], known, path))
    return [_weighted(each, include.weight) for each in parsed if isinstance(each, Keyword)]


def _weighted(keyword: Keyword, weight: float) -> Keyword:
    if keyword.excluded:
        return keyword
    return replace(keyword, weight=min(max(keyword.weight * weight, 1e-6), HEAVIEST_WEIGHT))


def _identity(keyword: Keyword) -> tuple[bool, str]:
    return keyword.excluded, identity(keyword)


def common_exclusions(exclusions: Sequence[str]) -> list[Keyword]:
    """The exclusions of all profiles, written with or without a minus.

    Raises:
        ProfileSyntaxError: One is malformed or has another sign or a weight.
    """
    read: list[Keyword] = []
    for written in exclusions:
        each = parse_line(written)
        if each is None:
            continue
        if isinstance(each, Include) or each.part not in {"wanted", "excluded"} or each.weight != 1.0:
            raise ProfileSyntaxError(
                "An exclusion of all profiles is a keyword without sign or weight, such as 招聘",
                text=written,
                position=0,
            )
        read.append(replace(each, part="excluded"))
    return read


def _added(profile: Profile, keywords: Sequence[str], exclusions: Sequence[str]) -> list[Keyword]:
    parsed = [each for each in map(parse_line, keywords) if isinstance(each, Keyword)]
    taken = {_identity(each) for each in parsed}
    return [
        exclusion
        for exclusion in common_exclusions(exclusions)
        if _identity(exclusion) not in taken and not _kills_any(profile, parsed, exclusion)
    ]


def _kills_any(profile: Profile, keywords: list[Keyword], exclusion: Keyword) -> bool:
    shut = ShutOut(Terms(profile, (exclusion,)))
    return any(shut.by(keyword.expression) for keyword in keywords if not keyword.excluded)
