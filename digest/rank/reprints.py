"""Folds the same story printed several times into one; never folds other events told in the same words.

Candidates share stretches of a few characters, which are found by looking them up, so the work grows with the
text and not with the number of pairs. Each is then laid beside the article that would represent it. A
reprint differs at random (misread characters), at its end (cut) or by what was added; another event differs
in its particulars: names, places, dates, figures.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest
from typing import Final, Protocol
from uuid import UUID
from zlib import crc32

from digest.model import ArchivedArticle, Article
from digest.rank.alignment import Differences, differences
from digest.rank.fold import is_unspaced, key_of

LEAST_COVERAGE: Final = 0.55
"""The share of the shorter article that must stand in the other; the rest may be an added paragraph."""
AGENCY_COVERAGE: Final = 0.45
"""The same when both name the same agency, place and day."""
LONGEST_OPENING: Final = 30
LONGEST_BETWEEN: Final = 40
"""Characters at the beginning, and in the middle, that may be others altogether."""
DRAWN_TOGETHER: Final = 2.5
"""Misread characters stand side by side by chance: as often as the square of their share, times this."""
WORDINGS: Final = 2.0
WORDINGS_SHARE: Final = 0.008
"""How many other wordings a reprint may have, and how many more for each character: editors change some."""
FIGURE: Final = 2
"""How many wordings another figure weighs."""
ONE_WORDING: Final = 6
"""So many characters that differ altogether weigh as one wording."""
SHORTEST_TEXT: Final = 30
"""Characters; shorter articles, such as a lone caption, are told apart by too little."""
COMPARED: Final = 3000
"""Characters from the beginning that are compared."""
COMMONEST: Final = 30
"""Stretches that lead to more stories than this are boilerplate and lead to no candidates."""
MOST_CANDIDATES: Final = 5
LEAST_SHARED: Final = 2
OF_THE_MOST: Final = 0.3
"""Candidates that share less than this part of what the first of them shares are not compared."""
_STRETCH: Final = 5
_LATIN_STRETCH: Final = 12
_BEGIN: Final = 5
_LOOKED_UP: Final = 1600
_ONE_IN: Final = ((250, 2), (500, 4), (1000, 8), (_LOOKED_UP, 16))
"""Of texts up to a length, one in so many characters begins a stretch; each a multiple of the one before."""
_AT_ONCE: Final = 200
"""Articles whose landmarks are looked up together."""
_SIGN: Final = 1 << 31
_PUNCTUATION = re.compile(r"[\W_]+")
_AGENCY = re.compile(r"([\u4e00-\u9fff]{1,6}社)([\u4e00-\u9fff]{2,8}?)(\d{1,2})月(\d{1,2})日电")


class Kept(Protocol):
    """Articles known to stand for themselves, which need not be in memory."""

    def holders(self, marks: Collection[int]) -> Mapping[int, Collection[UUID]]:
        """Which of them have each of these landmarks; of more than `COMMONEST`, not all need be told."""
        ...

    def printed(self, ids: Collection[UUID]) -> Mapping[UUID, Printed]:
        """Their texts; what is no longer in force is left out."""
        ...


@dataclass(frozen=True, slots=True)
class Folded:
    """What became of new articles.

    Attributes:
        into: For each that repeats another's story, the article that represents it.
        standing: The landmarks of those that represent themselves from now on, and of known ones repeated:
            what they are to be found by.
    """

    into: dict[UUID, UUID]
    standing: dict[UUID, tuple[int, ...]]


def fold_reprints(articles: Sequence[ArchivedArticle]) -> dict[UUID, UUID]:
    """For each article that repeats another's story, the article that represents it.

    Articles that stand for themselves or for others are not keys. The representative is the one printed
    first, on the foremost page, whatever the order given. Every folded article was compared with
    its representative itself: a chain of small changes does not fold its ends together.
    """
    return fold_new(articles, None).into


def fold_new(
    articles: Sequence[ArchivedArticle], kept: Kept | None, before: Mapping[UUID, UUID] | None = None
) -> Folded:
    """Folds new articles into those that stand already, which go on to, and into each other.

    An article that changed is compared with the one that represented it `before`, even where that is not
    found by its landmarks any more. What it costs depends on the new articles and those they share landmarks
    with, not on how many are kept.
    """
    stories = _Stories(kept, before or {})
    into: dict[UUID, UUID] = {}
    ordered = sorted(articles, key=_precedence)
    for start in range(0, len(ordered), _AT_ONCE):
        chunk = [(each.id, Printed.of(each.article)) for each in ordered[start : start + _AT_ONCE]]
        into |= stories.fold(chunk)
    return Folded(into, stories.standing)


def _precedence(archived: ArchivedArticle) -> tuple[date, float, float, UUID]:
    page = archived.folio.number
    printed = archived.folio.date or archived.first_seen.date()
    return (printed, float("inf") if page is None else page, archived.first_seen.timestamp(), archived.id)


@dataclass(frozen=True, slots=True)
class Printed:
    """An article as it is compared: its body without punctuation, and the agency's dateline if it has one."""

    text: str
    agency: str | None

    @classmethod
    def of(cls, article: Article) -> Printed:
        """The body alone: headlines differ between papers that print the same story."""
        text = key_of("\n".join(article.paragraphs or (article.lead,)))
        dateline = _AGENCY.search(key_of(article.dateline or "") or text[:200])
        return cls(_PUNCTUATION.sub("", text)[:COMPARED], dateline.group() if dateline else None)


class _Stories:
    """The representatives so far, looked up by stretches of their text."""

    def __init__(self, kept: Kept | None, before: Mapping[UUID, UUID]) -> None:
        self.standing: dict[UUID, tuple[int, ...]] = {}
        self._kept = kept
        self._before = before
        self._printed: dict[UUID, Printed] = {}
        self._new_holders: dict[int, list[UUID]] = {}
        self._known_holders: Mapping[int, Collection[UUID]] = {}

    def fold(self, articles: Iterable[tuple[UUID, Printed]]) -> dict[UUID, UUID]:
        """Which of these articles repeat which story; the others from now on represent themselves."""
        marked = [(each, text, marks_of(text)) for each, text in articles]
        if self._kept:
            self._known_holders = self._kept.holders({mark for _, _, marks in marked for mark in marks})
        matched = ((each, self._match(each, text, marks)) for each, text, marks in marked if marks)
        return {article_id: story for article_id, story in matched if story is not None}

    def _match(self, article_id: UUID, printed: Printed, marks: tuple[int, ...]) -> UUID | None:
        candidates = self._candidates(marks)
        before = self._before.get(article_id)
        if before is not None and before not in candidates:
            candidates.append(before)
        likeness = {other: likeness_of(printed, text) for other, text in self._texts(candidates).items()}
        best = max(likeness, key=likeness.__getitem__, default=None)
        if best is None or likeness[best] <= 0:
            self._add(article_id, printed, marks)
            return None
        if best not in self.standing:
            self.standing[best] = marks_of(self._printed[best])
        return best

    def _texts(self, candidates: Sequence[UUID]) -> dict[UUID, Printed]:
        asked = [other for other in candidates if other not in self._printed]
        if asked and self._kept:
            self._printed |= self._kept.printed(asked)
        return {other: self._printed[other] for other in candidates if other in self._printed}

    def _candidates(self, marks: Iterable[int]) -> list[UUID]:
        shared = Counter[UUID]()
        for mark in marks:
            if self._how_many(mark) <= COMMONEST:
                shared.update(self._known_holders.get(mark, ()))
                shared.update(self._new_holders.get(mark, ()))
        found = nsmallest(MOST_CANDIDATES, shared.items(), key=lambda each: (-each[1], each[0]))
        least = max(LEAST_SHARED, found[0][1] * OF_THE_MOST) if found else 0
        return [other for other, count in found if count >= least]

    def _how_many(self, mark: int) -> int:
        return len(self._known_holders.get(mark, ())) + len(self._new_holders.get(mark, ()))

    def _add(self, story: UUID, printed: Printed, marks: Iterable[int]) -> None:
        """Its commonest landmarks are left out: they lead nowhere as it is."""
        found_by = tuple(mark for mark in marks if self._how_many(mark) <= COMMONEST)
        self._printed[story], self.standing[story] = printed, found_by
        for mark in found_by:
            self._new_holders.setdefault(mark, []).append(story)


def marks_of(printed: Printed) -> tuple[int, ...]:
    """The checksums of an article's landmarks, 32 bits with a sign; none of a text that is too short."""
    if len(printed.text) < SHORTEST_TEXT:
        return ()
    return tuple(dict.fromkeys(crc32(stretch.encode()) - _SIGN for stretch in landmarks(printed.text)))


def landmarks(text: str) -> list[str]:
    """Some sixty to a hundred stretches of a text, each once, that a copy of it mostly has too.

    They are chosen by the character they begin with, so that what is added or lost elsewhere changes nothing;
    of a longer text fewer are chosen, all of which are chosen of a shorter one as well.
    """
    part = text[:_LOOKED_UP]
    one_in = next(share for length, share in _ONE_IN if len(part) <= length)
    begin = _BEGIN % one_in
    places = [place for place, character in enumerate(part) if ord(character) % one_in == begin]
    return list(dict.fromkeys(text[place : place + _length(text[place])] for place in places))


def _length(character: str) -> int:
    return _STRETCH if is_unspaced(character) else _LATIN_STRETCH


def likeness_of(one: Printed, other: Printed) -> float:
    """How much of the same story two articles tell, 0 when they are no printings of one."""
    found = differences(one.text, other.text)
    if found is None:
        return 0.0
    same_agency = one.agency is not None and one.agency == other.agency
    return found.coverage if _in_common(found, same_agency=same_agency) and _same_particulars(found) else 0.0


def _in_common(found: Differences, *, same_agency: bool) -> bool:
    least = AGENCY_COVERAGE if same_agency else LEAST_COVERAGE
    return found.coverage >= least and found.opening <= LONGEST_OPENING and found.between <= LONGEST_BETWEEN


def _same_particulars(found: Differences) -> bool:
    """Whether no more wordings and figures differ than misreading and editing explain."""
    by_chance = DRAWN_TOGETHER * found.singles**2 / found.passages
    elsewhere = (found.opening + found.between) / ONE_WORDING
    surplus = found.wordings + elsewhere + FIGURE * found.figures - by_chance
    return surplus <= WORDINGS + WORDINGS_SHARE * found.passages
