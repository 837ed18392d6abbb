"""How fast digests are written and delivered, beside the fastest client there is and the plainest.

python -m benchmarks.mail [--messages 20000] [--connections 20] [--rounds 3] [--memory 1000,100000]

Needs smtp-sink and smtp-source of Postfix. All send messages of the same size to the same sink on the
loopback: smtp-source (the limit), Digest from its outbox to settled rows, and smtplib with a message rendered
anew for each recipient. Memory is the peak of a process that delivers to so many recipients.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import smtplib
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from pathlib import Path
from statistics import median
from typing import Any, Final
from uuid import UUID

from benchmarks.fictional_digest import SENDER, digest_of, fill_outbox, rendered
from digest.config import load_config
from digest.deliver.links import Links
from digest.model import Recipient
from digest.pipeline.deliver import deliver_due
from digest.pipeline.desk import open_desk
from digest.publish import RenderedDigest, compose
from digest.publish.composer import Composer

_CLIPS: Final = 8
_BARS: Final = {"written a second": 5_000, "of smtp-source": 0.7, "MB": 150}
_SITE: Final = "https://clips.example.org"


def main() -> int:
    """Measures and prints; 1 when a bar is missed."""
    options = _options()
    if options.deliver:
        return _deliver(options.deliver)
    digest = rendered(digest_of(_CLIPS))
    written = _composing(digest, options.messages)
    size = len(Composer(digest).message(_recipient(0)))
    print(f"a message has {size:,} bytes, of {_CLIPS} clippings")
    print(f"written, links and all          {written:>9,.0f} messages/s on one core")
    ratio = _side_by_side(options, digest, size)
    peaks = [_memory(options, digest, int(count)) for count in options.memory.split(",") if count]
    held = (
        written >= _BARS["written a second"]
        and ratio >= _BARS["of smtp-source"]
        and max(peaks, default=0) < _BARS["MB"]
    )
    return 0 if held else 1


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--messages", type=int, default=20_000)
    parser.add_argument("--connections", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--memory", default="1000,100000")
    parser.add_argument("--deliver", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def _recipient(number: int, links: Links | None = None) -> Recipient:
    token = (links or Links(b"secret")).own(UUID(int=number))
    return Recipient(
        f"reader{number:07}@mail{number % 50}.example",
        unsubscribe_url=f"{_SITE}/unsubscribe/{token}",
        preferences_url=f"{_SITE}/subscription/{token}",
    )


def _composing(digest: RenderedDigest, messages: int) -> float:
    composer, links = Composer(digest), Links(b"secret")
    begun = time.process_time()
    for number in range(messages):
        composer.message(_recipient(number, links))
    return messages / (time.process_time() - begun)


def _side_by_side(options: argparse.Namespace, digest: RenderedDigest, size: int) -> float:
    """Rates of all, taken in turn; the median of Digest's share of smtp-source's."""
    ratios: list[float] = []
    with sink() as port:
        plain = _plain_loop(port, max(50, options.messages // 200))
        print(f"smtplib, rendering each         {plain:>9,.0f} messages/s on one connection")
        for _ in range(options.rounds):
            limit = _smtp_source(port, options, size)
            kept = _smtp_source(port, options, size, "-d")
            told = _delivering(port, options.messages, options.connections, digest)
            again = _smtp_source(port, options, size)
            ratios.append(told["rate"] / ((limit + again) / 2))
            print(
                f"smtp-source {limit:,.0f} and {again:,.0f} (connections kept: {kept:,.0f}), "
                f"Digest {told['rate']:,.0f} messages/s: {ratios[-1]:.2f} of it; "
                f"{told['cpu'] * 1e6 / options.messages:.0f} µs of CPU a message"
            )
    print(f"median share of smtp-source     {median(ratios):>9.2f}")
    return median(ratios)


@contextmanager
def sink(*options: str) -> Generator[int]:
    """The port on which smtp-sink takes everything."""
    program = shutil.which("smtp-sink", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        sys.exit("needs smtp-sink, which comes with Postfix")
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    user = ["-u", "nobody"] if os.geteuid() == 0 else []
    sink = subprocess.Popen(  # noqa: S603 - its own words
        [program, *user, *options, f"127.0.0.1:{port}", "1000"]
    )
    try:
        _wait_for(port)
        yield port
    finally:
        sink.kill()
        sink.wait()


def _wait_for(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    sys.exit("smtp-sink does not answer")


def _smtp_source(port: int, options: argparse.Namespace, size: int, *more: str) -> float:
    program = shutil.which("smtp-source", path=f"{os.environ['PATH']}:/usr/sbin") or "smtp-source"
    command = [program, "-s", str(options.connections), "-m", str(options.messages), "-l", str(size), *more]
    begun = time.monotonic()
    command += ["-f", SENDER.address, "-t", "r@b.example", f"127.0.0.1:{port}"]
    subprocess.run(command, check=True)  # noqa: S603 - its own words
    return options.messages / (time.monotonic() - begun)


def _plain_loop(port: int, messages: int) -> float:
    digest = digest_of(_CLIPS)
    begun = time.monotonic()
    with smtplib.SMTP("127.0.0.1", port) as smtp:
        for number in range(messages):
            smtp.send_message(compose(rendered(digest), _recipient(number)))
    return messages / (time.monotonic() - begun)


def configure(folder: Path, port: int, connections: int) -> None:
    """Settings to deliver to the sink with."""
    (folder / "config.toml").write_text(
        f'base_url = "{_SITE}"\n[mail]\nsender = "{SENDER.address}"\n[mail.smtp]\nhost = "127.0.0.1"\n'
        f'port = {port}\nsecurity = "none"\nconnections = {connections}\n'
    )


def _delivering(port: int, messages: int, connections: int, digest: RenderedDigest) -> dict[str, Any]:
    """What a process tells that delivers a full outbox."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        configure(folder, port, connections)
        with open_desk(load_config(folder / "config.toml")) as desk:
            fill_outbox(desk.store, digest, messages)
        command = [sys.executable, "-m", "benchmarks.mail", "--deliver", name]
        output = subprocess.run(command, check=True, capture_output=True).stdout  # noqa: S603 - itself
    told = json.loads(output)
    if told["sent"] != messages:
        sys.exit(f"{told['sent']} of {messages} messages were sent: {told['detail']}")
    return told


def _deliver(folder: Path) -> int:
    """Delivers what is queued in the folder and prints how it went."""
    with open_desk(load_config(folder / "config.toml")) as desk:
        begun = time.monotonic()
        done = deliver_due(desk)
        rate = done.sent / (time.monotonic() - begun)
    used = resource.getrusage(resource.RUSAGE_SELF)
    told = {"rate": rate, "sent": done.sent, "detail": done.detail, "mb": used.ru_maxrss / 1024}
    print(json.dumps(told | {"cpu": used.ru_utime + used.ru_stime}))
    return 0


def _memory(options: argparse.Namespace, digest: RenderedDigest, recipients: int) -> float:
    with sink() as port:
        told = _delivering(port, recipients, options.connections, digest)
    print(f"peak memory, {recipients:>9,} recipients {told['mb']:>9,.0f} MB ({told['rate']:,.0f} messages/s)")
    return told["mb"]


if __name__ == "__main__":
    sys.exit(main())
