"""Decides which units form an article: the cheapest way to read the page, all evidence weighed together.

It gives roles and boundaries and changes no text. A page is read once for each habit, headings before or
after their bodies, credits before or after theirs; the cheapest reading wins.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from digest.extract.evidence import Cost, Evidence
from digest.extract.units import Unit

Role = Literal["heading", "credit", "body", "crosshead", "tail", "closing", "caption", "label", "loose"]
"""heading: before its body; closing: a heading after it; tail: credit, jump or dateline after the body;
loose: in no article."""

Habit = tuple[bool, bool]
"""Headings stand after their bodies; credits stand after theirs."""

_HABITS: Final[tuple[Habit, ...]] = ((False, False), (False, True), (True, False), (True, True))


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


_ROLES: Final[dict[str, tuple[Role, ...]]] = {
    "body": ("body", "caption"),
    "short": ("heading", "closing", "crosshead", "loose"),
    "credit": ("credit", "tail", "caption"),
    "jump": ("credit", "tail"),
    "dateline": ("credit", "tail"),
    "label": ("label",),
}

_State = tuple[Role, bool, bool]
"""Role of the last unit in an article, whether the article has a heading, whether it has a body."""

_Back = dict[_State, tuple[_State, Role, bool]]
"""For each state after a unit: the state before it, the unit's role, whether an article began."""

_FIRST: Final[_State] = ("loose", True, True)
_HOPELESS: Final = 15.0
"""How much dearer than the cheapest a reading may be before it is dropped."""

_Step = tuple[_State, bool, float]
"""The state after a unit, whether an article began with it, what that cost."""


def place(units: Sequence[Unit]) -> list[Placed]:
    """The units with their roles, as the cheapest reading has them."""
    evidence = Evidence(units)
    steps: list[dict[tuple[_State, Role], list[_Step]]] = [{} for _ in units]
    readings = [(_read(units, evidence, habit, steps), habit) for habit in _HABITS]
    (_, last, trail), habit = min(readings, key=lambda reading: reading[0][0])
    placed: list[Placed] = []
    before: Role = "loose"
    for index, (unit, (role, starts)) in enumerate(zip(units, _walked(trail, last), strict=True)):
        began = evidence.beginning(index, before, role) if starts else None
        placed.append(
            Placed(unit, role, starts, tuple(evidence.role(index, role, habit)), tuple(began or ()))
        )
        before = role
    return placed


def _read(
    units: Sequence[Unit],
    evidence: Evidence,
    habit: Habit,
    steps: Sequence[dict[tuple[_State, Role], list[_Step]]],
) -> tuple[float, _State, list[_Back]]:
    """The cost of the cheapest reading in a habit, the state it ends in, and the way there.

    `steps` keeps what no habit changes for the next reading.
    """
    costs: dict[_State, float] = {_FIRST: evidence.habit(habit)}
    trail: list[_Back] = []
    for index, unit in enumerate(units):
        following: dict[_State, float] = {}
        back: _Back = {}
        known = steps[index]
        for role in _ROLES[unit.sort]:
            own = evidence.cost(index, role, habit)
            if own > _HOPELESS:
                continue
            for state, cost in costs.items():
                if (state, role) not in known:
                    known[state, role] = list(_steps(state, role, index, evidence))
                for after, starts, step in known[state, role]:
                    total = cost + own + step
                    if after not in following or total < following[after]:
                        following[after] = total
                        back[after] = (state, role, starts)
        hopeless = min(following.values()) + _HOPELESS
        costs = {state: cost for state, cost in following.items() if cost <= hopeless}
        trail.append(back)
    finals = {
        state: cost + evidence.end(len(units), headed=state[1], bodied=state[2])
        for state, cost in costs.items()
    }
    last = min(finals, key=lambda state: finals[state])
    return finals[last], last, trail


def _walked(trail: Sequence[_Back], state: _State) -> list[tuple[Role, bool]]:
    """The roles and beginnings along the way that ends in `state`."""
    way: list[tuple[Role, bool]] = []
    for back in reversed(trail):
        state, role, starts = back[state]
        way.append((role, starts))
    way.reverse()
    return way


def _steps(state: _State, role: Role, index: int, evidence: Evidence) -> Iterator[_Step]:
    """Ways to go on with a unit in `role`: within the article, or as the beginning of the next."""
    last, headed, bodied = state
    if role == "loose":
        yield state, False, 0.0
        return
    within = evidence.within(index, last, role, headed=headed, bodied=bodied)
    if within is not None:
        yield (role, headed or role in {"heading", "closing"}, bodied or role == "body"), False, within
    beginning = evidence.beginning(index, last, role)
    if beginning is not None:
        step = sum(cost for _, cost in beginning) + evidence.end(index, headed=headed, bodied=bodied)
        yield (role, role in {"heading", "label"}, role == "body"), True, step
