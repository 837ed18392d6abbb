"""Profiles for editors: those of config.toml to read and copy, those of the web to write and try out."""

from __future__ import annotations

from dataclasses import replace
from http import HTTPStatus

from fastapi.responses import HTMLResponse, Response

from digest.errors import RequestError
from digest.pipeline import editing
from digest.pipeline.profiles import written_profiles
from digest.web.editing.drafts import (
    DAYS,
    DraftForm,
    Trial,
    draft_of,
    filled_form,
    form_of_profile,
    trial_of,
)
from digest.web.editing.guard import Editor, ThisEditor, editing_router
from digest.web.failures import not_found
from digest.web.forms import Form, SentForm

router = editing_router()


@router.get("/profiles")
def profiles(editor: ThisEditor) -> HTMLResponse:
    """All profiles, by where they are written."""
    desk = editor.visit.desk
    return editor.show(
        "edit_profiles.html", configured=written_profiles(desk.config), versions=editing.on_the_web(desk)
    )


@router.post("/preview")
def preview(editor: ThisEditor, sent: SentForm) -> HTMLResponse:
    """What the draft would select, alone: the script puts it into the page."""
    trial = trial_of(editor.visit.desk, filled_form(sent), editor.visit.language)
    return editor.show("edit_trial.html", trial=trial)


@router.get("/profiles/new")
def new(editor: ThisEditor, copy: str = "") -> HTMLResponse:
    """A blank form, or one with what another profile has."""
    return _form(editor, _copied(editor, copy) if copy else DraftForm(), new=True)


@router.post("/profiles/new")
def create(editor: ThisEditor, sent: SentForm) -> Response:
    """Tries the draft out or saves it."""
    return _tried_or_saved(editor, filled_form(sent), sent, new=True)


@router.get("/profiles/{name}")
def profile(name: str, editor: ThisEditor, saved: str = "") -> HTMLResponse:
    """A profile's form; one of config.toml can only be read."""
    configured = {each.name: each for each in written_profiles(editor.visit.config)}
    if name in configured:
        return editor.show("edit_profile_configured.html", profile=configured[name])
    versions = editing.history(editor.visit.desk, name)
    if not versions:
        raise not_found()
    return _form(editor, form_of_profile(versions[0].profile, name), done="saved" if saved else "")


@router.post("/profiles/{name}")
def change(name: str, editor: ThisEditor, sent: SentForm) -> Response:
    """Does what the pressed button says."""
    desk = editor.visit.desk
    if not editing.history(desk, name):
        raise not_found()
    try:
        if sent.has("restore"):
            editing.restore(desk, name, _number(sent.one("restore")), editor.name)
            return editor.go(f"edit/profiles/{name}?saved=yes")
        if sent.has("retire"):
            _retire(editor, name, sent)
            return editor.go("edit/profiles")
    except RequestError as error:
        newest = editing.history(desk, name)[0].profile
        return _form(editor, form_of_profile(newest, name), error=error)
    return _tried_or_saved(editor, filled_form(sent, name), sent, new=False)


def _retire(editor: Editor, name: str, sent: Form) -> None:
    if not sent.has("sure"):
        raise RequestError("unsure", "tick the box first")
    editing.retire(editor.visit.desk, name, editor.name)


def _tried_or_saved(editor: Editor, form: DraftForm, sent: Form, *, new: bool) -> Response:
    desk = editor.visit.desk
    if sent.has("save"):
        try:
            editing.save(desk, draft_of(form), editor.name, new=new)
        except RequestError as error:
            trial = trial_of(desk, form, editor.visit.language) if error.reason == "keywords" else None
            return _form(editor, form, new=new, error=error, trial=trial)
        return editor.go(f"edit/profiles/{form.name}?saved=yes")
    return _form(editor, form, new=new, trial=trial_of(desk, form, editor.visit.language))


def _copied(editor: Editor, name: str) -> DraftForm:
    desk = editor.visit.desk
    web = {each.profile.name: each.profile for each in editing.on_the_web(desk)}
    known = web | {each.name: each for each in written_profiles(desk.config)}
    if name not in known:
        raise not_found()
    free = next(each for each in (f"{name[:58]}-{n}" for n in range(2, len(known) + 3)) if each not in known)
    copied = form_of_profile(known[name], free)
    return replace(copied, title=f"{copied.title} {free.rsplit('-', 1)[1]}"[: editing.LONGEST_TITLE])


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0  # noqa: PLR2004 - as the database counts


def _form(  # noqa: PLR0913 - what a page can have
    editor: Editor,
    form: DraftForm,
    *,
    new: bool = False,
    error: RequestError | None = None,
    done: str = "",
    trial: Trial | None = None,
) -> HTMLResponse:
    versions = [] if new else editing.history(editor.visit.desk, form.name)
    return editor.show(
        "edit_profile.html",
        status=HTTPStatus.UNPROCESSABLE_ENTITY if error else HTTPStatus.OK,
        form=form,
        new=new,
        versions=versions,
        retired=bool(versions) and versions[0].retired,
        error=error.reason if error else "",
        done=done,
        trial=trial,
        all_days=DAYS,
        longest_name=editing.LONGEST_NAME,
        longest_title=editing.LONGEST_TITLE,
    )
