"""Mail preview: the digest as it would be mailed next, rendered with the templates in force; stores nothing.

what came since the last window, else in the days a digest reaches back, else a made-up digest
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from sqlalchemy import Connection

from digest.errors import DigestError
from digest.model import Digest, Profile
from digest.pipeline.compose import digest_of
from digest.pipeline.desk import Desk
from digest.pipeline.editions import edition_for
from digest.pipeline.grouping import groups_of
from digest.pipeline.mail import sender_of
from digest.pipeline.mail_templates import with_templates
from digest.pipeline.windows import Window
from digest.publish import RenderedDigest, render_digest
from digest.publish.specimen import specimen_digest
from digest.store import digests, profiles
from digest.store.subscriptions import Subscription


def preview_mail(desk: Desk, *, language: str | None = None, profile: str | None = None) -> RenderedDigest:
    """The next digest of all profiles or of one, without anybody's links.

    Raises:
        DigestError: There is no such profile.
        StoreError: The database failed.
    """
    spoken = language or desk.config.language
    with desk.store.read() as tx:
        wanted = _wanted(profiles.list_profiles(tx), profile)
        digest = _next(desk, tx, wanted, spoken) if wanted else None
    shown = digest or specimen_digest(spoken)
    sender = sender_of(desk.config)
    rendered = with_templates(desk.config, lambda mail: render_digest(shown, sender, mail))
    bodies = {name: getattr(rendered, name).replace(rendered.links, "") for name in ("html", "text")}
    return replace(rendered, **bodies)


def _wanted(used: Sequence[Profile], name: str | None) -> tuple[Profile, ...]:
    if name is None:
        return tuple(used)
    found = tuple(profile for profile in used if profile.name == name)
    if not found:
        known = ", ".join(profile.name for profile in used) or "none; run `digest run` first"
        raise DigestError(f"there is no profile {name!r}; there are: {known}")
    return found


def _next(desk: Desk, tx: Connection, wanted: tuple[Profile, ...], language: str) -> Digest | None:
    now = desk.clock()
    reader = Subscription(UUID(int=0), "preview@localhost.localdomain", (), language, now)
    edition = edition_for(desk.config, wanted, reader)
    for start in (digests.latest_window_end(tx, now), None):
        window = Window(start, now, now, at_once=True)
        [group] = groups_of(tx, edition, window, desk.config.digest)
        if group.mailed:
            return digest_of(desk, tx, group, digests.next_number(tx))
    return None
