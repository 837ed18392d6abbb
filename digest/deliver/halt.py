"""Remembers in the state folder that mail was stopped, until when and why; whoever delivers asks it first."""

from __future__ import annotations

import json
import secrets
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from digest.errors import StoreError

NAME = "mail-stopped.json"


@dataclass(frozen=True, slots=True)
class Halt:
    """Why no mail leaves.

    Attributes:
        until: When it is tried again, aware.
        settings: Stands for the settings it came of; with others it is tried again at once.
    """

    until: datetime
    reason: str
    settings: str


def halted(state: Path, settings: str, now: datetime) -> Halt | None:
    """What still keeps mail from leaving; None when nothing does, or the note cannot be read."""
    try:
        kept = json.loads((state / NAME).read_text(encoding="utf-8"))
        halt = Halt(datetime.fromisoformat(kept["until"]), str(kept["reason"]), str(kept["settings"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return halt if halt.settings == settings and now < halt.until else None


def note_halt(state: Path, halt: Halt) -> None:
    """Keeps mail from leaving until then.

    Raises:
        StoreError: The state folder cannot be written.
    """
    kept = {"until": halt.until.isoformat(), "reason": halt.reason, "settings": halt.settings}
    draft = state / f"{NAME}.{secrets.token_hex(8)}"
    try:
        draft.write_text(json.dumps(kept, ensure_ascii=False), encoding="utf-8")
        draft.replace(state / NAME)
    except OSError as error:
        draft.unlink(missing_ok=True)
        raise StoreError(f"{state}: cannot be written: {error.strerror}") from error


def forget_halt(state: Path) -> None:
    """Mail leaves again."""
    (state / NAME).unlink(missing_ok=True)
