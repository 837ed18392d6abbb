"""A desk in a temporary folder with a clock that tests set."""

from __future__ import annotations

import os
import random
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from digest.config import load_config
from digest.pipeline.desk import Desk
from digest.pipeline.passes import Pass, run_pass
from digest.store import Store

START = datetime(2031, 5, 6, 0, 0, tzinfo=UTC)

SETTINGS = """
timezone = "Asia/Shanghai"
[digest]
at = ["07:30"]
[[mail.recipients]]
address = "lin@reader.example"
[[profiles]]
name = "bridges"
title = "桥梁"
keywords = ["大桥^2", "通车"]
threshold = 5.0
[[profiles]]
name = "schools"
title = "学校"
keywords = ["小学^2", "教师"]
threshold = 5.0
"""


_CHARACTERS = (
    "山水田林湖草路桥灯光风雨晴雪春秋早晚城乡街巷村镇工农商学老少男女远近高低新旧红绿青白金木火土日月星云"
)


def page(subject: str, detail: str) -> str:
    """A page with one article on `subject`; its prose is like no other subject's."""
    draw = random.Random(subject)  # noqa: S311  # the same text every time, no secret
    prose = ["".join(draw.choices(_CHARACTERS, k=18)) for _ in range(8)]
    return (
        f"# {subject}\n\n"
        f"本报讯 (记者林一舟){subject}的消息昨日公布,{detail}。{prose[0]},{prose[1]}。{prose[2]}。\n\n"
        f"{prose[3]},{detail},{prose[4]}。{prose[5]},{prose[6]},{prose[7]}。(林一舟)\n"
    )


@dataclass
class Office:
    """An installation whose time stands still until it is moved."""

    folder: Path
    settings: str = SETTINGS
    now: datetime = START
    environ: Mapping[str, str] = field(default_factory=dict[str, str])

    def __post_init__(self) -> None:
        (self.folder / "seeds").mkdir(parents=True)
        self.configure(self.settings)

    def configure(self, settings: str) -> None:
        path = self.folder / "config.toml"
        path.write_text(settings, encoding="utf-8")
        config = load_config(path, self.environ)
        self.desk = Desk(config, Store.open(config.path(config.state)), clock=lambda: self.now)

    def drop(self, name: str, content: str, *, age: timedelta = timedelta(hours=1)) -> None:
        path = self.folder / "seeds" / name
        path.write_text(content, encoding="utf-8")
        stamp = (self.now - age).timestamp()
        os.utime(path, (stamp, stamp))

    def work(self, *, at_once: bool = False) -> Pass:
        return run_pass(self.desk, at_once=at_once, wait=False)

    def pass_time(self, **step: float) -> None:
        self.now += timedelta(**step)

    def mails(self) -> list[EmailMessage]:
        """Delivered mail in the order of the digests' numbers."""
        paths = (self.folder / "var" / "mail" / "new").glob("*")
        mails = [message_from_bytes(path.read_bytes(), policy=default) for path in paths]
        return sorted(mails, key=lambda mail: (str(mail["Date"].datetime), str(mail["To"])))


def text_of(mail: EmailMessage) -> str:
    body = mail.get_body(("plain",))
    assert body is not None
    return body.get_content()
