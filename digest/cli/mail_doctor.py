"""`digest mail doctor`: whether mail will arrive, and what to do."""

from __future__ import annotations

from digest.cli.doctor import print_findings
from digest.config import Config
from digest.deliver.dns_records import Dns
from digest.pipeline.desk import system_clock
from digest.pipeline.mail_doctor import examine_mail


def show_examination(config: Config, to: str | None, *, json: bool) -> bool:
    """Prints each finding as it is made; False when something is ill."""
    return print_findings(examine_mail(config, Dns(), system_clock(), to), json=json)
