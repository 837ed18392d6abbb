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
from digest.extract import extract_page
from digest.inbox.naming import NamePattern, folio_of_path
from digest.inbox.reading import PageFile, read_page
from digest.inbox.scan import FoundFile
from digest.model import Extraction

log = logging.getLogger("digest.ingest")

_BACKLOG = 100
"""From so many files on, starting further processes pays."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A file with what was read from it, or with the reason why nothing was.

    `page` is None only when the file could not be read; `extraction` also when it holds no article.
    """

    found: FoundFile
    page: PageFile | None = None
    extraction: Extraction | None = None
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
        page = None
        try:
            page = read_page(self.root, found, self.max_bytes)
            return Reading(found, page, self._extracted(page))
        except PageError as error:
            return Reading(found, page, None, error.reason, error.detail)
        except Exception as error:
            log.exception("%s: a fault in Digest itself", found.path)
            told = f"a fault in Digest itself, {type(error).__name__}; please report it with this file"
            return Reading(found, page, None, "fault", told)

    def _extracted(self, page: PageFile) -> Extraction:
        extraction = extract_page(page.text, folio_of_path(page.path, self.patterns))
        if not extraction.articles:
            raise PageError("no_articles", "no article was found in it; is it the text of a newspaper page?")
        return extraction


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
