"""Coverage for editors: which pages of which paper are missing."""

from __future__ import annotations

from typing import Final

from fastapi.responses import HTMLResponse

from digest.pipeline.coverage import coverage, shown_numbers
from digest.web.editing.guard import ThisEditor, editing_router

router = editing_router()

_DAYS: Final = 7


@router.get("/coverage")
def covered(editor: ThisEditor) -> HTMLResponse:
    """The last days of each paper, today first."""
    papers = coverage(editor.visit.desk, _DAYS)
    return editor.show("edit_coverage.html", papers=papers, days=_DAYS, shown_numbers=shown_numbers)
