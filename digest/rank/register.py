"""All profiles at work, looked up by the words an article has; never compares an article with each of them.

Of each profile a clause is kept by its words: one of them stands in every article it selects. So an article
costs what its words lead to, however many other profiles there are, and a profile can change between
two articles.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from sys import intern
from typing import Final
from uuid import UUID

from digest.model import ArchivedArticle, Clip, Profile
from digest.rank.background import Background
from digest.rank.choice import choose
from digest.rank.evidence import View
from digest.rank.keyword import parse_keyword
from digest.rank.matcher import Matcher
from digest.rank.reading import Reading
from digest.rank.score import score_article
from digest.rank.selection import Clause, Rule, rule_of
from digest.rank.terms import Terms, terms_of

TERMS_KEPT: Final = 5_000
"""Profiles whose keywords are kept as read; the others' are read again when they are asked for."""


@dataclass(frozen=True, slots=True)
class _Entry:
    """A profile as it is looked up.

    Attributes:
        sure: Keys of which one is enough to select, exclusions aside.
        maybe: Keys of which one stands in all other articles it selects; None when it can select without.
        shut: Keys of which none may stand.
    """

    profile: Profile
    sure: tuple[str, ...]
    maybe: tuple[str, ...] | None
    shut: tuple[str, ...]


class _Postings(dict[str, list[int]]):
    """The places of entries by key."""

    def note(self, keys: Iterable[str], place: int) -> None:
        for key in keys:
            self.setdefault(key, []).append(place)

    def strike(self, keys: Iterable[str], place: int) -> None:
        for key in keys:
            places = self[key]
            places.remove(place)
            if not places:
                del self[key]

    def of(self, keys: Iterable[str]) -> list[list[int]]:
        return [places for key in keys if (places := self.get(key))]


class Register:
    """Profiles, each with another id, and the words of all of them.

    >>> from uuid import UUID
    >>> register = Register([Profile(UUID(int=1), "ports", "港口", ("无人机港",))])
    >>> register.put(Profile(UUID(int=1), "ports", "港口", ("高铁",)))
    >>> [match.key for match in register.matcher.find("高铁站旁的无人机港")]
    ['高铁']
    """

    def __init__(self, profiles: Iterable[Profile] = ()) -> None:
        self.matcher: Final = Matcher()
        self._places: dict[UUID, int] = {}
        self._entries: list[_Entry] = []
        self._ids: list[UUID] = []
        self._free: list[int] = []
        self._rules: dict[int, Rule] = {}
        self._sure, self._maybe, self._shut = _Postings(), _Postings(), _Postings()
        self._always = set[int]()
        self._terms: dict[UUID, Terms] = {}
        wanted = list(profiles)
        for profile in wanted:  # all words first: how common they are decides what is looked up
            self._add_words(terms_of(profile))
        for profile in wanted:
            self._file(profile, _read(profile))

    def __len__(self) -> int:
        return len(self._places)

    def __contains__(self, profile: object) -> bool:
        return isinstance(profile, Profile) and self.get(profile.id) == profile

    def get(self, profile_id: UUID) -> Profile | None:
        """The profile as it is registered."""
        place = self._places.get(profile_id)
        return None if place is None else self._entries[place].profile

    def put(self, profile: Profile) -> None:
        """Adds the profile, or puts it in place of the one with its id, from the next article on.

        Raises:
            ProfileSyntaxError: It cannot be used; nothing has changed.
        """
        terms = terms_of(profile)
        self.remove(profile.id)
        self._add_words(terms)
        self._file(profile, terms)

    def remove(self, profile_id: UUID) -> None:
        """Takes the profile out, if it is there."""
        place = self._places.pop(profile_id, None)
        if place is None:
            return
        entry = self._entries[place]
        for words in _read(entry.profile).words():
            self.matcher.remove(words)
        self._sure.strike(entry.sure, place)
        self._maybe.strike(entry.maybe or (), place)
        self._shut.strike(entry.shut, place)
        self._always.discard(place)
        self._rules.pop(place, None)
        self._terms.pop(profile_id, None)
        self._free.append(place)

    def replace(self, profiles: Iterable[Profile]) -> None:
        """Makes these the profiles registered; what is unchanged costs nothing.

        Raises:
            ProfileSyntaxError: One of them cannot be used.
        """
        wanted = {profile.id: profile for profile in profiles}
        for gone in [each for each in self._places if each not in wanted]:
            self.remove(gone)
        for profile in wanted.values():
            if profile not in self:
                self.put(profile)

    def terms(self, profile_id: UUID) -> Terms:
        """The keywords of a registered profile."""
        terms = self._terms.get(profile_id)
        if terms is None:
            if len(self._terms) >= TERMS_KEPT:
                self._terms.clear()
            profile = self.get(profile_id)
            if profile is None:
                raise KeyError(profile_id)
            terms = self._terms[profile_id] = _read(profile)
        return terms

    def all_terms(self) -> Iterator[Terms]:
        """The keywords of all profiles, one after the other."""
        return (_read(self._entries[place].profile) for place in self._places.values())

    def candidates(self, reading: Reading) -> list[UUID]:
        """The profiles that may select the article; few that do not are among them."""
        chosen, open_ = self._selected(reading)
        return self._ids_at(chosen | open_)

    def selecting(self, archived: ArchivedArticle, reading: Reading) -> list[UUID]:
        """The profiles that select the article, which was read with `matcher`; thresholds are not applied."""
        chosen, open_ = self._selected(reading)
        if open_:
            view = View(archived, reading)
            chosen.update(place for place in open_ if choose(self._terms_at(place), view) is not None)
        return self._ids_at(chosen)

    def clips(
        self, archived: ArchivedArticle, reading: Reading, background: Background, now: datetime
    ) -> Iterator[Clip]:
        """The clips of the article, for each profile that selects it and over whose threshold it scores."""
        for profile_id in self.candidates(reading):
            terms = self.terms(profile_id)
            clip = score_article(archived, reading, terms, background, now)
            if clip is not None and clip.score >= terms.profile.threshold:
                yield clip

    def _selected(self, reading: Reading) -> tuple[set[int], set[int]]:
        """The places of those that select for sure, and of those that need the whole evaluation."""
        seen = set(reading.sightings)
        places = set[int]().union(*self._sure.of(seen))
        others = self._always.union(*self._maybe.of(seen))
        others -= places
        open_ = set[int]()
        for place in others:
            rule = self._rules[place]
            if rule.is_met(seen):
                (places if rule.exact else open_).add(place)
        for shut in self._shut.of(seen.union(reading.beside)):
            places.difference_update(shut)
            open_.difference_update(shut)
        return places, open_

    def _ids_at(self, places: Iterable[int]) -> list[UUID]:
        ids = self._ids
        return [ids[place] for place in places]

    def _terms_at(self, place: int) -> Terms:
        return self.terms(self._ids[place])

    def _add_words(self, terms: Terms) -> None:
        for words in terms.words():
            self.matcher.add(words)

    def _file(self, profile: Profile, terms: Terms) -> None:
        cost = self.matcher.uses
        rule = rule_of(terms, cost)
        triggers = rule.triggers(cost)
        maybe = None if triggers is None else _keys(triggers)
        entry = _Entry(profile, _keys(rule.sure()), maybe, _keys(rule.shut))
        place = self._place_for(entry)
        self._places[profile.id] = place
        self._sure.note(entry.sure, place)
        self._maybe.note(maybe or (), place)
        self._shut.note(entry.shut, place)
        if maybe is None:
            self._always.add(place)
        if maybe != ():
            self._rules[place] = rule

    def _place_for(self, entry: _Entry) -> int:
        if self._free:
            place = self._free.pop()
            self._entries[place], self._ids[place] = entry, entry.profile.id
            return place
        self._entries.append(entry)
        self._ids.append(entry.profile.id)
        return len(self._entries) - 1


def _keys(clause: Clause) -> tuple[str, ...]:
    """Each key as one object, however many profiles have it."""
    return tuple(map(intern, clause))


def _read(profile: Profile) -> Terms:
    """The keywords of a profile that was checked before."""
    parsed = map(parse_keyword, profile.keywords)
    return Terms(profile, tuple(keyword for keyword in parsed if keyword is not None))
