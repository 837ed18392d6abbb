"""Which role may follow which within an article, and which may begin one; it weighs nothing."""

from __future__ import annotations

from typing import Final, Literal, NamedTuple

from digest.extract.units import Sort

Role = Literal["heading", "credit", "body", "crosshead", "tail", "closing", "caption", "label", "loose"]
"""heading: before its body; closing: a heading after it; tail: credit, jump or dateline after the body;
loose: in no article."""

Habit = tuple[bool, bool]
"""Headings stand after their bodies; credits stand after theirs."""

HABITS: Final = ((False, False), (False, True), (True, False), (True, True))

ROLES: Final[dict[Sort, tuple[Role, ...]]] = {
    "body": ("body", "caption"),
    "short": ("heading", "closing", "crosshead", "body", "loose"),
    "credit": ("credit", "tail", "caption"),
    "jump": ("credit", "tail"),
    "dateline": ("credit", "tail"),
    "label": ("label",),
    "furniture": (),
}
"""The roles that a unit of each sort may play."""

Way = Literal[
    "on",
    "text after text",
    "text after tail",
    "text after closing",
    "tail after tail",
    "tail after others",
]
"""How a unit goes on with its article, where the ways differ in cost."""

Where = Literal["page", "text", "heading", "closing", "rest"]
"""What an article begins after: no article, its text, a heading before or after its text, another part."""

End = Literal["whole", "headless", "empty", "unsigned", "unsigned, headless"]
"""How an article ends, going by what it has."""

Signs = Literal["no", "excused", "signed"]
"""Whether a unit signs the article: not at all, so that nobody else has to, by its writers' names."""


class State(NamedTuple):
    """The role of an article's last unit, and what the article has so far."""

    last: Role
    headed: bool
    bodied: bool
    signed: bool


Trace = tuple[int, Role, bool]
"""How a state was reached: from which state, by which role of the unit, whether an article began."""


class Move(NamedTuple):
    """A unit in a role goes on with the article; `after` is the index in `STATES` it leads to.

    `twice` is 1 where writers sign an article that is signed already. `trace` is what reading back needs.
    """

    after: int
    role: Role
    way: Way
    twice: int
    trace: Trace


_IN_TEXT: Final = frozenset({"body", "crosshead"})
BEGINNERS: Final[tuple[Role, ...]] = ("heading", "credit", "body", "label")


def begun(role: Role, signs: Signs) -> State:
    """The state after an article's first unit."""
    return State(role, headed=role in {"heading", "label"}, bodied=role == "body", signed=signs != "no")


def _with(state: State, role: Role, signs: Signs) -> State:
    return State(
        role,
        headed=state.headed or role in {"heading", "closing"},
        bodied=state.bodied or role == "body",
        signed=state.signed or (signs != "no" and role != "caption"),
    )


def _twice(state: State, role: Role, signs: Signs) -> int:
    return int(
        state.signed and signs == "signed" and role != "caption" and state.last not in {"credit", "tail"}
    )


def _way(state: State, role: Role, sort: Sort) -> Way | None:
    """How a unit of a sort goes on in a role; None when it cannot."""
    last, headed, bodied, _ = state
    match role:
        case "body":
            return _text_way(last) if bodied else "on"
        case "tail":
            return _tail_way(last) if bodied else None
        case "caption":
            can = sort != "credit" or last == "caption"
        case "crosshead":
            can = bodied and last in _IN_TEXT
        case "closing":
            can = last == "closing" or (bodied and not headed)
        case _:
            return None if bodied else _way_before_body(last, role)
    return "on" if can else None


def _text_way(last: Role) -> Way:
    return (
        "text after closing"
        if last == "closing"
        else "text after tail"
        if last == "tail"
        else "text after text"
    )


def _tail_way(last: Role) -> Way | None:
    if last == "closing":
        return None
    return "tail after tail" if last == "tail" else "on" if last == "body" else "tail after others"


def _way_before_body(last: Role, role: Role) -> Way | None:
    """Headings, labels and credits in the order in which they stand over a body."""
    match role:
        case "heading":
            return "on" if last in {"heading", "label"} else None
        case "label":
            return "on" if last == "heading" else None
        case "credit":
            return "on" if last in {"heading", "credit", "caption"} else None
        case _:
            return None


def _states() -> tuple[State, ...]:
    """All that can be reached; the first is that before any article has begun."""
    first = State("loose", headed=True, bodied=True, signed=True)
    states = [first, *(begun(role, signs) for role in BEGINNERS for signs in SIGNS)]
    states = list(dict.fromkeys(states))
    for state in states:
        for sort, roles in ROLES.items() if state is not first else ():
            can: list[Role] = [role for role in roles if role != "loose" and _way(state, role, sort)]
            reached = dict.fromkeys(_with(state, role, signs) for role in can for signs in SIGNS)
            states += [after for after in reached if after not in states]
    return tuple(states)


SIGNS: Final[tuple[Signs, ...]] = ("no", "excused", "signed")
STATES: Final = _states()
FIRST: Final = 0
"""The index in `STATES` of the state before any article has begun."""


def _moves(index: int, sort: Sort, signs: Signs) -> tuple[Move, ...]:
    state = STATES[index]
    found: list[Move] = []
    for role in ROLES[sort]:
        if role == "loose":
            found.append(Move(index, role, "on", 0, (index, role, False)))
        elif index != FIRST and (way := _way(state, role, sort)):
            after = STATES.index(_with(state, role, signs))
            found.append(Move(after, role, way, _twice(state, role, signs), (index, role, False)))
    return tuple(found)


def _where(state: State) -> Where:
    match state.last:
        case "loose":
            return "page"
        case "body" | "crosshead":
            return "text"
        case "heading" | "closing":
            return state.last
        case _:
            return "rest"


def _end(state: State) -> End:
    if not state.bodied:
        return "empty"
    if state.signed:
        return "whole" if state.headed else "headless"
    return "unsigned" if state.headed else "unsigned, headless"


MOVES: Final[dict[tuple[Sort, Signs], tuple[tuple[Move, ...], ...]]] = {
    (sort, signs): tuple(_moves(index, sort, signs) for index in range(len(STATES)))
    for sort in ROLES
    for signs in SIGNS
}
"""For a unit's sort and signs, and the index of a state: every way to go on from it with the article."""

TEXT_MOVES: Final[dict[Signs, tuple[tuple[Move, ...], ...]]] = {
    signs: tuple(tuple(move for move in moves if move.role == "body") for moves in MOVES["body", signs])
    for signs in SIGNS
}
"""The same for a text that is no caption."""

BEGINNINGS: Final[dict[tuple[Sort, Signs], tuple[tuple[Role, int], ...]]] = {
    (sort, signs): tuple((role, STATES.index(begun(role, signs))) for role in roles if role in BEGINNERS)
    for sort, roles in ROLES.items()
    for signs in SIGNS
}
"""For a unit's sort and signs: the roles in which it may begin an article, with the state it leads to."""

BEGAN: Final[dict[Role, list[Trace]]] = {
    role: [(index, role, True) for index in range(len(STATES))] for role in BEGINNERS
}
"""For a role, and the index of the state before: how an article began with it."""

WHERE: Final[list[Where]] = [_where(state) for state in STATES]
END: Final[list[End]] = [_end(state) for state in STATES]
