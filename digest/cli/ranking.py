"""Ranks articles of a file by profiles of a file, for evaluation and for trying keywords out."""

from __future__ import annotations

import gzip
import json as json_format
from collections import defaultdict
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
from digest.rank import rank
from digest.rank.includes import resolve

_EPOCH = datetime(2000, 1, 1, tzinfo=UTC)
"""All articles count as seen at one instant: evaluation has no recency."""


def show_ranking(profiles: Path, articles: Path, *, json: bool) -> None:
    """Prints each profile's articles, best first; no threshold or folding is applied.

    Raises:
        DigestError: A file cannot be read, or a line of it cannot be understood.
    """
    written = read_profiles(profiles)
    wanted = [replace(resolve(profile, written), threshold=0.0) for profile in written]
    ids: dict[UUID, str] = {}
    headlines: dict[UUID, str] = {}
    archive: list[ArchivedArticle] = []
    for record in _read_records(articles):
        archived = _archived(record)
        ids[archived.id] = str(record.get("id", archived.id))
        headlines[archived.id] = archived.article.headline
        archive.append(archived)
    clips: defaultdict[UUID, list[Clip]] = defaultdict(list)
    for clip in rank(archive, wanted, _EPOCH):
        clips[clip.profile_id].append(clip)
    for profile in wanted:
        if json:
            _print_json(profile, clips[profile.id], ids)
        else:
            _print_table(profile, clips[profile.id], headlines)


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


def _print_json(profile: Profile, clips: Sequence[Clip], ids: Mapping[UUID, str]) -> None:
    rows = [{"id": ids[clip.article_id], "score": clip.score} for clip in clips]
    print(json_format.dumps({"profile": profile.name, "clips": rows}, ensure_ascii=False))


def _print_table(profile: Profile, clips: Sequence[Clip], headlines: Mapping[UUID, str]) -> None:
    table = Table("Score", "Headline", "Keywords", title=f"{profile.title}: {len(clips)}", box=None)
    for clip in clips[:20]:
        words = " ".join(reason.label for reason in clip.reasons if reason.hits)
        table.add_row(f"{clip.score:.0f}", headlines[clip.article_id], words)
    console().print(table)
