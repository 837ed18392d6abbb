"""Decides which units form an article: the cheapest way to read the page, all evidence weighed together.

It gives roles and boundaries and changes no text. A page is read once for each habit, headings before or
after their bodies, credits before or after theirs; the cheapest reading wins.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

from digest.extract.evidence import Cost, Evidence
from digest.extract.roles import (
    BEGAN,
    BEGINNINGS,
    END,
    FIRST,
    MOVES,
    TEXT_MOVES,
    WHERE,
    End,
    Habit,
    Move,
    Role,
    Trace,
    Way,
    Where,
)
from digest.extract.units import Unit
from digest.extract.weights import WEIGHTS


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit with the role it was given, and whether an article begins with it.

    `why` is what spoke against that role and was outweighed, each with its worth; below 0 it spoke for it.
    `began` is the same for the beginning of an article with it, empty where none begins.
    """

    unit: Unit
    role: Role
    starts: bool
    why: tuple[Cost, ...] = ()
    began: tuple[Cost, ...] = ()


_NEVER: Final = float("inf")
_HOPELESS: Final = 10.0
"""How much dearer than the cheapest a reading may be before it is dropped."""

_Back = dict[int, Trace]
"""For each state after a unit: how it was reached."""


@dataclass(slots=True)
class _Reading:
    """How far a page was read in one habit: what each state costs, and the way to each.

    All habits are read side by side, unit by unit, so that what a unit may cost is kept for no longer.
    """

    costs: dict[int, float]
    trail: list[_Back]

    def finished(self, ends: Mapping[End, float]) -> tuple[float, int]:
        """The cost of the cheapest reading where the page ends, and the state it ends in."""
        return min((cost + ends[END[state]], state) for state, cost in self.costs.items())


class _Step(NamedTuple):
    """A unit with all that reading it may cost; `roles` has a price list for each habit."""

    moves: tuple[tuple[Move, ...], ...]
    beginnings: tuple[tuple[Role, int], ...]
    roles: tuple[Mapping[Role, float], ...]
    ways: Mapping[Way, float]
    begins: Mapping[Role, Mapping[Where, float]]
    ends: Mapping[End, float]


def place(units: Sequence[Unit]) -> list[Placed]:
    """The units with their roles, as the cheapest reading has them."""
    evidence = Evidence(units)
    habits = evidence.habits()
    open_units = [index for index in range(len(units)) if not evidence.settled(index)]
    readings = [_Reading({FIRST: evidence.habit(habit)}, []) for habit in habits]
    for index in open_units:
        step = _step(units, index, evidence, habits)
        for number, reading in enumerate(readings):
            _read(step, reading, number)
    ends = evidence.ends(len(units))
    number = min(range(len(habits)), key=lambda number: readings[number].finished(ends)[0])
    best = readings[number]
    way = dict(zip(open_units, _walked(best.trail, best.finished(ends)[1]), strict=True))
    roles = [way.get(index, ("body", False)) for index in range(len(units))]
    return _explained(units, roles, evidence, habits[number])


def _step(units: Sequence[Unit], index: int, evidence: Evidence, habits: Sequence[Habit]) -> _Step:
    sort, signs = units[index].sort, evidence.signs(index)
    return _Step(
        TEXT_MOVES[signs] if evidence.only_text(index) else MOVES[sort, signs],
        BEGINNINGS[sort, signs],
        evidence.roles(index, habits),
        evidence.ways(index),
        evidence.begins(index),
        evidence.ends(index),
    )


def _explained(
    units: Sequence[Unit], way: Sequence[tuple[Role, bool]], evidence: Evidence, habit: Habit
) -> list[Placed]:
    """The units as they were read, with what spoke against it."""
    placed: list[Placed] = []
    before: Role = "loose"
    for index, (unit, (role, starts)) in enumerate(zip(units, way, strict=True)):
        began = evidence.beginning(index, before, role) if starts else ()
        placed.append(Placed(unit, role, starts, tuple(evidence.role(index, role, habit)), tuple(began)))
        before = role
    return placed


def _read(step: _Step, reading: _Reading, number: int) -> None:
    """Reads one unit more in a habit: for every state it may lead to, at what cost and how."""
    following: dict[int, float] = {}
    back: _Back = {}
    own, ways, moves = step.roles[number], step.ways, step.moves
    again = (0.0, WEIGHTS["signed twice"])
    for state, cost in reading.costs.items():
        for after, role, way, twice, trace in moves[state]:
            total = cost + own[role] + ways[way] + again[twice]
            if total < following.get(after, _NEVER):
                following[after] = total
                back[after] = trace
    ended = _ended(reading.costs, step.ends)
    for role, after in step.beginnings:
        begins = step.begins[role]
        for where, (state, cost) in ended.items():
            total = cost + own[role] + begins[where]
            if total < following.get(after, _NEVER):
                following[after] = total
                back[after] = BEGAN[role][state]
    hopeless = min(following.values()) + _HOPELESS
    reading.costs = {state: cost for state, cost in following.items() if cost <= hopeless}
    reading.trail.append(back)


def _ended(costs: Mapping[int, float], ends: Mapping[End, float]) -> dict[Where, tuple[int, float]]:
    """The cheapest way to have ended the article so far, going by what the next would begin after."""
    ended: dict[Where, tuple[int, float]] = {}
    for state, cost in costs.items():
        total = cost + ends[END[state]]
        where = WHERE[state]
        if where not in ended or total < ended[where][1]:
            ended[where] = (state, total)
    return ended


def _walked(trail: Sequence[_Back], state: int) -> list[tuple[Role, bool]]:
    """The roles and beginnings along the way that ends in `state`."""
    way: list[tuple[Role, bool]] = []
    for back in reversed(trail):
        state, role, starts = back[state]
        way.append((role, starts))
    way.reverse()
    return way
