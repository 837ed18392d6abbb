"""Letters to single readers: written, and queued for delivery, in the transaction of what they are about."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from uuid import uuid4
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from digest.deliver.links import Links
from digest.model import Sender
from digest.pipeline.desk import Desk
from digest.pipeline.mail import sender_of
from digest.pipeline.mail_templates import with_templates
from digest.publish.letter import Question, confirmation
from digest.publish.render import RenderedDigest
from digest.store import letters
from digest.store.letters import Kind, Letter
from digest.store.secret_key import secret_key
from digest.store.subscriptions import Subscription


def post_confirmation(
    desk: Desk, tx: Connection, pending: Subscription, profile_titles: Sequence[str]
) -> None:
    """Queues the question whether a pending subscription was asked for by its reader."""
    links = Links(secret_key(desk.state))
    token = links.confirm(pending.id, pending.nonce or "", pending.created)
    question = Question(
        title=desk.config.digest.title,
        profiles=tuple(profile_titles),
        url=f"{desk.config.public_url}/subscribe/{token}",
        language=pending.language,
        date=pending.created.astimezone(ZoneInfo(desk.config.timezone)),
    )
    letter_id, sender = uuid4(), sender_of(desk.config)
    rendered = with_templates(desk.config, lambda mail: confirmation(letter_id, question, sender, mail))
    _post(desk, tx, rendered, "confirm", pending)


def _post(desk: Desk, tx: Connection, rendered: RenderedDigest, kind: Kind, to: Subscription) -> None:
    letter = Letter(
        id=rendered.id,
        kind=kind,
        subject=rendered.subject,
        html=rendered.html,
        text=rendered.text,
        links=rendered.links,
        sender=asdict(rendered.sender),
        language=rendered.language,
        timezone=desk.config.timezone,
        created=desk.clock(),
    )
    letters.post(tx, letter, to.address, to.id)


def rendered_letter(letter: Letter) -> RenderedDigest:
    """A letter as it was written, ready to be addressed."""
    return RenderedDigest(
        id=letter.id,
        language=letter.language,
        sender=Sender(**letter.sender),
        date=letter.created.astimezone(ZoneInfo(letter.timezone)),
        subject=letter.subject,
        html=letter.html,
        text=letter.text,
        links=letter.links,
    )
