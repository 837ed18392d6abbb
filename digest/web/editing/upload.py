"""Takes page files that editors send; the next pass reads them."""

from __future__ import annotations

from collections.abc import AsyncGenerator
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse
from starlette.datastructures import FormData, UploadFile
from starlette.exceptions import HTTPException
from starlette.formparsers import MultiPartException, MultiPartParser

from digest.errors import RequestError
from digest.pipeline.uploads import take_upload
from digest.web.editing.guard import Editor, ThisEditor, from_here, in_house, with_token
from digest.web.editing.inbox import Sent, show_inbox
from digest.web.forms import Form

router = APIRouter(prefix="/edit", dependencies=[Depends(in_house), Depends(from_here)])

_MOST_FILES: Final = 100
_MOST_BYTES: Final = 500_000_000
"""Of all files sent at once."""


@dataclass(frozen=True, slots=True)
class Parcel:
    """The files that were sent, with who sent them."""

    editor: Editor
    files: list[UploadFile]


async def parcel_of(request: Request, editor: ThisEditor) -> AsyncGenerator[Parcel]:
    """Reads the parcel once it is known who sends it; 413 when it is too large, 422 when it is none."""
    parser = MultiPartParser(
        request.headers, _limited(request), max_files=_MOST_FILES, max_fields=10, max_part_size=1000
    )
    try:
        form = await parser.parse()
    except (MultiPartException, KeyError, ValueError) as error:
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY) from error
    try:
        with_token(editor, Form({"csrf": [_text(form, "csrf")]}))
        files = [each for each in form.getlist("page") if isinstance(each, UploadFile)]
        yield Parcel(editor, [each for each in files if each.filename])
    finally:
        await form.close()


async def _limited(request: Request) -> AsyncGenerator[bytes]:
    size = 0
    async for chunk in request.stream():
        size += len(chunk)
        if size > _MOST_BYTES:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
        yield chunk


def _text(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""


@router.post("/upload")
def upload(parcel: Annotated[Parcel, Depends(parcel_of)]) -> HTMLResponse:
    """Keeps what can be a page, and says of the others why not."""
    return show_inbox(parcel.editor, [_kept(parcel.editor, file) for file in parcel.files])


def _kept(editor: Editor, file: UploadFile) -> Sent:
    name = file.filename or ""
    try:
        return Sent(take_upload(editor.visit.desk, name, file.file))
    except RequestError as error:
        return Sent(name, error.reason)
