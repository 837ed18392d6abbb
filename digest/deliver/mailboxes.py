"""Takes mail out of a Maildir, an mbox or an IMAP mailbox, one by one; what it means is decided elsewhere.

A mail is marked only when whoever reads it has finished with it: `seen` when it was understood, `flagged`
when a person has to look. Marked mail is passed by; nothing is ever removed.
"""

from __future__ import annotations

import imaplib
import mailbox
import ssl
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, Protocol, cast

from digest.errors import MailboxError

MOST_BYTES = 2_000_000
"""Of a mail that are read; a bounce with the whole of our message is a tenth of it."""

Mark = Literal["seen", "flagged"]


class Mailbox(Protocol):
    """Mail that waits to be read."""

    def waiting(self) -> Iterator[tuple[str, bytes]]:
        """The key and content of each mail without a mark."""
        ...

    def mark(self, key: str, mark: Mark) -> None:
        """Has a mail passed by from now on."""
        ...


@dataclass(frozen=True, slots=True)
class ImapServer:
    """Where a mailbox is read by IMAP.

    Attributes:
        security: `tls`, or `starttls`, which refuses to log in without encryption.
        folder: The mailbox's name on the server.
        ca_file: Certificates to trust instead of the system's.
    """

    host: str
    username: str
    password: str = field(repr=False)
    port: int = 993
    security: Literal["tls", "starttls", "none"] = "tls"
    folder: str = "INBOX"
    timeout: float = 30.0
    ca_file: Path | None = None


class MaildirBox:
    """A Maildir, see https://cr.yp.to/proto/maildir.html; marks are the flags S and F of its file names."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def waiting(self) -> Iterator[tuple[str, bytes]]:
        """Oldest first, as far as names tell."""
        for path in sorted([*(self._folder / "new").iterdir(), *(self._folder / "cur").iterdir()]):
            if path.is_file() and not path.name.startswith(".") and not _flags(path) & set("SFT"):
                with suppress(FileNotFoundError):  # a mail client has moved it
                    yield str(path), _beginning(path)

    def mark(self, key: str, mark: Mark) -> None:
        """Moves it to cur/ with its flag; one that was moved meanwhile is found there the next time."""
        path = Path(key)
        flags = "".join(sorted(_flags(path) | {"S" if mark == "seen" else "F"}))
        with suppress(FileNotFoundError):
            path.rename(self._folder / "cur" / f"{path.name.partition(':2,')[0]}:2,{flags}")


def _flags(path: Path) -> set[str]:
    return set(path.name.partition(":2,")[2])


def _beginning(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(MOST_BYTES)


class MboxBox:
    """An mbox file; marks are its Status and X-Status headers, written when the reading ends."""

    def __init__(self, file: mailbox.mbox) -> None:
        self._file = file

    def waiting(self) -> Iterator[tuple[str, bytes]]:
        """In the order of the file."""
        for key in self._file.keys():  # noqa: SIM118 - a mailbox iterates over its messages
            mail = self._file.get_message(key)
            if not set(mail.get_flags()) & set("RFD"):
                yield key, mail.as_bytes()[:MOST_BYTES]

    def mark(self, key: str, mark: Mark) -> None:
        """Sets the flag; the file is rewritten when it is closed."""
        mail = self._file.get_message(key)
        mail.add_flag("RO" if mark == "seen" else "F")
        self._file[key] = mail


class ImapBox:
    """A mailbox on an IMAP server (RFC 3501); marks are \\Seen and \\Flagged."""

    def __init__(self, imap: imaplib.IMAP4) -> None:
        self._imap = imap

    def waiting(self) -> Iterator[tuple[str, bytes]]:
        """In the order of the mailbox; reading sets no mark."""
        found = _accepted(self._imap.uid("SEARCH", "UNSEEN UNFLAGGED UNDELETED"))
        for uid in (found[0] or b"").decode("ascii").split():
            answer = _accepted(self._imap.uid("FETCH", uid, f"(BODY.PEEK[]<0.{MOST_BYTES}>)"))
            for part in answer:
                if isinstance(part, tuple):  # what the server sent beside the content are plain bytes
                    yield uid, cast("tuple[bytes, bytes]", part)[1]

    def mark(self, key: str, mark: Mark) -> None:
        """Sets the flag on the server."""
        flag = r"(\Seen)" if mark == "seen" else r"(\Flagged)"
        _accepted(self._imap.uid("STORE", key, "+FLAGS.SILENT", flag))


@contextmanager
def open_maildir(folder: Path) -> Generator[Mailbox]:
    """A Maildir that a mail server fills.

    Raises:
        MailboxError: It is not there or cannot be read or written.
    """
    try:
        yield MaildirBox(folder)
    except OSError as error:
        raise MailboxError(f"{folder}: cannot be read as a Maildir: {error.strerror}") from error


@contextmanager
def open_mbox(path: Path) -> Generator[Mailbox]:
    """An mbox file, locked as mail servers lock it; marks are written at the end, also after a failure.

    Raises:
        MailboxError: It is not there, is locked, or cannot be read or written.
    """
    try:
        file = mailbox.mbox(path, create=False)
        try:
            file.lock()
            yield MboxBox(file)
        finally:
            file.close()  # writes what was marked and lets go of the lock
    except mailbox.ExternalClashError as error:
        raise MailboxError(
            f"{path}: another program holds the mailbox; it is read with the next pass"
        ) from error
    except (mailbox.Error, OSError) as error:
        raise MailboxError(f"{path}: cannot be read as an mbox file: {error}") from error


@contextmanager
def open_imap(server: ImapServer) -> Generator[Mailbox]:
    """A mailbox on a server, logged in.

    Raises:
        MailboxError: The server cannot be reached or trusted, or refuses.
    """
    try:
        with _dialled(server) as imap:
            _log_in(imap, server)
            _accepted(imap.select(f'"{_quoted(server.folder)}"'))
            yield ImapBox(imap)
    except ssl.SSLError as error:
        raise MailboxError(
            f"{server.host}:{server.port} cannot be trusted or speaks no TLS; check mail.bounces.imap"
        ) from error
    except (imaplib.IMAP4.error, OSError) as error:
        raise MailboxError(
            f"{server.host}:{server.port}: the mailbox cannot be read: {error}; check mail.bounces.imap"
        ) from error


def _dialled(server: ImapServer) -> imaplib.IMAP4:
    trust = ssl.create_default_context(cafile=server.ca_file)
    if server.security == "tls":
        return imaplib.IMAP4_SSL(server.host, server.port, ssl_context=trust, timeout=server.timeout)
    imap = imaplib.IMAP4(server.host, server.port, timeout=server.timeout)
    if server.security == "starttls":
        imap.starttls(trust)
    return imap


def _log_in(imap: imaplib.IMAP4, server: ImapServer) -> None:
    """Logs in; the cause is cut off, since an answer may repeat what was sent."""
    try:
        imap.login(server.username, server.password)
    except (imaplib.IMAP4.error, UnicodeEncodeError):
        raise MailboxError(
            f"{server.host} refused the login of {server.username}; "
            "check mail.bounces.imap.username and the password"
        ) from None


def _quoted(name: str) -> str:
    return name.replace("\\", "\\\\").replace('"', '\\"')


def _accepted(answer: tuple[str, list[Any]]) -> list[Any]:
    kind, content = answer
    if kind != "OK":
        raise imaplib.IMAP4.error(f"the server said {kind} {content!r}")
    return content
