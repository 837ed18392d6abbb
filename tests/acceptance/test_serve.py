"""`digest serve`: picks up new files by itself, answers over HTTP, and stops in order."""

from __future__ import annotations

import json
import signal
import socket
import subprocess
import time
from collections.abc import Callable, Generator
from contextlib import contextmanager
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from tests.acceptance.installation import Installation
from tests.acceptance.test_nasty_input import PAGE


@contextmanager
def serving(installation: Installation, **variables: str) -> Generator[tuple[str, subprocess.Popen[str]]]:
    """A server on a free port; its address and process."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])
    settings = {"DIGEST_WEB__PORT": port, "DIGEST_INBOX__INTERVAL": "1"} | variables
    server = subprocess.Popen(
        installation.command("serve"),
        cwd=installation.folder,
        env=installation.environment() | settings,
        stderr=subprocess.PIPE,
        text=True,
    )
    try:
        url = f"http://127.0.0.1:{port}"
        eventually(lambda: fetched(f"{url}/health") is not None, server)
        yield url, server
    finally:
        server.kill()
        server.wait()
        if server.stderr:
            server.stderr.close()


def fetched(url: str) -> str | None:
    """The body, or None while there is no answer."""
    try:
        with urlopen(url, timeout=5) as answer:  # noqa: S310  # loopback, see `serving`
            return answer.read().decode()
    except (URLError, ConnectionError):
        return None


def eventually(condition: Callable[[], bool], server: subprocess.Popen[str], seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():
        assert server.poll() is None, "the server has ended"
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


def test_new_file_is_picked_up_and_served(empty: Installation) -> None:
    with serving(empty) as (url, server):
        empty.drop("page.md", PAGE)
        eventually(lambda: "河湾新桥" in (fetched(f"{url}/feeds/all.json") or ""), server)
        assert "河湾新桥" in (fetched(url) or "")


def test_sigterm_stops_it_in_order(empty: Installation) -> None:
    with serving(empty) as (_, server):
        server.send_signal(signal.SIGTERM)
        _, errors = server.communicate(timeout=30)
        assert server.returncode == 0
        assert "Traceback" not in errors
        assert "nothing is under way" in errors


def test_digest_leaves_at_its_time(empty: Installation) -> None:
    every_minute = json.dumps([f"{hour:02}:{minute:02}" for hour in range(24) for minute in range(60)])
    empty.drop("page.md", PAGE.replace("数字经济产业园", "数字经济产业园，数字经济与人工智能在此落户"))
    with serving(empty, DIGEST_DIGEST__AT=every_minute) as (_, server):
        eventually(lambda: len(empty.mails()) == 1, server, seconds=90)


def test_taken_port_is_told(empty: Installation) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        printed = empty.run("serve", code=1, DIGEST_WEB__PORT=str(taken.getsockname()[1]))
    assert "choose another web.port" in printed


@pytest.mark.parametrize(
    "path", ["/../config.toml", "/feeds/..%2f..%2fconfig.toml", "/static/..%2f..%2fconfig.toml"]
)
def test_no_file_outside_is_served(empty: Installation, path: str) -> None:
    with serving(empty) as (url, _):
        assert "profiles" not in (fetched(url + path) or "")
