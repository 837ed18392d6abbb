"""Finds the articles on a page of a newspaper, from its text alone; it opens no file and reads no clock.

    page text ─ lines ─ columns ─ blocks ─ units ─ layout ─ articles
                repaired  widths   unwrapped  grammar  roles and     fields
                                                       boundaries

docs/extraction.md says how each step decides.
"""

from __future__ import annotations

from digest.extract.folio import parse_folio
from digest.extract.page import extract_page, place_units
from digest.extract.sheets import extract_sheets

__all__ = ["extract_page", "extract_sheets", "parse_folio", "place_units"]
