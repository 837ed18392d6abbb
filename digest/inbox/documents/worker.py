"""The process that parses one hostile file: it shuts itself in, reads standard input, answers in JSON."""

from __future__ import annotations

import heapq
import json
import resource
import sys
from collections.abc import Callable, Sequence

from digest.errors import PageError

IMPORTED_LATE = (heapq,)
"""What the standard library imports when it is called (Counter), which is too late here."""

Answer = dict[str, object]
_TOO_MUCH = "takes more memory to read than a newspaper page may; export it again, more simply"


def main(arguments: Sequence[str]) -> None:
    """Reads a file of the form named first, within limits: seconds, bytes of memory, bytes of output."""
    form, *limits = arguments
    read = reader_of(form)
    shut_in(*map(int, limits))
    sys.stdout.write(json.dumps(answer(read, sys.stdin.buffer.read())))


def reader_of(form: str) -> Callable[[bytes], Answer]:
    """The function that reads a form, with everything imported that it will need."""
    if form == "pdf":
        from digest.inbox.documents.pdf_page import read_pdf  # noqa: PLC0415 - each process reads one form

        return lambda content: {"sheets": read_pdf(content)}
    from digest.inbox.documents.html_page import read_html  # noqa: PLC0415

    return lambda content: {"sheets": [(read_html(content), [])]}


def answer(read: Callable[[bytes], Answer], content: bytes) -> Answer:
    """What `read` makes of the content, or why it cannot be read."""
    try:
        return read(content)
    except PageError as error:
        return {"reason": error.reason, "detail": error.detail}
    except (MemoryError, RecursionError):
        return {"reason": "too_complex", "detail": _TOO_MUCH}


def shut_in(seconds: int, memory: int, output: int) -> None:
    """Limits this process for good: it can open neither file nor connection and start nothing any more."""
    limits = {
        resource.RLIMIT_CPU: seconds,
        resource.RLIMIT_AS: memory,
        resource.RLIMIT_FSIZE: output,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_NPROC: 0,
        # Descriptors 0 to 2 are open; nothing else can be opened.
        resource.RLIMIT_NOFILE: 3,
    }
    for name, most in limits.items():
        _, hard = resource.getrlimit(name)
        value = most if hard == resource.RLIM_INFINITY else min(most, hard)
        try:
            resource.setrlimit(name, (value, value))
        except (ValueError, OSError):  # macOS refuses some; the clock still runs
            continue
