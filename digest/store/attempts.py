"""Counts what may be done only so often: requests for mail by address and network, sign-ins."""

from __future__ import annotations

import hmac
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, insert, select

from digest.store.tables import attempts

_KEPT = timedelta(days=2)


def bucket_of(what: str, who: str, secret: bytes) -> str:
    """What is counted, for whom; neither can be read from it."""
    return hmac.digest(secret, f"attempt:{what}:{who}".encode(), "sha256").hex()


def allow(tx: Connection, bucket: str, now: datetime, *, most: int, within: timedelta) -> bool:
    """Counts one more; False, uncounted, when there were `most` within the time before `now`."""
    tx.execute(delete(attempts).where(attempts.c.at < now - _KEPT))
    here = (attempts.c.bucket == bucket) & (attempts.c.at > now - within)
    if (tx.execute(select(func.count()).where(here)).scalar() or 0) >= most:
        return False
    tx.execute(insert(attempts).values(bucket=bucket, at=now))
    return True


def forgive(tx: Connection, bucket: str) -> None:
    """Counts anew, as after a sign-in that succeeded."""
    tx.execute(delete(attempts).where(attempts.c.bucket == bucket))
