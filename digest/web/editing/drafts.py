"""Makes what an editor typed a draft of a profile, and a draft what is shown beside it; it saves nothing."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from digest.config import Language
from digest.errors import ProfileSyntaxError
from digest.model import Profile
from digest.pipeline import editing
from digest.pipeline.desk import Desk
from digest.pipeline.editing import Draft
from digest.pipeline.preview import Preview, preview
from digest.rank.lint import Remark
from digest.web.forms import Form
from digest.web.language import CHINESE, language_named
from digest.web.remedies import Fault, fault_of

DAYS: Final = (7, 30, 60)
"""How far back a preview looks."""
_USUAL_DAYS: Final = 30


@dataclass(frozen=True, slots=True)
class DraftForm:
    """The fields of the form, as they are shown."""

    name: str = ""
    title: str = ""
    keywords: str = ""
    threshold: str = "20"
    public: bool = True
    language: str = CHINESE
    days: int = _USUAL_DAYS


@dataclass(frozen=True, slots=True)
class Trial:
    """What a draft would do: the remarks on it, and unless one is an error, what it would select."""

    remarks: list[tuple[Remark, Fault]]
    preview: Preview | None
    days: int


def form_of_profile(profile: Profile, name: str) -> DraftForm:
    """A profile's form, under that name."""
    return DraftForm(
        name=name,
        title=profile.title,
        keywords="\n".join(profile.keywords),
        threshold=f"{profile.threshold:g}",
        public=profile.public,
        language=profile.language,
    )


def filled_form(sent: Form, name: str = "") -> DraftForm:
    """What was typed; the name cannot be changed once there is one."""
    days = sent.one("days")
    return DraftForm(
        name=name or sent.one("name"),
        title=sent.one("title"),
        keywords="\n".join(sent.exact("keywords").splitlines()),
        threshold=sent.one("threshold"),
        public=sent.has("public"),
        language=language_named(sent.one("language")) or CHINESE,
        days=int(days) if days in map(str, DAYS) else _USUAL_DAYS,
    )


def draft_of(form: DraftForm) -> Draft:
    """The draft; a threshold that is no number is none that is accepted."""
    lines = (line.strip() for line in form.keywords.splitlines())
    return Draft(
        name=form.name,
        title=form.title,
        keywords=tuple(line for line in lines if line),
        threshold=_number(form.threshold),
        public=form.public,
        language=language_named(form.language) or CHINESE,
    )


def _number(text: str) -> float:
    try:
        return float(text)
    except ValueError:
        return -1.0


def trial_of(desk: Desk, form: DraftForm, language: Language) -> Trial:
    """What the draft would do now; the name counts only for what it is compared with."""
    profile = draft_of(form).profile
    with desk.store.read() as tx:
        remarks = editing.remarks_on(desk.config, tx, profile)
        broken = any(each.severity == "error" for each in remarks)
        whole = (
            None
            if broken or len(profile.keywords) > editing.MOST_KEYWORDS
            else (editing.resolved(desk.config, tx, profile))
        )
    shown = preview(desk, whole, form.days) if whole else None
    return Trial([(each, _fault(each, language)) for each in remarks], shown, form.days)


def _fault(remark: Remark, language: Language) -> Fault:
    error = ProfileSyntaxError(remark.message, text=remark.keyword, position=remark.position)
    return fault_of(error, language)
