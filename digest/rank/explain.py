"""Why a profile selects an article or does not, keyword by keyword; decides nothing, it asks what decides."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from digest.model import ArchivedArticle, Article, Clip, Profile, Reason
from digest.rank.background import Background, matcher_of
from digest.rank.evidence import View, evidence
from digest.rank.expression import AllOf, AtLeast, Expression, InPlace, Near, Words, parts_of, words_of
from digest.rank.fold import MatchForm, is_spaced, match_form
from digest.rank.keyword import Keyword, Part
from digest.rank.reading import Reading, Sighting, read_article
from digest.rank.score import PARTS, part_relevances, score_article
from digest.rank.segments import segment
from digest.rank.terms import Terms, terms_of
from digest.rank.zones import Ground, byline_text, text_at, texts_beside, zone_texts

Verdict = Literal["selected", "excluded", "required", "nothing", "threshold", "note"]
"""Selected; else: an exclusion holds, a required keyword does not, none holds, low score, it is a note."""

Miss = Literal["word_boundary", "capitals", "distance", "count", "place", "part"]
"""Cut by a word's boundary; other capitals; too far apart; too few; elsewhere; only a part of A & B holds."""


@dataclass(frozen=True, slots=True)
class Spot:
    """Where a word stands in the original text; `text` is what is printed there.

    `credit` is 0..1, how surely it is the word meant. `ground`, `index`, `start` and `end` are as in `Hit`.
    """

    ground: Ground
    index: int
    start: int
    end: int
    text: str
    credit: float = 1.0


@dataclass(frozen=True, slots=True)
class NearMiss:
    """A keyword, or a word of it, that is printed but does not count, and why; `detail` is for people."""

    keyword: str
    why: Miss
    detail: str
    spots: tuple[Spot, ...] = ()


@dataclass(frozen=True, slots=True)
class Trace:
    """A keyword, whether it holds, where, and its part of the score.

    Attributes:
        points: What it adds to the score; 0 for exclusions and keywords that do not hold.
        share: Its points over those of all keywords and their characters, 0..1.
    """

    keyword: str
    part: Part
    holds: bool
    spots: tuple[Spot, ...] = ()
    points: float = 0.0
    share: float = 0.0


@dataclass(frozen=True, slots=True)
class PartTrace:
    """A single character of the keywords that counts by itself: how often it stands, what it adds."""

    character: str
    count: int
    points: float


@dataclass(frozen=True, slots=True)
class Explanation:
    """What a profile makes of an article.

    Attributes:
        score: What the article has; when it is shut out, what it would have.
        traces: All keywords of the profile, in its order.
        adjustments: The reasons that are no keywords.
        near_misses: What nearly matched.
        parts: What the reason "parts" is made of, most first; where nothing is selected, what is near.
    """

    profile: Profile
    archived: ArchivedArticle
    verdict: Verdict
    score: float
    traces: tuple[Trace, ...]
    adjustments: tuple[Reason, ...] = ()
    near_misses: tuple[NearMiss, ...] = ()
    parts: tuple[PartTrace, ...] = ()

    @property
    def fired(self) -> tuple[Trace, ...]:
        """The exclusions that hold."""
        return tuple(trace for trace in self.traces if trace.part == "excluded" and trace.holds)

    @property
    def missing(self) -> tuple[Trace, ...]:
        """The required keywords that do not hold."""
        return tuple(trace for trace in self.traces if trace.part == "required" and not trace.holds)


def explain(
    archived: ArchivedArticle, profile: Profile, background: Background, now: datetime
) -> Explanation:
    """Each keyword of the profile with its places and points, and what nearly matched.

    Score and points are those of `rank` with the same background and `now`.

    Raises:
        ProfileSyntaxError: When the profile cannot be used.

    >>> from datetime import UTC
    >>> from uuid import UUID
    >>> from digest.model import Folio
    >>> seen = datetime(2031, 5, 6, tzinfo=UTC)
    >>> article = Article(kind="news", headline="两城发展大同小异", lead="云溪昨日招聘。")
    >>> archived = ArchivedArticle(UUID(int=1), UUID(int=2), article, Folio(), seen, seen)
    >>> profile = Profile(UUID(int=3), "cities", "城市", ("大同", "云溪", "-招聘"))
    >>> told = explain(archived, profile, Background(), seen)
    >>> told.verdict, [trace.keyword for trace in told.fired], [miss.detail for miss in told.near_misses]
    ('excluded', ['-招聘'], ['大同 is only a part of 大同小异'])
    """
    terms = terms_of(profile)
    reading = read_article(archived.article, matcher_of([terms]))
    view = View(archived, reading)
    clip = score_article(archived, reading, terms, background, now)
    would = clip or score_article(archived, reading, _lenient(terms), background, now)
    reasons = _reasons_of(terms, would)
    traces = tuple(_trace(keyword, view, reasons) for keyword in terms.keywords)
    parts = _parts(reading, terms, background, would)
    return Explanation(
        profile=profile,
        archived=archived,
        verdict=_verdict(archived, clip, profile, traces),
        score=would.score if would else 0.0,
        traces=_with_shares(traces, parts),
        adjustments=tuple(each for each in would.reasons if each not in reasons.values()) if would else (),
        near_misses=tuple(miss for keyword in terms.adding for miss in _near_misses(keyword, view)),
        parts=parts,
    )


def _parts(
    reading: Reading, terms: Terms, background: Background, clip: Clip | None
) -> tuple[PartTrace, ...]:
    """The characters with their shares of the clip's reason "parts"; without a clip they add nothing."""
    found = part_relevances(reading, terms, background)
    total = sum(relevance for _, relevance in found)
    reasons = clip.reasons if clip else ()
    points = sum(reason.points for reason in reasons if reason.label == PARTS and not reason.hits)
    text = "".join(reading.texts.values())
    traces = [PartTrace(each, text.count(each), points * relevance / total) for each, relevance in found]
    return tuple(sorted(traces, key=lambda trace: (-trace.points, -trace.count, trace.character)))


def _lenient(terms: Terms) -> Terms:
    """The profile as if nothing shut articles out, to tell what one would score."""
    kept = tuple(
        replace(keyword, part="wanted") if keyword.part == "required" else keyword for keyword in terms.adding
    )
    return Terms(terms.profile, kept)


def _reasons_of(terms: Terms, clip: Clip | None) -> dict[Keyword, Reason]:
    """By keyword its reason; labels are those of `score_article`."""
    labels = {keyword.text: keyword for keyword in terms.adding}
    reasons = clip.reasons if clip else ()
    return {labels[reason.label]: reason for reason in reasons if reason.label in labels}


def _verdict(
    archived: ArchivedArticle, clip: Clip | None, profile: Profile, traces: tuple[Trace, ...]
) -> Verdict:
    if archived.article.kind == "note":
        return "note"
    if clip is not None:
        return "selected" if clip.score >= profile.threshold else "threshold"
    if any(trace.holds for trace in traces if trace.part == "excluded"):
        return "excluded"
    selecting = any(trace.holds for trace in traces if trace.part == "wanted")
    required = any(not trace.holds for trace in traces if trace.part == "required")
    wanted = any(trace.part == "wanted" for trace in traces)
    return "required" if required and (selecting or not wanted) else "nothing"


def _trace(keyword: Keyword, view: View, reasons: dict[Keyword, Reason]) -> Trace:
    looked = replace(view, everywhere=True) if keyword.excluded else view
    found = evidence(keyword.expression, looked)
    spots = tuple(_spot(view.archived.article, sighting) for sighting in found or ())
    points = reasons[keyword].points if keyword in reasons else 0.0
    return Trace(str(keyword), keyword.part, found is not None, spots, points)


def _with_shares(traces: tuple[Trace, ...], parts: Iterable[PartTrace]) -> tuple[Trace, ...]:
    total = sum(trace.points for trace in traces) + sum(part.points for part in parts)
    return tuple(replace(trace, share=trace.points / total if total else 0.0) for trace in traces)


def _spot(article: Article, sighting: Sighting) -> Spot:
    text = text_at(article, sighting.ground, sighting.index)[sighting.start : sighting.end]
    place = (sighting.ground, sighting.index, sighting.start, sighting.end)
    return Spot(*place, text, sighting.credit)


def _near_misses(keyword: Keyword, view: View) -> Iterator[NearMiss]:
    for words in words_of(keyword.expression):
        yield from _cut(keyword, words, view)
    if evidence(keyword.expression, view) is None:
        yield from _lacking(keyword, keyword.expression, view)


def _cut(keyword: Keyword, words: Words, view: View) -> Iterator[NearMiss]:
    """Where the words are printed, but inside other words or in other letters."""
    seen = _seen(view.reading, words)
    for ground, index, text in _texts(view.archived.article):
        form = match_form(text)
        for start in _occurrences(form.text, words.folded):
            end = start + len(words.folded)
            place = (ground, index, *form.original(start, end))
            if place not in seen:
                spot = Spot(*place, text[place[2] : place[3]])
                why, detail = _why_cut(form, start, end)
                yield NearMiss(str(keyword), why, detail.format(text=spot.text, words=words.text), (spot,))


def _seen(reading: Reading, words: Words) -> set[tuple[Ground, int, int, int]]:
    found = (each.get(words.key, ()) for each in (reading.sightings, reading.beside, reading.bylines))
    return {(each.ground, each.index, each.start, each.end) for sightings in found for each in sightings}


def _texts(article: Article) -> Iterator[tuple[Ground, int, str]]:
    for piece in zone_texts(article):
        yield piece.zone, piece.index, piece.text
    yield from texts_beside(article)
    yield "byline", 0, byline_text(article)


def _occurrences(text: str, word: str) -> Iterator[int]:
    place = text.find(word)
    while place >= 0:
        yield place
        place = text.find(word, place + 1)


def _why_cut(form: MatchForm, start: int, end: int) -> tuple[Miss, str]:
    around = _word_around(form.text, start, end)
    if around != form.text[start:end]:
        return "word_boundary", f"{{text}} is only a part of {_literal(around)}"
    return "capitals", "{text} has other capitals than {words}"


def _literal(text: str) -> str:
    """For `str.format`, as it is."""
    return text.replace("{", "{{").replace("}", "}}")


def _word_around(text: str, start: int, end: int) -> str:
    """The words, as jieba or blanks part them, that the stretch cuts."""
    first, last = start, end
    while first > 0 and is_spaced(text[start]) and is_spaced(text[first - 1]):
        first -= 1
    while last < len(text) and is_spaced(text[end - 1]) and is_spaced(text[last]):
        last += 1
    if (first, last) == (start, end):
        words = segment(text)
        first, last = words.word_at(start)[0], words.word_at(end - 1)[1]
    return text[first:last]


def _lacking(keyword: Keyword, expression: Expression, view: View) -> Iterator[NearMiss]:
    """What an expression lacks that holds in part, and its parts that do not hold either."""
    lack = _lack(expression, view)
    if lack is not None:
        why, detail, parts = lack
        yield NearMiss(str(keyword), why, detail, _spots(parts, view))
    for part in parts_of(expression):
        if evidence(part, view) is None:
            yield from _lacking(keyword, part, view)


def _lack(expression: Expression, view: View) -> tuple[Miss, str, tuple[Expression, ...]] | None:
    match expression:
        case AllOf(parts):
            without = [str(part) for part in parts if evidence(part, view) is None]
            return ("part", f"all but {', '.join(without)}", parts) if len(without) < len(parts) else None
        case Near(left, right, distance):
            both = evidence(left, view) and evidence(right, view)
            told = f"{left} and {right} are not within {distance} of one another"
            return ("distance", told, (left, right)) if both else None
        case AtLeast(part, count):
            found = evidence(part, view)
            return ("count", f"{part} stands {len(found)} times, not {count}", (part,)) if found else None
        case InPlace(place, part):
            elsewhere = evidence(part, replace(view, everywhere=True, place=None))
            return ("place", f"{part} stands elsewhere, not in the {place}", (part,)) if elsewhere else None
        case _:
            return None


def _spots(parts: tuple[Expression, ...], view: View) -> tuple[Spot, ...]:
    everywhere = replace(view, everywhere=True)
    found = (evidence(part, everywhere) or () for part in parts)
    return tuple(_spot(view.archived.article, sighting) for each in found for sighting in each)
