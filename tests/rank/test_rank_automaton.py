from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from digest.rank.automaton import GrowingAutomaton, Span

PATTERNS = st.lists(st.text("云溪港", min_size=1, max_size=3), unique=True, max_size=20)


def naive(patterns: list[str], text: str) -> list[Span]:
    spans = [
        (pattern, start, start + len(pattern))
        for pattern in patterns
        for start in range(len(text))
        if text.startswith(pattern, start)
    ]
    return sorted(spans, key=lambda span: (span[2], span[1]))


@given(PATTERNS, st.lists(st.booleans(), max_size=20), st.text("云溪港", max_size=12))
def test_finds_all_that_was_added_however_it_is_spread(
    patterns: list[str], reads: list[bool], text: str
) -> None:
    automaton = GrowingAutomaton(sizes=(1, 3))
    for place, pattern in enumerate(patterns):
        automaton.add(pattern)
        if place < len(reads) and reads[place]:
            assert automaton.find(text) == naive(patterns[: place + 1], text)
    assert automaton.find(text) == naive(patterns, text)


def test_a_large_addition_goes_into_the_largest_at_once() -> None:
    automaton = GrowingAutomaton(sizes=(1, 3))
    for pattern in ("云", "溪", "港", "云溪", "溪港"):
        automaton.add(pattern)
    assert automaton.is_scattered
    assert automaton.find("云溪") == [("云", 0, 1), ("云溪", 0, 2), ("溪", 1, 2)]
    assert not automaton.is_scattered


def test_rebuilding_forgets_what_was_there() -> None:
    automaton = GrowingAutomaton(sizes=(1, 3))
    automaton.add("云")
    automaton.rebuild(["溪"])
    assert automaton.find("云溪") == [("溪", 1, 2)]
