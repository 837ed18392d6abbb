"""Folds the same story printed several times into one; never folds other events told in the same words.

Candidates share stretches of a few characters, which are found by looking them up, so the work grows with the
text and not with the number of pairs. Each is then laid beside the article that would represent it. A
reprint differs at random (misread characters), at its end (cut) or by what was added; another event differs
in its particulars: names, places, dates, figures.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final
from uuid import UUID

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
_PUNCTUATION = re.compile(r"[\W_]+")
_AGENCY = re.compile(r"([\u4e00-\u9fff]{1,6}社)([\u4e00-\u9fff]{2,8}?)(\d{1,2})月(\d{1,2})日电")


def fold_reprints(articles: Sequence[ArchivedArticle]) -> dict[UUID, UUID]:
    """For each article that repeats another's story, the article that represents it.

    Articles that stand for themselves or for others are not keys. The representative is the one printed
    first, on the foremost page, whatever the order given. Every folded article was compared with
    its representative itself: a chain of small changes does not fold its ends together.
    """
    stories = _Stories()
    folded: dict[UUID, UUID] = {}
    for archived in sorted(articles, key=_precedence):
        representative = stories.match(archived)
        if representative is not None:
            folded[archived.id] = representative
    return folded


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

    def __init__(self) -> None:
        self._printed: dict[UUID, Printed] = {}
        self._holders: dict[str, list[UUID]] = {}

    def match(self, archived: ArchivedArticle) -> UUID | None:
        """The story this article repeats; None when it is a new one, which from now on represents itself."""
        printed = Printed.of(archived.article)
        if len(printed.text) < SHORTEST_TEXT:
            return None
        stretches = landmarks(printed.text)
        candidates = self._candidates(stretches)
        likeness = {other: likeness_of(printed, self._printed[other]) for other in candidates}
        best = max(candidates, key=likeness.__getitem__, default=None)
        if best is not None and likeness[best] > 0:
            return best
        self._add(archived.id, printed, stretches)
        return None

    def _candidates(self, stretches: Iterable[str]) -> list[UUID]:
        shared = Counter[UUID]()
        for stretch in stretches:
            holders = self._holders.get(stretch, ())
            if len(holders) <= COMMONEST:
                shared.update(holders)
        found = shared.most_common(MOST_CANDIDATES)
        least = max(LEAST_SHARED, found[0][1] * OF_THE_MOST) if found else 0
        return [other for other, count in found if count >= least]

    def _add(self, story: UUID, printed: Printed, stretches: Iterable[str]) -> None:
        self._printed[story] = printed
        for stretch in stretches:
            holders = self._holders.setdefault(stretch, [])
            if len(holders) <= COMMONEST:
                holders.append(story)


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
