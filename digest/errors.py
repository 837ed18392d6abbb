"""Every deliberate exception of the project; the message tells the user what to do.

Pure code raises errors without paths or addresses; the caller that knows them adds them.
Drivers' exceptions are translated at one border each and kept as `__cause__`.
"""

from __future__ import annotations

from typing import Final, Literal

Fault = Literal["temporary", "permanent", "connection", "policy"]
"""Who has to act on a failed delivery: nobody (wait), the recipient, the network, the operator."""


class DigestError(Exception):
    """The root of the tree: whatever is raised on purpose is one of these."""


class ConfigError(DigestError):
    """The configuration cannot be used.

    Args:
        message: What is wrong and how to mend it.
        key: The dotted key, such as `mail.smtp.port`, or None when it concerns the whole file.
        path: The file the key stands in, or None when it came from the environment.
    """

    def __init__(self, message: str, *, key: str | None = None, path: str | None = None) -> None:
        where = ": ".join(part for part in (path, key) if part)
        super().__init__(f"{where}: {message}" if where else message)
        self.key = key
        self.path = path


class PageError(DigestError):
    """A page file cannot be read as a page; it is recorded with its reason and retried when it changes.

    Args:
        reason: One of the inbox's states, such as `empty`, `binary`, `too_large`, `undecodable`.
        detail: A sentence for people.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


_SHOWN: Final = 40
"""Characters on either side of where reading a keyword stopped that a message repeats."""


def _around(text: str, position: int) -> str:
    """The text as long as a message should be."""
    start, end = max(0, position - _SHOWN), position + _SHOWN
    return f"{'…' * (start > 0)}{text[start:end]}{'…' * (end < len(text))}"


class ProfileSyntaxError(DigestError):
    """A keyword of a profile cannot be understood.

    Args:
        message: What is wrong and how to write it instead.
        text: The keyword as written.
        position: 0-based offset in `text` where reading stopped.
    """

    def __init__(self, message: str, *, text: str, position: int) -> None:
        super().__init__(f"{message} (in {_around(text, position)!r}, at character {position + 1})")
        self.message = message
        self.text = text
        self.position = position


class DeliveryError(DigestError):
    """A message could not be handed over.

    Args:
        message: What the other side said, or what failed on ours.
        address: The recipient, or None when the whole connection is concerned.
        code: The SMTP reply code, or None when there was no reply.
        fault: What may be tried next; `policy` (authentication, encryption, relaying) stops every delivery.
        uncertain: The message may have been accepted; sending it again may double it.
        gone: There is no such address; nothing should be mailed to it any more.
    """

    def __init__(  # noqa: PLR0913  # facts of one failure, each by name
        self,
        message: str,
        *,
        address: str | None = None,
        code: int | None = None,
        fault: Fault = "temporary",
        uncertain: bool = False,
        gone: bool = False,
    ) -> None:
        super().__init__(message)
        self.gone = gone
        self.address = address
        self.code = code
        self.fault: Fault = fault
        self.uncertain = uncertain


class MailboxError(DigestError):
    """The mailbox for returned mail cannot be read; what it holds waits there."""


class StoreError(DigestError):
    """The database or the state folder cannot be read or written."""


class TemplateError(DigestError):
    """A template is missing or broken.

    Args:
        message: What is wrong with it.
        template: Its name, or None when it is no single one's fault.
    """

    def __init__(self, message: str, *, template: str | None = None) -> None:
        super().__init__(message)
        self.template = template


class RequestError(DigestError):
    """What a reader asks for cannot be done; the message is for them.

    Args:
        reason: A short name, such as `address` or `expired`; the web pages have a sentence for each.
        message: For whoever sees no page.
    """

    def __init__(self, reason: str, message: str) -> None:
        super().__init__(message)
        self.reason = reason
