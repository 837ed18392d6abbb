"""`kill -9` at any point of a run, then `digest run`: the same end state as without."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest

from tests.acceptance.installation import Installation, install

POINTS = 10
_QUERIES = {
    "files": "SELECT path, sha256, state FROM files ORDER BY path",
    "pages": "SELECT id, sha256, revision, paper, date, label FROM pages ORDER BY id",
    "articles": "SELECT id, position, headline, reprint_of, unmatched FROM articles ORDER BY id",
    "clips": "SELECT profile_id, article_id, round(score, 6) FROM clips ORDER BY profile_id, article_id",
    "digests": "SELECT id, number, state, subject FROM digests ORDER BY id",
    "digest_clips": "SELECT digest_id, article_id, position FROM digest_clips ORDER BY 1, 2, 3",
    "deliveries": "SELECT id, address, state FROM deliveries ORDER BY id",
}


def end_state(installation: Installation) -> dict[str, Any]:
    """All that must be the same, times left out."""
    with closing(sqlite3.connect(installation.folder / "var" / "digest.db")) as db:
        state: dict[str, Any] = {name: db.execute(query).fetchall() for name, query in _QUERIES.items()}
    state["feeds"] = {
        name: [(item["id"], item["title"]) for item in json.loads(content)["items"]]
        for name, content in installation.feed_bytes().items()
        if name.endswith(".json")
    }
    messages = [message_from_bytes(path.read_bytes(), policy=default) for path in installation.mails()]
    state["mails"] = [(message["Message-ID"], message["Subject"]) for message in messages]
    return state


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, Any], float]:
    """The end state of a run nobody disturbed, and how long it took."""
    installation = install(tmp_path_factory.mktemp("undisturbed"))
    begun = time.monotonic()
    installation.run("run", "--now")
    return end_state(installation), time.monotonic() - begun


@pytest.mark.parametrize("point", range(POINTS))
def test_killed_run_is_finished_by_the_next(
    another: Callable[[], Installation], undisturbed: tuple[dict[str, Any], float], point: int
) -> None:
    expected, duration = undisturbed
    installation = another()
    killed = _run_and_kill(installation, duration * (0.15 + 0.85 * point / POINTS))
    installation.run("run", "--now")
    assert end_state(installation) == expected, f"killed: {killed}"
    assert [path.name for path in installation.feeds.iterdir() if path.name.startswith(".")] == []


def _run_and_kill(installation: Installation, after: float) -> bool:
    """Starts a run and kills it after so many seconds; False when it was through by then."""
    run = subprocess.Popen(
        installation.command("run", "--now", "--quiet"),
        cwd=installation.folder,
        env=installation.environment(),
        start_new_session=True,
    )
    try:
        run.wait(timeout=after)
    except subprocess.TimeoutExpired:
        os.killpg(run.pid, signal.SIGKILL)
        run.wait()
        return True
    return False
