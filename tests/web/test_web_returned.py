"""Mail that came back is told in numbers; nobody reads an address there."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

from starlette.testclient import TestClient

from digest.config import Config
from digest.store import Store, bounces
from digest.store.bounces import Bounce
from digest.store.deliveries import delivery_id
from digest.store.letters import Letter, post
from digest.web import create_app

NOW = datetime(2031, 5, 6, tzinfo=UTC)
LETTER = Letter(
    UUID(int=1),
    "confirm",
    "subject",
    "html",
    "text",
    "links",
    {"address": "clips@shanchuan.example"},
    "en",
    "UTC",
    NOW,
)


def test_status_page_counts_what_came_back(tmp_path: Path) -> None:
    config = Config().rooted(tmp_path)
    store = Store.open(config.path(config.state))
    with store.write() as tx:
        post(tx, LETTER, "lin@reader.example", None)
        named = delivery_id(LETTER.id, "lin@reader.example")
        for number, kind in enumerate(("hard", "soft", "soft")):
            bounces.record(tx, Bounce(str(number), named, "key", kind, "550 no such user", NOW))
    page = TestClient(create_app(config, store)).get("/status", headers={"accept-language": "en"}).text
    store.close()
    assert "<dt>Came back for good</dt><dd>1</dd>" in page
    assert "<dt>Came back for now</dt><dd>2</dd>" in page
    assert "lin@reader" not in page
    assert "no such user" not in page
