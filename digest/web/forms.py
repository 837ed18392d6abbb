"""Reads the fields of a form that was sent, within limits; it checks none of them."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated
from urllib.parse import parse_qs

from fastapi import Depends, Request
from starlette.exceptions import HTTPException

_MOST_BYTES = 64_000
_MOST_FIELDS = 200


class Form:
    """The fields of a form; a name that was not sent is empty."""

    def __init__(self, fields: dict[str, list[str]]) -> None:
        self._fields = fields

    def one(self, name: str) -> str:
        """The last value of a field, without blanks around it."""
        return self._fields.get(name, [""])[-1].strip()

    def exact(self, name: str) -> str:
        """The last value of a field as it was typed, as a password is."""
        return self._fields.get(name, [""])[-1]

    def all(self, name: str) -> list[str]:
        """Every value of a field."""
        return self._fields.get(name, [])

    def has(self, name: str) -> bool:
        """Whether a field was sent, as a box that is ticked or a button that is pressed."""
        return name in self._fields


async def form_of(request: Request) -> Form:
    """The form of a request; 413 when it is too long, 422 when it is none."""
    content = b""
    async for chunk in request.stream():
        content += chunk
        if len(content) > _MOST_BYTES:
            raise HTTPException(HTTPStatus.REQUEST_ENTITY_TOO_LARGE)
    try:
        text = content.decode("utf-8")
        return Form(parse_qs(text, max_num_fields=_MOST_FIELDS, errors="strict"))
    except ValueError as error:  # among them what is no UTF-8
        raise HTTPException(HTTPStatus.UNPROCESSABLE_ENTITY) from error


SentForm = Annotated[Form, Depends(form_of)]
"""Declares a view's parameter as the form that was sent."""
