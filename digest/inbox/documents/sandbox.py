"""Parses hostile files in a process of its own, with little time, little memory and no way out.

The process reads the file from a pipe, may open nothing, and answers into a file of limited size. Whatever
becomes of it (crash, endless loop, no memory) is a `PageError` here.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, BinaryIO, Final, cast

from digest.errors import PageError
from digest.inbox.documents.forms import Form
from digest.model import LineBox

_ROOT: Final = str(Path(__file__).resolve().parents[3])
_BOOT: Final = (
    "import sys; sys.path.append(sys.argv[1]);"
    "from digest.inbox.documents.worker import main; main(sys.argv[2:])"
)
_OUT_OF_TIME: Final = frozenset({-signal.SIGKILL, -signal.SIGXCPU})
_TOO_COMPLEX: Final = (
    "takes more time or memory to read than a newspaper page may; export it again, more simply"
)
_BROKEN: Final = "is damaged or made to break readers; export it again"


@dataclass(frozen=True, slots=True)
class Limits:
    """What a parsing process may use.

    Attributes:
        seconds: Of processor time; twice as long may pass on the clock.
        memory: Bytes of address space.
        output: Bytes of its answer.
    """

    seconds: int = 20
    memory: int = 1 << 30
    output: int = 64 << 20


@dataclass(frozen=True, slots=True)
class Parsed:
    """The text of one sheet in Markdown, and where its lines stood if it is a PDF's."""

    text: str
    boxes: tuple[LineBox, ...] = ()


def parse_document(content: bytes, form: Form, limits: Limits = Limits()) -> tuple[Parsed, ...]:
    """What stands on the sheets of a PDF, or in an HTML file as on one sheet.

    Raises:
        PageError: `broken`, `too_complex`, `encrypted`, `no_text`, `empty` or `undecodable`.
    """
    command = [sys.executable, "-I", "-c", _BOOT, _ROOT, form]
    command += [str(limits.seconds), str(limits.memory), str(limits.output)]
    with tempfile.TemporaryFile() as answer:
        try:
            done = subprocess.run(  # noqa: S603 - our own interpreter and code; the file comes by a pipe
                command,
                input=content,
                stdout=answer,
                stderr=subprocess.DEVNULL,
                env={},
                timeout=2 * limits.seconds,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise PageError("too_complex", _TOO_COMPLEX) from error
        if done.returncode:
            reason = "too_complex" if done.returncode in _OUT_OF_TIME else "broken"
            raise PageError(reason, _TOO_COMPLEX if reason == "too_complex" else _BROKEN)
        return _parsed(answer)


def _parsed(answer: BinaryIO) -> tuple[Parsed, ...]:
    answer.seek(0)
    try:
        said = cast("dict[str, Any]", json.load(answer))
        if "reason" in said:
            raise PageError(str(said["reason"]), str(said["detail"]))
        return tuple(Parsed(str(text), _boxes(boxes)) for text, boxes in said["sheets"])
    except (ValueError, TypeError, KeyError) as error:
        raise PageError("broken", _BROKEN) from error


def _boxes(said: Sequence[Sequence[float]]) -> tuple[LineBox, ...]:
    return tuple(LineBox(int(line), int(sheet), *map(float, edges)) for line, sheet, *edges in said)
