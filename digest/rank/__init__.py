"""Ranks articles against interest profiles and says why; opens no file, reads no clock.

profiles -> keywords (expression, grammar, keyword, terms) -> one automaton of their words (matcher)
article  -> its words by zone (zones, reading)
both     -> which keywords hold (evidence, choice) -> score and reasons (background, parts, score) -> clips
clips    -> reprints folded (reprints)
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from digest.model import ArchivedArticle, Clip, Profile
from digest.rank.background import Background, background_of, matcher_of
from digest.rank.reading import Reading, read_article
from digest.rank.score import score_article, score_near
from digest.rank.terms import Terms, terms_of

_Read = Sequence[tuple[ArchivedArticle, Reading]]


def rank(
    articles: Iterable[ArchivedArticle],
    profiles: Sequence[Profile],
    now: datetime,
    background: Background | None = None,
) -> tuple[Clip, ...]:
    """The clips of each profile in turn, best first; of equal scores the article seen last, then by id.

    Notes are never clipped, nor is an article with an excluded keyword or a score under the profile's
    threshold. Each article is read once, however many profiles there are. `now` is aware; without a
    background the articles themselves, with the prior, are one.

    Raises:
        ProfileSyntaxError: When a profile cannot be used, see `digest.rank.terms.check_profile`.

    >>> from datetime import UTC
    >>> from uuid import UUID
    >>> from digest.model import Article, Folio
    >>> seen = datetime(2031, 5, 6, tzinfo=UTC)
    >>> article = Article(kind="news", headline="云溪建成无人机港", lead="云溪第一座无人机港昨日启用。")
    >>> archived = ArchivedArticle(UUID(int=1), UUID(int=2), article, Folio(), seen, seen)
    >>> profile = Profile(UUID(int=3), "lowalt", "低空经济", ("无人机^2", "-招聘"))
    >>> [clip] = rank([archived], [profile], now=seen)
    >>> [(reason.label, len(reason.hits), round(reason.points)) for reason in clip.reasons]
    [('无人机', 2, 90)]
    """
    terms = [terms_of(profile) for profile in profiles]
    read = _read(articles, terms)
    usual = background or background_of((reading for _, reading in read), terms)
    holders = _holders(read)
    return tuple(
        clip for each in terms for clip in _rank_for(each, _with_any(each, read, holders), usual, now)
    )


@dataclass(frozen=True, slots=True)
class Ranking:
    """All that a profile can say of articles, each best first.

    Attributes:
        clips: What it selects.
        near: What it does not, scored as if, by what nearly matched; see `digest.rank.score.score_near`.
    """

    profile: Profile
    clips: tuple[Clip, ...]
    near: tuple[Clip, ...]


def rank_all(
    articles: Iterable[ArchivedArticle], profiles: Sequence[Profile], now: datetime
) -> tuple[Ranking, ...]:
    """Each profile's clips as `rank` gives them, threshold apart, and the articles near to its subject.

    For evaluation and for trying keywords out: each article is looked at for each profile.

    Raises:
        ProfileSyntaxError: When a profile cannot be used, see `digest.rank.terms.check_profile`.
    """
    terms = [terms_of(profile) for profile in profiles]
    read = _read(articles, terms)
    usual = background_of((reading for _, reading in read), terms)
    return tuple(_ranking(each, read, usual, now) for each in terms)


def _ranking(terms: Terms, read: _Read, background: Background, now: datetime) -> Ranking:
    clips: list[tuple[Clip, ArchivedArticle]] = []
    near: list[tuple[Clip, ArchivedArticle]] = []
    for archived, reading in read:
        if clip := score_article(archived, reading, terms, background, now):
            clips.append((clip, archived))
        elif clip := score_near(archived, reading, terms, background, now):
            near.append((clip, archived))
    return Ranking(terms.profile, _best_first(clips), _best_first(near))


def _read(articles: Iterable[ArchivedArticle], terms: Sequence[Terms]) -> _Read:
    matcher = matcher_of(terms)
    return [(a, read_article(a.article, matcher)) for a in articles if a.article.kind != "note"]


def _holders(read: _Read) -> dict[str, list[int]]:
    """For each word's key the places in `read` of the articles that have it."""
    holders: defaultdict[str, list[int]] = defaultdict(list)
    for place, (_, reading) in enumerate(read):
        for key in reading.sightings:
            holders[key].append(place)
    return holders


def _with_any(terms: Terms, read: _Read, holders: Mapping[str, list[int]]) -> _Read:
    """The articles that may be selected; looked up, so that a profile without hits costs little."""
    if terms.selects_without_words:
        return read
    places = {place for key in terms.selecting_keys for place in holders.get(key, ())}
    return [read[place] for place in sorted(places)]


def _rank_for(terms: Terms, read: _Read, background: Background, now: datetime) -> tuple[Clip, ...]:
    scored = [
        (clip, archived)
        for archived, reading in read
        if (clip := score_article(archived, reading, terms, background, now)) is not None
        and clip.score >= terms.profile.threshold
    ]
    return _best_first(scored)


def _best_first(scored: Iterable[tuple[Clip, ArchivedArticle]]) -> tuple[Clip, ...]:
    ordered = sorted(scored, key=lambda pair: (-pair[0].score, -pair[1].first_seen.timestamp(), pair[1].id))
    return tuple(clip for clip, _ in ordered)
