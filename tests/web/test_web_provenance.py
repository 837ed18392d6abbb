from __future__ import annotations

from datetime import UTC, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from digest.model import ArchivedArticle, Article, Folio, Leftover, LeftoverReason, Page, Part, Role
from digest.web.provenance import MOST_LINES, blocks_of, is_shortened

NOW = datetime(2025, 3, 5, tzinfo=UTC)


def page(text: str, *leftovers: Leftover) -> Page:
    return Page(UUID(int=1), "p.txt", "", 1, Folio(), text, NOW, NOW, leftovers)


def article(number: int, *parts: Part) -> ArchivedArticle:
    return ArchivedArticle(
        UUID(int=number), UUID(int=1), Article("news", f"题{number}", parts=parts), Folio(), NOW, NOW
    )


def test_lines_are_parted_where_their_owner_changes() -> None:
    one, two = article(1, Part("headline", 1, 1), Part("paragraph", 2, 2)), article(2, Part("caption", 4, 4))
    blocks = blocks_of(page("题\n文\n\n图\n编辑", Leftover("editors", "编辑", 5, 5)), [one, two])
    assert [(b.article and b.article.id.int, b.reason, [n.number for n in b.lines]) for b in blocks] == [
        (1, None, [1, 2, 3]),
        (2, None, [4]),
        (None, "editors", [5]),
    ]


def test_a_line_in_several_roles_is_coloured_by_the_most_prominent() -> None:
    owner = article(1, Part("dateline", 1, 1), Part("byline", 1, 1), Part("paragraph", 1, 2))
    (block,) = blocks_of(page("电头署名正文\n正文"), [owner])
    assert [line.roles for line in block.lines] == [("paragraph", "byline", "dateline"), ("paragraph",)]
    assert block.roles == {"paragraph", "byline", "dateline"}


def test_an_articles_claim_goes_before_a_leftovers() -> None:
    owner = article(1, Part("paragraph", 1, 1))
    (block,) = blocks_of(page("文", Leftover("slogan", "文", 1, 1)), [owner])
    assert block.article == owner


def test_blank_lines_at_the_beginning_go_with_the_first_words() -> None:
    owner = article(1, Part("headline", 3, 3))
    (block,) = blocks_of(page("\n \n题\n"), [owner])
    assert block.article == owner
    assert [line.number for line in block.lines] == [1, 2, 3, 4]


def test_lines_that_became_nothing_are_shown_unmarked() -> None:
    (block,) = blocks_of(page("文"), [])
    assert (block.article, block.reason) == (None, None)


def test_a_very_long_page_is_shortened() -> None:
    long = page("文\n" * (MOST_LINES + 10))
    blocks = blocks_of(long, [])
    assert sum(len(block.lines) for block in blocks) == MOST_LINES
    assert is_shortened(long, blocks)
    assert not is_shortened(page("文\n文"), blocks_of(page("文\n文"), []))


def test_a_page_of_one_endless_line_is_shortened() -> None:
    blocks = blocks_of(page("文" * 1_000_000 + "\n尾"), [])
    assert sum(len(line.text) for block in blocks for line in block.lines) < 500_000


ROLES: tuple[Role, ...] = ("headline", "paragraph", "byline")
REASONS: tuple[LeftoverReason, ...] = ("folio", "slogan")
RANGES = st.tuples(st.integers(1, 12), st.integers(0, 3))


@given(
    st.text("文 \n", max_size=20),
    st.lists(st.lists(st.tuples(st.sampled_from(ROLES), RANGES), max_size=3), max_size=3),
    st.lists(st.tuples(st.sampled_from(REASONS), RANGES), max_size=3),
)
def test_every_line_is_shown_once_and_in_order(
    text: str,
    claims: list[list[tuple[Role, tuple[int, int]]]],
    left: list[tuple[LeftoverReason, tuple[int, int]]],
) -> None:
    articles = [
        article(number, *(Part(role, first, first + more) for role, (first, more) in parts))
        for number, parts in enumerate(claims, start=1)
    ]
    leftovers = [Leftover(reason, "", first, first + more) for reason, (first, more) in left]
    blocks = blocks_of(page(text, *leftovers), articles)
    assert [line.text for block in blocks for line in block.lines] == text.split("\n")
    assert all(block.article is None or block.reason is None for block in blocks)
