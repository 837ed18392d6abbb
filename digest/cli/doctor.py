"""`digest doctor`: what was looked at, how it is, and what to do."""

from __future__ import annotations

import json as json_format
from collections.abc import Iterable
from dataclasses import asdict

from rich.text import Text

from digest.cli.terminal import console
from digest.config import Config
from digest.pipeline.doctor import Finding, examine

_SIGNS = {"well": ("✓", "green"), "doubtful": ("!", "yellow"), "ill": ("✗", "red")}


def show_findings(config: Config, *, json: bool) -> bool:
    """Prints what is found; False when something is ill."""
    return print_findings(examine(config), json=json)


def print_findings(made: Iterable[Finding], *, json: bool) -> bool:
    """Prints each finding as it is made; False when something is ill."""
    findings: list[Finding] = []
    for finding in made:
        findings.append(finding)
        if not json:
            _print(finding)
    if json:
        print(json_format.dumps([asdict(finding) for finding in findings], ensure_ascii=False))
    return not any(finding.verdict == "ill" for finding in findings)


def _print(finding: Finding) -> None:
    sign, style = _SIGNS[finding.verdict]
    console().print(Text(f"{sign} {finding.what:13}", style=style), Text(finding.told))
    if finding.remedy and finding.verdict != "well":
        # Records are copied from here, so they must not be broken over lines.
        console().print(Text(f"  {'':13} → {finding.remedy}"), soft_wrap=True)
