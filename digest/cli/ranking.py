"""Ranks articles of a file by profiles of a file, for evaluation and for trying keywords out."""

from __future__ import annotations

import gzip
import json as json_format
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, cast
from uuid import NAMESPACE_URL, UUID, uuid5

from rich.table import Table

from digest.cli.profile_files import read_profiles
from digest.cli.terminal import console
from digest.codec import article_from_json
from digest.errors import DigestError
from digest.model import ArchivedArticle, Clip, Folio, Profile
from digest.rank import Ranking, rank_all
from digest.rank.diversity import Choice, choose
from digest.rank.includes import resolve
from digest.rank.suggest import WordCounts, surest, with_suggestions, words_in
from digest.rank.suggest import suggest as suggest_words

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""All articles count as seen at one instant: evaluation has no recency."""
SUGGESTIONS = 60
"""So many words are added to each profile."""


DIVERSE = 100
"""So many of the first places are chosen by diversity."""


def show_ranking(
    profiles: Path, articles: Path, *, json: bool, suggest: bool = False, diverse: float = 0.0
) -> None:
    """Prints each profile's articles, best first; no threshold or folding is applied.

    As JSON with all articles: first those that are selected or near by their scores, then those that have
    nothing of the profile or are shut out, in the file's order, with the score 0.

    Args:
        profiles: A file of profiles.
        articles: A file of articles, JSON Lines, may be compressed.
        json: One object for each profile rather than tables.
        suggest: Each profile ranks a second time, with the words that its best articles suggest.
        diverse: 0..0.9, how far an article like one before it makes room for others among the first.

    Raises:
        DigestError: A file cannot be read, or a line of it cannot be understood.
    """
    written = read_profiles(profiles)
    wanted = [replace(resolve(profile, written), threshold=0.0) for profile in written]
    ids: dict[UUID, str] = {}
    archive: dict[UUID, ArchivedArticle] = {}
    for name, archived in read_articles(articles):
        ids[archived.id] = name
        archive[archived.id] = archived
    rankings = rank_all(archive.values(), wanted, _EPOCH)
    if suggest:
        words = WordCounts(archive.values())
        rankings = rank_all(archive.values(), [_extended(each, archive, words) for each in rankings], _EPOCH)
    for ranking in rankings:
        first = _first(ranking, archive, diverse) if diverse else ()
        if json:
            _print_json(ranking, ids, first)
        else:
            _print_table(ranking, archive, first)


def read_articles(path: Path) -> Iterator[tuple[str, ArchivedArticle]]:
    """The articles of a file with their names in it, all seen at one instant.

    Raises:
        DigestError: The file cannot be read, or a line of it cannot be understood.
    """
    for record in _read_records(path):
        archived = _archived(record)
        yield str(record.get("id", archived.id)), archived


def _read_records(path: Path) -> Iterator[Mapping[str, Any]]:
    opened = gzip.open if path.suffix == ".gz" else open
    try:
        with opened(path, "rt", encoding="utf-8") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield from _articles_of(_record(line, f"{path}, line {number}"), f"{path}, line {number}")
    except (OSError, EOFError, UnicodeDecodeError) as error:
        raise DigestError(f"{path}: cannot be read: {error}") from error


def _record(line: str, where: str) -> Mapping[str, Any]:
    try:
        record = json_format.loads(line)
    except ValueError as error:
        raise DigestError(f"{where}: is no JSON: {error}") from error
    if not isinstance(record, dict):
        raise DigestError(f"{where}: expected an object")
    return cast("Mapping[str, Any]", record)


def _articles_of(record: Mapping[str, Any], where: str) -> Iterator[Mapping[str, Any]]:
    """The record itself, or the articles of a page as `digest extract --json` prints it."""
    if "articles" in record:
        for place, article in enumerate(record["articles"], 1):
            yield {"id": f"{record.get('page', where)}#{place}", **article}
    elif record.get("headline") or record.get("paragraphs"):
        yield record
    else:
        raise DigestError(f"{where}: is no article; it needs a headline or paragraphs")


def _archived(record: Mapping[str, Any]) -> ArchivedArticle:
    identity = uuid5(NAMESPACE_URL, str(record.get("id", json_format.dumps(record, sort_keys=True))))
    page = record.get("page")
    day = _date(record.get("date"))
    plain = {key: value for key, value in record.items() if key != "date" or day is None}
    folio = Folio(
        paper=record.get("paper"),
        date=day,
        number=page if isinstance(page, int) else None,
        label=None if page is None else str(page),
    )
    return ArchivedArticle(identity, identity, article_from_json(plain), folio, _EPOCH, _EPOCH)


def _date(text: object) -> date | None:
    try:
        return date.fromisoformat(str(text))
    except ValueError:
        return None


def _extended(ranking: Ranking, archive: Mapping[UUID, ArchivedArticle], words: WordCounts) -> Profile:
    """The profile with secondary keywords from its own best clips."""
    profile, kept = ranking.profile, [archive[clip.article_id] for clip in surest(ranking.clips)]
    return with_suggestions(profile, suggest_words(kept, words, words_in(profile), SUGGESTIONS))


def _first(ranking: Ranking, archive: Mapping[UUID, ArchivedArticle], diverse: float) -> tuple[Clip, ...]:
    """The clips that stand first when one story is not to take all the places."""
    choices = [Choice(archive[clip.article_id].article, clip.score, diverse) for clip in ranking.clips]
    return tuple(ranking.clips[place] for place in choose(choices, DIVERSE).places)


def _print_json(ranking: Ranking, ids: Mapping[UUID, str], first: Sequence[Clip]) -> None:
    others = sorted((*ranking.clips, *ranking.near), key=lambda clip: -clip.score)
    scored = [*first, *(clip for clip in others if clip not in first)]
    selected = {clip.article_id for clip in ranking.clips}
    rows = [_row(ids[clip.article_id], clip.score, clip.article_id in selected) for clip in scored]
    listed = {clip.article_id for clip in scored}
    rows += [_row(name, 0.0, False) for identity, name in ids.items() if identity not in listed]
    record = {"profile": ranking.profile.name, "clips": rows}
    print(json_format.dumps(record, ensure_ascii=False))


def _row(name: str, score: float, selected: bool) -> dict[str, object]:  # noqa: FBT001 - a column
    row: dict[str, object] = {"id": name, "score": score}
    return row if selected else row | {"near": True}


def _print_table(ranking: Ranking, archive: Mapping[UUID, ArchivedArticle], first: Sequence[Clip]) -> None:
    title = f"{ranking.profile.title}: {len(ranking.clips)}"
    table = Table("Score", "Headline", "Keywords", title=title, box=None)
    for clip in (first or ranking.clips)[:20]:
        words = " ".join(reason.label for reason in clip.reasons if reason.hits)
        table.add_row(f"{clip.score:.0f}", archive[clip.article_id].article.headline, words)
    console().print(table)
