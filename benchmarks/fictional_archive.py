"""Makes a large archive of articles in words that mean nothing, as frequent as words of a language are."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from itertools import accumulate, islice
from typing import Any, Final
from uuid import UUID

from sqlalchemy import Connection, insert

from digest.codec import article_to_json
from digest.model import Article
from digest.store import Store
from digest.store.search import index_missing
from digest.store.tables import articles, pages

LATEST: Final = date(2031, 5, 6)
PER_PAGE: Final = 10
PER_DAY: Final = 300
WORDS: Final = 250
"""Of an article; they have about two characters each."""
_VOCABULARY: Final = 40_000
_AT_ONCE: Final = 5_000
_SEEN: Final = datetime(2031, 5, 6, tzinfo=UTC)


def _characters() -> list[str]:
    """The 3,755 most usual characters, as GB 2312 lists them."""
    codes = ((high, low) for high in range(0xB0, 0xD8) for low in range(0xA1, 0xFF))
    decoded = (bytes(code).decode("gb2312", errors="ignore") for code in codes)
    return [character for character in decoded if character]


class Language:
    """Words by frequency: the word at place n is about 1/n as frequent as the first."""

    def __init__(self, seed: int = 1) -> None:
        self._draw = random.Random(seed)  # noqa: S311 - the same archive every time, no secret
        characters = _characters()
        self._draw.shuffle(characters)
        weights = [1 / (place + 20) for place in range(len(characters))]
        lengths = self._draw.choices((1, 2, 3, 4), (1, 7, 1, 1), k=_VOCABULARY)
        drawn = ("".join(self._draw.choices(characters, weights, k=length)) for length in lengths)
        self.words = list(dict.fromkeys(drawn))
        self._weights = list(accumulate(1 / (place + 10) for place in range(len(self.words))))

    def text(self, words: int) -> str:
        """So many words, with a mark after every tenth."""
        drawn = self._draw.choices(self.words, cum_weights=self._weights, k=words)
        return "。".join("".join(drawn[start : start + 10]) for start in range(0, words, 10))

    def article(self) -> Article:
        """An article of a headline and four paragraphs."""
        paragraphs = tuple(self.text(WORDS // 4) for _ in range(4))
        headline = self.text(8).replace("。", "")
        return Article(kind="news", headline=headline, lead=paragraphs[0], paragraphs=paragraphs)

    def frequent(self, place: int) -> str:
        """The first word of two characters from this place on."""
        return next(word for word in self.words[place:] if len(word) == 2)  # noqa: PLR2004 - two characters


@dataclass(frozen=True, slots=True)
class Printed:
    """Rows of one article, and of its page when it is the page's first."""

    article: dict[str, Any]
    page: dict[str, Any] | None


def _printed(language: Language, number: int) -> Printed:
    sheet, position = divmod(number, PER_PAGE)
    article, instant = language.article(), _SEEN + timedelta(microseconds=number)
    row: dict[str, Any] = {
        "id": UUID(int=number + 1, version=4),
        "page_id": UUID(int=sheet + 1, version=5),
        "position": position,
        "kind": article.kind,
        "headline": article.headline,
        "content": article_to_json(article),
        "first_seen": instant,
        "updated": instant,
        "unmatched": False,
    }
    return Printed(row, None if position else _page(row["page_id"], sheet))


def _page(page_id: UUID, sheet: int) -> dict[str, Any]:
    per_day = PER_DAY // PER_PAGE
    return {
        "id": page_id,
        "path": f"{sheet}.txt",
        "sha256": f"{sheet:064}",
        "revision": 1,
        "paper": f"山川{sheet % 6}报",
        "date": LATEST - timedelta(days=sheet // per_day),
        "number": sheet % per_day // 6 + 1,
        "label": str(sheet % per_day // 6 + 1),
        "text": "",
        "leftovers": [],
        "repairs": [],
        "boxes": [],
        "first_seen": _SEEN,
        "read_at": _SEEN,
    }


def fill(store: Store, count: int) -> Language:
    """Puts so many articles into an empty store, not yet into its index."""
    language = Language()
    printed = (_printed(language, number) for number in range(count))
    while chunk := list(islice(printed, _AT_ONCE)):
        with store.write() as tx:
            _insert(tx, iter(chunk))
    return language


def _insert(tx: Connection, chunk: Iterator[Printed]) -> None:
    rows = list(chunk)
    sheets = [row.page for row in rows if row.page]
    if sheets:
        tx.execute(insert(pages), sheets)
    tx.execute(insert(articles), [row.article for row in rows])


def index(store: Store) -> None:
    """Puts all articles into the index, as an upgrade does."""
    with store.write() as tx:
        index_missing(tx)
