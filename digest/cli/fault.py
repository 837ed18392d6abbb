"""Writes the traceback of an unexpected fault to a file, so that it can be reported without being shown."""

from __future__ import annotations

import os
import tempfile
import traceback


def report_fault(error: BaseException) -> str:
    """A sentence for the user that names the file with the traceback."""
    told = f"a fault in Digest itself, {type(error).__name__}; nothing that was stored is lost"
    try:
        number, path = tempfile.mkstemp(prefix="digest-fault-", suffix=".txt")
    except OSError:
        return told
    with os.fdopen(number, "w", encoding="utf-8", errors="backslashreplace") as file:
        traceback.print_exception(error, file=file)
    return f"{told}. Please report it with the file {path}"
