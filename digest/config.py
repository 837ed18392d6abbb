"""The settings: one typed table read from config.toml and DIGEST_* variables; it opens nothing but that file.

Every key's meaning and default stand in the shipped config.toml. Unknown keys, wrong types and impossible
values stop the start with a `ConfigError` that says where, what and the nearest right key.
"""

from __future__ import annotations

import difflib
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from datetime import time
from email.utils import parseaddr
from pathlib import Path
from typing import Annotated, Any, Final, Literal, get_args
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    PrivateAttr,
    SecretStr,
    StringConstraints,
    ValidationError,
    model_validator,
)
from pydantic_core import ErrorDetails
from pydantic_settings import (
    BaseSettings,
    EnvSettingsSource,
    PydanticBaseSettingsSource,
    SettingsConfigDict,
    SettingsError,
)

from digest.errors import ConfigError

ENV_PREFIX = "DIGEST_"
ENV_CONFIG = "DIGEST_CONFIG"
"""Names the configuration file, as `--config` does."""


_ADDRESS = re.compile(
    r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}@[A-Za-z0-9](?:[A-Za-z0-9.-]{0,251}[A-Za-z0-9])?"
)
"""What mail headers can hold without SMTPUTF8."""


def _known_timezone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError):
        raise ValueError(f"{name!r} is no IANA time zone; write for example Asia/Shanghai") from None
    return name


def _http_url(url: str) -> str:
    parts = urlsplit(url)
    if url and (parts.scheme not in {"http", "https"} or not parts.netloc or parts.query or parts.fragment):
        raise ValueError("write a web address such as https://digest.example.org, without ? and #")
    return url.rstrip("/")


def _hub_url(url: str) -> str:
    if not _http_url(url):
        raise ValueError("write a hub's web address such as https://hub.example.org/")
    return url


def _plain_address(address: str) -> str:
    if not _ADDRESS.fullmatch(address):
        raise ValueError(f"{address!r} is no mail address; write for example reader@example.org")
    return address


def _local_time(moment: time) -> time:
    if moment.tzinfo:
        raise ValueError("write a local time such as 07:30; the zone is the key timezone")
    return moment


def _from_to(hours: tuple[time, ...]) -> tuple[time, ...]:
    if len(hours) not in {0, 2}:
        raise ValueError('write from and to, such as ["22:00", "07:00"], or [] for none')
    return hours


def _one_line(text: str) -> str:
    if not text.isprintable():
        raise ValueError("must be one line without control characters")
    return text


def _mailbox(text: str) -> str:
    _, address = parseaddr(text)
    _plain_address(address)
    return _one_line(text)


TimeZone = Annotated[str, AfterValidator(_known_timezone)]
HubAddress = Annotated[str, AfterValidator(_hub_url)]
WebAddress = Annotated[str, AfterValidator(_http_url)]
MailAddress = Annotated[str, AfterValidator(_plain_address)]
Line = Annotated[str, AfterValidator(_one_line)]
LocalTime = Annotated[time, AfterValidator(_local_time)]
Sender = Annotated[str, AfterValidator(_mailbox)]
Name = Annotated[str, StringConstraints(pattern=r"^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$")]
Weekday = Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]
WEEKDAYS: tuple[Weekday, ...] = get_args(Weekday)
Language = Literal["zh-CN", "en"]


Diversity = Annotated[float, Field(ge=0, le=0.9)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)


class InboxTable(_Table):
    """[inbox]: where page files arrive and when they count as complete."""

    folder: Path = Path("seeds")
    suffixes: tuple[str, ...] = (".txt", ".md", ".html", ".htm", ".pdf")
    patterns: tuple[str, ...] = ("{paper}/{date}/{page}", "{paper}_{date}_{page}")
    interval: Annotated[int, Field(ge=1, le=86_400)] = 60
    settle: Annotated[float, Field(ge=0, le=600)] = 2.0
    max_bytes: Annotated[int, Field(ge=1_000)] = 20_000_000


class DigestTable(_Table):
    """[digest]: the mailing's title, schedule and length."""

    title: Line = "Digest"
    at: Annotated[tuple[LocalTime, ...], Field(min_length=1)] = (time(7, 30),)
    weekdays: Annotated[tuple[Weekday, ...], Field(min_length=1)] = WEEKDAYS
    max_items: Annotated[int, Field(ge=1, le=200)] = 30
    min_items: Annotated[int, Field(ge=1, le=200)] = 1
    corrections: bool = True
    alerts_a_day: Annotated[int, Field(ge=0, le=100)] = 5
    max_age_days: Annotated[int, Field(ge=1, le=366)] = 7
    min_confidence: Annotated[float, Field(ge=0, le=1)] = 0.0
    diversity: Diversity = 0.3


class StoriesTable(_Table):
    """[stories]: how long reprints are folded into a story and reports of later days linked to it."""

    reprint_days: Annotated[int, Field(ge=1, le=60)] = 7
    follow_days: Annotated[int, Field(ge=0, le=60)] = 14


class SmtpTable(_Table):
    """[mail.smtp]: the server that takes outgoing mail."""

    host: Line
    port: Annotated[int, Field(ge=1, le=65_535)] = 587
    security: Literal["starttls", "tls", "none"] = "starttls"
    username: str = ""
    password: SecretStr = SecretStr("")
    password_file: Path | None = None
    timeout: Annotated[float, Field(gt=0, le=600)] = 30.0
    connections: Annotated[int, Field(ge=1, le=100)] = 4
    per_second: Annotated[float, Field(ge=0)] = 0.0
    per_hour: Annotated[int, Field(ge=0)] = 0
    domain_per_minute: Annotated[int, Field(ge=0)] = 0
    give_up_hours: Annotated[float, Field(gt=0, le=720)] = 48.0


class RecipientTable(_Table):
    """[[mail.recipients]]: somebody who receives digests; no profiles means all of them."""

    address: MailAddress
    profiles: tuple[Name, ...] = ()
    language: Language | None = None
    alert_score: Annotated[float, Field(ge=0, le=100)] | None = None
    quiet: Annotated[tuple[LocalTime, ...], AfterValidator(_from_to)] = (time(22), time(7))


class ImapTable(_Table):
    """[mail.bounces.imap]: the server on which returned mail is read."""

    host: Line
    port: Annotated[int, Field(ge=1, le=65_535)] = 993
    security: Literal["tls", "starttls", "none"] = "tls"
    username: str = ""
    password: SecretStr = SecretStr("")
    password_file: Path | None = None
    folder: Line = "INBOX"
    timeout: Annotated[float, Field(gt=0, le=600)] = 30.0


class BouncesTable(_Table):
    """[mail.bounces]: where mail comes back to and is read, and how many soft bounces are too many."""

    address: MailAddress | Literal[""] = ""
    maildir: Path | None = None
    mbox: Path | None = None
    imap: ImapTable | None = None
    soft_limit: Annotated[int, Field(ge=1, le=1000)] = 5
    soft_days: Annotated[int, Field(ge=1, le=366)] = 30

    @model_validator(mode="after")
    def _one_mailbox(self) -> BouncesTable:
        if sum(place is not None for place in (self.maildir, self.mbox, self.imap)) > 1:
            raise ValueError("name one of maildir, mbox and [mail.bounces.imap]")
        if len(self.address.rpartition("@")[0]) > _LONGEST_RETURN:
            raise ValueError(
                f"{self.address}: choose one with at most {_LONGEST_RETURN} characters before the @"
            )
        return self

    @property
    def read(self) -> bool:
        """Whether there is a mailbox to read."""
        return bool(self.address) and any((self.maildir, self.mbox, self.imap))


_LONGEST_RETURN = 29
"""A token of 35 characters follows, and 64 are allowed before the @ (RFC 5321 §4.5.3.1.1)."""


class DkimTable(_Table):
    """[mail.dkim]: what mail is signed with."""

    domain: Line
    selector: Line
    key_file: Path


class MailTable(_Table):
    """[mail]: who sends, who receives, through which server; without one mail goes to a Maildir."""

    sender: Sender = "Digest <digest@localhost.localdomain>"
    imprint: Line = ""
    operator: MailAddress | Literal[""] = ""
    alarm_days: Annotated[int, Field(ge=0, le=366)] = 7
    recipients: tuple[RecipientTable, ...] = ()
    smtp: SmtpTable | None = None
    bounces: BouncesTable = BouncesTable()
    dkim: DkimTable | None = None


class SubscriptionsTable(_Table):
    """[subscriptions]: who may ask for digests on the web pages."""

    open: bool = True
    keep_network: bool = False


class FeedsTable(_Table):
    """[feeds]: the WebSub hubs that are told when a public feed changed."""

    hubs: tuple[HubAddress, ...] = ()


class WebTable(_Table):
    """[web]: where the application listens, and who may edit there."""

    host: Line = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65_535)] = 8321
    editing: Literal["signed-in", "open", "off"] = "signed-in"
    hosts: tuple[Line, ...] = ()


class ProfileTable(_Table):
    """[[profiles]]: a named set of weighted keywords."""

    name: Name
    title: Line
    keywords: Annotated[tuple[str, ...], Field(min_length=1)]
    threshold: Annotated[float, Field(ge=0, le=100)] = 20.0
    public: bool = True
    max_items: Annotated[int, Field(ge=1, le=200)] | None = None
    diversity: Diversity | None = None


class Config(BaseSettings):
    """All settings; paths are relative to the folder of the configuration file, see `Config.path`."""

    model_config = SettingsConfigDict(
        env_prefix=ENV_PREFIX,
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
    )

    state: Path = Path("var")
    database: str = ""
    base_url: WebAddress = ""
    language: Language = "zh-CN"
    timezone: TimeZone = "Asia/Shanghai"
    templates_dir: Path | None = None
    inbox: InboxTable = InboxTable()
    digest: DigestTable = DigestTable()
    stories: StoriesTable = StoriesTable()
    mail: MailTable = MailTable()
    subscriptions: SubscriptionsTable = SubscriptionsTable()
    feeds: FeedsTable = FeedsTable()
    web: WebTable = WebTable()
    exclusions: tuple[str, ...] = ()
    apply_days: Annotated[int, Field(ge=0, le=3650)] = 60
    profiles: tuple[ProfileTable, ...] = ()
    _root: Path = PrivateAttr(default_factory=Path)
    _file: Path | None = PrivateAttr(default=None)

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Variables win over the file; there is no other source."""
        del dotenv_settings, file_secret_settings, env_settings
        return EnvSettingsSource(settings_cls), init_settings

    @model_validator(mode="after")
    def _names_fit(self) -> Config:
        names = [profile.name for profile in self.profiles]
        twice = {name for name in names if names.count(name) > 1}
        taken = twice | ({"all", "digests"} & set(names))  # feeds have these names
        if taken:
            name = min(taken)
            raise ValueError(f"profiles: the name {name!r} is taken; give each profile a name of its own")
        addresses = [recipient.address.lower() for recipient in self.mail.recipients]
        for address in addresses:
            if addresses.count(address) > 1:
                raise ValueError(f"mail.recipients: {address} stands there twice; write it once")
        for recipient in self.mail.recipients:
            for name in recipient.profiles:
                if name not in names:
                    raise ValueError(
                        f"mail.recipients: {recipient.address} asks for the profile {name!r}, "
                        f"which is not there{_nearest(name, names)}"
                    )
        return self

    def rooted(self, root: Path) -> Config:
        """These settings with their paths relative to `root`."""
        self._root = root
        return self

    def read_from(self, file: Path) -> Config:
        """These settings as those of `file`: named in errors, its folder the root of paths."""
        self._file = file
        return self.rooted(file.resolve().parent)

    @property
    def file(self) -> str | None:
        """The file they were read from, as it was named; None when they were made otherwise."""
        return str(self._file) if self._file else None

    def path(self, path: Path) -> Path:
        """`path` seen from the folder of the configuration file."""
        return self._root / path

    @property
    def public_url(self) -> str:
        """Where readers reach the web application, without a trailing slash."""
        return self.base_url or f"http://{_bracketed(self.web.host)}:{self.web.port}"


def _bracketed(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def find_config(named: Path | None = None, environ: Mapping[str, str] = os.environ) -> Path:
    """The configuration file: `named`, else DIGEST_CONFIG, else ./config.toml.

    Raises:
        ConfigError: There is no such file.
    """
    path = named or Path(environ.get(ENV_CONFIG) or "config.toml")
    if not path.is_file():
        raise ConfigError(
            "there is no such file; `digest init` writes one here, `--config FILE` names another",
            path=str(path),
        )
    return path


def load_config(path: Path, environ: Mapping[str, str] = os.environ) -> Config:
    """The checked settings of one file, with the environment's overrides.

    Raises:
        ConfigError: Names the file or variable, the key, what is wrong and the nearest right key.
    """
    table = _read_toml(path)
    _refuse_unknown_variables(environ)
    try:
        config = Config(**table)
    except ValidationError as error:
        raise _explained(error, path, environ) from error
    except SettingsError as error:
        raise ConfigError(f"{error}; lists and tables are written as JSON", path="environment") from error
    return config.read_from(path)


def _read_toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"is no valid TOML: {error}", path=str(path)) from error
    except UnicodeDecodeError as error:
        raise ConfigError("is not UTF-8; save it as UTF-8", path=str(path)) from error
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", path=str(path)) from error


def settings_keys() -> list[str]:
    """Every dotted key of the configuration, such as `mail.smtp.port`; list items as `profiles[].name`."""
    return list(_keys_of(Config, ""))


def _keys_of(model: type[BaseModel], prefix: str) -> Iterator[str]:
    for name, field in model.model_fields.items():
        yield prefix + name
        inner = _inner_table(field.annotation)
        if inner is not None:
            listed = str(field.annotation).startswith("tuple")
            yield from _keys_of(inner, f"{prefix}{name}{'[]' if listed else ''}.")


def _inner_table(annotation: object) -> type[BaseModel] | None:
    candidates = (annotation, *get_args(annotation))
    return next((c for c in candidates if isinstance(c, type) and issubclass(c, BaseModel)), None)


def variable_of(key: str) -> str:
    """The environment variable that overrides a dotted key.

    >>> variable_of("mail.smtp.host")
    'DIGEST_MAIL__SMTP__HOST'
    """
    return ENV_PREFIX + key.replace(".", "__").upper()


def _refuse_unknown_variables(environ: Mapping[str, str]) -> None:
    known = [variable_of(key) for key in settings_keys() if "[]" not in key] + [ENV_CONFIG]
    for name in sorted(environ):
        if name.upper().startswith(ENV_PREFIX) and name.upper() not in known:
            raise ConfigError(
                f"this variable names no setting{_nearest(name, known)}", path="environment", key=name
            )


def _explained(error: ValidationError, path: Path, environ: Mapping[str, str]) -> ConfigError:
    """The first fault, told as where, what and the nearest right key."""
    fault = error.errors(include_url=False)[0]
    key = _dotted(fault["loc"])
    variable = variable_of(key.partition("[")[0])
    source = f"environment variable {variable}" if variable in environ else str(path)
    more = error.error_count() - 1
    also = f" (and {more} more)" if more else ""
    return ConfigError(_what_is_wrong(fault) + also, path=source, key=key or None)


_PLAINLY: Final = {
    "string_pattern_mismatch": "write small letters, digits and hyphens only, such as transport",
    "string_type": 'write text, in quotes, such as "text"',
    "int_parsing": "write a whole number, without quotes",
    "int_type": "write a whole number, without quotes",
    "float_parsing": "write a number, without quotes",
    "float_type": "write a number, without quotes",
    "bool_parsing": "write true or false, without quotes",
    "bool_type": "write true or false, without quotes",
}
"""What pydantic would tell in a programmer's words, by its name for the fault."""


def _what_is_wrong(fault: ErrorDetails) -> str:
    if fault["type"] == "extra_forbidden":
        return f"there is no such key{_nearest(_dotted(fault['loc']), settings_keys())}"
    if fault["type"] == "missing":
        return "this key is needed and has no default"
    return _PLAINLY.get(fault["type"], fault["msg"].removeprefix("Value error, "))


def _dotted(location: tuple[int | str, ...]) -> str:
    """`("profiles", 0, "name")` as `profiles[0].name`."""
    key = ""
    for step in location:
        key += f"[{step}]" if isinstance(step, int) else f".{step}" if key else step
    return key


def _nearest(word: str, known: list[str]) -> str:
    """`; did you mean …?`, or nothing when no known word is near."""
    plain = "".join(c for c in word if not c.isdigit())
    near = difflib.get_close_matches(plain, known, n=1, cutoff=0.6)
    return f"; did you mean {near[0]}?" if near else ""
