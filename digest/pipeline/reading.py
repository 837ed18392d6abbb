"""Reads and extracts many files, a backlog on all cores; it stores nothing."""

from __future__ import annotations

import logging
import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path

from digest.errors import PageError
from digest.extract import extract_sheets
from digest.inbox.naming import NamePattern, folio_of_path
from digest.inbox.reading import PageFile, read_pages
from digest.inbox.scan import FoundFile
from digest.model import Extraction

log = logging.getLogger("digest.ingest")

_BACKLOG = 100
"""From so many files on, starting further processes pays."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A file with its pages and what was found on them, or with the reason why nothing was.

    `pages` is empty when the file could not be read; `extractions` also when none of them holds an article.
    """

    found: FoundFile
    pages: tuple[PageFile, ...] = ()
    extractions: tuple[Extraction, ...] = ()
    reason: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """How files are read: below which folder, up to which size, with which patterns of names."""

    root: Path
    max_bytes: int
    patterns: Sequence[NamePattern]

    def read(self, found: FoundFile) -> Reading:
        """One file's articles; what goes wrong is told, not raised: one page must not stop the others."""
        pages: tuple[PageFile, ...] = ()
        try:
            pages = read_pages(self.root, found, self.max_bytes)
            return Reading(found, pages, self._extracted(found, pages))
        except PageError as error:
            return Reading(found, pages, (), error.reason, error.detail)
        except Exception as error:
            log.exception("%s: a fault in Digest itself", found.path)
            told = f"a fault in Digest itself, {type(error).__name__}; please report it with this file"
            return Reading(found, pages, (), "fault", told)

    def _extracted(self, found: FoundFile, pages: Sequence[PageFile]) -> tuple[Extraction, ...]:
        texts = {page.sheet: page.text for page in pages}
        extractions = extract_sheets(texts, folio_of_path(found.path, self.patterns))
        if not any(extraction.articles for extraction in extractions):
            raise PageError("no_articles", "no article was found in it; is it the text of a newspaper page?")
        return tuple(extractions)


def read_all(reader: Reader, files: Sequence[FoundFile]) -> Iterator[Reading]:
    """Every file's reading, in the order given; a backlog is read by as many processes as there are cores."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    if len(files) < _BACKLOG or cores == 1:
        yield from map(reader.read, files)
        return
    # Spawned, not forked: a pass may run in a thread of the server.
    spawned = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(cores, mp_context=spawned) as pool:
        yield from pool.map(reader.read, files, chunksize=8)
