from __future__ import annotations

import mailbox
import os
import stat
from email.message import EmailMessage
from email.policy import SMTP
from pathlib import Path

import pytest

from digest.deliver.maildir import MaildirTransport, deliver_to_maildir
from digest.deliver.transport import Outgoing, Transport
from digest.errors import DeliveryError


def letter(subject: str = "剪报 第1期") -> bytes:
    message = EmailMessage()
    message["From"] = "Digest <digest@example.org>"
    message["To"] = "reader@example.org"
    message["Subject"] = subject
    message.set_content("今天的剪报\n.\nFrom the desk\n")
    return message.as_bytes(policy=SMTP)


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_mail_client_finds_the_message_as_new(tmp_path: Path) -> None:
    deliver_to_maildir(tmp_path / "mail", letter(), "digest-1:reader")
    (message,) = mailbox.Maildir(tmp_path / "mail", create=False)
    assert message.get_subdir() == "new"
    assert message.get_payload(decode=True) == "今天的剪报\n.\nFrom the desk\n".encode()
    assert "\r" not in next((tmp_path / "mail/new").iterdir()).read_text()


def test_repeated_delivery_leaves_one_message(tmp_path: Path) -> None:
    for _ in range(3):
        deliver_to_maildir(tmp_path, letter(), "digest-1:reader")
    assert len(mailbox.Maildir(tmp_path)) == 1


def test_other_keys_are_other_messages(tmp_path: Path) -> None:
    for key in ("digest-1:a", "digest-1:b", "digest-2:a", "../../x", "", "\udcff\n"):
        deliver_to_maildir(tmp_path / "mail", letter(), key)
    assert len(mailbox.Maildir(tmp_path / "mail")) == 6
    assert list(tmp_path.iterdir()) == [tmp_path / "mail"]


@pytest.mark.parametrize("added", [":2,S", ":2,", ",S=1234:2,RS", "!2,S"])
def test_message_a_client_has_moved_is_not_delivered_again(added: str, tmp_path: Path) -> None:
    deliver_to_maildir(tmp_path, letter(), "digest-1:reader")
    (delivered,) = (tmp_path / "new").iterdir()
    delivered.rename(tmp_path / "cur" / (delivered.name + added))
    deliver_to_maildir(tmp_path, letter(), "digest-1:reader")
    assert files(tmp_path) == [f"cur/{delivered.name}{added}"]


def test_crash_before_the_renaming_leaves_nothing_visible_and_does_not_hinder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PowerCutError(BaseException):
        pass

    def cut(_self: Path, _target: Path) -> None:
        raise PowerCutError

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", cut)
        with pytest.raises(PowerCutError):
            deliver_to_maildir(tmp_path, letter(), "digest-1:reader")
    assert len(mailbox.Maildir(tmp_path)) == 0
    deliver_to_maildir(tmp_path, letter(), "digest-1:reader")
    assert len(mailbox.Maildir(tmp_path)) == 1


def test_message_is_on_the_disk_before_it_is_seen(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    steps: list[str] = []
    syncing, replacing = os.fsync, Path.replace

    def sync(descriptor: int) -> None:
        steps.append("folder" if stat.S_ISDIR(os.fstat(descriptor).st_mode) else "file")
        syncing(descriptor)

    def replace(self: Path, target: Path) -> Path:
        steps.append("rename")
        return replacing(self, target)

    monkeypatch.setattr(os, "fsync", sync)
    monkeypatch.setattr(Path, "replace", replace)
    deliver_to_maildir(tmp_path, letter(), "digest-1:reader")
    assert steps == ["file", "rename", "folder"]


def test_full_disk_leaves_no_draft_and_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_descriptor: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DeliveryError, match="No space left on device; check") as caught:
        deliver_to_maildir(tmp_path, letter(), "digest-1:reader")
    assert caught.value.fault == "temporary"
    assert files(tmp_path) == []


def test_folder_in_the_way_is_a_delivery_error_with_its_address(tmp_path: Path) -> None:
    (tmp_path / "mail").write_text("no folder")
    transport: Transport = MaildirTransport(tmp_path / "mail")
    with transport, pytest.raises(DeliveryError) as caught:
        transport.send(Outgoing(letter(), "reader@example.org", "digest-1:reader"))
    assert caught.value.address == "reader@example.org"


def test_transport_delivers(tmp_path: Path) -> None:
    with MaildirTransport(tmp_path) as transport:
        transport.send(Outgoing(letter(), "reader@example.org", "digest-1:reader"))
    assert len(mailbox.Maildir(tmp_path)) == 1


def test_only_the_owner_reads_the_mail(tmp_path: Path) -> None:
    deliver_to_maildir(tmp_path / "mail", letter(), "digest-1:reader")
    assert stat.S_IMODE((tmp_path / "mail/new").stat().st_mode) == 0o700
