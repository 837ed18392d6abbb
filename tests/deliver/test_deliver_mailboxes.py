"""Mailboxes are read from real servers' hands; what is marked is passed by, nothing is lost."""

from __future__ import annotations

import imaplib
import mailbox
import os
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from digest.deliver.mailboxes import ImapServer, open_imap, open_maildir, open_mbox
from digest.errors import MailboxError
from tests.parts import missing

FIRST = b"To: bounces+1@shanchuan.example\r\nSubject: first\r\n\r\nOne.\r\n"
SECOND = b"To: bounces+2@shanchuan.example\r\nSubject: second\r\n\r\nTwo.\r\n"


def test_maildir_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(MailboxError, match="none"), open_maildir(tmp_path / "none") as box:
        list(box.waiting())


def test_mail_that_a_client_moves_meanwhile_is_no_error(tmp_path: Path) -> None:
    maildir = mailbox.Maildir(tmp_path / "box")
    maildir.add(FIRST)
    maildir.add(SECOND)
    with open_maildir(tmp_path / "box") as box:
        [(first, _), (second, _)] = box.waiting()
        Path(first).unlink()
        for key in (first, second):
            box.mark(key, "seen")
        assert list(box.waiting()) == []
    assert [path.name.partition(":")[2] for path in (tmp_path / "box" / "cur").iterdir()] == ["2,S"]


def test_other_flags_of_a_mail_stay(tmp_path: Path) -> None:
    for name in ("new", "cur"):
        (tmp_path / "box" / name).mkdir(parents=True)
    (tmp_path / "box" / "cur" / "1.host:2,PR").write_bytes(FIRST)
    (tmp_path / "box" / "cur" / "2.host:2,T").write_bytes(SECOND)
    with open_maildir(tmp_path / "box") as box:
        [(key, content)] = box.waiting()
        box.mark(key, "flagged")
    assert content == FIRST
    assert sorted(path.name for path in (tmp_path / "box" / "cur").iterdir()) == [
        "1.host:2,FPR",
        "2.host:2,T",
    ]


def test_mbox_that_is_locked_or_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(MailboxError, match="mbox"), open_mbox(tmp_path / "none"):
        pass
    held = mailbox.mbox(tmp_path / "held")
    held.lock()
    try:
        with pytest.raises(MailboxError, match="another program"), open_mbox(tmp_path / "held"):
            pass
    finally:
        held.close()


def test_mbox_keeps_all_mail_and_what_was_marked_after_a_failure(tmp_path: Path) -> None:
    made = mailbox.mbox(tmp_path / "box")
    made.add(FIRST)
    made.add(SECOND)
    made.close()
    with pytest.raises(KeyError):
        _mark_one_and_die(tmp_path / "box")
    with open_mbox(tmp_path / "box") as box:
        [(_, content)] = box.waiting()
    assert b"second" in content
    assert (tmp_path / "box").read_bytes().count(b"\nSubject: ") == 2


def _mark_one_and_die(path: Path) -> None:
    with open_mbox(path) as box:
        box.mark(next(box.waiting())[0], "seen")
        raise KeyError


def free_port() -> int:
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        return bound.getsockname()[1]


@pytest.fixture(scope="module")
def server() -> Iterator[ImapServer]:
    """Dovecot with one mailbox that holds two mails, and with a certificate of its own."""
    program = shutil.which("dovecot", path="/usr/sbin:/usr/local/sbin:/usr/bin") or missing("dovecot")
    if os.geteuid() != 0:
        pytest.skip("dovecot wants to be started by root, to be another user then")
    folder = Path(tempfile.mkdtemp())  # pytest's own are closed to the user that dovecot becomes
    folder.chmod(0o755)
    (folder / "mail").mkdir()
    shutil.chown(folder / "mail", "nobody")
    port = free_port()
    certificate = _certificate(folder)
    settings = folder / "dovecot.conf"
    settings.write_text(_settings(folder, port), encoding="ascii")
    process = subprocess.Popen(
        [program, "-F", "-c", str(settings)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_for(port)
        yield ImapServer("localhost", "returned", "secret", port=port, timeout=20, ca_file=certificate)
    finally:
        process.terminate()
        process.wait(timeout=20)
        shutil.rmtree(folder)


def _settings(folder: Path, port: int) -> str:
    user = "nobody"
    return f"""
base_dir = {folder}/run
state_dir = {folder}/run
log_path = {folder}/log
protocols = imap
auth_failure_delay = 0
ssl = required
ssl_cert = <{folder}/cert.pem
ssl_key = <{folder}/key.pem
mail_location = maildir:{folder}/mail/%u
default_login_user = {user}
default_internal_user = {user}
default_internal_group = nogroup
service imap-login {{
  chroot =
  inet_listener imap {{
    port = 0
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {port}
  }}
}}
service anvil {{
  chroot =
}}
passdb {{
  driver = static
  args = password=secret
}}
userdb {{
  driver = static
  args = uid=65534 gid=65534 home={folder}/mail/%u
}}
"""


def _certificate(folder: Path) -> Path:
    command = [
        "openssl",
        "req",
        "-x509",
        "-newkey",
        "rsa:2048",
        "-nodes",
        "-days",
        "2",
        "-subj",
        "/CN=localhost",
    ]
    command += ["-addext", "subjectAltName=DNS:localhost", "-keyout", "key.pem", "-out", "cert.pem"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return folder / "cert.pem"


def _wait_for(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    pytest.fail("dovecot does not start")


def filled(server: ImapServer) -> imaplib.IMAP4_SSL:
    """A connection of one's own; two mails are put into the mailbox."""
    trust = ssl.create_default_context(cafile=server.ca_file)
    imap = imaplib.IMAP4_SSL(server.host, server.port, ssl_context=trust, timeout=20)
    imap.login(server.username, server.password)
    for content in (FIRST, SECOND):
        assert imap.append("INBOX", "", "", content)[0] == "OK"
    return imap


def test_imap_mailbox_is_read_over_tls_and_marked(server: ImapServer) -> None:
    with filled(server) as imap:
        with open_imap(server) as box:
            waiting = list(box.waiting())
            assert [content for _, content in waiting] == [FIRST, SECOND]
            assert list(box.waiting()) == waiting  # reading marks nothing
            box.mark(waiting[0][0], "seen")
            box.mark(waiting[1][0], "flagged")
            assert list(box.waiting()) == []
        imap.select("INBOX")
        assert imap.search(None, "SEEN UNFLAGGED")[1] == [b"1"]
        assert imap.search(None, "UNSEEN FLAGGED")[1] == [b"2"]


@pytest.mark.parametrize("wrong", ["other", "密码"])
def test_imap_server_that_refuses_is_told(wrong: str, server: ImapServer) -> None:
    with (
        pytest.raises(MailboxError, match="refused the login of returned") as told,
        open_imap(replace(server, password=wrong)),
    ):
        pass
    assert wrong not in str(told.value)


def test_imap_folder_that_is_not_there_is_told(server: ImapServer) -> None:
    with pytest.raises(MailboxError, match="cannot be read"), open_imap(replace(server, folder="No such")):
        pass


def test_imap_server_is_not_trusted_without_its_certificate(server: ImapServer) -> None:
    with pytest.raises(MailboxError, match="cannot be trusted"), open_imap(replace(server, ca_file=None)):
        pass


def test_imap_server_that_is_not_there_is_told() -> None:
    with (
        pytest.raises(MailboxError, match=r"check mail\.bounces\.imap"),
        open_imap(ImapServer("127.0.0.1", "a", "b", port=free_port(), timeout=2)),
    ):
        pass


def test_password_is_not_shown() -> None:
    assert "secret" not in repr(ImapServer("127.0.0.1", "a", "secret"))
