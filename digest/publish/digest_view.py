"""A digest as the mail templates see it: words ready to be set, in the digest's language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date
from itertools import islice
from zoneinfo import ZoneInfo

from digest.model import Clipping, Digest, Section, Sender
from digest.publish.citation import headline_of
from digest.publish.clipping_view import ClippingView, clipping_view
from digest.publish.feed_text import opening
from digest.publish.inert import one_line
from digest.publish.length import CONTENTS_FROM, FULL, LONGEST_HEADLINE, LONGEST_IMPRINT, LONGEST_NAME, Length
from digest.publish.phrases import Phrases, counted, full_date, phrases, printed_date
from digest.publish.shorten import shortened


@dataclass(frozen=True, slots=True)
class Masthead:
    """What stands at the head: the digest's name, number, date and size."""

    title: str
    number: str
    date: str
    short_date: str
    count: str


@dataclass(frozen=True, slots=True)
class SectionView:
    """One profile's clippings; `omitted` says how many are missing, if any."""

    anchor: str
    url: str
    title: str
    count: str
    clippings: tuple[ClippingView, ...]
    omitted: str


@dataclass(frozen=True, slots=True)
class DigestView:
    """A whole digest; `words` are the phrases of its language, `links` is replaced for each recipient."""

    words: Phrases
    masthead: Masthead
    preheader: str
    sections: tuple[SectionView, ...]
    corrections: SectionView | None
    has_contents: bool
    note: str
    tally: str
    imprint: str
    home_url: str
    links: str


def digest_view(digest: Digest, sender: Sender, links: str, length: Length = FULL) -> DigestView:
    """The digest in the length asked for; dates are those of its time zone."""
    words = phrases(digest.language)
    return DigestView(
        words=words,
        masthead=masthead(digest),
        preheader=_preheader(digest),
        sections=tuple(_sections(digest, length)),
        corrections=_corrections(digest, length),
        has_contents=len(digest.sections) > 1 and _shown(digest) >= CONTENTS_FROM,
        note="" if length == FULL else words.shortened,
        tally=_tally(digest),
        imprint=shortened(one_line(sender.imprint), LONGEST_IMPRINT),
        home_url=f"{digest.base_url}/",
        links=links,
    )


def masthead(digest: Digest) -> Masthead:
    """Name, number, date and size in the digest's words."""
    day, words = _day(digest), phrases(digest.language)
    number = words.number.format(number=digest.number)
    return Masthead(
        title=shortened(one_line(digest.title), LONGEST_NAME),
        number=f"{words.alert} · {number}" if digest.alert else number,
        date=full_date(day, digest.language),
        short_date=printed_date(day, digest.language, near=day),
        count=counted(_shown(digest), digest.language),
    )


def subject(digest: Digest) -> str:
    """The mail's subject, one inert line: 山川剪报 第128期 · 3月4日 · 5条; of an alert its first headline."""
    if digest.alert:
        return _alert_subject(digest)
    head = masthead(digest)
    return phrases(digest.language).subject.format(
        title=head.title, number=head.number, date=head.short_date, count=head.count
    )


def _alert_subject(digest: Digest) -> str:
    words, shown = phrases(digest.language), _shown(digest)
    headline = shortened(next(_first_headlines(digest), words.nothing), LONGEST_NAME)
    named = words.and_more.format(headline=headline, count=shown) if shown > 1 else headline
    return words.alert_subject.format(headline=named)


def _first_headlines(digest: Digest) -> Iterator[str]:
    """Of each section the best clipping's."""
    for section in digest.sections:
        for clipping in section.clippings[:1]:
            yield headline_of(clipping.article.article, digest.language)


def _day(digest: Digest) -> date:
    return digest.slot.astimezone(ZoneInfo(digest.timezone)).date()


def _shown(digest: Digest) -> int:
    return sum(len(section.clippings) for section in digest.sections) + len(digest.corrections)


def _preheader(digest: Digest) -> str:
    """What mail clients show after the subject: the first headlines, or how an alert's article begins."""
    words = phrases(digest.language)
    if digest.alert and digest.sections:
        return shortened(one_line(opening(digest.sections[0].clippings[0].article.article)), LONGEST_HEADLINE)
    updated = (headline_of(each.article.article, digest.language) for each in digest.corrections)
    headlines = islice((*_first_headlines(digest), *updated), 3)
    return shortened(words.headlines_parted.join(headlines) or words.nothing, LONGEST_HEADLINE)


def _sections(digest: Digest, length: Length) -> Iterator[SectionView]:
    for place, section in enumerate(digest.sections[: length.sections], start=1):
        url = f"{digest.base_url}/profiles/{section.profile.name}"
        named = SectionView(f"s{place}", url, _section_title(section), "", (), "")
        yield _filled(named, section.clippings, digest, length)


def _corrections(digest: Digest, length: Length) -> SectionView | None:
    """What was mailed before and changed, at the end, as papers print it."""
    if not digest.corrections:
        return None
    title = phrases(digest.language).corrections
    named = SectionView("corrections", f"{digest.base_url}/", title, "", (), "")
    return _filled(named, digest.corrections, digest, length)


def _filled(
    section: SectionView, clippings: Sequence[Clipping], digest: Digest, length: Length
) -> SectionView:
    shown = clippings[: length.clippings]
    left_out = len(clippings) - len(shown)
    return replace(
        section,
        count=counted(len(clippings), digest.language),
        clippings=tuple(clipping_view(clipping, digest, _day(digest), length) for clipping in shown),
        omitted=phrases(digest.language).omitted.format(count=left_out) if left_out else "",
    )


def _tally(digest: Digest) -> str:
    """What was read and shown; facts that are rare stand there only when there are any."""
    words, tally = phrases(digest.language), digest.tally
    rare = (
        (tally.alike, words.held_alike),
        (tally.corrected, words.tally_corrected),
        (tally.missing, words.tally_missing),
    )
    said = (words.tally, *(sentence for count, sentence in rare if count))
    return "".join(said).format(**asdict(tally))


def _section_title(section: Section) -> str:
    return shortened(one_line(section.profile.title) or section.profile.name, LONGEST_NAME)
