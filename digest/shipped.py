"""Finds what is shipped beside the code: templates, the sample configuration and the demo pages."""

from __future__ import annotations

from pathlib import Path

_PACKAGE = Path(__file__).parent


def shipped(name: str) -> Path:
    """`templates`, `config.toml` or `seeds`, in an installed package as in a checkout."""
    installed = _PACKAGE / "_shipped" / name
    return installed if installed.exists() else _PACKAGE.parent / name
