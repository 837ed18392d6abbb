"""Tells a WebSub hub that a feed changed; it keeps no record, follows nowhere and tries nothing twice."""

from __future__ import annotations

from http import HTTPStatus
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from urllib.parse import urlencode, urlsplit

_SECONDS = 10.0
_HEADERS = {"Content-Type": "application/x-www-form-urlencoded", "User-Agent": "Digest"}


def tell_hub(hub: str, topic: str, *, seconds: float = _SECONDS) -> str | None:
    """Asks the hub to fetch the feed at `topic`; None when it will, else what went wrong, for the log.

    The request is the one hubs agree on, as WebSub §7 leaves it open: `hub.mode=publish`, the address twice.
    """
    form = urlencode({"hub.mode": "publish", "hub.topic": topic, "hub.url": topic})
    place = urlsplit(hub)
    kind = HTTPSConnection if place.scheme == "https" else HTTPConnection
    try:
        connection = kind(place.hostname or "", place.port, timeout=seconds)
        try:
            connection.request("POST", place.path or "/", form, _HEADERS)
            status = connection.getresponse().status
        finally:
            connection.close()
    except (OSError, HTTPException, ValueError) as error:
        return str(error) or type(error).__name__
    return None if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES else f"it answered {status}"
