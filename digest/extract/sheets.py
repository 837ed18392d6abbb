"""The sheets of one file, each a page of its own; what one's folio line leaves out its neighbours' say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from digest.extract.page import extract_page
from digest.model import Extraction, Folio


def extract_sheets(texts: Mapping[int, str], known: Folio = Folio()) -> list[Extraction]:  # noqa: B008 - frozen
    """Each sheet's extraction, in order; `texts` are by the sheet's number in the file.

    What is known of a file of several sheets tells paper and date, but numbers none of them.

    >>> first, second = extract_sheets({1: "山川日报 2025年3月4日 第1版", 2: "新桥通车"})
    >>> second.folio.paper, second.folio.number
    ('山川日报', 2)
    """
    if len(texts) == 1:
        return [extract_page(text, known) for text in texts.values()]
    common = replace(known, number=None, label=None)
    found = {sheet: extract_page(text, common) for sheet, text in texts.items()}
    folios = _completed({sheet: extraction.folio for sheet, extraction in found.items()})
    return [
        extraction if extraction.folio == folios[sheet] else extract_page(texts[sheet], folios[sheet])
        for sheet, extraction in found.items()
    ]


def _completed(folios: Mapping[int, Folio]) -> dict[int, Folio]:
    paper = next((folio.paper for folio in folios.values() if folio.paper), None)
    day = next((folio.date for folio in folios.values() if folio.date), None)
    offset = _offset(folios)
    return {
        sheet: folio.filled_from(Folio(paper, day, *_numbered(sheet, offset)))
        for sheet, folio in folios.items()
    }


def _offset(folios: Mapping[int, Folio]) -> int | None:
    """How far printed numbers are ahead of the sheets', where all agree; sections (A4) each count anew."""
    known = [(sheet, folio) for sheet, folio in folios.items() if folio.number is not None]
    offsets = {folio.number - sheet for sheet, folio in known if folio.number is not None}
    return offsets.pop() if len(offsets) == 1 and not _sectioned(folio for _, folio in known) else None


def _sectioned(folios: Iterable[Folio]) -> bool:
    return any(folio.label and folio.label[0].isascii() and folio.label[0].isalpha() for folio in folios)


def _numbered(sheet: int, offset: int | None) -> tuple[int | None, str | None]:
    if offset is None or sheet + offset < 1:
        return None, None
    return sheet + offset, str(sheet + offset)
