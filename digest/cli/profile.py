"""`digest profile` and `digest explain`: what profiles say, would select, and why; nothing is stored."""

from __future__ import annotations

import json as json_format
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from digest.cli.profile_files import profiles_called
from digest.cli.terminal import console
from digest.config import Config
from digest.errors import DigestError, ProfileSyntaxError
from digest.model import Profile
from digest.pipeline.desk import open_desk
from digest.pipeline.explain import explain_article
from digest.pipeline.preview import Preview, Scored, hits_a_day, preview
from digest.pipeline.profiles import written_profiles
from digest.rank.background import Background
from digest.rank.explain import Explanation, PartTrace, Spot, Trace, Verdict
from digest.rank.exporting import export_profiles, profile_table, toml_string
from digest.rank.importing import Format, guess_format, import_profiles
from digest.rank.includes import resolve
from digest.rank.lint import Remark, far_above, lint
from digest.rank.score import PARTS

SPOTS = 8
"""Places of a keyword that are shown."""
CHECKED_DAYS = 30
"""Of the archive, for what `digest profile check` says of frequencies."""


def check_profiles(config: Config, named: str | None) -> bool:
    """Prints the remarks on the profiles; False when one of them is an error."""
    told = remarks_on(config, profiles_called(named, config))
    for profile, remarks in told:
        for remark in remarks:
            console().print(Text(_remark_line(profile, remark), style=_STYLES[remark.severity]))
    errors = sum(remark.severity == "error" for _, remarks in told for remark in remarks)
    warnings = sum(len(remarks) for _, remarks in told) - errors
    console().print(f"profiles: {len(told)}, errors: {errors}, warnings: {warnings}")
    return not errors


_STYLES = {"error": "red", "warning": "yellow"}


def _remark_line(profile: Profile, remark: Remark) -> str:
    where = f" {remark.keyword!r}, character {remark.position + 1}" if remark.keyword else ""
    return f"{remark.severity}: {profile.name}:{where}: {remark.message}"


def remarks_on(config: Config, written: Sequence[Profile]) -> list[tuple[Profile, tuple[Remark, ...]]]:
    """The profiles with what is to be said of them, frequencies too where there is an archive."""
    resolved = [(profile, _resolved(profile, config)) for profile in written]
    good = [each for _, each in resolved if isinstance(each, Profile) and not _has_errors(lint(each))]
    rates, background = _measured(config, good)
    many = set(far_above(rates))
    return [
        (profile, each if isinstance(each, tuple) else _remarks(each, background, rates, many))
        for profile, each in resolved
    ]


def _remarks(
    profile: Profile, background: Background | None, rates: dict[str, float], many: set[str]
) -> tuple[Remark, ...]:
    found = lint(profile, background)
    if profile.name not in many:
        return found
    told = (
        f"It selects {rates[profile.name]:.0f} articles a day, far more than the others; raise its threshold"
    )
    return (*found, Remark("warning", "", 0, told))


def _resolved(profile: Profile, config: Config) -> Profile | tuple[Remark, ...]:
    """The profile with its includes, or what keeps it from being read."""
    try:
        return resolve(profile, written_profiles(config), config.exclusions)
    except ProfileSyntaxError as error:
        found = lint(profile)
        fault = Remark("error", error.text, error.position, error.message)
        return found if fault in found else (fault,)


def _has_errors(remarks: Iterable[Remark]) -> bool:
    return any(remark.severity == "error" for remark in remarks)


def _measured(config: Config, wanted: Sequence[Profile]) -> tuple[dict[str, float], Background | None]:
    """What the archive says; nothing when there is none yet, and none is made for it."""
    if not wanted or not (config.database or (config.path(config.state) / "digest.db").is_file()):
        return {}, None
    with open_desk(config) as desk:
        return hits_a_day(desk, wanted, CHECKED_DAYS)


def show_preview(config: Config, named: str, days: int, *, json: bool) -> None:
    """Prints what each of the profiles would select, and what would change.

    Raises:
        DigestError: There is no such profile, or it cannot be used.
    """
    wanted = profiles_called(named, config)
    resolved = [resolve(profile, written_profiles(config), config.exclusions) for profile in wanted]
    with open_desk(config) as desk:
        previews = [preview(desk, profile, days) for profile in resolved]
    for each in previews:
        if json:
            print(json_format.dumps(_preview_record(each), ensure_ascii=False))
        else:
            _print_preview(each)


def _preview_record(shown: Preview) -> dict[str, Any]:
    lists = ("best", "above", "below", "gained", "lost", "moved")
    return {
        "profile": shown.profile.name,
        "articles": shown.articles,
        "selected": shown.selected,
        "stored": shown.stored,
        "by_day": {str(day): count for day, count in shown.by_day},
    } | {name: [_scored_record(each) for each in getattr(shown, name)] for name in lists}


def _scored_record(each: Scored) -> dict[str, Any]:
    article = each.archived
    return {
        "id": str(article.id),
        "headline": article.article.headline,
        "score": each.score,
        "before": each.before,
    }


def _print_preview(shown: Preview) -> None:
    out, profile = console(), shown.profile
    out.print(Text(f"{profile.title} ({profile.name})", style="bold"))
    a_day = shown.selected / max(1, len(shown.by_day))
    out.print(
        f"{shown.selected} of {shown.articles} articles, {a_day:.1f} a day, threshold {profile.threshold:g}"
    )
    most = max((count for _, count in shown.by_day), default=0)
    for day, count in shown.by_day:
        out.print(f"  {day}  {count:4}  {'█' * round(30 * count / most) if most else ''}")
    _print_scored("Best", shown.best)
    _print_scored("Just selected", shown.above)
    _print_scored("Just not selected", shown.below)
    if shown.stored:
        same = not (shown.gained or shown.lost or shown.moved)
        out.print("\nNothing would change." if same else "\nAgainst the profile as stored:")
        _print_scored("Gained", shown.gained)
        _print_scored("Lost", shown.lost)
        _print_scored("Moved", shown.moved)


def _print_scored(title: str, scored: Sequence[Scored]) -> None:
    if not scored:
        return
    table = Table(
        "Score", "Before", "Headline", title=f"{title}: {len(scored)}", title_justify="left", box=None
    )
    for each in scored[:20]:
        before = "" if each.before is None else f"{each.before:.0f}"
        table.add_row(f"{each.score:.0f}", before, Text(each.archived.article.headline))
    console().print()
    console().print(table)


_VERDICTS: dict[Verdict, str] = {
    "selected": "selected",
    "excluded": "not selected: an exclusion holds",
    "required": "not selected: a required keyword does not hold",
    "nothing": "not selected: no keyword that selects holds",
    "threshold": "not selected: the score is under the threshold",
    "note": "not selected: notes of the editors never are",
}


def show_explanation(config: Config, profile: str, article: str, *, why_not: bool, json: bool) -> None:
    """Prints what the profile makes of the article.

    Raises:
        DigestError: There is no such profile, or not exactly one such article.
    """
    with open_desk(config) as desk:
        told = explain_article(desk, profile, article)
    if json:
        print(json_format.dumps(_explanation_record(told), ensure_ascii=False, default=str))
    else:
        _print_explanation(told, why_not=why_not)


def _explanation_record(told: Explanation) -> dict[str, Any]:
    return {
        "profile": told.profile.name,
        "article": str(told.archived.id),
        "headline": told.archived.article.headline,
        "verdict": told.verdict,
        "score": told.score,
        "threshold": told.profile.threshold,
        "keywords": [asdict(trace) for trace in told.traces],
        "adjustments": [{"label": each.label, "points": each.points} for each in told.adjustments],
        "near_misses": [asdict(miss) for miss in told.near_misses],
        "parts": [asdict(part) for part in told.parts],
    }


def _print_explanation(told: Explanation, *, why_not: bool) -> None:
    out = console()
    out.print(Text(f"{told.archived.article.headline}", style="bold"))
    would = "score" if told.verdict in {"selected", "threshold"} else "it would score"
    score = f"; {would} {told.score:.1f} of 100, threshold {told.profile.threshold:g}" if told.score else ""
    out.print(f"{told.profile.title}: {_VERDICTS[told.verdict]}{score}")
    for trace in (*told.fired, *told.missing):
        out.print(Text(f"  {trace.keyword}: {_at(trace.spots) or 'does not hold'}", style="red"))
    _print_traces([trace for trace in told.traces if trace.holds and trace.part != "excluded"], told)
    if why_not or told.verdict != "selected":
        _print_misses(told)


def _print_traces(traces: Sequence[Trace], told: Explanation) -> None:
    table = Table("Points", "Share", "Keyword", "Where", box=None, header_style="bold")
    for trace in sorted(traces, key=lambda trace: -trace.points):
        keyword, where = Text(trace.keyword), Text(_at(trace.spots))
        table.add_row(f"{trace.points:.1f}", f"{trace.share:.0%}", keyword, where)
    for reason in told.adjustments:
        of_parts = reason.label == PARTS
        share = f"{1 - sum(trace.share for trace in traces):.0%}" if of_parts else ""
        where = _characters(told.parts) if of_parts else ""
        table.add_row(f"{reason.points:+.1f}", share, reason.label, Text(where))
    if table.row_count:
        out = console()
        out.print()
        out.print(table)


def _print_misses(told: Explanation) -> None:
    out = console()
    near = told.parts if told.verdict == "nothing" else ()
    if told.near_misses or near:
        out.print("\nNearly matched:")
    if near:
        out.print(Text(f"  characters of keywords: {_characters(near)}"))
    for miss in told.near_misses:
        out.print(Text(f"  {miss.keyword}: {miss.detail}; {_at(miss.spots)}"))
    silent = [trace.keyword for trace in told.traces if not trace.holds and trace.part != "excluded"]
    if silent:
        out.print(Text(f"\nDo not hold: {', '.join(silent)}"))


def _characters(parts: Sequence[PartTrace]) -> str:
    return " ".join(f"{part.character}×{part.count}" for part in parts)


def _at(spots: Sequence[Spot]) -> str:
    """Where words stand: ground, place among its like, and characters, counted from 1."""
    shown = [f"{spot.ground} {spot.index + 1}:{spot.start + 1}–{spot.end} {spot.text}" for spot in spots]
    more = [f"and {len(spots) - SPOTS} more"] if len(spots) > SPOTS else []
    return "; ".join([*shown[:SPOTS], *more])


def show_import(path: Path, form: Format | None) -> None:
    """Prints the keyword list of another tool as TOML; what could not be taken over on standard error.

    Raises:
        DigestError: The file cannot be read or has no keywords.
    """
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise DigestError(f"{path}: cannot be read: {error}") from error
    imported = import_profiles(text, form or guess_format(path.name, text))
    if imported.exclusions:
        listed = ", ".join(map(toml_string, imported.exclusions))
        print(f"# For all profiles, among the first lines of config.toml:\n# exclusions = [{listed}]\n")
    print("\n".join(profile_table(each.name, each.title, each.keywords) for each in imported.drafts), end="")
    for note in imported.notes:
        sys.stderr.write(f"{note}\n")


def show_export(config: Config, named: str | None) -> None:
    """Prints configured profiles as TOML."""
    print(export_profiles(profiles_called(named, config)), end="")
