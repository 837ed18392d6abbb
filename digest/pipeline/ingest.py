"""Ingest: new and changed page files become pages with articles, or are recorded with the reason why not.

for each file that is complete and not as it was last seen:
    read it                      a PageError is recorded, the others go on
    content known already        → duplicate, nothing else happens
    extract                      no article → recorded
    for each of its sheets:
        the page it revises, or a new one
        one transaction: page, articles with the identities they had, file
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from uuid import UUID, uuid5

from sqlalchemy import Connection

from digest.extract.revision import carry_identities, materially_changed
from digest.inbox.naming import compile_patterns
from digest.inbox.reading import PageFile
from digest.inbox.revision import is_revision
from digest.inbox.scan import FoundFile, find_files, is_settled, wait_for_settling
from digest.model import ArchivedArticle, Article, Extraction, InboxFile, Page
from digest.pipeline.desk import Desk
from digest.pipeline.reading import Reader, Reading, read_all
from digest.pipeline.uploads import UPLOADS, uploads_folder
from digest.store import corrections, pages
from digest.store.corrections import Correction

_NAMESPACE = UUID("6a3f1f0e-7d0f-4b7c-9a39-3d2b0f2c7b11")


@dataclass(slots=True)
class Ingested:
    """What a scan did: files by outcome, and the articles of pages read."""

    files: Counter[str] = field(default_factory=Counter[str])
    articles: int = 0
    troubles: list[InboxFile] = field(default_factory=list[InboxFile])


def ingest(desk: Desk, *, wait: bool = True) -> Ingested:
    """Reads what is new in the inbox.

    Args:
        desk: The installation.
        wait: Whether to wait, once, for files that are not settled yet; otherwise they are left.
    """
    inbox, done = desk.config.inbox, Ingested()
    patterns = compile_patterns(inbox.patterns, inbox.suffixes)
    for root, changed in _changed(desk):
        reader = Reader(root, inbox.max_bytes, patterns)
        todo = list(_complete(desk, root, changed, wait=wait))
        for count, reading in enumerate(read_all(reader, todo)):
            desk.progress("ingest", count, len(todo))
            _note(done, _ingest_file(desk, reading))
        desk.progress("ingest", len(todo), len(todo))
    return done


def _note(done: Ingested, outcome: tuple[InboxFile, int]) -> None:
    file, articles = outcome
    done.files[file.state] += 1
    done.articles += articles
    if file.state not in {"read", "duplicate"}:
        done.troubles.append(file)


def _changed(desk: Desk) -> list[tuple[Path, list[FoundFile]]]:
    """What is new or changed in inbox and uploads; files in trouble that are gone are forgotten."""
    found = [
        (desk.config.path(desk.config.inbox.folder), _in_inbox(desk)),
        (uploads_folder(desk), _uploaded(desk)),
    ]
    with desk.store.read() as tx:
        seen = pages.files_seen(tx)
        gone = pages.troubled_paths(tx) - {file.path for _, files in found for file in files}
    if gone:
        with desk.store.write() as tx:
            pages.forget_files(tx, gone)
    return [(root, [file for file in files if _is_news(file, seen)]) for root, files in found]


def _in_inbox(desk: Desk) -> list[FoundFile]:
    return list(find_files(desk.config.path(desk.config.inbox.folder), desk.config.inbox.suffixes))


def _uploaded(desk: Desk) -> list[FoundFile]:
    """Under paths that no file of the inbox is likely to have; without a folder nothing was uploaded yet."""
    folder = uploads_folder(desk)
    found = find_files(folder, desk.config.inbox.suffixes) if folder.is_dir() else ()
    return [replace(file, path=f"{UPLOADS}/{file.path}") for file in found]


def _is_news(file: FoundFile, seen: Mapping[str, tuple[int, str]]) -> bool:
    """An inbox that is not there is told in every pass."""
    return file.os_path == "" or seen.get(file.path) != (file.size, str(file.mtime_ns))


def _complete(desk: Desk, root: Path, found: Sequence[FoundFile], *, wait: bool) -> Iterator[FoundFile]:
    """The settled ones of `found`, in order, and those that settle while waiting once."""
    settle, now = desk.config.inbox.settle, desk.clock()
    ready = {file.path for file in found if file.problem or is_settled(file, now, settle)}
    young = [file for file in found if file.path not in ready]
    if wait:
        settled = wait_for_settling(root, young, settle, now=now, sleep=time.sleep)
        ready |= {file.path for file in settled}
    return (file for file in found if file.path in ready)


def _ingest_file(desk: Desk, reading: Reading) -> tuple[InboxFile, int]:
    """What became of the file, told by its first page, and how many articles all its pages have."""
    now, found = desk.clock(), reading.found
    sha256 = reading.pages[0].sha256 if reading.pages else None
    blank = InboxFile(found.path, found.size, str(found.mtime_ns), sha256, "read", "", None, now, now)
    if not reading.extractions:
        failed = replace(blank, state=reading.reason, detail=reading.detail)
        with desk.store.write() as tx:
            pages.record_file(tx, failed)
        return failed, 0
    if len(reading.pages) == 1:
        return _ingest_page(desk, reading.pages[0], reading.extractions[0], blank)
    return _ingest_sheets(desk, reading, blank)


def _ingest_sheets(desk: Desk, reading: Reading, blank: InboxFile) -> tuple[InboxFile, int]:
    """The pages of a file with several; only when all are stored is the file marked as seen."""
    outcomes = [
        _ingest_page(desk, page, extraction, replace(blank, path=page.path, sha256=page.sha256, mtime_ns=""))
        for page, extraction in zip(reading.pages, reading.extractions, strict=True)
    ]
    seen = replace(outcomes[0][0], mtime_ns=blank.mtime_ns)
    with desk.store.write() as tx:
        pages.record_file(tx, seen)
    return seen, sum(articles for _, articles in outcomes)


def _ingest_page(
    desk: Desk, file: PageFile, extraction: Extraction, blank: InboxFile
) -> tuple[InboxFile, int]:
    with desk.store.read() as tx:
        known = pages.page_with_content(tx, file.sha256)
        before = _page_before(tx, file)
    if known:
        return _record_duplicate(desk, blank, known), 0
    page = _page(file, extraction, before, blank.checked)
    read = replace(blank, page_id=page.id)
    with desk.store.write() as tx:
        pages.save_page(tx, page)
        _save_articles(tx, page, extraction)
        pages.record_file(tx, read)
    return read, len(extraction.articles)


def _page_before(tx: Connection, file: PageFile) -> Page | None:
    """The page last read from this path, or the one this content once was."""
    row = pages.file_at(tx, file.path)
    before = pages.page(tx, row.page_id) if row and row.page_id else None
    return before or pages.page(tx, _page_id(file))


def _page_id(file: PageFile) -> UUID:
    """Made of content and path at first sight, so a pass that died and is run again gives the same."""
    return uuid5(_NAMESPACE, f"{file.sha256}/{file.path}")


def _record_duplicate(desk: Desk, blank: InboxFile, known: UUID) -> InboxFile:
    """Content that is there already: the file that it is the page of stays `read`, another is a duplicate."""
    with desk.store.write() as tx:
        page = pages.page(tx, known)
        same = page is not None and page.path == blank.path
        detail = "" if same or page is None else f"the same as {page.path}"
        row = replace(blank, state="read" if same else "duplicate", detail=detail, page_id=known)
        pages.record_file(tx, row)
    return row


def _page(file: PageFile, extraction: Extraction, before: Page | None, now: datetime) -> Page:
    """The revision of `before` that the file is, or a new page."""
    new = Page(
        id=_page_id(file),
        path=file.path,
        sha256=file.sha256,
        revision=1,
        folio=extraction.folio,
        text=file.text,
        first_seen=now,
        read_at=now,
        leftovers=extraction.leftovers,
        repairs=extraction.repairs,
        boxes=file.boxes,
    )
    if before is None:
        return new
    if before.id == new.id or is_revision(before.folio, before.text, new.folio, new.text):
        return replace(new, id=before.id, revision=before.revision + 1, first_seen=before.first_seen)
    return new


def _as_corrected(
    tx: Connection, identity: UUID | None, read: Article, by_hand: Mapping[UUID, Correction]
) -> Article:
    """What an editor corrected stays so; the reading is noted for when that is taken back."""
    if identity is None or identity not in by_hand:
        return read
    corrections.note_reading(tx, identity, read)
    return by_hand[identity].applied_to(read)


def _save_articles(tx: Connection, page: Page, extraction: Extraction) -> None:
    """Gives each article the identity it had on this page, or a new one; withdraws those that are gone."""
    known, times = pages.articles_of_page(tx, page.id), pages.article_times(tx, page.id)
    by_hand = corrections.of_articles(tx, list(known))
    originals = {key: correction.original for key, correction in by_hand.items()}
    identities = carry_identities(known | originals, extraction.articles)
    instant = pages.distinct_instant(tx, page.read_at)
    for position, (read, identity) in enumerate(zip(extraction.articles, identities, strict=True)):
        article = _as_corrected(tx, identity, read, by_hand)
        moment = instant + position * pages.DISTINCT
        changed = identity is None or materially_changed(known[identity], article)
        first_seen, updated = times[identity] if identity else (moment, moment)
        archived = ArchivedArticle(
            id=identity or uuid5(page.id, f"{page.revision}/{position}"),
            page_id=page.id,
            article=article,
            folio=page.folio,
            first_seen=first_seen,
            updated=moment if changed else updated,
        )
        pages.save_article(tx, archived, position, changed=changed)
    kept = set(identities)
    pages.withdraw_articles(tx, [key for key in known if key not in kept], page.read_at)
