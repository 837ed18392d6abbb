"""Decides which units of a page form an article: the cheapest way to read the page, all evidence weighed together.

It assigns roles and boundaries; it never changes a text. A page is read four times, once for each habit (headings
before or after their bodies, credits before or after theirs); the cheapest reading wins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from digest.extract.evidence import Evidence
from digest.extract.units import Unit

Role = Literal["heading", "credit", "body", "crosshead", "tail", "closing", "caption", "label", "loose"]
"""heading: before its body; closing: a heading after its body; tail: credit, jump or dateline after the body;
loose: belongs to no article."""

Habit = tuple[bool, bool]
"""Headings stand after their bodies; credits stand after theirs."""


@dataclass(frozen=True, slots=True)
class Placed:
    """A unit with the role it was given, and whether an article begins with it."""

    unit: Unit
    role: Role
    starts: bool


_ROLES: Final[dict[str, tuple[Role, ...]]] = {
    "body": ("body", "caption"),
    "short": ("heading", "closing", "crosshead", "loose"),
    "credit": ("credit", "tail", "caption"),
    "jump": ("credit", "tail"),
    "dateline": ("credit", "tail"),
    "label": ("label",),
}

_State = tuple[Role, bool, bool]
"""Role of the last unit, whether the article has a heading, whether it has a body."""

_Back = dict[_State, tuple[_State, Role, bool]]
"""For each state after a unit: the state before it, the unit's role, whether an article began."""

_HOPELESS: Final = 15.0
"""How much dearer than the cheapest a reading may be before it is dropped."""

_FIRST: Final[_State] = ("loose", True, True)


def place(units: Sequence[Unit]) -> list[Placed]:
    """The units with their roles, as the cheapest of four readings has them."""
    evidence = Evidence(units)
    habits: list[Habit] = [(after, signed) for after in (False, True) for signed in (False, True)]
    readings = [_read(units, evidence, habit) for habit in habits]
    return min(readings, key=lambda reading: reading[0])[1]


def _read(units: Sequence[Unit], evidence: Evidence, habit: Habit) -> tuple[float, list[Placed]]:
    costs: dict[_State, float] = {_FIRST: evidence.habit(habit)}
    trail: list[_Back] = []
    for index, unit in enumerate(units):
        following: dict[_State, float] = {}
        back: _Back = {}
        for role in _ROLES[unit.sort]:
            own = evidence.role(index, role, habit)
            for state, cost in costs.items():
                for after, starts, step in _steps(state, role, index, evidence, habit):
                    total = cost + own + step
                    if total < following.get(after, 1e9):
                        following[after] = total
                        back[after] = (state, role, starts)
        hopeless = min(following.values()) + _HOPELESS
        costs = {state: cost for state, cost in following.items() if cost <= hopeless}
        trail.append(back)
    finals = {state: cost + evidence.end(len(units), state[1], state[2]) for state, cost in costs.items()}
    last = min(finals, key=lambda state: finals[state])
    return finals[last], _walked(units, trail, last)


def _walked(units: Sequence[Unit], trail: Sequence[_Back], state: _State) -> list[Placed]:
    placed: list[Placed] = []
    for unit, back in zip(reversed(units), reversed(trail), strict=True):
        before, role, starts = back[state]
        placed.append(Placed(unit, role, starts))
        state = before
    placed.reverse()
    return placed


def _steps(
    state: _State, role: Role, index: int, evidence: Evidence, habit: Habit
) -> Iterator[tuple[_State, bool, float]]:
    """Ways to go on with a unit in `role`: within the article, or as the beginning of the next."""
    last, headed, bodied = state
    if role == "loose":
        yield (last, headed, bodied), False, 0.0
        return
    within = evidence.within(index, last, role, headed=headed, bodied=bodied)
    if within is not None:
        yield (role, headed or role in {"heading", "closing"}, bodied or role in {"body"}), False, within
    fresh = evidence.fresh(index, last, role)
    if fresh is not None:
        step = fresh + evidence.end(index, headed, bodied)
        yield (role, role in {"heading", "label"}, role == "body"), True, step
