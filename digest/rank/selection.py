"""What must be seen in an article for a profile to select it, as sets of words; never reads an article.

A clause is a set of words of which one must be seen. Where clauses tell all there is to tell, nothing else
has to be looked at; otherwise they tell which articles are worth the whole evaluation.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import TypeAlias

from digest.rank.expression import AllOf, AnyOf, AtLeast, Expression, InPlace, Near, Words, parts_of
from digest.rank.keyword import Keyword
from digest.rank.terms import Terms

Clause: TypeAlias = frozenset[str]
"""Keys of `Words`; one of them stands in the zones."""
Cost = Callable[[str], int]
"""How much work a word gives when it is seen."""


@dataclass(frozen=True, slots=True)
class Needs:
    """What must be seen for an expression to hold; `exact` when it then does hold."""

    clauses: tuple[Clause, ...]
    exact: bool


@dataclass(frozen=True, slots=True)
class Rule:
    """When a profile selects an article.

    Attributes:
        required: Clauses that must all be met.
        alternatives: Clauses of which one row must be met; no row, nothing more.
        shut: Keys of which none may be seen, in the zones or beside them.
        exact: Whether that is all; otherwise meeting it is necessary, not sufficient.
    """

    required: tuple[Clause, ...]
    alternatives: tuple[tuple[Clause, ...], ...]
    shut: Clause
    exact: bool

    def is_met(self, seen: AbstractSet[str]) -> bool:
        """Whether the words seen in the zones meet the clauses; exclusions are not looked at."""
        for clause in self.required:
            if clause.isdisjoint(seen):
                return False
        for row in self.alternatives:
            for clause in row:
                if clause.isdisjoint(seen):
                    break
            else:
                return True
        return not self.alternatives

    def sure(self) -> Clause:
        """Words of which one is enough, exclusions aside; empty when there is no such word."""
        singles = [row[0] for row in self.alternatives if len(row) == 1]
        return frozenset[str]().union(*singles) if self.exact and not self.required else frozenset()

    def triggers(self, cost: Cost) -> Clause | None:
        """The cheapest clause that all selected articles without a `sure` word meet.

        Empty when there are no such articles; None when they have no word in common.
        """
        sure = self.sure()
        rest = [row for row in self.alternatives if row != (sure,)]
        if sure and not rest:
            return frozenset()
        either = _either(rest, cost)
        choices = self.required if either is None else (*self.required, either)
        return _cheapest(choices, cost) if choices else None


def rule_of(terms: Terms, cost: Cost) -> Rule:
    """The profile's rule; of what is only necessary, the cheapest is taken.

    >>> from uuid import UUID
    >>> from digest.model import Profile
    >>> from digest.rank.terms import terms_of
    >>> rule = rule_of(terms_of(Profile(UUID(int=1), "p", "p", ("港 & 航线", "+云溪", "-招聘"))), len)
    >>> rule.is_met({"港", "航线", "云溪"}), rule.is_met({"港", "云溪"}), rule.exact
    (True, False, True)
    """
    required = [needs_of(keyword.expression, cost) for keyword in terms.required]
    wanted = (keyword for keyword in terms.selecting if keyword.part == "wanted")
    rows = [needs_of(keyword.expression, cost) for keyword in wanted]
    shut, shut_exactly = _shut(terms.excluded)
    return Rule(
        required=tuple(clause for needs in required for clause in needs.clauses),
        alternatives=tuple(_together(rows)),
        shut=shut,
        exact=shut_exactly and all(needs.exact for needs in (*required, *rows)),
    )


def _together(rows: Iterable[Needs]) -> Iterator[tuple[Clause, ...]]:
    """The rows, those of a single clause made into one."""
    singles: Clause = frozenset[str]()
    for needs in rows:
        if len(needs.clauses) == 1:
            singles |= needs.clauses[0]
        else:
            yield needs.clauses
    if singles:
        yield (singles,)


def _shut(excluded: Iterable[Keyword]) -> tuple[Clause, bool]:
    keys, exact = set[str](), True
    for keyword in excluded:
        needs = needs_of(keyword.expression, len)
        if needs.exact and len(needs.clauses) == 1:
            keys |= needs.clauses[0]
        else:
            exact = False
    return frozenset(keys), exact


def needs_of(expression: Expression, cost: Cost) -> Needs:
    """What must be seen for the expression to hold; no clause when it can hold without words."""
    match expression:
        case Words():
            return Needs((frozenset((expression.key,)),), exact=True)
        case AnyOf(parts):
            return _any([needs_of(part, cost) for part in parts], cost)
        case AllOf(parts):
            each = [needs_of(part, cost) for part in parts]
            return Needs(_joined(each), all(needs.exact for needs in each))
        case InPlace("byline"):
            return Needs((), exact=False)
        case Near() | AtLeast() | InPlace():
            return Needs(_joined(needs_of(part, cost) for part in parts_of(expression)), exact=False)
        case _:
            return Needs((), exact=False)


def _any(parts: list[Needs], cost: Cost) -> Needs:
    clause = _either([needs.clauses for needs in parts], cost)
    exact = all(needs.exact and len(needs.clauses) == 1 for needs in parts)
    return Needs(() if clause is None else (clause,), exact)


def _joined(parts: Iterable[Needs]) -> tuple[Clause, ...]:
    return tuple(clause for needs in parts for clause in needs.clauses)


def _either(rows: Iterable[tuple[Clause, ...]], cost: Cost) -> Clause | None:
    """A clause that is met when one of the rows is; None when a row has none, or there is no row."""
    chosen = [_cheapest(row, cost) if row else None for row in rows]
    known = [clause for clause in chosen if clause is not None]
    return frozenset[str]().union(*known) if chosen and len(known) == len(chosen) else None


def _cheapest(clauses: Iterable[Clause], cost: Cost) -> Clause:
    return min(clauses, key=lambda clause: (sum(map(cost, clause)), sorted(clause)))
