"""How many polls of a feed one process answers in a second, beside nginx with one worker and the same bytes.

    python -m benchmarks.http [--seconds 4] [--rounds 3]

Needs nginx and wrk. Polls that have the feed already (304), whole feeds plain and in gzip; the servers take
turns, and the best round of each counts.
"""

from __future__ import annotations

import argparse
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.request import Request, urlopen
from uuid import UUID, uuid5

from digest.config import Config
from digest.model import ArchivedArticle, Article, Entry, Feed, Folio, Profile
from digest.pipeline.feed_folder import write_feeds
from digest.publish import render_feed
from digest.store import Store, profiles

NOW = datetime(2031, 5, 6, tzinfo=UTC)
PROFILE = Profile(UUID(int=1), "bridges", "桥梁", ("大桥",))
NGINX = """
worker_processes 1; daemon off; pid {folder}/nginx.pid; error_log {folder}/error.log;
events {{ worker_connections 1024; }}
http {{
    access_log off; sendfile on; tcp_nopush on; keepalive_requests 100000000; gzip_static on; gzip_vary on;
    open_file_cache max=100;
    types {{ application/atom+xml atom; }}
    client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    server {{ listen 127.0.0.1:{port}; location /feeds/ {{ alias {feeds}/; }} }}
}}
"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--seconds", type=int, default=4)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--serve", nargs=2, metavar=("STATE", "PORT"), help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve:
        serve(Path(options.serve[0]), int(options.serve[1]))
        return
    with tempfile.TemporaryDirectory() as folder, servers(Path(folder)) as addresses:
        compare(addresses, options.seconds, options.rounds)


def serve(state: Path, port: int) -> None:
    """As `digest serve` does, without a scheduler."""
    import uvicorn  # noqa: PLC0415  # for the served process alone

    from digest.web import create_app  # noqa: PLC0415

    config = Config(state=state)
    app = create_app(config, Store.open(state))
    uvicorn.run(
        app, port=port, log_level="warning", access_log=False, loop="uvloop", http="httptools", ws="none"
    )


@contextmanager
def servers(folder: Path) -> Generator[dict[str, str]]:
    state = folder / "var"
    make_feeds(state)
    ours, theirs = free_port(), free_port()
    configuration = folder / "nginx.conf"
    configuration.write_text(NGINX.format(folder=folder, port=theirs, feeds=state / "feeds"))
    folder.chmod(0o755)  # nginx's worker has a user of its own
    commands = [
        [sys.executable, "-m", "benchmarks.http", "--serve", str(state), str(ours)],
        [program("nginx"), "-c", str(configuration), "-e", str(folder / "start.log")],
    ]
    running = [subprocess.Popen(command) for command in commands]  # noqa: S603  # our own and nginx
    addresses = {"digest": f"http://127.0.0.1:{ours}", "nginx": f"http://127.0.0.1:{theirs}"}
    try:
        for address in addresses.values():
            wait_for(address)
        yield {name: f"{address}/feeds/bridges.atom" for name, address in addresses.items()}
    finally:
        for process in running:
            process.terminate()
            process.wait()


def program(name: str) -> str:
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin")
    return found or sys.exit(f"{name} is not installed")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(address: str) -> None:
    for _ in range(200):
        try:
            urlopen(f"{address}/feeds/bridges.atom").close()  # noqa: S310  # our own address
        except OSError:
            time.sleep(0.05)
        else:
            return
    sys.exit(f"{address} does not answer")


def make_feeds(state: Path) -> None:
    """A hundred articles of a column's length."""
    store = Store.open(state)
    with store.write() as tx:
        profiles.replace_profiles(tx, [PROFILE], NOW)
    store.close()
    entries = tuple(entry(number) for number in range(100))
    feed = Feed(
        PROFILE.id, PROFILE.name, PROFILE.title, "", "https://clips.example.org", "zh-CN", NOW, entries
    )
    write_feeds(
        state / "feeds", [(f"bridges.{form}", render_feed(feed, form)) for form in ("rss", "atom", "json")]
    )


def entry(number: int) -> Entry:
    words = "".join(chr(0x4E00 + (number * 7919 + place * 104729) % 20000) for place in range(600))
    article = Article("news", f"第{number}座大桥通车", lead=words[:80], paragraphs=(words[:80], words[80:]))
    seen = NOW - timedelta(hours=number)
    identity = uuid5(PROFILE.id, str(number))
    return Entry(identity, ArchivedArticle(identity, identity, article, Folio("河湾日报"), seen, seen), seen)


def compare(addresses: dict[str, str], seconds: int, rounds: int) -> None:
    print(f"{'':12}{'digest':>10}{'nginx':>10}{'ratio':>8}   a second, best of {rounds} times {seconds} s")
    for what, encoding, conditional in (("304", "gzip", True), ("gzip", "gzip", False), ("plain", "", False)):
        rates: dict[str, list[float]] = {name: [] for name in addresses}
        for _ in range(rounds):
            for name, url in addresses.items():
                rates[name].append(rate(url, asking(url, encoding, conditional=conditional), seconds))
        ours, theirs = max(rates["digest"]), max(rates["nginx"])
        print(f"{what:12}{ours:10,.0f}{theirs:10,.0f}{ours / theirs:8.2f}")


def asking(url: str, encoding: str, *, conditional: bool) -> dict[str, str]:
    headers = {"Accept-Encoding": encoding} if encoding else {}
    with urlopen(Request(url, headers=headers)) as response:  # noqa: S310  # our own address
        return headers | ({"If-None-Match": response.headers["ETag"]} if conditional else {})


def rate(url: str, headers: dict[str, str], seconds: int) -> float:
    """Answers a second over 32 connections; an error or a refusal ends the benchmark."""
    wanted = [part for name, value in headers.items() for part in ("-H", f"{name}: {value}")]
    command = [program("wrk"), "-t1", "-c32", f"-d{seconds}s", *wanted, url]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603  # wrk
    if "Non-2xx" in told or "Socket errors" in told:
        sys.exit(told)
    found = re.search(r"Requests/sec:\s+([0-9.]+)", told)
    return float(found[1]) if found else sys.exit(told)


if __name__ == "__main__":
    main()
