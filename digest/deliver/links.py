"""Signs and reads what stands in the links of mail; it knows no database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from itsdangerous import BadSignature, URLSafeSerializer

CONFIRM_WITHIN = timedelta(days=7)
"""How long a request for mail may be confirmed."""


@dataclass(frozen=True, slots=True)
class Links:
    """Makes and reads tokens; the same for the same arguments, so that a mail can be composed again.

    Attributes:
        secret: The installation's.
    """

    secret: bytes

    def own(self, subscription_id: UUID) -> str:
        """For a reader's own page and for unsubscribing; good as long as the subscription is known."""
        return self._dumps("own", subscription_id.hex)

    def read_own(self, token: str) -> UUID | None:
        """The subscription of a token, None when it was not made here."""
        value = self._loads("own", token)
        return UUID(value) if value else None

    def confirm(self, subscription_id: UUID, nonce: str, asked: datetime) -> str:
        """For confirming a request; good once and for `CONFIRM_WITHIN`."""
        return self._dumps("confirm", f"{subscription_id.hex} {nonce} {int(asked.timestamp())}")

    def read_confirm(self, token: str, now: datetime) -> tuple[UUID, str] | None:
        """Subscription and nonce of a token; None when it was not made here or is too old."""
        value = self._loads("confirm", token)
        if not value:
            return None
        subscription, nonce, asked = value.split()
        expired = now.timestamp() > int(asked) + CONFIRM_WITHIN.total_seconds()
        return None if expired else (UUID(subscription), nonce)

    def _dumps(self, purpose: str, value: str) -> str:
        return URLSafeSerializer(self.secret, salt=purpose).dumps(value)

    def _loads(self, purpose: str, token: str) -> str:
        """What was signed for that purpose; empty when nothing was."""
        try:
            return str(URLSafeSerializer(self.secret, salt=purpose).loads(token.encode(errors="replace")))
        except BadSignature:
            return ""
