"""What a profile looks for and shuts out; never lets one pass that would take all or nothing."""

from __future__ import annotations

from dataclasses import dataclass

from digest.errors import ProfileSyntaxError
from digest.model import Profile
from digest.rank.keyword import Keyword, parse_keyword
from digest.rank.matcher import Matcher


@dataclass(frozen=True, slots=True)
class Terms:
    """A profile's keywords, read.

    Attributes:
        wanted: In the profile's order, each key once.
        excluded: The keys of which none may stand in a clipped article.
    """

    profile: Profile
    wanted: tuple[Keyword, ...]
    excluded: frozenset[str]


def terms_of(profile: Profile) -> Terms:
    """The profile's keywords, read and checked.

    Raises:
        ProfileSyntaxError: See `check_profile`.
    """
    keywords = tuple(keyword for keyword in map(parse_keyword, profile.keywords) if keyword is not None)
    wanted = tuple(keyword for keyword in keywords if not keyword.excluded)
    excluded = frozenset(keyword.key for keyword in keywords if keyword.excluded)
    if not wanted:
        _refuse_empty(profile, has_exclusions=bool(excluded))
    _refuse_repeated(wanted)
    _refuse_contradictions(wanted, excluded)
    return Terms(profile, wanted, excluded)


def check_profile(profile: Profile) -> None:
    """Refuses a profile that cannot be read, or of which a keyword could never count.

    Raises:
        ProfileSyntaxError: For a malformed keyword, a profile without keywords or of exclusions only,
            a keyword that stands twice, a keyword that one of the exclusions shuts out.
    """
    terms_of(profile)


def _refuse_empty(profile: Profile, *, has_exclusions: bool) -> None:
    wrong = "has only exclusions" if has_exclusions else "has no keywords"
    message = f"The profile {profile.name} {wrong} and would select nothing; add a word such as 数字经济"
    raise ProfileSyntaxError(message, text=", ".join(profile.keywords), position=0)


def _refuse_repeated(wanted: tuple[Keyword, ...]) -> None:
    seen: dict[str, Keyword] = {}
    for keyword in wanted:
        first = seen.setdefault(keyword.key, keyword)
        if first is not keyword:
            raise ProfileSyntaxError(
                f"The same keyword stands twice, as {first} and {keyword}; keep one of them",
                text=str(keyword),
                position=0,
            )


def _refuse_contradictions(wanted: tuple[Keyword, ...], excluded: frozenset[str]) -> None:
    matcher = Matcher(excluded)
    for keyword in wanted:
        for match in matcher.find(keyword.text):
            raise ProfileSyntaxError(
                f"The exclusion -{match.key} shuts out all articles with this keyword; remove one of them",
                text=str(keyword),
                position=match.start,
            )
