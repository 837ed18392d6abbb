"""Looks whether mail will arrive: DNS, server, mailbox, a test message; it mends nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from uuid import uuid4

from digest.config import Config
from digest.deliver.dns_records import Ask, reverse_name
from digest.deliver.smtp import try_login
from digest.deliver.transport import Outgoing
from digest.errors import DigestError
from digest.model import Recipient
from digest.pipeline.bounces import mailbox_of
from digest.pipeline.doctor import Finding
from digest.pipeline.mail import sender_of, signer_of, smtp_server, ways_out_of
from digest.publish import RenderedDigest
from digest.publish.composer import Composer


@dataclass(frozen=True, slots=True)
class _Office:
    """What is looked at."""

    config: Config
    ask: Ask

    @property
    def sender(self) -> str:
        """The domain of From."""
        return sender_of(self.config).address.rpartition("@")[2].lower()

    @property
    def nowhere(self) -> bool:
        """Whether mail comes from a domain that is only this machine's."""
        return self.sender.endswith(("localhost", ".localdomain"))

    @property
    def returns(self) -> str:
        """The domain of the envelope's sender, which SPF is about."""
        address = self.config.mail.bounces.address
        return address.rpartition("@")[2].lower() or self.sender

    @property
    def server(self) -> str:
        """The server that mail leaves by; empty without one."""
        return self.config.mail.smtp.host if self.config.mail.smtp else ""


def examine_mail(config: Config, ask: Ask, now: datetime, to: str | None = None) -> Iterator[Finding]:
    """Looks at one thing after the other; with `to` a test message is sent last.

    What fails keeps nothing else from being looked at.
    """
    office = _Office(config, ask)
    yield _from(office)
    if office.nowhere:
        pass  # no record would mend that
    elif ask(office.sender, "SOA") is None:
        told = "no name server answers: SPF, DKIM, DMARC, MX and PTR were not looked at"
        yield Finding("DNS", "doubtful", told, "run this again with a network")
    else:
        for look in (_spf, _dkim, _dmarc, _mx, _ptr):
            yield from look(office)
    yield from _unsubscribing(office)
    yield from _guarded("server", lambda: _server(office))
    yield from _guarded("mailbox", lambda: _mailbox(office))
    if to:
        yield from _guarded("test", lambda: _test(office, to, now))


def _guarded(what: str, look: Callable[[], Finding]) -> Iterable[Finding]:
    try:
        return [look()]
    except DigestError as error:
        return [Finding(what, "ill", str(error))]


def _from(office: _Office) -> Finding:
    if office.nowhere:
        told = f"mail comes from {office.sender}, which nobody accepts"
        return Finding("sender", "ill", told, "set mail.sender to an address of a domain of yours")
    if not _within(office.returns, office.sender) and not _within(office.sender, office.returns):
        told = f"mail comes from {office.sender} and goes back to {office.returns}"
        remedy = "DMARC passes by DKIM alone; take an address of one domain for mail.bounces.address"
        return Finding("sender", "doubtful", told, remedy)
    return Finding("sender", "well", sender_of(office.config).address)


def _spf(office: _Office) -> Iterator[Finding]:
    """RFC 7208: which servers may send for the envelope's domain."""
    found = [
        text for text in office.ask(office.returns, "TXT") or () if text.lower().split(" ")[0] == "v=spf1"
    ]
    record = f'{office.returns}. TXT "v=spf1 a:{office.server or "mail." + office.returns} -all"'
    if not found:
        remedy = f"publish {record}, or what your provider tells you to include"
        yield Finding("SPF", "ill", f"{office.returns} has no record", remedy)
    elif len(found) > 1:
        yield Finding(
            "SPF", "ill", f"{office.returns} has {len(found)} records", "make one of them (RFC 7208 §3.2)"
        )
    elif "+all" in found[0].split() or "all" in found[0].split():
        yield Finding("SPF", "ill", f"anybody may send: {found[0]}", "end it with -all or ~all")
    else:
        yield Finding("SPF", "well", found[0])


def _dkim(office: _Office) -> Iterator[Finding]:
    """RFC 6376: whether the published key is the one that signs."""
    try:
        signer = signer_of(office.config)
    except DigestError as error:
        yield Finding("DKIM", "ill", str(error))
        return
    if signer is None:
        remedy = "set [mail.dkim], unless your mail server signs; a test message to another provider tells"
        yield Finding("DKIM", "doubtful", "mail is not signed here", remedy)
        return
    record = f'{signer.record_name}. TXT "{signer.record()}"'
    found = office.ask(signer.record_name, "TXT") or []
    if not found:
        yield Finding("DKIM", "ill", f"{signer.record_name} has no record", f"publish {record}")
    elif _tag(signer.record(), "p") not in {_tag(text, "p") for text in found}:
        yield Finding(
            "DKIM", "ill", "the published key is another than the one that signs", f"publish {record}"
        )
    elif not _within(office.sender, signer.domain):
        told = f"mail from {office.sender} is signed for {signer.domain}"
        yield Finding("DKIM", "doubtful", told, "DMARC wants the same domain: correct mail.dkim.domain")
    else:
        yield Finding("DKIM", "well", f"{signer.record_name} holds the key that signs")


def _tag(record: str, name: str) -> str:
    """The value of one tag (RFC 6376 §3.2), without white space."""
    for part in record.split(";"):
        key, _, value = part.partition("=")
        if key.strip() == name:
            return "".join(value.split())
    return ""


def _within(domain: str, other: str) -> bool:
    """Whether a domain is the other or below it."""
    return domain == other or domain.endswith(f".{other}")


def _dmarc(office: _Office) -> Iterator[Finding]:
    """RFC 7489: what receivers do with mail that passes neither SPF nor DKIM."""
    labels = office.sender.split(".")
    domains = [".".join(labels[start:]) for start in range(max(1, len(labels) - 1))]
    for domain in domains:
        found = [text for text in office.ask(f"_dmarc.{domain}", "TXT") or () if text.startswith("v=DMARC1")]
        if found:
            verdict = "well" if _tag(found[0], "p") in {"none", "quarantine", "reject"} else "ill"
            yield Finding("DMARC", verdict, found[0], "write p=none, p=quarantine or p=reject")
            return
    record = f'_dmarc.{office.sender}. TXT "v=DMARC1; p=none; rua=mailto:postmaster@{office.sender}"'
    yield Finding(
        "DMARC", "ill", f"{office.sender} has no record, which large providers want", f"publish {record}"
    )


def _mx(office: _Office) -> Iterator[Finding]:
    """Whether answers and bounces can be delivered."""
    for domain in dict.fromkeys((office.sender, office.returns)):
        servers = office.ask(domain, "MX") or office.ask(domain, "A") or office.ask(domain, "AAAA")
        if not servers or servers == ["0 "]:
            yield Finding("MX", "ill", f"{domain} takes no mail", f"publish {domain}. MX 10 mail.{domain}.")
        else:
            yield Finding("MX", "well", f"{domain}: {', '.join(sorted(servers))}")


def _ptr(office: _Office) -> Iterator[Finding]:
    """Whether the server's addresses have names that lead back to them."""
    if not office.server:
        return
    addresses = [*(office.ask(office.server, "A") or ()), *(office.ask(office.server, "AAAA") or ())]
    for address in addresses:
        names = office.ask(reverse_name(address), "PTR") or []
        back = any(address in (office.ask(name, _family(address)) or ()) for name in names)
        if back:
            yield Finding("PTR", "well", f"{address} is {names[0]}")
        else:
            remedy = (
                "ask whoever gave the address for a PTR record; not needed when the server relays by another"
            )
            yield Finding("PTR", "doubtful", f"{address} has no name that leads back to it", remedy)


def _family(address: str) -> str:
    return "AAAA" if ":" in address else "A"


def _unsubscribing(office: _Office) -> Iterator[Finding]:
    if not office.config.public_url.startswith("https://"):
        told = f"links lead to {office.config.public_url}"
        remedy = (
            "set base_url to an https address: large providers want unsubscribing by one click (RFC 8058)"
        )
        yield Finding("one click", "doubtful", told, remedy)
    else:
        yield Finding("one click", "well", office.config.public_url)


def _server(office: _Office) -> Finding:
    server = smtp_server(office.config)
    if server is None:
        return Finding("server", "doubtful", "mail goes to a Maildir in the state folder", "set [mail.smtp]")
    try_login(server)
    told = f"{server.host}:{server.port} lets us in"
    if server.security == "none":
        return Finding(
            "server", "doubtful", f"{told}, without encryption", 'set mail.smtp.security to "starttls"'
        )
    return Finding("server", "well", f"{told}, encrypted")


def _mailbox(office: _Office) -> Finding:
    table = office.config.mail.bounces
    if not table.address:
        told = "mail that comes back goes to the sender, and nobody reads it here"
        return Finding("mailbox", "doubtful", told, "set [mail.bounces]")
    if not table.read:
        told = f"what comes back to {table.address} is not read"
        return Finding("mailbox", "doubtful", told, "name its maildir, mbox or [mail.bounces.imap]")
    with mailbox_of(office.config) as box:
        waiting = len(list(islice(box.waiting(), _MANY)))
    return Finding("mailbox", "well", f"{'at least ' * (waiting == _MANY)}{waiting} to be read")


_MANY = 10


def _test(office: _Office, to: str, now: datetime) -> Finding:
    """Sends a message as a digest is sent: signed, and with the return address."""
    content = Composer(_test_message(office.config, now)).message(Recipient(to))
    if signer := signer_of(office.config):
        content = signer.signed(content)
    with ways_out_of(office.config)[0] as way_out:
        way_out.send(Outgoing(content, to, str(uuid4()), office.config.mail.bounces.address))
    told = f"a message to {to} was accepted"
    return Finding(
        "test", "well", f"{told}; look at its Authentication-Results: spf, dkim and dmarc should pass"
    )


def _test_message(config: Config, now: datetime) -> RenderedDigest:
    name = uuid4()
    words = "This is a test of Digest's mail. Nothing is to be done."
    return RenderedDigest(
        id=name,
        language="en",
        sender=sender_of(config),
        date=now,
        subject=f"{config.digest.title}: test",
        html=f"<!doctype html><html><body><p>{words}</p></body></html>",
        text=f"{words}\n",
        links=f"links-{name.hex}",
    )
