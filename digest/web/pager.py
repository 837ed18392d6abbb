"""Long lists in pages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Query

PageNumber = Annotated[int, Query(ge=1, le=1_000_000)]
"""The query parameter `page`, from 1."""


@dataclass(frozen=True, slots=True)
class Pager:
    """Where in a list of `total` things a reader is, `size` of them at once; `number` from 1."""

    number: int
    total: int
    size: int

    @property
    def skip(self) -> int:
        """How many things come before this page."""
        return (self.number - 1) * self.size

    @property
    def last(self) -> int:
        """The last page's number.

        >>> Pager(1, 41, 20).last, Pager(1, 0, 20).last
        (3, 1)
        """
        return max(1, -(-self.total // self.size))
