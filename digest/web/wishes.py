"""Makes what a reader filled in a wish, and a subscription the form it is shown in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import time
from zoneinfo import available_timezones

from digest.config import WEEKDAYS, Config
from digest.errors import RequestError
from digest.pipeline.editions import schedule_for, schedule_of
from digest.pipeline.subscribing import HIGHEST, LONGEST, Wish
from digest.store.subscriptions import Alerts, Subscription
from digest.web.forms import Form
from digest.web.language import language_named

_QUIET = "22:00 – 07:00"
_HOURS = re.compile(r"(?<!\d)(?:[01]\d|2[0-3]):[0-5]\d(?!\d)")


@dataclass(frozen=True, slots=True)
class WishForm:
    """The fields of a subscription's form, as they are shown."""

    address: str
    profiles: tuple[str, ...]
    language: str
    weekdays: frozenset[int]
    at: str
    timezone: str
    length: str
    form: str
    start: bool
    alert: str
    quiet: str

    @property
    def longest(self) -> int:
        """What the length may be at most."""
        return LONGEST


def blank_form(config: Config, language: str) -> WishForm:
    """Nothing filled in yet: as the configuration has it."""
    usual = schedule_of(config)
    return WishForm(
        address="",
        profiles=(),
        language=language,
        weekdays=frozenset(usual.weekdays),
        at=f"{usual.times[0]:%H:%M}",
        timezone=usual.timezone,
        length=str(config.digest.max_items),
        form="html",
        start=False,
        alert="",
        quiet=_QUIET,
    )


def form_of_subscription(subscription: Subscription, config: Config) -> WishForm:
    """What a subscription is, to be changed."""
    schedule = schedule_for(subscription, config)
    return WishForm(
        address=subscription.address,
        profiles=subscription.profiles,
        language=subscription.language,
        weekdays=frozenset(schedule.weekdays),
        at=" ".join(f"{each:%H:%M}" for each in schedule.times),
        timezone=schedule.timezone,
        length=str(subscription.length or config.digest.max_items),
        form=subscription.form,
        start=False,
        alert=f"{subscription.alerts.threshold:g}" if subscription.alerts else "",
        quiet=_quiet_text(subscription.alerts),
    )


def filled_form(sent: Form, config: Config) -> WishForm:
    """What a reader filled in, as it was typed."""
    return WishForm(
        address=sent.one("address"),
        profiles=tuple(sent.all("profile")),
        language=language_named(sent.one("language")) or config.language,
        weekdays=frozenset(number for number, day in enumerate(WEEKDAYS) if day in sent.all("day")),
        at=sent.one("at"),
        timezone=sent.one("timezone"),
        length=sent.one("length"),
        form="text" if sent.one("form") == "text" else "html",
        start=sent.has("start"),
        alert=sent.one("alert"),
        quiet=sent.one("quiet"),
    )


def wish_of(form: WishForm) -> Wish:
    """What is wished for; what is left empty follows the configuration.

    Raises:
        RequestError: `length`, `schedule` or `alert`: a field cannot be understood.
    """
    return Wish(
        profiles=form.profiles,
        language=language_named(form.language) or "zh-CN",
        times=_times(form.at),
        weekdays=form.weekdays or None,
        timezone=_timezone(form.timezone),
        length=_length(form.length),
        form="text" if form.form == "text" else "html",
        start=form.start,
        alerts=_alerts(form),
    )


def _alerts(form: WishForm) -> Alerts | None:
    """Mail at once from the score that was named, if one was; with no quiet hours when those are empty."""
    if not form.alert.strip():
        return None
    if not (form.alert.isascii() and form.alert.isdigit() and len(form.alert) <= len(str(HIGHEST))):
        raise RequestError("alert", f"write a score from 0 to {HIGHEST}")
    return Alerts(float(form.alert), _quiet_hours(form.quiet))


def _quiet_hours(text: str) -> tuple[time, time] | None:
    found = [time.fromisoformat(each) for each in _HOURS.findall(text)]
    if len(found) == 2:  # noqa: PLR2004  from and to
        return found[0], found[1]
    if text.strip():
        raise RequestError("alert", f"write the quiet hours as {_QUIET}")
    return None


def _quiet_text(alerts: Alerts | None) -> str:
    if alerts is None:
        return _QUIET
    return " – ".join(f"{each:%H:%M}" for each in alerts.quiet or ())


def _times(text: str) -> tuple[time, ...] | None:
    try:
        moments = {time.fromisoformat(each).replace(second=0, microsecond=0) for each in text.split()[:8]}
    except ValueError as error:
        raise RequestError("schedule", "write the time as 07:30") from error
    if any(moment.tzinfo for moment in moments):
        raise RequestError("schedule", "write the time as 07:30")
    return tuple(sorted(moments)) or None


def _timezone(text: str) -> str | None:
    if text and text not in available_timezones():
        raise RequestError("schedule", "write a time zone such as Asia/Shanghai")
    return text or None


def _length(text: str) -> int | None:
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(LONGEST))):
        raise RequestError("length", f"a digest shows 1 to {LONGEST} clips")
    return int(text)
