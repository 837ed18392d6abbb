"""Doubtful articles for editors, and a form that corrects an article's headline and kind."""

from __future__ import annotations

from http import HTTPStatus
from uuid import UUID

from fastapi.responses import HTMLResponse, Response

from digest.errors import RequestError
from digest.pipeline import correcting
from digest.web.editing.guard import Editor, ThisEditor, editing_router
from digest.web.failures import not_found
from digest.web.forms import SentForm

router = editing_router()


@router.get("/doubtful")
def doubtful(editor: ThisEditor) -> HTMLResponse:
    """Articles that nobody has looked at, the least sure first."""
    return editor.show("edit_doubtful.html", articles=correcting.to_look_at(editor.visit.desk))


@router.get("/articles/{article_id}")
def article(article_id: UUID, editor: ThisEditor) -> HTMLResponse:
    """The form."""
    return _form(editor, article_id)


@router.post("/articles/{article_id}")
def correct(article_id: UUID, editor: ThisEditor, sent: SentForm) -> Response:
    """Keeps a correction, or takes it back."""
    desk, headline, kind = editor.visit.desk, sent.one("headline"), sent.one("kind")
    try:
        if sent.has("back"):
            correcting.take_back(desk, article_id)
        else:
            correcting.correct(desk, article_id, headline, kind, editor.name)
    except RequestError as error:
        return _form(editor, article_id, error, headline)
    return editor.go(f"articles/{article_id}")


def _form(
    editor: Editor, article_id: UUID, error: RequestError | None = None, headline: str = ""
) -> HTMLResponse:
    found = correcting.found(editor.visit.desk, article_id)
    if found is None:
        raise not_found()
    return editor.show(
        "edit_article.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK,
        article_id=article_id,
        article=found[0],
        correction=found[1],
        headline=headline or found[0].headline,
        kinds=correcting.KINDS,
        longest=correcting.LONGEST_HEADLINE,
        error=error.reason if error else "",
    )
