from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from digest.rank.highlight import highlight

SPANS = st.lists(st.tuples(st.integers(-3, 30), st.integers(-3, 30)), max_size=6)


def test_overlapping_and_touching_spans_are_one_mark() -> None:
    assert highlight("abcdef", [(3, 5), (1, 3), (2, 4)]) == [("a", False), ("bcde", True), ("f", False)]


def test_text_without_spans_is_one_unmarked_piece() -> None:
    assert highlight("<b>", []) == [("<b>", False)]
    assert highlight("", [(0, 2)]) == []


@given(st.text(max_size=25), SPANS)
def test_pieces_join_to_the_text_and_mark_exactly_the_spans(text: str, spans: list[tuple[int, int]]) -> None:
    pieces = highlight(text, spans)
    marks = [marked for piece, marked in pieces for _ in piece]
    assert "".join(piece for piece, _ in pieces) == text
    assert marks == [any(start <= place < end for start, end in spans) for place in range(len(text))]
    assert all(one[1] != other[1] for one, other in pairwise(pieces))
